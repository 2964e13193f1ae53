"""Find a quotation in a text: word for word, or not at all. Pure: no Django, no database.

There is no score and no “nearly”: “would” and “would not” are 99 % alike. What copying and typesetting change is folded on
both sides (`folding` says what); every word, its order, its letter case and every other mark must be the same. Beyond that:

* the first letter of a quotation, or of a piece of one, may be of the other case, and may stand in brackets for it ([T]he);
* `[sic]` is the quoter's and is passed over; every other insertion in square brackets is not in the text, so not found;
* a quotation begins and ends with whole words and whole numbers (“able” is not in “unable”, nor “5” in “1.5”, “−5” or “5 %”);
* an elided quotation is several pieces of two words or more, in order, with at most `LONGEST_GAP` characters and one end of a
  passage left out between two of them, and among what is left out no word that negates.

The price: in a script that writes no spaces a quotation must end where a mark or a space does; a hyphen at the end of a line
fits the word with a hyphen and the word without; an apostrophe at the end of a word is taken for a quotation mark.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from debates.bibliography.folding import BROKEN, FEET, INCHES, fold, is_word

SHORTEST = 4
"""Letters and digits that a quotation must have to mean anything."""
LONGEST = 10_000
"""Characters of a quotation that we look for; more is a copy, not a quotation."""
MOST_PLACES = 20
"""Places that are reported; a quotation that stands in more says nothing by its place."""
FARTHEST = 1
"""Passages that the next piece of an elided quotation may lie further on; a stitch from elsewhere is not a quotation."""
LONGEST_GAP = 600
"""Characters that an ellipsis may stand for: about a hundred words."""
LEAST_RUN, ENOUGH = 4, 8
"""Words in a row, half of its own and so many at least and at most, by which a quotation counts as altered, not foreign."""


class Outcome(StrEnum):
    """What came of looking."""

    FOUND = "found"
    SEVERAL = "found-several"
    NOT_FOUND = "not-found"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"


class Reason(StrEnum):
    """Why a quotation was not found, the nearest to it first; for people, never a degree of likeness."""

    NEGATION = "negation"  # its pieces are there, and what is left out between them negates
    GAP = "gap"  # its pieces are there in this order, but too much is left out between them
    ORDER = "order"  # its pieces are there, but not in this order
    INSERTION = "insertion"  # it is there without what stands in square brackets
    ALTERED = "altered"  # a run of its words is there, but not all of them
    ELSEWHERE = "elsewhere"  # nothing of it is there


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


_PASSAGE_END, _TEXT_END = "\x03", "\x04"
"""Stand between two passages of one text, and between two texts. Folding leaves no control characters in either."""
_LOOSE = f"-{BROKEN}{FEET}{INCHES}"
"""What may stand on one side only; the key that is searched lacks it, and each hit is then compared with it."""
_MARKS = (FEET, INCHES)
_WITHIN_NUMBER = f".,:/٫٬{FEET}{INCHES}"
_POINTS = r"(?:…|\.\s?\.\s?\.)"
_ELISION = re.compile(rf"\s*(?:\[\s*{_POINTS}\s*\]|\(\s*{_POINTS}\s*\)|{_POINTS})\.?\s*")
_SIC = re.compile(r"\s*\[sic!?\]", re.IGNORECASE)
_BRACKETED_LETTER = re.compile(r"^(\W*)\[([^\W\d_])\](?=[^\W\d_])")
_INSERTION = re.compile(r"\s*\[[^\[\]]{1,200}\]")
_WORD = re.compile(r"\w[\w'’-]*")
_WORD_START = re.compile(r"(?<!\w)\w")
_GROUP_BEFORE, _GROUP_AFTER = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})* $"), re.compile(r" \d{3}(?!\d)")
_NEGATION = re.compile(
    r"\b(?:not?|never|none|nor|neither|nobody|nothing|nowhere|cannot|without|hardly|scarcely|barely"
    r"|nicht|nichts|nie|niemals|niemand|kein\w*|weder|ohne"
    r"|ne|pas|jamais|aucun\w*|rien|sans|point|ni"
    r"|nunca|jamás|nada|nadie|sin|ningun\w*|não|nem|sem|non|mai|nessun\w*|né|senza"
    r"|не|ни|нет|без|никогда|никто|ничего|ніколи|немає)\b|n't\b|\bn'",
    re.IGNORECASE,
)


def _anywhere(_passage: int) -> bool:
    return True


def letters(text: str) -> int:
    """Return how many letters and digits a text has."""
    return sum(char.isalnum() for char in text)


def find_quotation(quotation: str, passages: Sequence[str]) -> Match:
    """Look for one quotation in the passages of one text; who looks for several folds the text once (`FoldedText`)."""
    return FoldedText(passages).find(quotation)


class FoldedText:
    """The passages of one text, or of several, folded once and searched any number of times."""

    def __init__(self, passages: Sequence[str], begins: Collection[int] = ()) -> None:
        """Fold the passages; `begins` has the numbers of those with which another text begins."""
        self._folded = [fold(passage) for passage in passages]
        self._offsets: list[int] = []
        parts: list[str] = []
        length = 0
        for number, folded in enumerate(self._folded):
            if number:
                parts.append(_TEXT_END if number in begins else _PASSAGE_END)
                length += 1
            self._offsets.append(length)
            parts.append(folded.text)
            length += len(folded.text)
        self._text = "".join(parts)
        self._key = _key(self._text)
        self._loose = array(
            "L", [match.start() for match in re.finditer(f"[{re.escape(_LOOSE)}]", self._text)]
        )
        self._loose_in_key = array("L", [at - number for number, at in enumerate(self._loose)])

    def find(
        self, quotation: str, most: int = MOST_PLACES, among: Callable[[int], bool] = _anywhere
    ) -> Match:
        """Look for a quotation that begins in one of the passages whose numbers count; all do where none are named."""
        if len(quotation) > LONGEST:
            return Match(Outcome.TOO_LONG)
        if letters(quotation) < SHORTEST:
            return Match(Outcome.TOO_SHORT)
        for pieces in _readings(quotation):
            hits = (hit for hit in self._hits(pieces, _may_be_left_out) if among(hit[0].passage))
            found = tuple(dict.fromkeys(islice(hits, most)))
            if found:
                return Match(Outcome.FOUND if len(found) == 1 else Outcome.SEVERAL, found)
        return Match(Outcome.NOT_FOUND)

    def why_not(self, quotation: str, among: Callable[[int], bool] = _anywhere) -> Reason:
        """Say of a quotation that was not found what is there of it."""

        def there(pieces: Sequence[str], allowed: Callable[[str], bool]) -> bool:
            return any(among(hit[0].passage) for hit in self._hits(pieces, allowed))

        pieces = _readings(quotation)[-1]
        if len(pieces) > 1 and all(there([piece], _near) for piece in pieces):
            if there(pieces, _near):
                return Reason.NEGATION
            return Reason.GAP if there(pieces, _in_one_text) else Reason.ORDER
        without = _INSERTION.sub("", quotation)
        if without != quotation and self.find(without, 1, among).places:
            return Reason.INSERTION
        words = [match.span() for match in _WORD.finditer(quotation[:LONGEST])]
        length = max(LEAST_RUN, min(ENOUGH, (len(words) + 1) // 2))
        runs = (
            quotation[start:end] for (start, _), (_, end) in zip(words, words[length - 1 :], strict=False)
        )
        return Reason.ALTERED if any(there([fold(run).text], _near) for run in runs) else Reason.ELSEWHERE

    def _hits(self, pieces: Sequence[str], allowed: Callable[[str], bool]) -> Iterator[tuple[Place, ...]]:
        """Yield every place of the first piece from which the others follow, with only what is allowed left out."""
        farthest = len(self._text) if allowed is _in_one_text else LONGEST_GAP
        for first in self._runs(pieces[0]):
            hit = [first]
            for piece in pieces[1:]:
                end = hit[-1][1]
                follower = next(self._runs(piece, end, end + farthest), None)
                if follower is None or not allowed(self._text[end : follower[0]]):
                    break
                hit.append(follower)
            else:
                yield tuple(self._place(start, end) for start, end in hit)

    def _runs(self, piece: str, start: int = 0, farthest: int | None = None) -> Iterator[tuple[int, int]]:
        """Yield where a piece stands in the folded text, from an index on; `farthest` is the last at which it may begin."""
        first = next((index for index, char in enumerate(piece) if char.isalnum()), None)
        if first is None:
            return
        head, letter, rest = piece[:first], piece[first], piece[first + 1 :]
        key, either = _key(rest), _cases(letter)
        if not key:
            return
        limit = len(self._key) if farthest is None else self._in_key(farthest) + 1 + len(key)
        at = self._key.find(key, self._in_key(start) + 1, limit)
        while at > 0:
            begin = self._in_text(at - 1)
            if not self._starts(begin - len(head)):
                # On to the next word at once: within one endless word every letter may look like a beginning.
                word = _WORD_START.search(self._text, begin + 1)
                at = self._key.find(key, self._in_key(word.start()) + 1, limit) if word else -1
                continue
            if begin >= start and self._text[begin] in either and self._text.endswith(head, 0, begin):
                end = self._compare(rest, begin + 1)
                if end is not None and self._stops(end):
                    yield begin - len(head), end
            at = self._key.find(key, at + 1, limit)

    def _compare(self, rest: str, at: int) -> int | None:
        """Return where a piece that goes on at an index ends, if it stands there, with what may be on one side only."""
        if self._text.startswith(rest, at):
            return at + len(rest)
        index, text = 0, self._text
        while index < len(rest):
            ours, theirs = rest[index], text[at] if at < len(text) else ""
            if ours == theirs or {ours, theirs} == {"-", BROKEN}:
                index, at = index + 1, at + 1
            elif theirs == BROKEN or (theirs in _MARKS and ours not in _MARKS):
                at += 1
            elif ours == BROKEN or (ours in _MARKS and theirs not in _MARKS):
                index += 1
            else:
                return None
        return at

    def _starts(self, at: int) -> bool:
        """Say whether a quotation may begin at an index: not within a word, nor within a number."""
        if at < 0:
            return False
        char, before, second = (
            self._text[at],
            self._text[at - 1 : at],
            self._text[max(at - 2, 0) : max(at - 1, 0)],
        )
        if not before or not is_word(char):
            return True
        if (
            is_word(before)
            or before in f"'·{BROKEN}"
            or (before == "-" and (is_word(second) or char.isdigit()))
        ):
            return False
        return not char.isdigit() or not (
            (before in _WITHIN_NUMBER and second.isdigit())
            or unicodedata.category(before) in ("Sc", "Sm")
            or (
                _GROUP_AFTER.match(f" {self._text[at : at + 4]}")
                and _GROUP_BEFORE.search(self._text[max(at - 16, 0) : at])
            )
        )

    def _stops(self, at: int) -> bool:
        """Say whether a quotation may end before an index: not within a word, nor within a number."""
        char, after, second = self._text[at - 1], self._text[at : at + 1], self._text[at + 1 : at + 2]
        if not after or not is_word(char):
            return True
        if is_word(after) or after in f"'·{BROKEN}" or (after == "-" and is_word(second)):
            return False
        return not char.isdigit() or not (
            (after in _WITHIN_NUMBER and second.isdigit())
            or after in "%‰°′″"
            or unicodedata.category(after) in ("Sc", "Sm")
            or (
                _GROUP_AFTER.match(self._text, at)
                and _GROUP_BEFORE.search(f"{self._text[max(at - 16, 0) : at]} ")
            )
        )

    def _in_key(self, at: int) -> int:
        """Return the index in the key of an index in the folded text."""
        return at - bisect_left(self._loose, at)

    def _in_text(self, at: int) -> int:
        """Return the index in the folded text of a character of the key."""
        return at + bisect_right(self._loose_in_key, at)

    def _place(self, start: int, end: int) -> Place:
        number = bisect_right(self._offsets, start) - 1
        folded, offset = self._folded[number], self._offsets[number]
        return Place(number, folded.origin[start - offset], folded.end(end - 1 - offset))


def _readings(quotation: str) -> list[list[str]]:
    """Return the ways to read a quotation, each as folded pieces: as it stands, without the quoter's signs, elided."""
    plain = _open(_SIC.sub("", quotation))
    readings = [[fold(quotation).text]]
    if plain != quotation:
        readings.append([fold(plain).text])
    pieces = [fold(_open(piece)).text for piece in _ELISION.split(plain)]
    pieces = [piece for piece in pieces if any(char.isalnum() for char in piece)]
    if _ELISION.search(plain) and (
        len(pieces) == 1 or all(len(_WORD.findall(piece)) > 1 for piece in pieces)
    ):
        if pieces and all(letters(piece) >= SHORTEST for piece in pieces):
            readings.append(pieces)
    return readings


def _may_be_left_out(text: str) -> bool:
    """Say whether an ellipsis may stand for a stretch of the text."""
    return _near(text) and not _NEGATION.search(text)


def _near(text: str) -> bool:
    return _in_one_text(text) and text.count(_PASSAGE_END) <= FARTHEST


def _in_one_text(text: str) -> bool:
    return _TEXT_END not in text


def _open(piece: str) -> str:
    """Take the brackets from a first letter whose case the quoter changed: [T]he."""
    return _BRACKETED_LETTER.sub(r"\1\2", piece)


def _key(folded: str) -> str:
    return folded.translate(_WITHOUT)


_WITHOUT = dict.fromkeys(map(ord, _LOOSE))


def _cases(letter: str) -> frozenset[str]:
    """Return a letter in both cases, where each has one of the other (not ß, ſ or ı)."""
    lower, upper = letter.lower(), letter.upper()
    return frozenset((lower, upper) if lower.upper() == upper and upper.lower() == lower else letter)
