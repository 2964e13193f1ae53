"""Put replies with their branches under another claim, as part of a rearrangement; and put them back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.arranging.branch_paths import replant
from debates.actions.arranging.changed_rows import Changes
from debates.actions.arranging.circle import check_circle
from debates.actions.arranging.undo_check import InTheWay
from debates.actions.writing.lay_version import newest_version
from debates.actions.writing.overtaking import says_the_same
from debates.models import Appearance, Argument, Link, Revision
from debates.models.visibility import Viewer
from debates.tree import WIDTH


def put_under(replies: Sequence[Argument], parent: Argument, changes: Changes) -> None:
    """Put siblings with their branches under a claim, which they answer as it stands now.

    What stood there by a link already has its home there from now on, so the link goes.
    """
    if not replies:
        return
    if replies[0].debate_id != parent.debate_id:
        _carry_voices(replies, parent.debate_id, changes)
    for link in Link.objects.filter(argument__in=replies, parent=parent, relation=Link.Relation.ANSWERS):
        changes.remove(link.ratings.all())
        changes.remove([link])
    for reply in replies:
        changes.touched.add(reply.pk)
        changes.moved(
            {
                "argument": reply.pk,
                "parent": reply.parent_id,
                "segment": reply.path[-WIDTH:],
                "answered": reply.answers_revision_id,
                "stale": reply.stale_since.isoformat() if reply.stale_since else None,
            }
        )
    replant(replies, parent.debate, parent)
    newest = newest_version(parent)
    for reply in replies:
        reply.answers_revision, reply.stale_since = newest, None
        reply.save(update_fields=["parent", "answers_revision", "stale_since"])


def put_back(viewer: Viewer, before: dict[str, Any], under: int) -> None:
    """Put back what a rearrangement put under an argument; what stands elsewhere by now stays there. Any: JSON.

    They answer the version again that they answered there, and are marked where that says something else than the newest.
    Refuses where a claim would rest on itself, or stand twice in one place, by links that were made since.
    """
    places = {one["argument"]: one for one in before["places"]}
    rows = Argument.objects.filter(pk__in=places, parent=under).select_related("debate", "parent")
    homes = Argument.objects.filter(pk__in={one["parent"] for one in places.values()})
    for parent in homes.select_related("debate"):
        back = [one for one in rows.order_by("path") if places[one.pk]["parent"] == parent.pk]
        _check_no_link(parent, back)
        replant(back, parent.debate, parent, [places[one.pk]["segment"] for one in back])
        newest = newest_version(parent)
        for one in back:
            place = places[one.pk]
            one.answers_revision = Revision.objects.filter(pk=place["answered"]).first() or newest
            stale = datetime.fromisoformat(place["stale"]) if place["stale"] else timezone.now()
            one.stale_since = None if says_the_same(one.answers_revision, newest) else stale
            one.save(update_fields=["parent", "answers_revision", "stale_since"])
        _check_no_circle(viewer, parent, back)


def _carry_voices(branches: Sequence[Argument], debate_id: int, changes: Changes) -> None:
    """Say of the voices in some branches in another debate, too, what is known of them in their own."""
    for one in branches:
        here = Appearance.objects.filter(debate=debate_id).values("voice")
        theirs = Argument.objects.all().subtree_of(one).filter(voice__isnull=False).values("voice")
        rows = Appearance.objects.filter(debate=one.debate_id, voice__in=theirs).exclude(voice__in=here)
        changes.make(
            Appearance(voice_id=row.voice_id, debate_id=debate_id, known=row.known, how=row.how)
            for row in rows
        )


def _check_no_link(parent: Argument, back: Sequence[Argument]) -> None:
    ties = Link.objects.filter(argument__in=back, parent=parent, relation=Link.Relation.ANSWERS)
    tie = ties.select_related("argument").first()
    if tie is not None:
        raise InTheWay(
            _(
                "“%(claim)s” was placed since where it would go back to, as in a further place; take it away there first."
            )
            % {"claim": tie.argument.claim}
        )


def _check_no_circle(viewer: Viewer, parent: Argument, back: Iterable[Argument]) -> None:
    above = Q(pk=parent.pk) | Q(debate=parent.debate_id, path__in=parent.ancestor_paths)
    tied = Link.objects.filter(
        relation=Link.Relation.ANSWERS, argument__in=Argument.objects.filter(above).values("pk")
    )
    if tied.exists():  # without a link, the paths that were just written say that there is none
        for one in back:
            check_circle(viewer, one, parent)
