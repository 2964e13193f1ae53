"""Find what stands for an argument that was merged, and what was merged into one that stands; constant in statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models.expressions import RawSQL

from debates.models import Argument
from debates.models.visibility import Viewer


def standing_for(keys: Collection[int]) -> dict[int, int]:
    """Return by keys the key of what stands for each argument today: itself, or what it was merged into; one statement."""
    leads = dict(Argument.objects.filter(pk__in=_upwards(keys)).values_list("pk", "merged_into"))
    found = {}
    for key in keys:
        end = key
        while (into := leads.get(end)) is not None:
            end = into
        found[key] = end
    return found


def merged_into(keys: Collection[int]) -> RawSQL:
    """Return the keys of arguments and of all that was merged into them, also by way of others, for `…__in=`."""
    marks = ", ".join(["%s"] * len(keys)) or "NULL"
    return RawSQL(  # noqa: S611 - only signs for values are put in
        f"WITH RECURSIVE family (id) AS (SELECT a.id FROM debates_argument a WHERE a.id IN ({marks})"  # noqa: S608 - likewise
        " UNION SELECT a.id FROM debates_argument a JOIN family f ON a.merged_into_id = f.id)"
        " SELECT id FROM family",
        list(keys),
    )


def readable(keys: Iterable[int], viewer: Viewer) -> dict[int, Argument]:
    """Return by their keys those of some arguments that a viewer may read, with their debates; one statement."""
    rows = Argument.objects.visible_to(viewer).filter(pk__in=set(keys)).select_related("debate")
    return {row.pk: row for row in rows}


def _upwards(keys: Collection[int]) -> RawSQL:
    marks = ", ".join(["%s"] * len(keys)) or "NULL"
    return RawSQL(  # noqa: S611 - only signs for values are put in
        f"WITH RECURSIVE up (id, into_id) AS (SELECT a.id, a.merged_into_id FROM debates_argument a WHERE a.id IN ({marks})"  # noqa: S608 - likewise
        " UNION SELECT a.id, a.merged_into_id FROM debates_argument a JOIN up u ON a.id = u.into_id)"
        " SELECT id FROM up",
        list(keys),
    )
