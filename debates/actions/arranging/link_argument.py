"""Place an argument under a further claim, of the same debate or of another; and take it away there."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from debates.actions.arranging.circle import check_circle
from debates.actions.arranging.lock_links import lock_places
from debates.actions.arranging.placing import lock_arguments
from debates.actions.moderating.log import write_log
from debates.actions.weighing.rescore import rescore
from debates.actions.writing.stance import check_attacks
from debates.models import Argument, Link, LogEntry, StandingChange, State
from debates.models.argument import Attacks, Stance
from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused, check_reply, is_locked

FIELD = "to"
"""The field that names the further claim."""


def check_place(viewer: Viewer, argument: Argument) -> None:
    """Refuse where a viewer cannot place an argument under further claims: any member may place what everyone reads."""
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to place an argument elsewhere, too."), status=401)
    if argument.kind != Argument.Kind.ARGUMENT:
        raise Refused(_("Only what stands for or against a claim can be placed under another, too."))
    if not argument.is_published or argument.debate.state != State.PUBLISHED:
        raise Refused(_("This argument is not shown to everyone, so it can stand nowhere else."), status=409)


def check_link(viewer: Viewer, argument: Argument, parent: Argument) -> None:
    """Refuse a further place that an argument cannot have; whether it would close a circle is another question."""
    check_place(viewer, argument)
    check_reply(viewer, parent)
    if argument.pk == parent.pk:
        raise Refused(_("An argument cannot stand under itself; choose another claim."), FIELD, 400)
    if argument.parent_id == parent.pk:
        raise Refused(_("It stands under that claim already: that is its home."), FIELD, 409)
    ties = Link.objects.filter(
        Q(argument=argument, parent=parent) | Q(argument=parent, parent=argument, relation=Link.Relation.SAME)
    )
    for tie in ties:
        if tie.relation == Link.Relation.SAME:
            raise Refused(
                _("The two are known to make the same claim, so one cannot speak for or against the other."),
                FIELD,
                409,
            )
        raise Refused(_("It is placed under that claim already."), FIELD, 409)


@transaction.atomic
def link_argument(
    member: Viewer, argument: Argument, parent: Argument, stance: str, attacks: str = ""
) -> Link:
    """Place an argument under a further claim, with a stance of its own there, and return the link.

    `attacks` is one of `Attacks` for a con and nothing for a pro. A con that attacks the bearing acts, like a reply, on what
    its new parent bears on at home. Of joint premises each is placed by itself: elsewhere it stands alone.
    """
    lock_places((argument.debate_id, parent.debate_id))
    argument, parent = lock_arguments(argument, parent)
    check_link(member, argument, parent)
    if stance not in Stance.values:
        raise Refused(_("Say whether it speaks for that claim or against it."), "stance", 400)
    if stance == Stance.CON and attacks not in Attacks.values:
        raise Refused(_("Say whether that claim is not true, or does not matter there."), "attacks", 400)
    attacks = attacks if stance == Stance.CON else ""
    check_attacks(parent, attacks)
    check_circle(member, argument, parent, FIELD)
    link = Link.objects.create(
        argument=argument, parent=parent, stance=stance, attacks=attacks, added_by=member
    )
    rescore([parent, argument], StandingChange.Cause.LINKED, argument)
    return link


def check_unlink(viewer: Viewer, link: Link) -> None:
    """Refuse where a viewer cannot take a further place away: who added it may, until others rated it there, and moderators."""
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to take an argument away there."), status=401)
    if is_moderator(viewer):
        return
    if link.added_by_id != viewer.pk:
        raise Refused(_("Only the one who placed it there, or a moderator, can take it away again."))
    if is_locked(link.parent):
        raise Refused(_("This branch is locked, so nothing can be taken away in it."), status=409)
    if link.ratings.filter(matters__isnull=False).exclude(member=viewer.pk).exists():
        raise Refused(
            _("Others have said how much it matters there, so a moderator takes it away."), status=409
        )


@transaction.atomic
def unlink_argument(member: Viewer, link: Link, reason: str = "") -> bool:
    """Take an argument away from a further place; return whether it stood there. What was rated in that place goes with it.

    A moderator who takes away what another placed gives a reason, and the log says so.
    """
    lock_places((link.argument.debate_id, link.parent.debate_id))
    lock_arguments(link.argument, link.parent)
    current = (
        Link.objects.select_related("argument__debate", "parent__debate")
        .filter(pk=link.pk, relation=Link.Relation.ANSWERS)
        .first()
    )
    if current is None:
        return False
    check_unlink(member, current)
    if current.added_by_id != member.pk:
        write_log(member, LogEntry.Act.UNLINK, current.argument, reason)
    argument, parent = current.argument, current.parent
    current.delete()
    rescore([parent, argument], StandingChange.Cause.LINKED, argument)
    return True
