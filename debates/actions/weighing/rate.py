"""Rate an argument: does it hold up, taken by itself? Does it matter here? One answer each, changed at any time."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.arranging.placing import lock_place
from debates.actions.weighing.rescore import recount, rescore
from debates.models import Argument, Rating, StandingChange, State
from debates.models.rating import SURE
from debates.models.visibility import Viewer
from debates.permissions import Refused, is_locked


class Unchanged(Enum):
    """Tell a question that was not asked from an answer that is taken back, which is None."""

    UNCHANGED = auto()


UNCHANGED: Final = Unchanged.UNCHANGED
type Answer = int | Unchanged | None
"""0 to 4; None takes an answer back; UNCHANGED leaves it as it is."""


def check_rate(viewer: Viewer, argument: Argument, locked: bool | None = None) -> None:
    """Refuse where a viewer cannot rate an argument; without `locked` the branches above are asked, in one query."""
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to rate an argument."), status=401)
    if argument.state != State.PUBLISHED or argument.debate.state != State.PUBLISHED:
        raise Refused(_("This argument is no longer shown, so it cannot be rated."), status=409)
    if argument.kind == Argument.Kind.THESIS:
        raise Refused(
            _("A thesis is not rated: say on the page of the debate how far you agree with it."), status=409
        )
    if argument.kind != Argument.Kind.ARGUMENT:
        raise Refused(_("A note counts for neither side, so it is not rated."), status=409)
    if argument.author_id == viewer.pk:
        raise Refused(_("This is your own argument: others say whether it holds up and whether it matters."))
    if is_locked(argument) if locked is None else locked:
        raise Refused(
            _("This branch is locked: answers can be taken back, but nothing in it can be rated."), status=409
        )


def check_answer(field: str, answer: int | None, most: int = SURE) -> None:
    """Refuse an answer that is none of the choices, counted from 0."""
    if answer is not None and not 0 <= answer <= most:
        raise Refused(_("That is none of the answers; choose one of those that are shown."), field, 400)


@transaction.atomic
def rate(member: Viewer, argument: Argument, holds: Answer = UNCHANGED, matters: Answer = UNCHANGED) -> bool:
    """Write a member's answers about an argument; return whether that changed anything.

    A first answer that comes after the member had asked to see the others is kept apart for good: taking it back and
    answering again does not launder it, and the row is never deleted. Answers can be taken back whatever became of the
    argument.
    """
    given = {
        field: answer
        for field, answer in (("holds", holds), ("matters", matters))
        if not isinstance(answer, Unchanged)
    }
    argument = lock_place(argument)
    if any(answer is not None for answer in given.values()):
        check_rate(member, argument)
    for field, answer in given.items():
        check_answer(field, answer)
    rating = Rating.objects.filter(argument=argument, member=member).first()
    if all(answer == getattr(rating, field, None) for field, answer in given.items()):
        return False
    if rating is None:  # the lock lets nobody come between; the constraint would catch who did without it
        rating = Rating(argument=argument, member=member)
    # Only what is given while no answer stands can be a first look; it is told apart before it is written.
    if rating.asked_at is not None and rating.holds is None and rating.matters is None:
        rating.after_seeing = True
    for field, answer in given.items():
        setattr(rating, field, answer)
    rating.changed_at = timezone.now()
    rating.first_at = rating.first_at or rating.changed_at
    rating.save()
    recount(argument)
    rescore([argument], StandingChange.Cause.RATED, argument)
    return True
