"""Say what one thinks of a thesis, before reading and on leaving; it has no part in how the thesis stands."""

from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.arranging.placing import lock_tree
from debates.actions.weighing.rate import check_answer
from debates.models import Argument, Opinion, State
from debates.models.rating import LAST_POINT
from debates.models.visibility import Viewer
from debates.permissions import Refused, is_locked

type Moment = Literal["before", "after"]


def check_opine(viewer: Viewer, thesis: Argument, locked: bool | None = None) -> None:
    """Refuse where a viewer cannot say what they think: of anything but a thesis, and of what is closed."""
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to say what you think of a thesis."), status=401)
    if thesis.state != State.PUBLISHED or thesis.debate.state != State.PUBLISHED:
        raise Refused(_("This thesis is no longer shown."), status=409)
    if thesis.kind != Argument.Kind.THESIS:
        raise Refused(_("Opinions are asked about theses; rate this argument in place of that."), status=409)
    if is_locked(thesis) if locked is None else locked:
        raise Refused(
            _("This debate is locked: opinions can be taken back, but none can be given."), status=409
        )


@transaction.atomic
def opine(member: Viewer, thesis: Argument, point: int | None, moment: Moment) -> bool:
    """Write a member's opinion at one moment, 0 to 6, None takes it back; return whether that changed anything.

    Who says on leaving what they think without having said so before may: only those who did both are counted as
    moved or not. But what one thought before cannot be given afterwards.
    """
    lock_tree(thesis.debate_id)
    thesis = Argument.objects.select_related("debate").get(pk=thesis.pk)
    if point is not None:
        check_opine(member, thesis)
    check_answer("point", point, LAST_POINT)
    opinion = Opinion.objects.filter(thesis=thesis, member=member).first()
    if point == (getattr(opinion, moment) if opinion else None):
        return False
    opinion = opinion or Opinion(thesis=thesis, member=member)
    if point is not None and moment == "before" and opinion.after_at is not None:
        raise Refused(
            _("You have said what you think on leaving, so what you thought before stays as it was."),
            "point",
            409,
        )
    setattr(opinion, moment, point)
    # The time stays when an answer is taken back: it says that the moment has passed.
    setattr(opinion, f"{moment}_at", timezone.now())
    opinion.save()
    return True
