"""Order the arguments of a list, one step at a time, and take one out."""

from __future__ import annotations

from typing import Literal

from django.db import transaction

from debates.models.visibility import Viewer
from forum.bookmarks.actions.one_line import wait_in_line
from forum.bookmarks.models import ArgumentList, ListEntry

type Step = Literal["up", "down", "out"]


@transaction.atomic
def arrange_list(
    member: Viewer, arranged: ArgumentList, entry: int, step: Step, seen_at: int | None = None
) -> bool:
    """Move the entry with this key one place up or down, or take it out; return whether that changed anything.

    `seen_at` is its place when the button was drawn: pressed twice at once, the button moves it once.
    """
    wait_in_line(member)
    rows = list(ListEntry.objects.filter(of=arranged, of__member=member).order_by("place", "pk"))
    at = next((number for number, row in enumerate(rows) if row.pk == entry), None)
    if at is None or seen_at not in (None, rows[at].place):
        return False
    if step == "out":
        rows[at].delete()
        return True
    to = at - 1 if step == "up" else at + 1
    if not 0 <= to < len(rows):
        return False
    one, other = rows[at], rows[to]
    one.place, other.place = other.place, one.place
    ListEntry.objects.bulk_update([one, other], ["place"])
    return True
