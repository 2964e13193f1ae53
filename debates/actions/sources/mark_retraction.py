"""Mark the sources whose work was retracted, or had a notice published about it."""

from collections.abc import Iterable

from django.db import transaction

from debates.actions.sources.lock_sources import lock_sources
from debates.lookup.retraction import Retraction
from debates.models import Source, SourceKey

NOTICE = ("retraction_doi", "retraction_nature", "retracted_on")
WEIGHT = {
    "retraction": 3,
    "withdrawal": 3,
    "removal": 3,
    "reinstatement": 3,
    "partial retraction": 2,
    "expression of concern": 2,
}
"""Of several notices about one work the gravest stands, of equals the latest, of one day the first by its DOI."""


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


def carry_notice(gone: Source, kept: Source) -> None:
    """Give a source the graver notice of another record of the same work; the caller holds both."""
    if _weight(gone.retraction_nature) > _weight(kept.retraction_nature):
        for name in NOTICE:
            setattr(kept, name, getattr(gone, name))
        kept.save(update_fields=NOTICE)


def take_notice_back(gone: Source, kept: Source) -> None:
    """Take back what `carry_notice` gave, when the two turn out to be two works; the caller holds both."""
    same = all(getattr(kept, name) == getattr(gone, name) for name in NOTICE)
    if gone.retraction_nature and same and gone.doi != kept.doi:
        Source.objects.filter(pk=kept.pk).update(retraction_doi="", retraction_nature="", retracted_on=None)


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
    if source.retracted_on and retraction.date and source.retracted_on != retraction.date:
        return source.retracted_on > retraction.date
    return bool(source.retraction_doi) and source.retraction_doi < retraction.notice_doi


def _weight(nature: str) -> int:
    return WEIGHT.get(nature.lower(), 1) if nature else 0
