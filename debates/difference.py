"""Tell what was changed between two texts, word by word, so that a reader sees whole phrases. Pure.

Words are compared, and what stands between them only where the words are the same. The longest common run of words is looked
for first, then the longest before and after it (`difflib`, after Ratcliff and Obershelp, “Pattern matching: the gestalt
approach”, 1988). That takes cubic time at worst, so the steps are counted: common head and tail are taken off, a word that
stands in too many places is no point to start from, and once the steps are spent, what is still open counts as replaced.
"""

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate
from typing import Literal

MOST_STEPS = 600_000
"""Pairs of words that are looked at for one difference, about a tenth of a second."""
SHORT_WORD, SHORT_RUN = 4, 7
"""Letters of a word, and of all words in a row, that do not keep two changes apart."""

type Kind = Literal["same", "gone", "new"]


@dataclass(frozen=True)
class Piece:
    """A run of text that stands in both versions, in the older only, or in the newer only."""

    kind: Kind
    text: str


@dataclass
class _Run:
    """What stood and what stands in one place; `letters` of each word in it, where both are the same."""

    old: str
    new: str
    letters: list[int]

    @property
    def same(self) -> bool:
        return self.old == self.new


@dataclass(frozen=True)
class _Word:
    """A word, a sign or, in scripts without spaces, a letter; the white space behind it; its letters."""

    text: str
    space: str
    letters: int


def difference(old: str, new: str, steps: int = MOST_STEPS) -> list[Piece]:
    """Return the pieces in reading order, what is gone before what came for it; no piece is empty.

    The pieces that are the same or gone give the old text, those that are the same or new give the new one. `steps` are the
    pairs of words that may be looked at; with fewer, more counts as replaced.
    """
    if old == new:
        return [Piece("same", old)] if old else []
    runs = _folded(_runs(_words(old), _words(new), steps))
    return list(_joined(piece for run in runs for piece in _pieces(run)))


def _runs(old: Sequence[_Word], new: Sequence[_Word], steps: int) -> Iterator[_Run]:
    """Yield what stands in both and what does not, in order."""
    i = j = 0
    common = _common([word.text for word in old], [word.text for word in new], steps)
    for at_old, at_new, length in [*common, (len(old), len(new), 0)]:
        yield _Run(_text(old[i:at_old]), _text(new[j:at_new]), [word.letters for word in old[i:at_old]])
        for one, other in zip(old[at_old : at_old + length], new[at_new : at_new + length], strict=True):
            yield _Run(one.text, other.text, [one.letters])
            yield _Run(one.space, other.space, [])
        i, j = at_old + length, at_new + length


