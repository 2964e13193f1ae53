"""“Did you mean …”: a query with the words mended that nobody wrote here; the same on both databases, reckoned in Python."""

from dataclasses import replace

from django.db.models import Q
from django.db.models.functions import Length, Substr
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from debates.models import SearchWord
from debates.models.visibility import NOBODY, Viewer
from debates.query import Query, Words
from debates.search.matching import MOST_HITS, hits_of, matching_sources
from debates.stemming import words

LEAST_LETTERS = 4
"""A shorter word is one letter away from too many others."""
LONG_WORD = 6
"""Letters from which on two slips are forgiven, and not one: a letter too many, missing, wrong, or two the wrong way round."""
MOST_ASKED, MOST_TRIED = 6, 5
"""Words of one query that are looked after, and the likeliest words that are tried in place of each."""


def mended(query: Query, viewer: Viewer = NOBODY) -> Query | None:
    """Return the query with those words mended that no listed text holds, if then it finds something listed; else None.

    What is known of words may come from texts that are hidden by now, so only what is listed decides: which words are
    wrong, and what is offered. What `viewer` may not learn by an operator no offer tells, either.
    """
    typed = [one for one in query.wanted if len(words(one.text)) == 1][:MOST_ASKED]
    found = query
    for part in typed:
        if len(words(part.text)[0]) < LEAST_LETTERS or _finds(Query((part,))):
            continue
        mend = next((one for one in _candidates(part) if _finds(Query((one,)))), None)
        if mend is None:
            return None
        found = replace(found, parts=tuple(mend if one == part else one for one in found.parts))
    return found if found != query and _finds(found, viewer) else None


def _candidates(part: Words) -> list[Words]:
    """Return what a word may have been meant to be, the likeliest first; one statement.

    Looked at are words of about the length that share the first or the second letter, or have the two the wrong way round.
    """
    word = words(part.text)[0]
    slips = 2 if len(word) >= LONG_WORD else 1
    near = (
        SearchWord.objects.annotate(length=Length("word"), second=Substr("word", 2, 1))
        .filter(length__gte=len(word) - slips, length__lte=len(word) + slips)
        .filter(Q(word__startswith=word[0]) | Q(word__startswith=word[1]) | Q(second=word[1]))
        .values_list("word", flat=True)
    )
    hits = process.extract(
        word, list(near), scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=None
    )
    # Of equally near ones, who begins the same; then by the alphabet, for the order of a table is no order.
    hits.sort(key=lambda hit: (hit[1], hit[0][0] != word[0], abs(len(hit[0]) - len(word)), hit[0]))
    return [replace(part, text=hit[0]) for hit in hits if hit[1]][:MOST_TRIED]


def _finds(query: Query, viewer: Viewer = NOBODY) -> bool:
    """Say whether anything listed fits.

    Asked for all hits in order and not whether there is one: PostgreSQL then uses the index, where for the first of them it
    would read text after text, in the belief that one comes soon; of a word that stands nowhere that took seconds.
    """
    return bool(
        hits_of(query, "newest", viewer=viewer).keys
        or matching_sources(query).order_by("title", "pk").values_list("pk")[:MOST_HITS]
    )
