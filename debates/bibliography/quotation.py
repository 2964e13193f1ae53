"""Find a quotation in a text: word for word, or not at all. Pure: no Django, no database.

There is no score and no “nearly”: “would” and “would not” are 99 % alike. What copying and typesetting change is folded on
both sides (spaces, kinds of quotation marks, dashes and ellipses, a hyphen at the end of a line); every word, its order, its
letter case but for the first letter, and every other mark must be the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

SHORTEST = 4
"""Letters and digits that a quotation must have to mean anything."""
LONGEST = 10_000
"""Characters of a quotation that we look for; more is a copy, not a quotation."""
MOST_PLACES = 20
"""Places that are reported; a quotation that stands in more says nothing by its place."""
FARTHEST = 1
"""Passages that the next piece of an elided quotation may lie further on; a stitch from elsewhere is not a quotation."""


class Outcome(StrEnum):
    """What came of looking."""

    FOUND = "found"
    SEVERAL = "found-several"
    NOT_FOUND = "not-found"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"


@dataclass(frozen=True)
class Place:
    """Where a quotation stands: the number of its passage, and the characters of that passage that it covers."""

    passage: int
    start: int
    end: int


@dataclass(frozen=True)
class Match:
    """The outcome, and the places (each with its pieces, one unless the quotation is elided)."""

    outcome: Outcome
    places: tuple[tuple[Place, ...], ...] = ()


# Between letters an apostrophe is part of the word (“we’re” is not “were”); elsewhere it is a quotation mark.
_APOSTROPHES = "'’ʼ‘`´′"
_QUOTES = '"“”„‟«»‹›″' + _APOSTROPHES
_DASHES = "‐‑‒–—―−-"
_BROKEN = "\x00"
"""Stands for a hyphen at the end of a line. No stored text holds a NUL, so nothing else can be taken for it."""
_LINE_END = re.compile(r"[ \t]*\r?\n\s*")
_AROUND_DASH = re.compile(rf"\s*[{re.escape(_DASHES)}]*\s*")
_ELISION = re.compile(
    r"\s*(?:\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|…|\.\s?\.\s?\.)\.?\s*"
)
_INVISIBLE = {
    0x00AD,
    0x200B,
    0x200C,
    0x200D,
    0x2060,
    0xFEFF,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0x200E,
    0x200F,
}


@dataclass(frozen=True)
class _Folded:
    """A folded text, and for every character of it the index in the text that it came from."""

    text: str
    origin: tuple[int, ...]


def fold(text: str) -> _Folded:
    """Fold what typesetting changes, remembering where each character came from.

    A hyphen at the end of a line may be the word's own or the typesetter's: it becomes a mark that fits both.
    """
    out: list[str] = []
    origin: list[int] = []
    index, length = 0, len(text)
    while index < length:
        char = text[index]
        end = index + 1
        if ord(char) in _INVISIBLE or (char in _QUOTES and char not in _APOSTROPHES):
            pass
        elif char in _DASHES:
            end = _dash(text, index, out, origin)
        elif char.isspace():
            _space(out, origin, index)
        elif char in _APOSTROPHES:
            if out and out[-1].isalpha() and end < length and text[end].isalpha():
                _put(out, origin, "'", index)
        elif char == "…":
            for _ in range(3):
                _put(out, origin, ".", index)
        else:
            _put(out, origin, char, index)
        index = end
    while out and out[-1] == " ":
        out.pop()
        origin.pop()
    return _Folded("".join(out), tuple(origin))


def _dash(text: str, index: int, out: list[str], origin: list[int]) -> int:
    """Fold a dash at an index and return where the text goes on: a dash between words however spaced, or a hyphen."""
    broken = _LINE_END.match(text, index + 1)
    if broken and out and out[-1].isalpha() and text[broken.end() : broken.end() + 1].islower():
        _put(out, origin, _BROKEN, index)
        return broken.end()
    around = _AROUND_DASH.match(text, index + 1)
    end = around.end() if around else index + 1
    if (out and out[-1] == " ") or end > index + 1 or text[index] in "–—―":
        _space(out, origin, index)
        _put(out, origin, "-", index)
        _put(out, origin, " ", index)
        return end
    _put(out, origin, "-", index)
    return end


def _put(out: list[str], origin: list[int], char: str, index: int) -> None:
    out.append(char)
    origin.append(index)


def _space(out: list[str], origin: list[int], index: int) -> None:
    if out and out[-1] != " ":
        out.append(" ")
        origin.append(index)


def letters(text: str) -> int:
    """Return how many letters and digits a text has."""
    return sum(char.isalnum() for char in text)


def find_quotation(quotation: str, passages: Sequence[str]) -> Match:
    """Look for a quotation in the passages of a text; an elided one is several pieces, in order, close together."""
    if len(quotation) > LONGEST:
        return Match(Outcome.TOO_LONG)
    whole = fold(quotation).text
    if letters(whole) < SHORTEST:
        return Match(Outcome.TOO_SHORT)
    pieces = [fold(piece).text for piece in _ELISION.split(quotation)]
    pieces = [piece for piece in pieces if any(char.isalnum() for char in piece)]
    folded = [fold(passage) for passage in passages]
    found = dict.fromkeys(islice(_hits([whole], folded), MOST_PLACES))
    if not found and len(pieces) > 1 and all(letters(piece) >= SHORTEST for piece in pieces):
        found |= dict.fromkeys(islice(_hits(pieces, folded), MOST_PLACES))
    places = tuple(found)[:MOST_PLACES]
    if not places:
        return Match(Outcome.NOT_FOUND)
    return Match(Outcome.FOUND if len(places) == 1 else Outcome.SEVERAL, places)


def _hits(pieces: Sequence[str], passages: Sequence[_Folded]) -> Iterator[tuple[Place, ...]]:
    """Yield every place of the first piece from which the others follow in order."""
    patterns = [_pattern(piece) for piece in pieces]
    for number, passage in enumerate(passages):
        for first in patterns[0].finditer(passage.text):
            hit = [_place(number, passage, first)]
            at, end = number, first.end()
            for pattern in patterns[1:]:
                follower = _next(pattern, passages, at, end)
                if follower is None:
                    break
                at, match = follower
                hit.append(_place(at, passages[at], match))
                end = match.end()
            else:
                yield tuple(hit)


def _next(
    pattern: re.Pattern[str], passages: Sequence[_Folded], at: int, end: int
) -> tuple[int, re.Match[str]] | None:
    for number in range(at, min(at + FARTHEST + 1, len(passages))):
        match = pattern.search(passages[number].text, end if number == at else 0)
        if match is not None:
            return number, match
    return None


def _pattern(piece: str) -> re.Pattern[str]:
    """Return the pattern of a piece: exact, but for the case of its first letter, and never half a word at either end."""
    piece = piece.strip()
    first = next((index for index, char in enumerate(piece) if char.isalnum()), 0)
    head, letter, rest = piece[:first], piece[first : first + 1], piece[first + 1 :]
    before = r"(?<![\w'\x00])(?<!\w-)" if piece[0].isalnum() else ""
    after = r"(?![\w'\x00])(?!-\w)" if piece[-1].isalnum() else ""
    either = "|".join(sorted({re.escape(letter.lower()), re.escape(letter.upper())}))
    return re.compile(f"{before}{_exact(head)}(?:{either}){_exact(rest, inside=True)}{after}")


def _exact(text: str, *, inside: bool = False) -> str:
    """Return the pattern of a text, in which a line may have ended, and cut a word, between any two letters."""
    out = []
    for index, char in enumerate(text):
        letter = char.isalpha() and (text[index - 1].isalpha() if index else inside)
        out.append((r"\x00?" if letter else "") + (r"[-\x00]" if char == "-" else re.escape(char)))
    return "".join(out)


def _place(number: int, passage: _Folded, match: re.Match[str]) -> Place:
    return Place(number, passage.origin[match.start()], passage.origin[match.end() - 1] + 1)
