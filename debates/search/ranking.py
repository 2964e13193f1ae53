"""The order of hits: the same on both databases, since it is reckoned in Python, over a bounded number of them. No database."""

from collections.abc import Sequence
from dataclasses import dataclass

from debates.stemming import words

SATURATION, BY_LENGTH = 1.2, 0.75
"""How soon another mention says nothing new, and how much a long text must mention more: the usual k₁ and b of BM25."""
CLAIM = 3
"""What a word in the claim counts, beside one in the elaboration."""


@dataclass(frozen=True)
class Text:
    """A claim, and the stems of it and its elaboration as the index holds them, parted by spaces."""

    claim: str
    tokens: str


def ranked(terms: Sequence[Sequence[str]], texts: Sequence[Text]) -> list[int]:
    """Return the places of texts, the best first; equal ones stay in their order. A term is the stems of a word or phrase.

    BM25 with the claim weighing more (Robertson and Zaragoza, “The probabilistic relevance framework: BM25 and beyond”, 2009,
    sections 3.4 and 3.6), without its weight of rare words: every hit holds every word, so it would only compare one with itself.
    """
    held = [text.tokens.split() for text in texts]
    usual = sum(map(len, held)) / len(held) if held else 1.0
    scores = []
    for text, tokens in zip(texts, held, strict=True):
        claim = len(words(text.claim))
        dampened = SATURATION * (1 - BY_LENGTH + BY_LENGTH * len(tokens) / (usual or 1.0))
        score = 0.0
        for term in terms:
            often = CLAIM * _count(term, tokens[:claim]) + _count(term, tokens[claim:])
            score += often * (SATURATION + 1) / (often + dampened) if often else 0.0
        scores.append(score)
    return sorted(range(len(texts)), key=lambda place: -scores[place])


def _count(term: Sequence[str], tokens: list[str]) -> int:
    if len(term) == 1:
        return tokens.count(term[0])
    return f" {' '.join(tokens)} ".count(f" {' '.join(term)} ")
