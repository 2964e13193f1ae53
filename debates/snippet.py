"""Show where the words of a search stand in a text: the words marked, and of a long text the part that says most. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from debates.stemming import WORD, stems

LENGTH, AHEAD = 240, 60
"""Characters of an excerpt, about, and of those before the first word that is marked."""
_APOSTROPHES, _JOINERS = "'’", "\u200c\u200d"
_BEGIN = re.compile(r"(?<=[\s。，、；：！？」』）])\S")
"""Where a text may be cut: after white space, and after the marks of scripts that have none."""

type Terms = Sequence[Sequence[str]]
"""What is looked for: each a word's stem, or the stems of a phrase in order."""


@dataclass(frozen=True)
class Piece:
    """A run of a text; `marked` where it holds what is looked for. Pieces are plain text: whoever draws them escapes them."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    term: int


def marked(text: str, terms: Terms) -> list[Piece]:
    """Return a whole text in pieces, no two of a kind side by side; together they are the text. Linear."""
    return _pieces(text, _marks(text, terms), 0, len(text))


def excerpt(text: str, terms: Terms, length: int = LENGTH) -> list[Piece]:
    """Return the part of a text that holds most of the terms, the first of equal ones; nothing where it holds none.

    It is about `length` characters long and is cut between words, where an ellipsis stands; what has no such place is not cut.
    """
    marks = _marks(text, terms)
    if not marks:
        return []
    if len(text) <= length:
        return _pieces(text, marks, 0, len(text))
    start, end = _window(text, marks, length)
    pieces = _pieces(text, marks, start, len(text[:end].rstrip()) if end < len(text) else end)
    return [
        *([Piece("… ")] if start > 0 else []),
        *pieces,
        *([Piece(" …")] if end < len(text) else []),
    ]


def _window(text: str, marks: Sequence[_Mark], length: int) -> tuple[int, int]:
    """Return where an excerpt begins and ends: both are places where the text may be cut, or its ends."""
    begins = [match.start() for match in _BEGIN.finditer(text) if not _attached(text[match.start()])]
    first = marks[_best(marks, length - AHEAD)]
    before = [place for place in begins if place <= first.start]
    start = next((place for place in before if place >= first.start - AHEAD), before[-1] if before else 0)
    if first.start <= AHEAD:
        start = 0
    reach = max(first.end, start + length)
    kept = max(mark.end for mark in marks if mark.start >= first.start and mark.end <= reach)
    behind = [place for place in begins if place >= kept]
    end = next((place for place in reversed(behind) if place <= reach), behind[0] if behind else len(text))
    return start, end if reach < len(text) else len(text)


def _best(marks: Sequence[_Mark], length: int) -> int:
    """Return the place of the first mark from which on most different terms stand within a length."""
    best, most, last = 0, 0, 0
    within: Counter[int] = Counter()
    for first, mark in enumerate(marks):
        while last < len(marks) and marks[last].end <= mark.start + length:
            within[marks[last].term] += 1
            last += 1
        if len(within) > most:
            best, most = first, len(within)
        if last <= first:  # longer than all: passed over
            last = first + 1
            continue
        within[mark.term] -= 1
        if not within[mark.term]:
            del within[mark.term]
    return best


def _marks(text: str, terms: Terms) -> list[_Mark]:
    """Return where the terms stand, in order of their beginnings."""
    wanted: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for number, term in enumerate(terms):
        if term:
            wanted.setdefault(term[0], []).append((number, tuple(term)))
    if not wanted:
        return []
    runs = [(stem, start, end) for start, end in _words(text) for stem in _stems_of(text[start:end])]
    found = []
    for place, (stem, start, _end) in enumerate(runs):
        for number, term in wanted.get(stem, ()):
            held = runs[place : place + len(term)]
            if tuple(one for one, _start, _end in held) == term:
                found.append(_Mark(start, held[-1][2], number))
    return found


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of a text begin and end, with the marks that sit on their letters, and no letter without its own."""
    start = end = -1
    for match in WORD.finditer(text):
        if match.start() != end:
            if start >= 0:
                yield start, end
            start = match.start()
        end = match.end()
        while end < len(text) and _goes_on(text, end):
            end += 1
    if start >= 0:
        yield start, end


def _goes_on(text: str, place: int) -> bool:
    """Say whether a word, of which all before a place is part, goes on with what stands there and is no letter."""
    char = text[place]
    if char in _APOSTROPHES:
        return text[place + 1 : place + 2].isalnum()
    return char > "\u02ff" and _attached(char)


@lru_cache(maxsize=50_000)
def _stems_of(word: str) -> tuple[str, ...]:
    return tuple(stems(word))


def _attached(char: str) -> bool:
    """Say whether a character belongs to the one before it, whatever that is."""
    return char in _JOINERS or unicodedata.category(char)[0] == "M"


def _pieces(text: str, marks: Sequence[_Mark], start: int, end: int) -> list[Piece]:
    """Return a part of a text in pieces; a mark that is not wholly in it is left out."""
    pieces = []
    at = start
    for mark in marks:
        if mark.start < start or mark.end > end or mark.end <= at:
            continue
        begin = max(at, mark.start)
        if begin > at:
            pieces.append(Piece(text[at:begin]))
        if pieces and pieces[-1].marked:  # they overlap: one mark
            pieces[-1] = Piece(pieces[-1].text + text[begin : mark.end], marked=True)
        else:
            pieces.append(Piece(text[begin : mark.end], marked=True))
        at = mark.end
    if at < end:
        pieces.append(Piece(text[at:end]))
    return pieces
