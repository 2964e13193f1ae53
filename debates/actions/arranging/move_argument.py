"""Move an argument with its whole branch under another claim, of the same debate or of another."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.arranging.branch_paths import below
from debates.actions.arranging.bundle import bundle_of
from debates.actions.arranging.changed_rows import Changes
from debates.actions.arranging.circle import check_circle
from debates.actions.arranging.lock_links import lock_places
from debates.actions.arranging.placing import check_anonymity, lock_arguments
from debates.actions.arranging.put_under import put_under
from debates.actions.moderating.log import write_log
from debates.actions.weighing.rescore import rescore, rescore_beyond
from debates.actions.writing.lay_version import lay_version, newest_version
from debates.actions.writing.overtaking import overtake_replies
from debates.actions.writing.stance import check_attacks
from debates.models import (
    Argument,
    Link,
    LogEntry,
    Rating,
    Rearrangement,
    StandingChange,
    State,
    Tag,
)
from debates.models.argument import Attacks, Stance
from debates.models.rating import counted
from debates.models.visibility import Viewer
from debates.permissions import Refused, check_moderate
from debates.signals import arguments_rearranged

FIELD = "to"
"""The field that names the new claim above."""
MOVABLE = (State.PUBLISHED, State.PENDING, State.HIDDEN, State.WITHDRAWN)


def check_move(viewer: Viewer, argument: Argument) -> None:
    """Refuse where a viewer cannot move an argument: moderators may; a thesis stands, and premises go as one."""
    check_moderate(viewer)
    if argument.kind == Argument.Kind.THESIS:
        raise Refused(
            _("A thesis carries a debate and stands under nothing, so it cannot be moved."), status=409
        )
    if argument.state not in MOVABLE:
        raise Refused(
            _("This argument is %(state)s and cannot be moved.") % {"state": argument.get_state_display()},
            status=409,
        )
    if argument.joint_with is not None and bundle_of(argument).count() > 1:
        raise Refused(
            _("It works only together with “%(claim)s”: move that one, and all of them go along.")
            % {"claim": argument.joint_with.claim},
            status=409,
        )


def check_new_parent(viewer: Viewer, argument: Argument, parent: Argument) -> None:
    """Refuse a claim that an argument cannot be moved under; a locked branch keeps no moderator out."""
    if parent.pk == argument.pk:
        raise Refused(_("An argument cannot stand under itself; choose another claim."), FIELD, 400)
    check_anonymity(argument.debate, parent.debate, FIELD)
    if parent.state != State.PUBLISHED or parent.debate.state != State.PUBLISHED:
        raise Refused(_("That claim is not shown to everyone, so nothing can be moved under it."), FIELD, 409)
    if parent.kind not in (Argument.Kind.THESIS, Argument.Kind.ARGUMENT):
        raise Refused(_("A note takes no answers; choose the claim that it stands under."), FIELD, 409)
    if Link.objects.filter(argument=argument, parent=parent, relation=Link.Relation.ANSWERS).exists():
        raise Refused(
            _("It stands under that claim already, as in a further place; take it away there first."),
            FIELD,
            409,
        )
    check_circle(viewer, argument, parent, FIELD)


def check_side(argument: Argument, parent: Argument, stance: str, attacks: str) -> None:
    """Refuse a side that an argument cannot take under a claim; a note takes none."""
    if argument.kind == Argument.Kind.NOTE:
        if stance:
            raise Refused(_("A note takes no side."), "stance", 400)
        return
    if stance not in Stance.values:
        raise Refused(_("Say whether it speaks for that claim or against it."), "stance", 400)
    if (stance == Stance.CON) != (attacks in Attacks.values):
        raise Refused(_("Say whether that claim is not true, or does not matter there."), "attacks", 400)
    check_attacks(parent, attacks)


@transaction.atomic
def move_argument(
    moderator: Viewer, argument: Argument, parent: Argument, stance: str, attacks: str, reason: str
) -> Rearrangement:
    """Put an argument, its further premises, and all that stands below them under a claim, with a side of its own there.

    Answers to ratings, citations and replies keep their rows, so all of them go along. `attacks` is one of `Attacks` for a
    con and nothing otherwise.
    """
    lock_places((argument.debate_id, parent.debate_id))
    argument, parent = lock_arguments(argument, parent)
    check_move(moderator, argument)
    premises = list(bundle_of(argument).select_related("debate", "parent"))
    left = argument.parent
    for premise in premises:
        if left is None or left.pk != parent.pk:
            check_new_parent(moderator, premise, parent)
    check_side(argument, parent, stance, attacks)
    side = (stance, attacks if stance == Stance.CON else "")
    if left is None or (left.pk == parent.pk and side == (argument.stance, argument.attacks)):
        raise Refused(_("It stands there already, on that side."), FIELD, 409)
    entry = write_log(moderator, LogEntry.Act.MOVE, argument, reason)
    changes = Changes()
    if left.pk != parent.pk:
        put_under(premises, parent, changes)
        for premise in premises:
            # What was granted was said of the claim that it stood under; an undo gives it back.
            changes.remove(premise.concessions.all())
    versions = [
        version
        for premise in premises
        if (version := _take_side(premise, *side, changes, moderator, entry.reason))
    ]
    move = Rearrangement.objects.create(
        kind=Rearrangement.Kind.MOVE,
        argument=argument,
        other=parent,
        before=changes.as_json(versions=versions, parent=left.pk, below=below(premises)),
        by=moderator,
        by_name=moderator.get_username(),
        reason=entry.reason,
    )
    rescore([left, parent, *premises], StandingChange.Cause.REARRANGED, argument)
    if (
        left.debate_id != parent.debate_id
    ):  # one may be hidden, and what its arguments lend elsewhere counts by that
        rescore_beyond(parent.debate)
    arguments_rearranged.send(
        Rearrangement, rearrangement=move, undone=False, actor=moderator, raters=raters_of(premises)
    )
    return move


def raters_of(arguments: list[Argument]) -> list[int]:
    """Return the keys of the members whose answers about some arguments stand."""
    ratings = Rating.objects.filter(counted(), argument__in=arguments)
    return list(ratings.order_by("member").values_list("member", flat=True).distinct())


def _take_side(
    premise: Argument, stance: str, attacks: str, changes: Changes, moderator: Viewer, reason: str
) -> int | None:
    """Let a premise take a side; return the key of the version that says so, None where it is on that side already.

    What was unplaced takes its place by it. Tags that say what is wrong with the claim above say nothing in a pro.
    """
    changes.touched.add(premise.pk)
    if premise.kind == Argument.Kind.NOTE or (premise.stance, premise.attacks) == (stance, attacks):
        return None
    last = newest_version(premise)
    changes.change(premise, kind=Argument.Kind.ARGUMENT, stance=stance, attacks=attacks)
    if stance != Stance.CON:
        changes.remove(premise.argument_tags.filter(tag__kind=Tag.Kind.REBUTTAL))
    version = lay_version(premise, moderator, reason)
    overtake_replies(premise, last, version)
    return version.pk
