"""Find the pairs of arguments of one debate that seem to say the same: one pass over all its claims, for whoever tidies up.

The measure is that of `debates.similar`. Of each claim only the rarest words are looked up, as many as two claims that reach the
least score must have at least one of in common (prefix filtering: Chaudhuri, Ganti and Kaushik, “A primitive operator for
similarity joins in data cleaning”, 2006), so that few pairs are weighed and none is missed.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from django.db.models.functions import Length, Substr

from debates.models import Argument, Debate, Link
from debates.similar import COMMON, COMMON_WEIGHT, terms_of
from debates.stemming import words

LEAST = 0.4
"""The score from which a pair is shown; higher than beside a form, where somebody has just thought of the one. In our seeds
half of the pairs above it say much the same."""
MOST_LOOKED_AT = 20_000
"""Pairs that are weighed in one debate, those with the rarest word in common first: about a tenth of a second."""
MOST_SHOWN = 200
"""Pairs of a debate, the most alike first."""


@dataclass(frozen=True)
class Duplicate:
    """The keys of two arguments that seem to say the same, the older first, and how much: up to 1, for the same words."""

    first: int
    second: int
    score: float


def likely_duplicates(debate: Debate) -> list[Duplicate]:
    """Return the pairs of listed claims that seem to say the same, the most alike first; two queries.

    What stands above the other, or is tied to it already, is no pair.
    """
    rows = (
        Argument.objects.listed()
        .filter(debate=debate)
        .exclude(kind=Argument.Kind.NOTE)
        .order_by("pk")
        # The index begins with the stems of the claim, which some scripts spell out longer than the claim itself.
        .values_list("pk", "path", "claim", Substr("search_entry__tokens", 1, 3 * Length("claim")))
    )
    terms: dict[int, set[str]] = {}
    paths: dict[int, str] = {}
    for pk, path, claim, tokens in rows:
        terms[pk] = terms_of(" ".join((tokens or "").split()[: len(words(claim))]))
        paths[pk] = path
    ties = Link.objects.filter(argument__debate=debate, parent__debate=debate)
    tied = {frozenset(pair) for pair in ties.values_list("argument", "parent")}
    found = [
        Duplicate(one, other, score)
        for (one, other), score in alike(terms).items()
        if frozenset((one, other)) not in tied
        and not paths[one].startswith(paths[other])
        and not paths[other].startswith(paths[one])
    ]
    found.sort(key=lambda pair: (-pair.score, pair.first, pair.second))
    return found[:MOST_SHOWN]


def alike(terms: Mapping[int, set[str]]) -> dict[tuple[int, int], float]:
    """Return the pairs of texts that score at least `LEAST`, by their keys, the smaller first."""
    weights = weights_of(terms.values())
    order = {
        term: place for place, term in enumerate(sorted(weights, key=lambda term: (-weights[term], term)))
    }
    ranked = {key: sorted(held, key=order.__getitem__) for key, held in terms.items()}
    whole = {key: sum(map(weights.__getitem__, held)) for key, held in ranked.items()}
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for key, held in sorted(ranked.items()):
        # With less than this in common no other text can reach the least: at best it holds nothing else.
        left = whole[key]
        for term in held:
            if left < LEAST / (2 - LEAST) * whole[key]:
                break
            holders[term].append(key)
            left -= weights[term]
    scores: dict[tuple[int, int], float] = {}
    looked_at: set[tuple[int, int]] = set()
    for term in sorted(holders, key=order.__getitem__):
        keys = holders[term]
        for place, one in enumerate(keys):
            for other in keys[place + 1 :]:
                if (one, other) in looked_at:
                    continue
                if len(looked_at) == MOST_LOOKED_AT:
                    return scores
                looked_at.add((one, other))
                shared = sum(weights[held] for held in terms[one] & terms[other])
                if (score := 2 * shared / (whole[one] + whole[other])) >= LEAST:
                    scores[one, other] = score
    return scores


def weights_of(texts: Iterable[set[str]]) -> dict[str, float]:
    """Return what each term weighs: the more the rarer it is, a common word less."""
    texts = list(texts)
    often = Counter(chain.from_iterable(texts))
    return {
        term: (COMMON_WEIGHT if term in COMMON else 1) * math.log(1 + (len(texts) + 1) / (count + 0.5))
        for term, count in often.items()
    }