def _common(old: list[str], new: list[str], steps: int) -> list[tuple[int, int, int]]:
    """Return the common runs in order: where each begins in either list, and its length."""
    least = min(len(old), len(new))
    head = next((n for n in range(least) if old[n] != new[n]), least)
    tail = next((n for n in range(least - head) if old[-1 - n] != new[-1 - n]), least - head)
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    places: dict[str, list[int]] = matcher.b2j  # type: ignore[attr-defined]  # documented; typeshed forgot it
    _drop_common_words(places, a, steps // 4)
    # What one search costs: for each word the places in which the other text has it.
    price = [0, *accumulate(1 + len(places.get(word, ())) for word in a)]
    found = [(0, 0, head), (len(old) - tail, len(new) - tail, tail)]
    open_ranges = deque([(0, len(a), 0, len(b))])
    while open_ranges:  # breadth first: when the steps run out, it is the small ranges that stay open
        a_start, a_end, b_start, b_end = open_ranges.popleft()
        if a_start == a_end or b_start == b_end or (cost := price[a_end] - price[a_start]) > steps:
            continue
        steps -= cost
        match = matcher.find_longest_match(a_start, a_end, b_start, b_end)
        if match.size:
            found.append((head + match.a, head + match.b, match.size))
            open_ranges.append((a_start, match.a, b_start, match.b))
            open_ranges.append((match.a + match.size, a_end, match.b + match.size, b_end))
    return sorted(found)


def _drop_common_words(places: dict[str, list[int]], old: list[str], most: int) -> None:
    """Keep in an index the rarest words, of no more pairs than `most`; a run that was found still goes on over the others."""
    often, pairs = Counter(old), 0
    for word in sorted(places, key=lambda word: often[word] * len(places[word])):
        pairs += often[word] * len(places[word])
        if pairs > most:
            del places[word]


def _folded(runs: Iterator[_Run]) -> list[_Run]:
    """Join runs of one kind; fold into a change what is too short to keep it apart from the next."""
    folded: list[_Run] = []
    for run in runs:
        if not run.old and not run.new:
            continue
        if folded and folded[-1].same == run.same:
            _append(folded[-1], run)
        else:
            folded.append(run)
        if len(folded) > 2 and not folded[-1].same and _is_short(folded[-2]):
            for last in (folded.pop(-2), folded.pop(-1)):
                _append(folded[-1], last)
    return folded


def _text(words: Sequence[_Word]) -> str:
    return "".join(word.text + word.space for word in words)


def _append(run: _Run, further: _Run) -> None:
    run.old, run.new = run.old + further.old, run.new + further.new
    run.letters += further.letters


def _is_short(run: _Run) -> bool:
    """Say whether a common run is a short word or two; the end of a line keeps changes apart in any case."""
    return "\n" not in run.old and max(run.letters, default=0) <= SHORT_WORD and sum(run.letters) <= SHORT_RUN


def _pieces(run: _Run) -> Iterator[Piece]:
    """Yield the pieces of a run: of a change line by line, where both have as many."""
    if run.same:
        yield Piece("same", run.old)
        return
    old, new = _LINE_ENDS.split(run.old), _LINE_ENDS.split(run.new)
    if old[1::2] != new[1::2]:
        old, new = [run.old], [run.new]
    for gone, came in zip(old, new, strict=True):
        if gone == came:
            yield Piece("same", gone)
            continue
        end = _shared_space(gone, came)
        yield Piece("gone", gone[: len(gone) - end])
        yield Piece("new", came[: len(came) - end])
        yield Piece("same", gone[len(gone) - end :])


def _shared_space(one: str, other: str) -> int:
    """Return how many characters of white space end both."""
    end = 0
    while end < min(len(one), len(other)) and one[-1 - end] == other[-1 - end] and one[-1 - end].isspace():
        end += 1
    if end and one[-end] == "\n" and "\r" in (one[-1 - end : -end], other[-1 - end : -end]):
        end -= 1  # a line end of two characters stays whole
    return end


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Join neighbours of one kind: what is gone, then what came for it, until the next that is the same."""
    held: dict[Kind, str] = {"same": "", "gone": "", "new": ""}
    for piece in pieces:
        if not piece.text:
            continue
        if (piece.kind == "same") != bool(held["same"]):
            yield from _taken(held)
        held[piece.kind] += piece.text
    yield from _taken(held)


def _taken(held: dict[Kind, str]) -> Iterator[Piece]:
    """Yield what is held, and hold nothing."""
    for kind, text in held.items():
        if text:
            yield Piece(kind, text)
            held[kind] = ""


# ------------------------------------------------------------------------------------------------- words

_LINE_ENDS = re.compile(r"((?:\r?\n)+)")
UNSPACED = re.compile(
    # Thai, Lao; Burmese; Khmer; Tai scripts; Chinese and Japanese; Javanese, Balinese
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u1aaf\u1b00-\u1b7f\u2e80-\u2fff\u3005-\u3007\u3021-\u312f"
    "\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua980-\ua9ff\uaa60-\uaadf\uf900-\ufaff\uff66-\uff9f"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)
"""Letters of scripts that set no spaces between words."""

_MARKS = re.compile("[\u200c\u0e33\u0eb3\uff9e\uff9f\U0001f3fb-\U0001f3ff\udc00-\udfff]")
"""What belongs to the letter before it without being a mark by its category; also the second half of a pair."""
_BEFORE_DIGITS = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_BETWEEN_LETTERS, _BETWEEN_DIGITS = "'’ʼ·", ".,:'’"

type _Class = Literal["space", "letter", "unspaced", "mark", "joiner", "opener", "flag", "sign"]


@lru_cache(maxsize=4096)
def _class_of(char: str) -> _Class:
    """Return what a character does to the word before it; Unicode’s rules (UAX 29), coarsely: some signs stay together."""
    category = unicodedata.category(char)
    if char == "\u200d" or unicodedata.combining(char) == 9:  # 9: the signs that bind two consonants
        return "joiner"
    if char.isspace():
        return "space"
    if _BEFORE_DIGITS.match(char):
        return "opener"
    if _MARKS.match(char) or category in ("Mn", "Mc", "Me") or (category == "Cf" and char != "\u200b"):
        return "mark"
    if UNSPACED.match(char):
        return "unspaced"
    if char.isalnum() or char == "_":
        return "letter"
    return "flag" if _FLAG.match(char) else "sign"


def _words(text: str) -> list[_Word]:
    """Return the words of a text with the white space behind each; the first is empty where the text begins with some."""
    tokens = _tokens(text)
    words: list[_Word] = []
    for number, (start, kind) in enumerate(tokens):
        part = text[start : tokens[number + 1][0] if number + 1 < len(tokens) else len(text)]
        if kind != "space":
            words.append(_Word(part, "", {"letter": len(part), "unspaced": SHORT_WORD}.get(kind, 0)))
        elif words:
            words[-1] = replace(words[-1], space=part)
        else:
            words.append(_Word("", part, 0))
    return words


def _tokens(text: str) -> list[tuple[int, _Class]]:
    """Return where each word, sign and white space begins, and what it is; none begins within what is read as one letter."""
    tokens: list[tuple[int, _Class]] = []
    before: _Class | None = None
    bound = False
    for place, char in enumerate(text):
        kind = _class_of(char)
        if before == "space" and kind in ("mark", "joiner") and text[place - 1] not in "\r\n":
            # It stands on the last space, which is none then.
            if tokens[-1][0] == place - 1:
                tokens.pop()
            tokens.append((place - 1, "sign"))
            before = "sign"
        elif before is None or not (
            (kind in ("mark", "joiner") and before != "space")
            or (kind == before and kind in ("space", "letter", "flag"))
            or (bound and kind not in ("space", "flag"))
            or (before == "letter" and _stands_between(text, place))
        ):
            before = "letter" if kind == "opener" else kind
            tokens.append((place, before))
        elif kind == "flag":
            before = "sign"  # two letters are a flag; the next begins another
        bound = kind in ("joiner", "opener") or (bound and kind == "mark")
    return tokens


def _stands_between(text: str, place: int) -> bool:
    """Say whether a sign at a place is within a word, as an apostrophe is, or within a number."""
    sign, around = text[place], (text[place - 1], text[place + 1 : place + 2])
    if sign in _BETWEEN_DIGITS and all(char.isdecimal() for char in around):
        return True
    return sign in _BETWEEN_LETTERS and _class_of(around[1] or " ") == "letter"
