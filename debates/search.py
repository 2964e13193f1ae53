"""Find arguments and sources by words: one function, two backends with the same members (the words are stemmed in Python)."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from debates.bibliography.identifiers import read_identifier
from debates.models import Argument, SearchEntry, Source, SourceKey
from debates.models.visibility import Viewer, listed
from debates.stemming import stems

MOST_WORDS = 12


def search_arguments(query: str) -> QuerySet[Argument]:
    """Return the listed arguments that hold every word of a query, the best first; nothing for no words."""
    entries = _entries(query)
    if entries is None:
        return Argument.objects.none()
    return (
        Argument.objects.filter(listed("", "debate"), search_entry__in=entries)
        .annotate(rank=_rank(query))
        .order_by(F("rank").desc(), "-pk")
    )


def search_sources(query: str) -> QuerySet[Source]:
    """Return the listed sources that hold every word of a query, the best first; nothing for no words."""
    entries = _entries(query)
    if entries is None:
        return Source.objects.none()
    return Source.objects.listed().filter(search_entry__in=entries).order_by("title", "pk")


def find_sources(query: str, viewer: Viewer) -> QuerySet[Source]:
    """Return the sources that somebody who types this may mean: by an identifier, by words (the last may be begun), by title.

    Besides what stands in lists, members find what they added themselves and nobody cites yet.
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
    wanted = words_of(query)
    if wanted:
        sql, parameter = _match(wanted, begun=True)
        found |= Q(search_entry__in=RawSQL(sql, [parameter]))  # noqa: S611  # the words go as a parameter
    return library.filter(found).order_by("title", "pk")


def words_of(query: str) -> list[str]:
    """Return the stems that a query asks for, each once."""
    return list(dict.fromkeys(stems(query)))[:MOST_WORDS]


def _entries(query: str) -> QuerySet[SearchEntry] | None:
    wanted = words_of(query)
    if not wanted:
        return None
    sql, parameter = _match(wanted)
    return SearchEntry.objects.filter(pk__in=RawSQL(sql, [parameter]))  # noqa: S611  # the words go as a parameter


def _match(wanted: Sequence[str], *, begun: bool = False) -> tuple[str, str]:
    """Return the statement that finds entries, and its parameter; `begun`: the last word need not be whole."""
    # Stems are letters and digits only, so none of them can be read as an operator.
    if connection.vendor == "postgresql":
        return (
            "SELECT id FROM debates_searchentry WHERE to_tsvector('simple', tokens) @@ to_tsquery('simple', %s)",
            " & ".join(wanted) + (":*" if begun else ""),
        )
    return "SELECT rowid FROM debates_search_words WHERE debates_search_words MATCH %s", " ".join(
        f'"{word}"' for word in wanted
    ) + ("*" if begun else "")


def _rank(query: str) -> RawSQL:
    """Return an expression that is larger for a better hit: rarer words, and more of them in fewer."""
    wanted = words_of(query)
    if connection.vendor == "postgresql":
        return RawSQL(
            "(SELECT ts_rank(to_tsvector('simple', e.tokens), to_tsquery('simple', %s), 1) FROM debates_searchentry e"
            " WHERE e.argument_id = debates_argument.id)",
            [" & ".join(wanted)],
        )
    return RawSQL(
        "(SELECT -bm25(debates_search_words) FROM debates_search_words WHERE debates_search_words MATCH %s"
        " AND rowid = (SELECT e.id FROM debates_searchentry e WHERE e.argument_id = debates_argument.id))",
        [" ".join(f'"{word}"' for word in wanted)],
    )
