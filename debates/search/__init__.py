"""Find arguments, sources and debates by words and operators: one grammar (`debates.query`), two databases, the same members.

What others call:

* `search_arguments(query)`: the best first, at most a thousand; `search_arguments_newest(query)`: all, for feeds;
* `search_sources(query)`: by words; `find_sources(query, viewer)`: what somebody who types this may mean to cite;
* `matching`, `mending` (“Did you mean …”) and `suggesting` (while somebody types) for the search page.
"""

from django.db.models import Q, QuerySet

from debates.bibliography.identifiers import read_identifier
from debates.models import Argument, Source, SourceKey
from debates.models.argument import ArgumentQuerySet
from debates.models.visibility import NOBODY, Viewer
from debates.query import MOST_WORDS, parse
from debates.search.matching import hits_of, matching_arguments, matching_sources
from debates.search.words import entries_from
from debates.stemming import stems


def search_arguments(
    query: str, among: ArgumentQuerySet | None = None, most: int = 20, viewer: Viewer = NOBODY
) -> list[Argument]:
    """Return the listed arguments that a typed query finds, the best first, `most` of them; nothing where it asks for nothing.

    `among` narrows what is looked through, and brings what is to be fetched along (`select_related`); `viewer` learns
    nothing that their pages keep back. Three statements.
    """
    keys = hits_of(parse(query), among=among, viewer=viewer).keys[:most]
    rows = (among if among is not None else Argument.objects.all()).in_bulk(keys)
    return [rows[pk] for pk in keys if pk in rows]


def search_arguments_newest(query: str) -> QuerySet[Argument]:
    """Return the listed arguments that a typed query finds, the newest first; for feeds. Nothing where it asks for nothing."""
    return matching_arguments(parse(query)).order_by("-created_at", "-pk")


def search_sources(query: str) -> QuerySet[Source]:
    """Return the listed sources that a typed query finds, by title."""
    return matching_sources(parse(query)).order_by("title", "pk")


def find_sources(query: str, viewer: Viewer) -> QuerySet[Source]:
    """Return the sources that somebody who types this may mean: by an identifier, by words (the last may be begun), by title.

    Besides what stands in lists, members find what they added themselves and nobody cites yet. No word is an operator here.
    """
    query = query.strip()
    if not query:
        return Source.objects.none()
    library = Source.objects.to_cite(viewer)
    if (identifier := read_identifier(query)) is not None:
        return library.filter(pk__in=SourceKey.objects.named(identifier).values("source")).order_by(
            "title", "pk"
        )
    found = Q(title__icontains=query)
    if wanted := words_of(query):
        found |= Q(search_entry__in=entries_from(wanted))
    return library.filter(found).order_by("title", "pk")


def words_of(query: str) -> list[str]:
    """Return the stems of what was typed, each once, and no more than a query has; empty where there is nothing to search for."""
    return list(dict.fromkeys(stems(query)))[:MOST_WORDS]
