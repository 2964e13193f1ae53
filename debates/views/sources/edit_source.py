"""Mend the record of a source."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from debates.actions.sources.edit_source import edit_source as act
from debates.forms.source import SourceForm
from debates.models import Source
from debates.models.visibility import is_moderator
from debates.permissions import Refused, check_edit_source
from debates.views.asking.kept import kept_form, members_only
from debates.views.sources.source import fetch_source
from debates.views.sources.source_history import changes_since


@members_only
def edit_source(request: HttpRequest, source_id: str) -> HttpResponse:
    """Show the record field by field, and lay what was typed on it; the versions before stay in its history."""
    source = fetch_source(request.user, source_id)
    if source.public_id != source_id:
        if request.method == "POST":
            raise Refused(
                _("This source was merged into another meanwhile; mend the record of that one."), status=409
            )
        return redirect("edit_source", source.public_id)
    if request.method != "POST":
        check_edit_source(request.user, source)
    data = request.POST if request.method == "POST" else kept_form(request)
    if request.method == "POST" and "retype" in request.POST:
        return _page(
            request, source, _form(request, source, initial=request.POST.dict()), _seen(request.POST, source)
        )
    form = _form(request, source, data)
    seen = _seen(data, source)
    if request.method != "POST":
        return _page(request, source, form, seen)
    if not form.is_valid():
        return _page(request, source, form, seen, status=422)
    values = form.cleaned_data
    try:
        changed = act(
            request.user, source, values["record"], values["incomplete"], values["reason"], seen=seen
        )
    except Refused as refusal:
        if refusal.field in form.fields:
            form.add_error(refusal.field, refusal.sentence)
            return _page(request, source, form, seen, status=422)
        return _page(
            request,
            source,
            form,
            _last(source),
            status=refusal.status,
            refusal=refusal,
            meanwhile=changes_since(source, seen),
        )
    messages.success(
        request, _("Saved; the record as it was is in the history.") if changed else _("Nothing was changed.")
    )
    return redirect(source)


def _form(
    request: HttpRequest, source: Source, data: Any = None, initial: dict[str, Any] | None = None
) -> SourceForm:
    """Return the form of a source's record. Any: form data and values."""
    return SourceForm(
        data,
        initial=initial,
        old=source.record,
        incomplete=source.incomplete,
        logged=is_moderator(request.user),
    )


def _page(
    request: HttpRequest, source: Source, form: SourceForm, seen: int, status: int = 200, **more: Any
) -> HttpResponse:
    """Draw the form. Any: a template's values."""
    return render(
        request,
        "debates/edit_source.html",
        {"source": source, "form": form, "seen": seen, **more},
        status=status,
    )


def _last(source: Source) -> int:
    """Return the number of the newest version."""
    return source.revisions.order_by("-number").values_list("number", flat=True).first() or 0


def _seen(data: Any, source: Source) -> int:
    """Return the number of the version that the form was made from; that of today where it does not say. Any: form data."""
    written = data.get("seen", "") if data is not None else ""
    return int(written) if re.fullmatch(r"[0-9]{1,9}", written) else _last(source)
