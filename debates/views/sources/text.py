"""The text of a source: read where its rule allows it, attached by who may."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from debates.actions.sources.attach_text import attach_text
from debates.forms.text import TextForm
from debates.models import Document, Source
from debates.models.document import may_read
from debates.permissions import Refused, check_attach_text, may
from debates.views.asking.kept import kept_form, members_only
from debates.views.sources.source import fetch_source


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, source_id: str) -> HttpResponse:
    """Show a source's text where its reading rule allows it, and attach it."""
    if request.method == "POST":
        return _attach(request, source_id)
    shown = fetch_source(request.user, source_id)
    if shown.public_id != source_id:
        return redirect("text", shown.public_id)
    return _page(request, shown, TextForm(kept_form(request)))


@members_only
def _attach(request: HttpRequest, source_id: str) -> HttpResponse:
    """Attach what was pasted or chosen; a text that was typed is not lost to a merge of its source."""
    shown = fetch_source(request.user, source_id)
    check_attach_text(request.user, shown)
    form = TextForm(request.POST, request.FILES)
    if form.is_valid():
        values = form.cleaned_data
        try:
            changed = attach_text(request.user, shown, values["text"], values["reading"], values["licence"])
        except Refused as refusal:
            form.add_error("text", refusal.sentence)
        else:
            messages.success(request, attached_words(changed))
            return redirect(shown)
    return _page(request, shown, form, 422)


def _page(request: HttpRequest, shown: Source, form: TextForm, status: int = 200) -> HttpResponse:
    """Draw the text as far as the viewer may read it, and the form for whoever may attach one."""
    document = Document.objects.filter(source=shown, loaded_at__isnull=False).first()
    may_attach = may(check_attach_text, request.user, shown)
    readable = document is not None and may_read(document, request.user)
    return render(
        request,
        "debates/text.html",
        {
            "source": shown,
            "document": document,
            "readable": readable,
            "passages": document.passages.all() if document is not None and readable else [],
            "form": form,
            "may_attach": may_attach,
        },
        status=status,
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
