"""Say which words of a text are meant, in a way that outlasts the text's next edition; and find them again. Pure.

The shape is that of the TextQuoteSelector of the W3C's Web Annotation Data Model (2017, section 4.2.4): the words, and some
characters before and after them, by which the same words are told apart. Words are looked for as quotations are
(`quotation`), so what copying and typesetting change does not matter, and nothing else is let pass.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from debates.bibliography.quotation import FoldedText
from debates.bibliography.quoting import LEAST_WORDS

CONTEXT = 32
"""Characters that are kept before the words and after them."""
MOST_LOOKED_AT = 200
"""Places of the same words that are weighed against each other."""
ENOUGH = 8
"""Characters of their surroundings by which a word or two are known again in another place; all there are, if fewer."""


@dataclass(frozen=True)
class Selector:
    """The words, with up to `CONTEXT` characters before and after them; either may be empty."""

    exact: str
    prefix: str = ""
    suffix: str = ""

    @property
    def context(self) -> int:
        """Return how many characters around the words are known."""
        return len(_plain(self.prefix)) + len(_plain(self.suffix))


@dataclass(frozen=True)
class Spot:
    """Where the words stand: the number of the text, their first character and one past their last."""

    number: int
    start: int
    end: int


class Texts:
    """Texts folded once, in which any number of words are looked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Fold the texts; none goes on from another."""
        self._texts = list(texts)
        self._folded = FoldedText(self._texts, set(range(len(self._texts))))

    def find(self, selector: Selector, near: int | None = None) -> Spot | None:
        """Return where the words stand, the place that agrees best with what stood around them; None where they do not.

        `near` is the number of the text in which they stood: of places that agree alike it counts first, and in another text
        a word or two are the same only where what stands around them is, too.
        """
        ranked = [(self._agreement(spot, selector), spot) for spot in self._spots(selector.exact)]
        least = 0 if len(selector.exact.split()) >= LEAST_WORDS else max(1, min(ENOUGH, selector.context))
        meant = [(agreed, spot) for agreed, spot in ranked if spot.number == near or agreed >= least]
        # The first of several that are alike: `max` keeps it.
        best = max(meant, key=lambda one: (one[0], one[1].number == near), default=None)
        return best[1] if best is not None else None

    def _spots(self, words: str) -> Iterator[Spot]:
        """Yield the places of the words, in order; of words that are no quotation, letter for letter."""
        if not words.strip():
            return
        found = self._folded.find(words, MOST_LOOKED_AT).places
        within = [
            Spot(place[0].passage, place[0].start, place[-1].end)
            for place in found
            if place[0].passage == place[-1].passage
        ]
        yield from within or self._letter_for_letter(words.strip())

    def _letter_for_letter(self, words: str) -> Iterator[Spot]:
        """Yield where a run of characters stands: half a word that somebody marked, or a copy of a whole long text."""
        left = MOST_LOOKED_AT
        for number, text in enumerate(self._texts):
            at = text.find(words)
            while at >= 0 and left:
                yield Spot(number, at, at + len(words))
                left -= 1
                at = text.find(words, at + len(words))

    def _agreement(self, spot: Spot, selector: Selector) -> int:
        """Return how many characters around a place are those that stood around the words."""
        text = self._texts[spot.number]
        before = _plain(text[max(0, spot.start - 2 * CONTEXT) : spot.start])
        after = _plain(text[spot.end : spot.end + 2 * CONTEXT])
        return _alike(reversed(before), reversed(_plain(selector.prefix))) + _alike(
            after, _plain(selector.suffix)
        )


def select(text: str, words: str, before: str = "", after: str = "") -> tuple[int, int] | None:
    """Return the first character and one past the last of the words in a text, None where they do not stand there.

    Of several places the one is meant that agrees best with what is said to stand before and after; else the first.
    """
    spot = Texts([text]).find(Selector(words, before, after), near=0)
    return (spot.start, spot.end) if spot is not None else None


def selector_of(text: str, start: int, end: int) -> Selector:
    """Return by what the characters of a text from one index to another are found again."""
    return Selector(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def _plain(text: str) -> str:
    """Return a text in which white space does not count: lines are broken anew in every edition."""
    return "".join(text.split())


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    """Return in how many characters two runs agree from their beginning on."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
