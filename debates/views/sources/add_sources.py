"""Add works to the library: paste or choose a file, look at what was read, add what is new."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.actions.sources.add_sources import add_sources as act
from debates.actions.writing.form_key import once
from debates.forms.add_sources import Reading, ReferencesForm, read_items, read_text
from debates.forms.unfinished import Unfinished
from debates.models import Source
from debates.permissions import Refused
from debates.views.asking.kept import kept_form, members_only
from debates.views.writing.reply import read_key

A_PAGE = 100


@members_only
def add_sources(request: HttpRequest) -> HttpResponse:
    """Read references, show what they are and what is here already, and add those that are ticked."""
    if request.method == "POST" and "items" in request.POST:
        return _add(request)
    data = request.POST if request.method == "POST" else kept_form(request)
    form = ReferencesForm(data, request.FILES or None)
    reading = None
    if data is not None and "items" in data:  # the second step, before somebody signed in
        try:
            return _page(request, ReferencesForm(), read_items(str(data["items"]), request.user), 200)
        except (ValueError, RecursionError):
            form = ReferencesForm()
    elif data is not None and not isinstance(data, Unfinished) and form.is_valid():
        reading = read_text(form.cleaned_data["references"], request.user)
    wrong = request.method == "POST" and (reading is None or not reading.found)
    return _page(request, form, reading, 422 if wrong else 200)


def _page(
    request: HttpRequest, form: ReferencesForm, reading: Reading | None, status: int, refusal: str = ""
) -> HttpResponse:
    own = Source.objects.to_cite(request.user).filter(added_by=request.user.pk, citations=None)
    return render(
        request,
        "debates/add_sources.html",
        {
            "form": form,
            "reading": reading,
            "refusal": refusal,
            "key": read_key(request.POST.get("key", "")) if refusal else uuid.uuid4(),
            "uncited": own.order_by("-pk")[:A_PAGE],
        },
        status=status,
    )


def _add(request: HttpRequest) -> HttpResponse:
    """Add what is ticked, once however often the form is sent."""
    try:
        reading = read_items(request.POST["items"], request.user)
    except (ValueError, RecursionError):
        return _page(
            request,
            ReferencesForm(),
            None,
            422,
            _("The list of works can no longer be read; paste the references again."),
        )
    ticked = set(request.POST.getlist("add"))
    records = [one.record for one in reading.found if str(one.number) in ticked]
    if not records:
        return _page(request, ReferencesForm(), reading, 422, _("Nothing is ticked: tick the works to add."))
    body = {"items": request.POST["items"], "add": sorted(ticked)}
    try:
        _result, new = once(
            read_key(request.POST.get("key", "")),
            request.user,
            body,
            lambda: str(len(act(request.user, records))),
        )
    except Refused as refusal:
        return _page(request, ReferencesForm(), reading, refusal.status, refusal.sentence)
    if new:
        messages.success(
            request,
            ngettext("%(count)d work was added.", "%(count)d works were added.", len(records))
            % {"count": len(records)}
            + " "
            + _("Others see a work as soon as somebody cites it; you can cite it now."),
        )
    return redirect("add_sources")
