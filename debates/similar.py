"""Find what is already said in a debate: arguments whose claim says much the same, in whatever words and order.

The measure is the share of words that two claims have in common (Dice’s, with each word weighing more the rarer it is in the
debate: Spärck Jones, “A statistical interpretation of term specificity”, 1972). It is taken over stems that the search index
holds anyway, in Python, so both databases find the same; it knows no synonyms.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain

from django.db.models.functions import Length, Substr

from debates.difference import UNSPACED
from debates.models import Argument, Debate
from debates.models.visibility import Viewer
from debates.stemming import stems

LEAST = 0.25
"""The score from which a claim is shown. In our seeds, of pairs that editors hold to be the same, one in two reaches it."""
LEAST_TERMS = 2
"""Words that say something and stand in both, where the claim has as many: one alone is its subject, not what it says."""
NEAR_BEST = 0.6
"""The part of the best score that a further claim must reach: beside a claim that says the same, others are noise."""
LOOKED_AT = 30
"""Candidates that are weighed exactly, after a first look at all."""
COUNTED = 1_000
"""Arguments, about, in which it is counted how common a word is."""
SAME_SIDE = 0.05
"""What it counts, in the order alone, that a claim takes the side that is wanted."""
COMMON_WEIGHT = 0.15
COMMON = frozenset(
    stems(
        "a about above after again all also although am among an and any are as at be because been before being below between"
        " both but by can could did do does down during each either else ever every few for from had has have he her here him"
        " his how i if in into is it its just many may me might more most much must my neither nor of on once one only or"
        " other our out over own same shall she should since so some such than that the their them then there these they this"
        " those though through to too under until up upon us very was we were what when where which while who whom whose why"
        " will with would yet you your"
    )
)
"""Words that say little of what a claim is about; “not”, “no”, “never” and “without” do."""


@dataclass(frozen=True)
class Similar:
    """An argument that says much the same, and how much: from `LEAST` to 1, where both claims have the same words."""

    argument: Argument
    score: float


def similar_to(
    viewer: Viewer,
    debate: Debate,
    claim: str,
    stance: str = "",
    limit: int = 5,
    apart_from: Argument | None = None,
) -> list[Similar]:
    """Return the listed arguments of a debate that say much the same as a claim, the best first, in two queries at most.

    `stance` puts those that take this side first among equals. `apart_from` is not looked at: what the claim answers, or where
    it stands itself.
    """
    wanted = terms_of(" ".join(stems(claim)))
    if not wanted - COMMON:
        return []
    listed = Argument.objects.visible_to(viewer).listed().filter(debate=debate)
    if apart_from is not None:
        listed = listed.exclude(pk=apart_from.pk)
    # The index begins with the stems of the claim; cut where the claim ends, it holds these and a few more.
    rows = listed.order_by("pk").values_list("pk", Substr("search_entry__tokens", 1, Length("claim")))
    texts = {key: f" {tokens} " for key, tokens in rows if tokens}
    measure = _Measure(wanted, list(texts.values()))
    candidates = Argument.objects.visible_to(viewer).filter(pk__in=measure.candidates(texts))
    found = [
        Similar(argument, measure.score(terms_of(" ".join(stems(argument.claim)))))
        for argument in candidates.select_related("debate")
    ]
    best = max((one.score for one in found), default=0.0)
    near = [one for one in found if one.score >= max(LEAST, NEAR_BEST * best)]
    near.sort(key=lambda one: (-one.score - SAME_SIDE * (one.argument.stance == stance), one.argument.pk))
    return near[:limit]


def terms_of(tokens: str) -> set[str]:
    """Return the terms of stemmed words: each word; in scripts without spaces, each two letters next to each other."""
    words = tokens.split()
    if tokens.isascii():
        return set(words)
    terms: set[str] = set()
    for word in words:
        if len(word) > 1 and UNSPACED.match(word):
            terms.update(word[place : place + 2] for place in range(len(word) - 1))
        else:
            terms.add(word)
    return terms


class _Measure:
    """Say how much a text has in common with what is wanted: twice the weight of the terms in common, by that of both.

    A term in n of N texts weighs ln(1 + (N + 1) / (n + ½)), a common word less. In a large debate a sample is counted.
    """

    def __init__(self, wanted: set[str], texts: list[str]) -> None:
        sample = texts[:: len(texts) // COUNTED + 1]
        self.of = len(sample) + 1
        self.often = Counter(chain.from_iterable(map(terms_of, sample)))
        self.wanted = {term: self.weight(term) for term in wanted}
        self.whole = sum(self.wanted.values())

    def weight(self, term: str) -> float:
        """Return what a term weighs."""
        return (COMMON_WEIGHT if term in COMMON else 1) * math.log(1 + self.of / (self.often[term] + 0.5))

    def score(self, terms: set[str]) -> float:
        """Return how much of the weight is common: 0 to 1, the same terms 1; nothing for a single word of several."""
        common = terms & self.wanted.keys()
        if len(common - COMMON) < min(LEAST_TERMS, len(terms - COMMON)):
            return 0.0
        shared = sum(self.wanted[term] for term in common)
        return 2 * shared / (self.whole + sum(map(self.weight, terms)))

    def candidates(self, texts: dict[int, str]) -> list[int]:
        """Return the keys of the texts that may score best; a rough look, for a search in a string takes no time."""
        shared: defaultdict[int, float] = defaultdict(float)
        for term, weight in self.wanted.items():
            sought = term if UNSPACED.match(term) else f" {term} "
            for key, text in texts.items():
                if sought in text:
                    shared[key] += weight
        usual = self.whole / len(self.wanted)
        rough = (
            (2 * weight / (self.whole + usual * (texts[key].count(" ") - 1)), key)
            for key, weight in shared.items()
            if weight >= LEAST / (2 - LEAST) * self.whole  # with less in common no text can reach the least
        )
        return [key for _score, key in nlargest(LOOKED_AT, rough)]
