"""Joint premises: several arguments under one claim that only work together, each answered and rated by itself."""

from django.db.models import Q
from django.utils.translation import gettext as _

from debates.actions.writing.text import ArgumentText
from debates.models import Argument, Rating
from debates.models.argument import ArgumentQuerySet
from debates.models.rating import counted
from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused, is_locked

MOST_PREMISES = 6


def bundle_key(argument: Argument) -> int:
    """Return the key of the premise that leads a bundle, which all of its premises under one parent share.

    It is no more than a name: where the leading premise is withdrawn, hidden, or moved to another parent, those that remain
    under this one are a bundle still. An argument without others of its key stands alone.
    """
    return argument.joint_with_id or argument.pk


def bundle_of(argument: Argument) -> ArgumentQuerySet:
    """Return the premises of an argument's bundle under its parent, itself among them, in every state, in their order."""
    key = bundle_key(argument)
    return Argument.objects.filter(Q(pk=key) | Q(joint_with=key), parent=argument.parent_id).order_by("path")


def check_join(viewer: Viewer, argument: Argument) -> None:
    """Refuse where a viewer cannot add a premise to an argument: its author may, at any time.

    Also when others have rated it: a further premise counts for nothing until it is reviewed, and jointly they are as strong
    as the weakest, so an argument never gains by it.
    """
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to add a premise."), status=401)
    if argument.author_id != viewer.pk:
        raise Refused(_("Only its author can add a premise to an argument."))
    if argument.kind != Argument.Kind.ARGUMENT:
        raise Refused(_("Only what stands for or against a claim can have further premises."))
    if not argument.is_published:
        raise Refused(_("This argument is not shown, so no premise can be added to it."), status=409)
    if is_locked(argument) and not is_moderator(viewer):
        raise Refused(_("This branch is locked, so no premise can be added in it."), status=409)
    if bundle_of(argument).count() >= MOST_PREMISES:
        raise Refused(
            _("There are %(count)d premises; more would be another argument.") % {"count": MOST_PREMISES},
            status=409,
        )


def check_premise(viewer: Viewer, argument: Argument, parent: Argument, text: ArgumentText) -> None:
    """Refuse a text that cannot work together with an argument: it answers the same claim, on the same side, in the same way."""
    check_join(viewer, argument)
    if argument.parent_id != parent.pk:
        raise Refused(_("The argument was moved meanwhile; add the premise where it stands now."), status=409)
    if (text.kind, text.stance, text.attacks) != (argument.kind, argument.stance, argument.attacks):
        raise Refused(_("A premise takes the side of the argument that it belongs to."), "stance", 409)


def check_part(viewer: Viewer, argument: Argument) -> None:
    """Refuse where a viewer cannot take a premise out of its bundle: its author may, until others have rated the bundle.

    They said what they think of premises that work together; standing alone, each would carry those answers further than
    they were meant.
    """
    if not viewer.is_authenticated or argument.author_id != viewer.pk:
        raise Refused(_("Only its author can let a premise stand alone."))
    if is_locked(argument) and not is_moderator(viewer):
        raise Refused(_("This branch is locked, so its premises stay together."), status=409)
    rated = Rating.objects.filter(counted(), argument__in=bundle_of(argument)).exclude(member=viewer.pk)
    if rated.exists():
        raise Refused(
            _(
                "Others have rated these premises as parts of one argument. "
                "Withdraw this one and post it anew to let it stand alone."
            ),
            status=409,
        )
