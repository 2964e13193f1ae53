"""Have references set in every style that is offered, once their records are saved: never in a reader's request."""

from collections.abc import Iterator, Sequence
from functools import partial

import structlog
from django.db import transaction
from django.tasks import task

from debates.bibliography.styles import STYLES, StyleError, available
from debates.bibliography.styles import set_references as set_in_style
from debates.models import Source

log = structlog.get_logger(__name__)

BATCH = 100
"""Records a run of the style processor: long enough to be worth its start, short enough for its time limit."""


@task
def set_references(source_ids: list[int]) -> int:
    """Set the references of some sources and store them; return how many were set.

    A style that fails leaves its place empty: pages then show the plain rendering, and `setreferences` tries again.
    """
    if not available():
        return 0
    done = 0
    for start in range(0, len(source_ids), BATCH):
        done += _set(list(Source.objects.filter(pk__in=source_ids[start : start + BATCH])))
    return done


def _set(sources: Sequence[Source]) -> int:
    formatted: dict[int, dict[str, str]] = {source.pk: {} for source in sources}
    for style in STYLES:
        for pk, line in _in_style(sources, style):
            formatted[pk][style] = line
    # The record may have been edited meanwhile: what was set from the old one is then left out.
    return sum(
        Source.objects.filter(pk=source.pk, data=source.data).update(formatted=formatted[source.pk])
        for source in sources
        if formatted[source.pk]
    )


def _in_style(sources: Sequence[Source], style: str) -> Iterator[tuple[int, str]]:
    """Yield the key of each source and its reference; one that cannot be set costs the others a few runs, and no more."""
    try:
        lines = set_in_style([source.data for source in sources], style)
    except StyleError as error:
        if len(sources) == 1:
            log.warning("reference_not_set", style=style, source=sources[0].public_id, reason=str(error))
            return
        half = len(sources) // 2
        yield from _in_style(sources[:half], style)
        yield from _in_style(sources[half:], style)
    else:
        yield from zip((source.pk for source in sources), lines, strict=True)


def set_later(sources: Sequence[Source]) -> None:
    """Have the references of sources set as soon as the transaction at hand is through."""
    transaction.on_commit(partial(set_references.enqueue, [source.pk for source in sources]))
