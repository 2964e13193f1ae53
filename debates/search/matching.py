"""What a query finds: arguments, sources and debates; the same rows on both databases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q

from debates.models import Argument, Debate, Source
from debates.models.argument import ArgumentQuerySet
from debates.models.source import SourceQuerySet
from debates.models.visibility import NOBODY, Viewer
from debates.query import Query
from debates.search.filters import SPEAK_OF_SOURCES, met, sources_of
from debates.search.ranking import Text, ranked
from debates.search.words import stands_in, words_condition

MOST_HITS = 1_000
"""Arguments that are put in order; of more hits the newest. One word may stand in each of a hundred thousand texts."""

type Sort = Literal["relevance", "newest"]


@dataclass(frozen=True)
class Hits:
    """The keys of the arguments that were found, in order; `more`: there are others, older than all of these."""

    keys: tuple[int, ...] = ()
    more: bool = False


def matching_arguments(query: Query, viewer: Viewer = NOBODY) -> ArgumentQuerySet:
    """Return the listed arguments that a query finds, in no order; none where it asks for nothing.

    `viewer` learns nothing by an operator that their pages keep back; feeds and the API ask as nobody, who sees everything.
    """
    if not query:
        return Argument.objects.none()
    found = Argument.objects.listed().filter(words_condition(query)).order_by()
    for one in query.filters:
        found = found.filter(met(one, viewer))
    return found


def hits_of(
    query: Query,
    sort: Sort = "relevance",
    among: ArgumentQuerySet | None = None,
    viewer: Viewer = NOBODY,
) -> Hits:
    """Return the arguments that a query finds, in order; two statements at most, however many it finds.

    `among` narrows the search before the hits are counted. A query without words has no other order than the newest first.
    """
    found = matching_arguments(query, viewer)
    if among is not None:
        found = found.filter(pk__in=among.order_by().values("pk"))
    keys = list(found.order_by("-created_at", "-pk").values_list("pk", flat=True)[: MOST_HITS + 1])
    more = len(keys) > MOST_HITS
    keys = keys[:MOST_HITS]
    if sort == "relevance" and query.wanted and len(keys) > 1:
        keys = _best_first(query, keys)
    return Hits(tuple(keys), more)


def _best_first(query: Query, keys: Sequence[int]) -> list[int]:
    rows = Argument.objects.filter(pk__in=keys, search_entry__isnull=False).order_by()
    texts = {
        pk: Text(claim, tokens)
        for pk, claim, tokens in rows.values_list("pk", "claim", "search_entry__tokens")
    }
    order = [pk for pk in keys if pk in texts]
    return [order[place] for place in ranked(query.terms, [texts[pk] for pk in order])]


def matching_sources(query: Query) -> SourceQuerySet:
    """Return the listed sources that a query finds by words, `source:` and `doi:`; none where it asks what no source has."""
    if not query or any(one.operator not in SPEAK_OF_SOURCES for one in query.filters):
        return Source.objects.none()
    found = Source.objects.listed().filter(words_condition(query))
    for one in query.filters:
        holds = Q(pk__in=sources_of(one).order_by().values("pk"))
        found = found.filter(~holds if one.excluded else holds)
    return found


def matching_debates(query: Query) -> list[Debate]:
    """Return the listed debates whose question holds the words of a query, the newest first; one statement.

    None where it asks more than words. The questions are read in Python: there are few, and they are not in the index.
    """
    if query.filters or not query.wanted:
        return []
    return [
        debate
        for debate in Debate.objects.listed().only("slug", "question", "created_at")
        if all(stands_in(one, debate.question) for one in query.wanted)
        and not any(stands_in(one, debate.question) for one in query.unwanted)
    ]
