"""What a member keeps, as far as they may read it today; each page in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from debates.models import Argument, Debate
from debates.models.argument import ArgumentQuerySet
from debates.models.visibility import Viewer
from debates.views.parts.card import DebateGone, debate_named
from forum.bookmarks.merged import merged_into, readable, standing_for
from forum.bookmarks.models import ArgumentList, Bookmark, BookmarkQuerySet, ListEntry


@dataclass(frozen=True)
class Kept:
    """One bookmark, as its owner finds it."""

    row: Bookmark
    name: str
    """By which the forms name it: the public id of the very argument that was kept, whatever it was merged into."""
    argument: Argument | None
    """What stands for it today; None where its owner may not read that at present."""
    lists: Sequence[ArgumentList] = field(default_factory=tuple)
    debate: Debate | DebateGone | None = None


@dataclass(frozen=True)
class Entry:
    """One entry of a list, as its owner finds it."""

    row: ListEntry
    argument: Argument | None
    again: bool
    """Whether the same argument stands further up, because the two were merged."""


def bookmarks_of(member: Viewer, within: ArgumentList | None = None) -> BookmarkQuerySet:
    """Return a member's bookmarks, the newest first; with a list, those of its arguments."""
    rows = Bookmark.objects.filter(member=member).standing().select_related("argument")
    if within is not None:
        entries = list(ListEntry.objects.filter(of=within).values_list("argument", flat=True))
        standing = set(standing_for(entries).values())
        rows = rows.filter(argument__in=merged_into(standing))
    return rows.order_by("-created_at", "-pk")


def bookmark_at(member: Viewer, argument: Argument) -> Bookmark | None:
    """Return a member's bookmark of an argument, else their newest of what was merged into it; one statement."""
    rows = Bookmark.objects.filter(member=member, argument__in=merged_into([argument.pk])).standing()
    found = list(rows.order_by("-created_at", "-pk"))
    return next((row for row in found if row.argument_id == argument.pk), next(iter(found), None))


def undoable_of(member: Viewer) -> BookmarkQuerySet:
    """Return what a member took away so lately that it can be put back, the last first."""
    rows = Bookmark.objects.filter(member=member).undoable().select_related("argument")
    return rows.order_by("-removed_at", "-pk")


def lists_of(member: Viewer) -> QuerySet[ArgumentList]:
    """Return a member's lists by title."""
    return ArgumentList.objects.filter(member=member)


def kept_under(member: Viewer, name: str) -> Argument | None:
    """Return the argument that a member keeps, or kept, under this very name, readable or not; one statement."""
    row = Bookmark.objects.filter(member=member, argument__public_id=name).select_related("argument").first()
    return row.argument if row is not None else None


def drawn(rows: Iterable[Bookmark], member: Viewer) -> list[Kept]:
    """Return bookmarks with what stands for them and the lists that hold that; four statements, none for none."""
    found = list(rows)
    if not found:
        return []
    standing = standing_for([row.argument_id for row in found])
    shown = readable(standing.values(), member)
    lists = lists_holding(shown, member)
    kept = []
    for row in found:
        key = standing[row.argument_id]
        argument = shown.get(key)
        debate = debate_named(argument.debate, member) if argument is not None else None
        kept.append(Kept(row, row.argument.public_id, argument, lists.get(key, ()), debate))
    return kept


def lists_holding(standing: Iterable[int], member: Viewer) -> dict[int, list[ArgumentList]]:
    """Return by the keys of arguments that stand which of a member's lists hold each; two statements."""
    keys = set(standing)
    entries = list(
        ListEntry.objects.filter(of__member=member, argument__in=merged_into(keys))
        .select_related("of")
        .order_by("of__title", "of", "place")
    )
    leads = standing_for([entry.argument_id for entry in entries])
    found: dict[int, list[ArgumentList]] = defaultdict(list)
    for entry in entries:
        if entry.of not in found[leads[entry.argument_id]]:
            found[leads[entry.argument_id]].append(entry.of)
    return found


def entries_of(shown: ArgumentList, member: Viewer) -> list[Entry]:
    """Return the entries of a list, in its order, with what its owner may read of each; three statements."""
    rows = list(ListEntry.objects.filter(of=shown).order_by("place", "pk"))
    standing = standing_for([row.argument_id for row in rows])
    texts = readable(standing.values(), member)
    seen: set[int] = set()
    entries = []
    for row in rows:
        key = standing[row.argument_id]
        entries.append(Entry(row, texts.get(key), key in seen))
        seen.add(key)
    return entries


def listed_in(shown: ArgumentList) -> tuple[list[int], ArgumentQuerySet]:
    """Return the keys of what everyone may read of a list, in its order and each once, and those arguments; two statements."""
    rows = list(ListEntry.objects.filter(of=shown).order_by("place", "pk").values_list("argument", flat=True))
    standing = standing_for(rows)
    order = list(dict.fromkeys(standing[key] for key in rows))
    listed = Argument.objects.listed().filter(pk__in=order)
    there = set(listed.values_list("pk", flat=True))
    return [key for key in order if key in there], listed


def names_kept_by(member: int) -> frozenset[str]:
    """Return the public ids of all arguments that a member keeps, and of what those were merged into; one statement."""
    upwards = RawSQL(
        "WITH RECURSIVE up (id, into_id) AS (SELECT a.id, a.merged_into_id FROM debates_argument a"
        " JOIN bookmarks_bookmark b ON b.argument_id = a.id WHERE b.member_id = %s AND b.removed_at IS NULL"
        " UNION SELECT a.id, a.merged_into_id FROM debates_argument a JOIN up u ON a.id = u.into_id)"
        " SELECT id FROM up",
        [member],
    )
    return frozenset(Argument.objects.filter(pk__in=upwards).order_by().values_list("public_id", flat=True))
