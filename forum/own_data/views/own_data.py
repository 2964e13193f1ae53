"""One's own data: ask for everything, see how far it is, fetch it."""

from typing import cast
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debates.actions.writing.form_key import once
from debates.permissions import Refused
from debates.views.asking.kept import members_only
from debates.views.writing.reply import read_key
from forum.accounts.models import User
from forum.own_data.actions.ask_for_export import ask_for_export, check_ask_for_export
from forum.own_data.models import KEPT, Export, Leaving

SHOWN = 5
"""Exports that the page lists; a week brings seven at most."""


@members_only
def own_data(request: HttpRequest) -> HttpResponse:
    """Show what one can have and how far it is, or take the wish for it. The cast: `members_only` has seen to it."""
    member = cast("User", request.user)
    key, refused = read_key(request.POST.get("key", "")), None
    if request.method == "POST":
        try:
            _result, now = once(key, member, {"export": "all"}, lambda: str(ask_for_export(member).pk))
        except Refused as refusal:
            refused, key = refusal, uuid4()
        else:
            if now:
                messages.success(request, _("Your export is being made; this page shows when it is ready."))
            return redirect("own_data")
    exports = list(Export.objects.filter(member=member)[:SHOWN])
    context = {
        "exports": exports,
        "waits": any(one.state in (Export.State.WAITING, Export.State.MAKING) for one in exports),
        "leaving": Leaving.objects.filter(member=member).first(),
        "kept_days": KEPT.days,
        "key": key,
        "refusal": refused or _refusal(member),
    }
    status = refused.status if refused is not None else 200
    return render(request, "own_data/own_data.html", context, status=status)


def _refusal(member: User) -> Refused | None:
    """Return why no export can be asked for now, None where one can."""
    try:
        check_ask_for_export(member)
    except Refused as refusal:
        return refusal
    return None


@require_safe
def own_data_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """Hand out an archive to whom it is about; to everybody else there is none, signed in or not."""
    own = Export.objects.filter(member=request.user.pk or 0, state=Export.State.READY)
    export = get_object_or_404(own, token=token)
    if not export.can_be_fetched:
        raise Refused(_("This export was kept for a week and is forgotten; ask for a new one."), "", 410)
    name = f"{request.user.get_username()}-{localtime(export.ended_at or export.asked_at):%Y-%m-%d}.zip"
    response = StreamingHttpResponse(export.bytes(), content_type="application/zip")
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response["Cache-Control"] = "private, no-store"
    return response
