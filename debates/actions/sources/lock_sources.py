"""Lock sources, so that nothing is hung on a record in the moment in which it is merged into another."""

from collections.abc import Collection

from debates.models import Source


def lock_sources(keys: Collection[int]) -> dict[int, Source]:
    """Lock sources and return them by their keys.

    In the order of the keys, whoever asks for them: two who lock the same can then never wait for each other.
    """
    rows = Source.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    return {source.pk: source for source in rows}


def lock_standing(keys: Collection[int]) -> dict[int, Source]:
    """Lock, for each source, the one that stands for its work by now; return them by the keys that were asked for."""
    found = lock_sources(keys)
    standing = dict(found)
    while merged := {key: one.merged_into_id for key, one in standing.items() if one.merged_into_id}:
        # A form was opened before a merge. These come out of order, but only after a merge has taken place.
        further = lock_sources(set(merged.values()))
        standing |= {key: further[into] for key, into in merged.items()}
    return standing
