"""Mark the sources whose work was retracted, or had a notice published about it."""

from collections.abc import Iterable

from django.db import transaction

from debates.actions.lock_sources import lock_sources
from debates.lookup.retraction import Retraction
from debates.models import Source, SourceKey

WEIGHT = {"retraction": 3, "reinstatement": 3, "expression of concern": 2}
"""Of several notices about one work the gravest stands, of equals the latest; a correction weighs least."""


@transaction.atomic
def mark_retraction(retraction: Retraction) -> int:
    """Mark every source that has the DOI of a notice; return how many changed."""
    keys = SourceKey.objects.filter(kind="doi", value=retraction.doi)
    changed = 0
    for source in lock_sources(keys.values_list("source", flat=True)).values():
        if _stands_over(source, retraction):
            continue
        values = {
            "retraction_doi": retraction.notice_doi[:200],
            "retraction_nature": (retraction.nature or "Retraction")[:60],
            "retracted_on": retraction.date,
        }
        if any(getattr(source, name) != value for name, value in values.items()):
            changed += Source.objects.filter(pk=source.pk).update(**values)
    return changed


def mark_retractions(retractions: Iterable[Retraction]) -> tuple[int, int]:
    """Mark all sources of a data file; return how many notices were read, and how many sources changed.

    The file has hundreds of thousands of notices and the library a few DOIs, so these are fetched first.
    """
    known = set(SourceKey.objects.filter(kind="doi").values_list("value", flat=True))
    read = changed = 0
    for retraction in retractions:
        read += 1
        if retraction.doi in known:
            changed += mark_retraction(retraction)
    return read, changed


def _stands_over(source: Source, retraction: Retraction) -> bool:
    """Say whether the notice that a source has already outweighs another."""
    old, new = _weight(source.retraction_nature), _weight(retraction.nature or "Retraction")
    if old != new:
        return old > new
    return bool(source.retracted_on and retraction.date and source.retracted_on > retraction.date)


def _weight(nature: str) -> int:
    return WEIGHT.get(nature.lower(), 1) if nature else 0
