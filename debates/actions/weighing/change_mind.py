"""Say that an argument changed one's mind, and why: once per reader and argument, and it can be taken back."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.arranging.placing import lock_tree
from debates.actions.writing.mask import wear_mask
from debates.actions.writing.text import check_printable
from debates.models import Argument, Delta, State
from debates.models.visibility import Viewer
from debates.permissions import Refused, is_locked
from debates.signals import mind_changed

LONGEST_WHY = 500


def check_change_mind(viewer: Viewer, argument: Argument) -> None:
    """Refuse where a viewer cannot say that an argument changed their mind."""
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to say that this changed your mind; what you have typed stays."), status=401)
    if argument.state != State.PUBLISHED or argument.debate.state != State.PUBLISHED:
        raise Refused(_("This argument is no longer shown."), status=409)
    if argument.kind != Argument.Kind.ARGUMENT:
        raise Refused(_("Name the argument that changed your mind: a thesis or a note is none."), status=409)
    if argument.author_id == viewer.pk:
        raise Refused(_("This is your own argument: others say whether it changed their mind."))
    if is_locked(argument):
        raise Refused(_("This branch is locked: nothing more can be said in it."), status=409)


def check_why(why: str) -> str:
    """Return the sentence without outer space, or refuse what is none."""
    check_printable("why", why)
    why = " ".join(why.split())
    if not why:
        raise Refused(_("Say in a sentence what changed, and why: others will read it."), "why", 400)
    if len(why) > LONGEST_WHY:
        raise Refused(
            _("The sentence has %(count)d characters; shorten it to %(most)d.")
            % {"count": len(why), "most": LONGEST_WHY},
            "why",
            400,
        )
    return why


@transaction.atomic
def change_mind(member: Viewer, argument: Argument, why: str) -> bool:
    """Write a member's sentence, or mend it; return whether that changed anything. Its author is told once."""
    lock_tree(argument.debate_id)
    argument = Argument.objects.select_related("debate").get(pk=argument.pk)
    check_change_mind(member, argument)
    why = check_why(why)
    delta = Delta.objects.filter(argument=argument, member=member).first()
    if delta is None:
        delta = Delta.objects.create(argument=argument, member=member, why=why)
        wear_mask(argument.debate, member)
        mind_changed.send(Delta, delta=delta)
        return True
    check_not_hidden(delta)
    if delta.why == why and delta.state == State.PUBLISHED:
        return False
    delta.why, delta.state = why, State.PUBLISHED
    delta.save(update_fields=["why", "state"])
    return True


@transaction.atomic
def unchange_mind(member: Viewer, argument: Argument) -> bool:
    """Take a member's sentence back, whatever became of the argument; return whether that changed anything."""
    lock_tree(argument.debate_id)
    delta = Delta.objects.filter(argument=argument, member=member).first()
    if delta is None or delta.state == State.WITHDRAWN:
        return False
    check_not_hidden(delta)
    delta.state = State.WITHDRAWN
    delta.save(update_fields=["state"])
    return True


def check_not_hidden(delta: Delta) -> None:
    """Refuse to touch what a moderator hid: taking it back and saying it anew would undo that."""
    if delta.state == State.HIDDEN:
        raise Refused(
            _("A moderator hid your sentence: nobody else reads it, and it stays as it is."), status=409
        )
