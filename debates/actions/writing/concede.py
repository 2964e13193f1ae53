"""Grant a point to the other side, and take that back: true, but it does not carry the claim above."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.writing.text import check_printable
from debates.models import Argument, Concession, State
from debates.models.argument import Stance
from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused, is_locked
from debates.signals import argument_conceded

LONGEST_WHY = 300


def check_concede(viewer: Viewer, argument: Argument) -> None:
    """Refuse where a viewer cannot grant anything at an objection.

    Its own author may grant the claim that it answers, and the author of that claim may grant the objection; nobody speaks
    for another. Of oneself there is nothing to be granted, and a thesis carries nothing that it could fail to carry.
    """
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to grant a point."), status=401)
    parent = argument.parent
    if argument.kind != Argument.Kind.ARGUMENT or argument.stance != Stance.CON or parent is None:
        raise Refused(_("Only where one speaks against the other is there a point to grant."))
    if viewer.pk not in (argument.author_id, parent.author_id):
        raise Refused(_("Only the two who disagree here can grant each other a point."))
    if argument.author_id == parent.author_id:
        raise Refused(_("Both are yours, and nobody grants a point to themselves."))
    if viewer.pk == argument.author_id and parent.kind == Argument.Kind.THESIS:
        raise Refused(
            _("A thesis stands for itself: whoever grants it withdraws what they said against it."),
            status=409,
        )
    shown = argument.is_published and parent.is_published and argument.debate.state == State.PUBLISHED
    if not shown:
        raise Refused(_("One of the two is no longer shown, so there is nothing to grant."), status=409)
    check_open(viewer, argument)


def check_open(viewer: Viewer, argument: Argument) -> None:
    """Refuse to grant or take back anything in a locked branch."""
    if is_locked(argument) and not is_moderator(viewer):
        raise Refused(_("This branch is locked: it can be read, but nothing in it changes."), status=409)


@transaction.atomic
def concede(member: Viewer, argument: Argument, why: str = "") -> bool:
    """Grant a point at an objection, with a sentence why it does not carry; return whether that changed anything.

    No standing changes by it: what the two who disagree say of each other is no review of either claim.
    """
    argument = (
        Argument.objects.select_for_update(of=("self",))
        .select_related("debate", "parent")
        .get(pk=argument.pk)
    )
    check_concede(member, argument)
    why = " ".join(why.split())
    check_printable("why", why)
    if len(why) > LONGEST_WHY:
        raise Refused(
            _("The sentence has %(count)d characters; shorten it to %(most)d.")
            % {"count": len(why), "most": LONGEST_WHY},
            "why",
            400,
        )
    concession, made = Concession.objects.get_or_create(
        argument=argument, member=member, defaults={"why": why}
    )
    if made:
        argument_conceded.send(Concession, concession=concession)
    elif concession.why == why:
        return False
    else:
        concession.why = why
        concession.save(update_fields=["why"])
    return True


@transaction.atomic
def unconcede(member: Viewer, argument: Argument) -> bool:
    """Take back what one granted; return whether there was anything. Whatever became of the two claims since, it may go."""
    if not member.is_authenticated:
        raise Refused(_("Sign in to take back what you granted."), status=401)
    check_open(member, argument)
    return bool(Concession.objects.filter(argument=argument, member=member).delete()[0])
