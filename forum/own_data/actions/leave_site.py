"""Carry out what a member asked for a day ago: their name, address and ways in go; of their texts what they chose."""

from __future__ import annotations

from functools import partial

import structlog
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from debates.permissions import Refused
from forum.accounts.models import User
from forum.own_data.actions.give_up_name import give_up_name
from forum.own_data.actions.take_texts_away import take_texts_away
from forum.own_data.letters import address_of, tell_left
from forum.own_data.models import Leaving
from forum.own_data.office import check_leave
from forum.own_data.relations import RELATIONS, Leave, model_of

log = structlog.get_logger(__name__)


def leave_all_due() -> tuple[int, int, int]:
    """Carry out all that is due, each in a transaction of its own; return how many left, may not, and could not by a fault."""
    left = refused = faults = 0
    for key in list(Leaving.objects.filter(due_at__lte=timezone.now()).values_list("member", flat=True)):
        try:
            left += leave_site(key)
        except Refused as refusal:
            refused += 1
            log.warning("leaving_refused", member_id=key, reason=refusal.sentence)
        except Exception:  # whichever it is: nobody else waits for it, and the next run tries again
            faults += 1
            log.exception("leaving_failed", member_id=key)
    return left, refused, faults


@transaction.atomic
def leave_site(member_id: int) -> bool:
    """Let a member leave, wholly or not at all; return whether they left now.

    The row of the member is locked first, so that of two runs the second finds nothing to do. It stays as a number for what
    stays: ratings are counted once a member, and a claim's weight depends on whose it is (`docs/strength.md`), so that
    leaving changes no standing but by what is taken away.
    """
    member = User.objects.select_for_update().filter(pk=member_id).first()
    leaving = Leaving.objects.filter(member=member_id, due_at__lte=timezone.now()).first()
    if member is None or leaving is None:
        return False
    check_leave(member)
    address, name = address_of(member), member.username
    take_texts_away(member, leaving.texts)
    for session in UserSession.objects.filter(user=member):
        session.end()
    give_up_name(member)
    for key, relation in RELATIONS.items():
        if relation.leave is Leave.GOES:
            model, field = model_of(key)
            model._default_manager.filter(**{field: member}).delete()
    transaction.on_commit(partial(tell_left, address, name))
    log.info("member_left", member_id=member_id, texts=leaving.texts)
    return True
