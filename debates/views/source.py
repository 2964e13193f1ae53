"""The library of sources, and one source with every argument that cites it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from debates.bibliography.record import TYPES
from debates.models import Argument, Citation, Document, Source
from debates.models.visibility import listed
from debates.permissions import check_attach_text, may
from debates.views.card import balance_words, locator_words, quotation_words

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
        .with_balance()
        .order_by("argument__debate_id", "argument__path", "position")
    )
    groups: dict[str, list[dict[str, object]]] = {"pro": [], "con": [], "": []}
    for citation in citations:
        groups[citation.argument.stance].append(
            {
                "citation": citation,
                "argument": citation.argument,
                "check": quotation_words(citation.quotation_state),
                "balance": balance_words(citation),
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
