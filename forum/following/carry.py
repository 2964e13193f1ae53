"""Carry what members have read through moves, merges and splits; and note when an argument was first shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from debates.models import Argument, LogEntry, Rearrangement
from forum.following.models import FirstShown, ReadArgument, ReadMark
from forum.following.unread import shown_by

BATCH = 500


def note_first_shown(argument: Argument, act: LogEntry.Act, **_signal: Any) -> None:
    """Note that an argument which waited is shown from now on. Any: a signal's words."""
    if act == LogEntry.Act.APPROVE:
        FirstShown.objects.get_or_create(argument=argument, defaults={"at": timezone.now()})


def carry_marks(rearrangement: Rearrangement, undone: bool, **_signal: Any) -> None:
    """Leave read what a member had read, and new what was new to them, wherever it stands now. Any: a signal's words."""
    first, other = rearrangement.argument, rearrangement.other
    if rearrangement.kind == Rearrangement.Kind.SPLIT:
        if not undone:
            _carry_to_part(first, other)
        return
    places = {one["argument"]: one["parent"] for one in rearrangement.before["places"]}
    roots = Argument.objects.filter(pk__in=places)
    if undone:  # what stands elsewhere by now was not put back
        here = other.debate_id
        back = [root for root in roots if root.parent_id == places[root.pk]]
        for home in {root.debate_id for root in back} - {here}:
            _carry([root for root in back if root.debate_id == home], here, home)
        return
    left = set(Argument.objects.filter(pk__in=places.values()).values_list("debate", flat=True))
    for debate in left - {other.debate_id}:
        _carry(list(roots), debate, other.debate_id)
    if rearrangement.kind == Rearrangement.Kind.MERGE:
        _carry_to_kept(first, other)


class _Read:
    """What members have read of some arguments."""

    def __init__(self, arguments: Collection[int], debates: Collection[int]) -> None:
        self.shown = shown_by(Argument.objects.filter(pk__in=arguments))
        self.marks: dict[int, dict[int, datetime]] = {}
        for member, debate, read_to in ReadMark.objects.filter(debate__in=debates).values_list(
            "member", "debate", "read_to"
        ):
            self.marks.setdefault(member, {})[debate] = read_to
        rows = ReadArgument.objects.filter(argument__in=arguments, member__in=self.marks)
        self.singly = {
            (member, key): read for member, key, read in rows.values_list("member", "argument", "read")
        }

    def by_mark(self, member: int, argument: int, debate: int) -> bool:
        """Say what the mark of a debate alone says of an argument that stands in it."""
        return self.shown[argument] <= self.marks[member][debate]

    def says(self, member: int, argument: int, debate: int) -> bool:
        """Say whether a member has read an argument that stands in a debate."""
        return self.singly.get((member, argument), self.by_mark(member, argument, debate))


def _carry(roots: list[Argument], left: int, entered: int) -> None:
    """Keep what each member had read of some branches that went from one debate to another.

    Only for who has marks in both: without one there is nothing to keep, or nothing that counts.
    """
    inside = Q(pk__in=[])
    for root in roots:
        inside |= Q(debate=root.debate_id, path__gte=root.path, path__lt=root.path + "~")
    read = _Read(list(Argument.objects.filter(inside).values_list("pk", flat=True)), (left, entered))
    kept: list[ReadArgument] = []
    needless = Q(pk__in=[])
    for member, marks in read.marks.items():
        if len(marks) < 2:
            continue
        settled = []
        for key in read.shown:
            was = read.says(member, key, left)
            if was != read.by_mark(member, key, entered):
                kept.append(ReadArgument(member_id=member, argument_id=key, read=was))
            elif (member, key) in read.singly:
                settled.append(key)
        if settled:
            needless |= Q(member=member, argument__in=settled)
    ReadArgument.objects.filter(needless).delete()
    _write(kept)


def _carry_to_kept(gone: Argument, kept: Argument) -> None:
    """Whoever has read what was merged has read what says the same."""
    read = _Read([gone.pk, kept.pk], {gone.debate_id, kept.debate_id})
    _write(
        ReadArgument(member_id=member, argument_id=kept.pk, read=True)
        for member, marks in read.marks.items()
        if {gone.debate_id, kept.debate_id} <= marks.keys()
        and read.says(member, gone.pk, gone.debate_id)
        and not read.says(member, kept.pk, kept.debate_id)
    )


def _carry_to_part(whole: Argument, part: Argument) -> None:
    """What was split off was shown when the whole was, and whoever has read the whole singly has read it, too."""
    FirstShown.objects.update_or_create(
        argument=part, defaults={"at": shown_by(Argument.objects.filter(pk=whole.pk))[whole.pk]}
    )
    _write(
        ReadArgument(member_id=row.member_id, argument_id=part.pk, read=row.read)
        for row in ReadArgument.objects.filter(argument=whole)
    )


def _write(rows: Iterable[ReadArgument]) -> None:
    """Write rows, over those that are there."""
    ReadArgument.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["member", "argument"],
        update_fields=["read"],
    )
