"""Join the further places of two arguments that become one, and make the home of what is gone one of them."""

from typing import Any

from django.db.models import Q

from debates.actions.arranging.changed_rows import Changes
from debates.actions.arranging.join_answers import join_link_ratings
from debates.actions.weighing.rate_link import recount_link
from debates.models import Argument, Link


def home_as_link(gone: Argument, kept: Argument, changes: Changes) -> Link | None:
    """Let the kept argument stand, too, where the gone one had its home; None where that is its own, or no place at all.

    The author of what is gone counts as who placed it there.
    """
    if gone.kind != Argument.Kind.ARGUMENT or gone.parent_id is None or gone.parent_id == kept.parent_id:
        return None
    link = Link.objects.filter(argument=kept, parent=gone.parent_id).first()
    if link is not None and link.relation == Link.Relation.ANSWERS:
        return link
    if link is not None:  # it only said that both make the same claim; now it stands there
        changes.change(
            link, relation=Link.Relation.ANSWERS, stance=gone.stance, attacks=gone.attacks, seeded=False
        )
        return link
    (link,) = changes.make(
        [
            Link(
                argument=kept,
                parent_id=gone.parent_id,
                stance=gone.stance,
                attacks=gone.attacks,
                added_by_id=gone.author_id,
            )
        ]
    )
    return link


def join_links(gone: Argument, kept: Argument, changes: Changes) -> list[Link]:
    """Let the links of the gone argument, and those to it, be links of the kept one; return them.

    One that is there already keeps its row and gets the answers of those who gave it none; the other stays with what is
    gone, and comes back with it. So does what would tie the kept argument to itself or to its own home.
    """
    joined = []
    for link in Link.objects.filter(Q(argument=gone) | Q(parent=gone)).select_related("argument", "parent"):
        if link.argument_id == gone.pk:
            child, parent = kept, link.parent
        else:
            child, parent = link.argument, kept
        if parent.pk in (child.pk, child.parent_id):
            continue
        twin = Link.objects.filter(argument=child, parent=parent).first()
        changes.touched |= {link.argument_id, link.parent_id}
        if twin is not None:
            if twin.relation == link.relation:
                join_link_ratings(link, twin, changes)
                joined.append(twin)
            continue
        # What a seed names is looked for there by the argument that is gone; this row is the site's own from now on.
        if child is kept:
            changes.change(link, argument=kept, seeded=False)
        else:
            changes.change(link, parent=kept, seeded=False)
        joined.append(link)
    return joined


def make_room(before: dict[str, Any]) -> None:
    """Take away links that would get the place back that another has taken meanwhile. Any: JSON that `Changes` wrote."""
    for name, pk, columns in before["changed"]:
        link = Link.objects.filter(pk=pk).first() if name == "link" else None
        if link is None:
            continue
        argument = columns.get("argument_id", [link.argument_id])[0]
        parent = columns.get("parent_id", [link.parent_id])[0]
        if Link.objects.filter(argument=argument, parent=parent).exclude(pk=pk).exists():
            link.delete()


def recount_links(before: dict[str, Any]) -> None:
    """Count anew the answers about all links that a merge touched. Any: JSON that `Changes` wrote."""
    keys = {pk for name, pk, _columns in before["changed"] if name == "link"} | set(before.get("links", []))
    for link in Link.objects.filter(pk__in=keys):
        recount_link(link)
