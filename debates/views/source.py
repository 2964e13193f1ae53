"""The library of sources, and one source with every argument that cites it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.actions.attach_text import attach_text
from debates.bibliography.record import TYPES
from debates.forms.source_text import SourceTextForm
from debates.models import Argument, Citation, Document, Source
from debates.models.visibility import listed
from debates.permissions import Refused, check_attach_text, may
from debates.views.card import locator_words, quotation_words
from debates.views.debate import may_read

A_PAGE = 50


def sources(request: HttpRequest) -> HttpResponse:
    """List the library, the most cited first; `?incomplete=1` keeps what still wants something."""
    shown = Source.objects.for_sources_page()
    incomplete = request.GET.get("incomplete") == "1"
    if incomplete:
        shown = shown.exclude(incomplete="")
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "debates/sources.html", {"page": page, "incomplete": incomplete})


def source(request: HttpRequest, source_id: str) -> HttpResponse:
    """Show a source and the arguments that rest on it, by stance."""
    shown = get_object_or_404(Source.objects.visible_to(request.user), public_id=source_id)
    citations = (
        Citation.objects.filter(listed("argument__", "debate"), source=shown)
        .select_related("argument__debate", "argument__voice", "argument__author")
        .order_by("argument__debate_id", "argument__path", "position")
    )
    groups: dict[str, list[dict[str, object]]] = {"pro": [], "con": [], "": []}
    for citation in citations:
        groups[citation.argument.stance].append(
            {
                "citation": citation,
                "argument": citation.argument,
                "check": quotation_words(citation.quotation_state),
                "locator": locator_words(citation.locator_label, citation.locator),
            }
        )
    return render(
        request,
        "debates/source.html",
        {
            "source": shown,
            "document": Document.objects.filter(source=shown, loaded_at__isnull=False).first(),
            "may_attach": may(check_attach_text, request.user, shown),
            "record": shown.record,
            "type": _(TYPES.get(shown.record.type, shown.record.type)),
            "groups": groups,
            "count": len(citations),
            "debates": shown.debates.listed(),
            "kinds": Argument.Kind,
        },
    )


def source_text(request: HttpRequest, source_id: str) -> HttpResponse:
    """Show a source's text where its reading rule allows it, and attach it."""
    shown = get_object_or_404(Source.objects.visible_to(request.user), public_id=source_id)
    document = Document.objects.filter(source=shown, loaded_at__isnull=False).first()
    may_attach = may(check_attach_text, request.user, shown)
    form = SourceTextForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        check_attach_text(request.user, shown)
        if form.is_valid():
            values = form.cleaned_data
            try:
                changed = attach_text(
                    request.user, shown, values["text"], values["reading"], values["licence"]
                )
            except Refused as refusal:
                form.add_error("text", refusal.sentence)
            else:
                messages.success(request, attached_words(changed))
                return redirect(shown)
    readable = document is not None and may_read(document, request.user)
    return render(
        request,
        "debates/source_text.html",
        {
            "source": shown,
            "document": document,
            "readable": readable,
            "passages": document.passages.all() if document is not None and readable else [],
            "form": form,
            "may_attach": may_attach,
        },
        status=422 if request.method == "POST" else 200,
    )


def attached_words(changed: int) -> str:
    """Say what an attached text did to the quotations."""
    return (
        _("The text is kept.")
        + " "
        + ngettext(
            "The answer about %(count)d quotation changed.",
            "The answers about %(count)d quotations changed.",
            changed,
        )
        % {"count": changed}
    )
