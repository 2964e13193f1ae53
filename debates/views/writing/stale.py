"""A reply whose claim was edited under it: what changed, and what its author can do about it."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from debates.actions.writing.confirm_reply import check_confirm, confirm_reply
from debates.actions.writing.lay_version import newest_version
from debates.models import Argument, Revision
from debates.models.argument import Attacks, Stance
from debates.models.visibility import Viewer
from debates.permissions import Refused, check_edit, check_withdraw, may
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import members_only
from debates.views.parts.branches import path_cards
from debates.views.parts.card import debate_named
from debates.views.parts.compared import Compared, compared


def stale(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Show the difference between the version that a reply answers and the present one; its author may let it stand."""
    if request.method == "POST":
        return _confirm(request, argument_id)
    return _page(request, _fetch(request, argument_id))


@members_only
def _confirm(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Let an answer stand, as its author has seen the claim."""
    reply = _fetch(request, argument_id)
    seen = request.POST.get("seen", "")
    try:
        changed = confirm_reply(request.user, reply, int(seen) if re.fullmatch(r"[0-9]{1,9}", seen) else None)
    except Refused as refusal:
        return _page(request, reply, refusal)
    if changed:
        messages.success(request, _("Your answer stands: it now answers the claim as it is."))
    return redirect(reply.get_absolute_url())


def _fetch(request: HttpRequest, argument_id: str) -> Argument:
    """Return a reply that the requester may read, or 404."""
    reply = fetch(request, argument_id)
    if reply.parent is None:
        raise Http404
    return reply


def _page(request: HttpRequest, reply: Argument, refusal: Refused | None = None) -> HttpResponse:
    viewer = request.user
    own = viewer.is_authenticated and reply.author_id == viewer.pk
    parent = Argument.objects.visible_to(viewer).filter(children=reply).first()
    present = newest_version(parent) if parent is not None else None
    answered = _answered(reply, parent, viewer)
    return render(
        request,
        "debates/stale.html",
        {
            "reply": reply,
            "parent": parent,
            "debate": debate_named(reply.debate, viewer),
            "path": path_cards(reply, viewer),
            "answered": answered,
            "present": present,
            "elsewhere": answered is not None and answered.argument_id != reply.parent_id,
            "compared": _compared(answered, present),
            "sides": _sides(answered, present),
            "own": own,
            "may_confirm": reply.stale_since is not None and may(check_confirm, viewer, reply),
            "may_edit": own and may(check_edit, viewer, reply),
            "may_withdraw": own and may(check_withdraw, viewer, reply),
            "refusal": refusal,
        },
        status=refusal.status if refusal else 200,
    )


def _answered(reply: Argument, parent: Argument | None, viewer: Viewer) -> Revision | None:
    """Return the version that a reply answers, if its reader may read it: it may be of another claim, before a move or merge."""
    answered = reply.answers_revision
    if answered is None or parent is None or answered.argument_id == parent.pk:
        return answered if parent is not None else None
    of = Argument.objects.filter(pk=answered.argument_id)
    merged_here = of.filter(merged_into=parent)  # its wording is kept with what stands for it
    return answered if of.visible_to(viewer).exists() or merged_here.exists() else None


def _compared(answered: Revision | None, present: Revision | None) -> Compared | None:
    return compared(answered, present) if answered is not None and present is not None else None


def _sides(answered: Revision | None, present: Revision | None) -> tuple[str, str] | None:
    """Return the sides that the claim took then and takes now, in words, where they differ."""
    if answered is None or present is None:
        return None
    then, now = ((one.stance, one.attacks) for one in (answered, present))
    return None if then == now else (_side(*then), _side(*now))


def _side(stance: str, attacks: str) -> str:
    if stance == Stance.PRO:
        return _("for")
    if stance == Stance.CON:
        return _("against: it does not matter here") if attacks == Attacks.BEARING else _("against")
    return _("neither for nor against")
