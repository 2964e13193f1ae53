"""Find where the words that a text quotes stand in other texts: by the one matcher, so exactly or not at all. Pure."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from debates.bibliography.quotation import FoldedText, Match, Outcome, Place, Reason
from debates.bibliography.quoting import Quoted, as_read

MOST_LOOKED_AT = 200
"""Places that are weighed for one quotation; words that stand in more are no quotation of any of them."""
NEAREST = 0
"""The nearness of what a text answers: only there a word or two between marks is taken for a quotation."""


@dataclass(frozen=True)
class Target[K: Hashable]:
    """A text in which quotations are looked for, under a key of the caller's."""

    key: K
    text: str
    follows: bool = False
    """Whether it goes on from the one before it, so that an elided quotation may pass from that to this."""
    markdown: bool = False


@dataclass(frozen=True)
class Spot[K: Hashable]:
    """Where a quotation stands: the target, and its characters from the first piece to the last that stands in it."""

    key: K
    start: int
    end: int


@dataclass(frozen=True)
class Anchor[K: Hashable]:
    """What came of looking for a quotation: found, in several places, or not found for a reason."""

    quoted: Quoted
    outcome: Outcome
    spots: tuple[Spot[K], ...] = ()
    reason: Reason | None = None


class Targets[K: Hashable]:
    """Texts folded once, in which any number of quotations are looked for."""

    def __init__(self, targets: Iterable[Target[K]]) -> None:
        """Fold the texts; of Markdown, what is read."""
        self._targets = list(targets)
        self._folded = FoldedText(
            [as_read(one.text) if one.markdown else one.text for one in self._targets],
            {number for number, one in enumerate(self._targets) if not one.follows},
        )

    def known(self, nearness: Callable[[K], int | None]) -> list[int | None]:
        """Return how near each text is."""
        return [nearness(one.key) for one in self._targets]

    def find(self, quotation: Quoted, known: Sequence[int | None]) -> Anchor[K]:
        """Look for one quotation; of the places where it stands, the nearest count. None: a text is not looked in."""
        words = quotation.words
        match = Match(Outcome.NOT_FOUND)
        for written in (words, words.rstrip()[:-1]) if words.rstrip()[-1:] in (",", ".") else (words,):
            # A comma or a point before the closing mark is the quoter's as often as not.
            match = self._folded.find(written, MOST_LOOKED_AT, lambda number: known[number] is not None)
            spots = [
                (near, self._spot(place))
                for place in match.places
                if (near := known[place[0].passage]) is not None
            ]
            if spots:
                nearest = min(near for near, _spot in spots)
                kept = tuple(spot for near, spot in spots if near == nearest)
                if quotation.is_short and (nearest != NEAREST or len(kept) > 1):
                    return Anchor(quotation, Outcome.TOO_SHORT)
                return Anchor(quotation, Outcome.FOUND if len(kept) == 1 else Outcome.SEVERAL, kept)
        if quotation.is_short or match.outcome != Outcome.NOT_FOUND:
            return Anchor(
                quotation, Outcome.TOO_LONG if match.outcome == Outcome.TOO_LONG else Outcome.TOO_SHORT
            )
        reason = self._folded.why_not(words, lambda number: known[number] is not None)
        return Anchor(quotation, Outcome.NOT_FOUND, (), reason)

    def _spot(self, pieces: Sequence[Place]) -> Spot[K]:
        here = [piece for piece in pieces if piece.passage == pieces[0].passage]
        return Spot(self._targets[pieces[0].passage].key, here[0].start, here[-1].end)


def anchor[K: Hashable](
    quotations: Sequence[Quoted], targets: Targets[K], nearness: Callable[[K], int | None]
) -> list[Anchor[K]]:
    """Look for what a text quotes in other texts, and say of each quotation what came of it, in order.

    `nearness` says how near a target is to the text that quotes: 0 what it answers, then higher numbers, None what does not
    count. The words of a quotation may stand both in what is answered and in the article that this quotes: the nearest is
    meant. Fewer than four words between marks are a quotation only where they stand once in what is answered; else they are
    left out of the list, as is a quotation inside one that was found, and one inside another that was not found either.
    """
    anchors: list[Anchor[K]] = []
    known = targets.known(nearness)
    found: set[int] = set()
    for number, one in enumerate(quotations):
        if one.within in found:
            continue
        looked = targets.find(one, known)
        if looked.spots:
            found.add(number)
        elif one.within is not None or looked.outcome == Outcome.TOO_SHORT:
            continue
        anchors.append(looked)
    return anchors
