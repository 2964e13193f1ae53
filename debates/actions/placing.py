"""Give arguments their places: positions are handed out under a lock on the debate, so that no two meet."""

from django.db.models import Max
from django.utils.translation import gettext as _

from debates.models import Argument, Debate
from debates.permissions import Refused
from debates.tree import MAX_DEPTH, WIDTH, path_of


def lock_tree(debate_id: int) -> Debate:
    """Lock a debate's tree until the transaction ends; everything that places or moves goes through here."""
    return Debate.objects.select_for_update().get(pk=debate_id)


def next_path(debate: Debate, parent: Argument | None) -> str:
    """Return the path of the next child of a parent (or the next thesis); the tree must be locked."""
    if parent is not None and parent.depth >= MAX_DEPTH:
        raise Refused(_("This branch is as deep as a branch can be; answer one of the claims above."))
    siblings = Argument.objects.filter(debate=debate, parent=parent)
    last = siblings.aggregate(last=Max("path"))["last"]
    return path_of(parent.path if parent else "", int(last[-WIDTH:], 36) + 1 if last else 0)
