"""Give arguments their places: positions are handed out under a lock on the debate, so that no two meet."""

from django.db.models import Max
from django.utils.translation import gettext as _

from debates.models import Argument, Debate
from debates.permissions import Refused
from debates.tree import MAX_DEPTH, WIDTH, path_of


def lock_tree(debate_id: int) -> Debate:
    """Lock a debate's tree until the transaction ends; everything that places or moves goes through here."""
    return Debate.objects.select_for_update().get(pk=debate_id)


def lock_arguments(*arguments: Argument) -> list[Argument]:
    """Lock arguments whose trees are locked, in the order of their keys; return them as they stand now, in the order asked for.

    Refuses one that was moved to another debate after it was read: the tree that was locked is not the one it stands in.
    """
    rows = Argument.objects.select_for_update(of=("self",)).select_related("debate", "parent")
    fresh = {row.pk: row for row in rows.filter(pk__in={one.pk for one in arguments}).order_by("pk")}
    for one in arguments:
        if fresh[one.pk].debate_id != one.debate_id:
            raise Refused(
                _("“%(claim)s” was moved to another debate in this moment; send this once more.")
                % {"claim": one.claim},
                status=409,
            )
    return [fresh[one.pk] for one in arguments]


def check_anonymity(one: Debate, other: Debate, field: str = "") -> None:
    """Refuse to carry a text into or out of an anonymous debate: elsewhere it would stand under its author’s name."""
    if one.pk != other.pk and (one.anonymous or other.anonymous):
        raise Refused(
            _("One of the two debates is anonymous: what is said in it stays there, and nothing comes in."),
            field,
            409,
        )


def lock_place(argument: Argument) -> Argument:
    """Lock the tree that an argument stands in and the argument; return it as it stands now, or refuse as above."""
    lock_tree(argument.debate_id)
    (fresh,) = lock_arguments(argument)
    return fresh


def next_path(debate: Debate, parent: Argument | None) -> str:
    """Return the path of the next child of a parent (or the next thesis); the tree must be locked."""
    if parent is not None and parent.depth >= MAX_DEPTH:
        raise Refused(_("This branch is as deep as a branch can be; answer one of the claims above."))
    siblings = Argument.objects.filter(debate=debate, parent=parent)
    last = siblings.aggregate(last=Max("path"))["last"]
    return path_of(parent.path if parent else "", int(last[-WIDTH:], 36) + 1 if last else 0)
