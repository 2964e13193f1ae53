"""Undo a move, a merge or a split exactly, as long as nothing was built on it; else say what stands in the way."""

from django.db import transaction
from django.utils import timezone

from debates.actions.arranging.changed_rows import take_back
from debates.actions.arranging.circle import check_circle
from debates.actions.arranging.join_anchors import part_anchors
from debates.actions.arranging.join_answers import carry_back, part_requests
from debates.actions.arranging.join_citations import part_citations
from debates.actions.arranging.join_links import make_room, recount_links
from debates.actions.arranging.lock_links import lock_places
from debates.actions.arranging.merge_arguments import rescore_merged
from debates.actions.arranging.move_argument import raters_of
from debates.actions.arranging.placing import lock_arguments
from debates.actions.arranging.put_under import put_back
from debates.actions.arranging.undo_check import check_undo
from debates.actions.moderating.log import write_log
from debates.actions.weighing.rescore import recount, rescore, rescore_beyond
from debates.actions.writing.anchor_quotes import anchor_quotes
from debates.actions.writing.lay_version import newest_version, settle_version
from debates.models import (
    Argument,
    Link,
    LogEntry,
    Rearrangement,
    SearchEntry,
    StandingChange,
    State,
)
from debates.models.visibility import Viewer
from debates.signals import arguments_rearranged


@transaction.atomic
def undo_rearrangement(moderator: Viewer, rearrangement: Rearrangement, reason: str) -> bool:
    """Put everything back where it stood and as it was; return whether that changed anything.

    Replies and answers that came since stay where they were given. Refuses with `InTheWay` what was built upon.
    """
    concerned = list(Argument.objects.filter(pk__in=_concerned(rearrangement)))
    lock_places(one.debate_id for one in concerned)
    lock_arguments(*concerned)
    row = (
        Rearrangement.objects.select_for_update(of=("self",))
        .select_related("argument__debate", "argument__parent", "other__debate", "other__parent")
        .get(pk=rearrangement.pk)
    )
    check_undo(moderator, row)
    if row.undone_at is not None:
        return False
    entry = write_log(moderator, LogEntry.Act.REARRANGE_BACK, row.argument, reason)
    {
        Rearrangement.Kind.MOVE: _undo_move,
        Rearrangement.Kind.MERGE: _undo_merge,
        Rearrangement.Kind.SPLIT: _undo_split,
    }[Rearrangement.Kind(row.kind)](moderator, row, entry.reason)
    row.undone_at, row.undone_by_name, row.undone_reason = (
        timezone.now(),
        moderator.get_username(),
        entry.reason,
    )
    row.save(update_fields=["undone_at", "undone_by_name", "undone_reason"])
    arguments_rearranged.send(
        Rearrangement, rearrangement=row, undone=True, actor=moderator, raters=raters_of([row.argument])
    )
    return True


def _concerned(row: Rearrangement) -> set[int]:
    """Return the arguments whose trees are locked: what was touched, and what things go back under."""
    parents = {one["parent"] for one in row.before["places"]}
    return {*row.before["touched"], row.argument_id, row.other_id, *parents}


def _undo_move(moderator: Viewer, row: Rearrangement, reason: str) -> None:
    left = Argument.objects.get(pk=row.before["parent"])
    put_back(moderator, row.before, row.other_id)
    take_back(row.before)
    moved = list(Argument.objects.filter(pk__in=row.before["touched"]).order_by("path"))
    for one in moved:
        if row.before["versions"]:
            written = [key for key in row.before["versions"] if one.revisions.filter(pk=key).exists()]
            settle_version(one, next(iter(written), None), moderator, reason)
    rescore([row.other, left, *moved], StandingChange.Cause.REARRANGED, row.argument)
    if left.debate_id != row.other.debate_id:
        rescore_beyond(left.debate)


def _undo_merge(moderator: Viewer, row: Rearrangement, reason: str) -> None:
    gone, kept, before = row.argument, row.other, row.before
    newest = newest_version(kept)
    edited = newest is None or newest.pk != before["version"]
    put_back(moderator, row.before, kept.pk)
    part_citations(gone, kept, before["citations"], row.at, edited=edited)
    if edited:  # its author has saved these tags as the argument's own
        before = before | {"made": [one for one in before["made"] if one[0] != "argumenttag"]}
    place = Link.objects.filter(pk=before["place"]).first()
    if place is not None:
        carry_back(place, gone, row.at)
    make_room(before)
    take_back(before)
    part_anchors(gone, kept)
    part_requests(kept)
    recount_links(before)
    row.wordings.all().delete()
    settle_version(kept, None if edited else before["version"], moderator, reason)
    gone.refresh_from_db()
    _check_links(moderator, before)
    rescore_merged(gone, kept)


def _undo_split(moderator: Viewer, row: Rearrangement, reason: str) -> None:
    first, second = row.argument, row.other
    take_back(row.before)
    first.refresh_from_db()
    settle_version(first, row.before["version"], moderator, reason)
    # Once the first says again what they answered.
    put_back(moderator, row.before, second.pk)
    SearchEntry.objects.write_argument(first)
    # Its address leads back to what it was taken out of.
    second.state, second.merged_into = State.REMOVED, first
    second.save(update_fields=["state", "merged_into"])
    for one in (second, first):
        anchor_quotes(one)
        if one.kind == Argument.Kind.ARGUMENT:
            recount(one)
    above = [first.parent] if first.parent is not None else []
    rescore([first, second, *above], StandingChange.Cause.REARRANGED, first)


def _check_links(moderator: Viewer, before: dict[str, list[tuple[str, int, object]]]) -> None:
    """Refuse where links that go back would close a circle with what was made since."""
    keys = [pk for name, pk, _columns in before["changed"] if name == "link"]
    for link in Link.objects.filter(pk__in=keys, relation=Link.Relation.ANSWERS).select_related(
        "argument", "parent"
    ):
        check_circle(moderator, link.argument, link.parent)
