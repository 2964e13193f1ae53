"""Words in the index: one condition, spelt twice. They were stemmed in Python, so both databases hold the same words."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from debates.query import Query, Words
from debates.stemming import stems

_POSTGRESQL = (
    "SELECT id FROM debates_searchentry WHERE to_tsvector('simple', tokens) @@ to_tsquery('simple', %s)"
)
_SQLITE = "SELECT rowid FROM debates_search_words WHERE debates_search_words MATCH %s"
# Stems are letters and digits only, so none of them can be read as an operator of either.


def words_condition(query: Query) -> Q:
    """Return the condition that an argument or source holds the words of a query, and none of those that it must not hold."""
    found = Q()
    if query.wanted:
        found &= Q(search_entry__in=entries(query.wanted))
    for one in query.unwanted:
        found &= ~Q(search_entry__in=entries([one]))
    return found


def entries(wanted: Sequence[Words]) -> RawSQL:
    """Return the keys of the entries that hold all of these words and phrases, for `…__in=`."""
    if connection.vendor == "postgresql":
        return _entries_of_postgresql(wanted)
    match = " AND ".join(
        f'"{" ".join(one.stems)}"' if one.phrase else " AND ".join(f'"{stem}"' for stem in one.stems)
        for one in wanted
    )
    return RawSQL(_SQLITE, [match])  # noqa: S611  # the words go as a parameter


def _entries_of_postgresql(wanted: Sequence[Words]) -> RawSQL:
    """Return what `entries` says. The index finds the words, and what it found is looked through for the phrases.

    A tsvector keeps 256 places of a word and none beyond the 16,383rd word, so `<->` would miss what FTS5 finds; and the index
    holds no places at all, so that `<->` cuts every text anew, which takes longer than to look for a string in it.
    """
    values = [" & ".join(dict.fromkeys(stem for one in wanted for stem in one.stems))]
    sql = _POSTGRESQL
    for one in wanted:
        if one.phrase and len(one.stems) > 1:
            sql += " AND strpos(' ' || tokens || ' ', %s) > 0"
            values.append(f" {' '.join(one.stems)} ")
    return RawSQL(sql, values)  # noqa: S611  # the words go as parameters


def entries_begun(whole: Iterable[str], ends: Iterable[str]) -> RawSQL:
    """Return the keys of the entries that hold all of some stems and one at least of others: what a begun word may become."""
    if connection.vendor == "postgresql":
        match = " & ".join([*whole, f"({' | '.join(ends)})"])
        return RawSQL(_POSTGRESQL, [match])  # noqa: S611  # the words go as a parameter
    either = " OR ".join(f'"{stem}"' for stem in ends)
    match = " AND ".join([*(f'"{stem}"' for stem in whole), f"({either})"])
    return RawSQL(_SQLITE, [match])  # noqa: S611  # the words go as a parameter


def entries_from(whole: Sequence[str]) -> RawSQL:
    """Return the keys of the entries that hold all of some stems, of which the last may be the beginning of one."""
    if connection.vendor == "postgresql":
        return RawSQL(_POSTGRESQL, [" & ".join(whole) + ":*"])  # noqa: S611  # the words go as a parameter
    match = " ".join(f'"{stem}"' for stem in whole) + "*"
    return RawSQL(_SQLITE, [match])  # noqa: S611  # the words go as a parameter


def stands_in(words: Words, text: str) -> bool:
    """Say of a short text at hand what `entries` asks of the index: does it hold the word or phrase?"""
    held = f" {_stemmed(text)} "
    if words.phrase:
        return f" {' '.join(words.stems)} " in held
    return bool(words.stems) and all(f" {stem} " in held for stem in words.stems)


@lru_cache(maxsize=10_000)
def _stemmed(text: str) -> str:
    return " ".join(stems(text))
