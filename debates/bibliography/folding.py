"""Fold what copying and typesetting change in a text, and nothing that carries meaning. Pure: no Django, no database.

Folded on both sides of a comparison:

* any run of space is one space; none stands before `. , ; : ! ? % ) ] }` or after `( [ {`;
* quotation marks go; an apostrophe between letters stays, of one kind (“we’re” is not “were”);
* a dash between words is one dash however long and however spaced; between digits it is a hyphen (1917–18);
* a hyphen at the end of a line may be the word's own or the typesetter's: it becomes a mark that fits both;
* three points, spaced or not, are an ellipsis; soft hyphens, zero-width spaces and control characters go;
* letters are composed (Unicode NFC), and the seven Latin ligatures of typesetting are taken apart.

Not folded: every letter of another alphabet that looks the same, letter case, accents, digits, signs, every other mark of
punctuation, primes (′ ″), and the characters that turn the direction of writing, for what they show is not what stands there.
"""

import re
import unicodedata
from array import array
from dataclasses import dataclass

BROKEN = "\x00"
"""Stands for a hyphen at the end of a line. Folding drops control characters, so nothing else can be taken for it."""
FEET, INCHES = "\x01", "\x02"
"""Stand for a straight mark right after a digit: feet and inches, or the end of a quotation; see `quotation`."""

_APOSTROPHES = "'’‘‛ʼ`´′"
_QUOTES = '"“”„‟«»‹›‚「」『』〝〞'
_HYPHENS = "-‐‑"
_DASHES = _HYPHENS + "‒–—―−"
_SIGNS = "-−–"
_CLOSING, _OPENING = ".,;:!?%)]}", "([{"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SOFT_HYPHEN = "\u00ad"
_JOINERS = "\u200c\u200d"
_DROPPED = frozenset("\u200b\u2060\ufeff\u200e\u200f" + _SOFT_HYPHEN) | {
    chr(code) for code in (*range(9), *range(14, 28), 127)
}
_SPECIAL = re.escape(
    _APOSTROPHES
    + _QUOTES
    + _DASHES
    + _CLOSING
    + _OPENING
    + "…"
    + _JOINERS
    + "".join({*_LIGATURES, *_DROPPED})
)
_PLAIN = re.compile(
    rf"[^\s{_SPECIAL}]+(?:(?:[.,;:!?)]? |(?<=[^\W\d_])['’](?=[^\W\d_])|(?<=\w)-(?=\w))[^\s{_SPECIAL}]+)*"
)
"""A run that folding leaves as it is, but for the kind of its apostrophes: most of every text, taken in one step."""
_SPACE = re.compile(r"\s+")
_LINE_END = re.compile(r"[ \t]*\r?\n\s*")
_AROUND_DASH = re.compile(rf"[\s{re.escape(_DASHES)}]*")
_POINTS = re.compile(r"…|\.\s?\.\s?\.")


@dataclass(frozen=True)
class Folded:
    """A folded text, and for every character of it the index in the text that it came from."""

    text: str
    origin: "array[int]"
    last: "array[int] | None" = None
    """One past the last index that each came from, where letters were composed; elsewhere that is one past the first."""

    def end(self, index: int) -> int:
        """Return the index in the text, one past the last, that a folded character came from."""
        return self.last[index] if self.last else self.origin[index] + 1


def fold(text: str) -> Folded:
    """Fold a text, remembering where each character came from."""
    if unicodedata.is_normalized("NFC", text):
        folding = _Folding(text)
        return Folded("".join(folding.out), folding.origin)
    composed, first, last = _compose(text)
    folding = _Folding(composed)
    return Folded(
        "".join(folding.out),
        array("L", [first[index] for index in folding.origin]),
        array("L", [last[index] for index in folding.origin]),
    )


def is_word(char: str) -> bool:
    """Say whether a character is part of a word: a letter, a digit, an underscore, or a mark that sits on a letter."""
    return char.isalnum() or char == "_" or (char > "\u02ff" and unicodedata.category(char)[0] == "M")


def _compose(text: str) -> tuple[str, list[int], list[int]]:
    """Return the text in NFC, with the first and one past the last index that each of its characters came from."""
    out: list[str] = []
    first: list[int] = []
    last: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _joins(text[end]):
            end += 1
        cluster = unicodedata.normalize("NFC", text[start:end])
        out.append(cluster)
        first += [start] * len(cluster)
        last += [end] * len(cluster)
        start = end
    return "".join(out), first, last


def _joins(char: str) -> bool:
    """Say whether a character may melt into the one before it: a mark, or a vowel or final of a Korean syllable."""
    return char > "\u02ff" and (unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff")


class _Folding:
    """One pass over one text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.out: list[str] = []
        self.origin = array("L")
        self.before = ""
        """The last character that was put."""
        at = 0
        while at < len(source):
            plain = _PLAIN.match(source, at)
            if plain:
                self.put(plain[0].replace("’", "'"), range(at, plain.end()))
            at = plain.end() if plain else self.step(at)
        if self.before == " ":
            self.take_back()

    def step(self, at: int) -> int:
        """Fold what stands at an index, where more than itself decides, and return where the text goes on."""
        char = self.source[at]
        points = _POINTS.match(self.source, at)
        if char.isspace():
            if self.before not in ("", " ", *_OPENING):
                self.put(" ", [at])
            space = _SPACE.match(self.source, at)
            return space.end() if space else at + 1
        if points:
            self.close_up()
            # Each point has its own index; those of the one-character ellipsis share one.
            self.put(
                "...",
                [at + step for step in range(points.end() - at) if self.source[at + step] != " "][:3]
                if points.end() - at >= 3
                else [at] * 3,
            )
            return points.end()
        if char in _DASHES:
            return self.dash(at)
        if char in _APOSTROPHES or char in _QUOTES:
            self.mark(at)
        elif char in _LIGATURES:
            self.put(_LIGATURES[char], [at] * len(_LIGATURES[char]))
        elif char == _SOFT_HYPHEN:
            return self.soft_hyphen(at)
        elif char in _JOINERS:
            # Between letters of Arabic, Indic and like scripts these are spelling; in others they are nothing.
            if self.before >= "\u0590" and self.source[at + 1 : at + 2] >= "\u0590":
                self.put(char, [at])
        elif char not in _DROPPED:
            if char in _CLOSING and not self.source[at + 1 : at + 2].isalnum():
                self.close_up()
            self.put(char, [at])
        return at + 1

    def mark(self, at: int) -> None:
        """Fold a quotation mark, an apostrophe or a prime."""
        char, after = self.source[at], self.source[at + 1 : at + 2]
        if char in _APOSTROPHES and self.before.isalpha() and after.isalpha():
            self.put("'", [at])
        elif char == "′":
            self.put(char, [at])
        elif char in "'\"" and self.before.isdigit() and not after.isalpha():
            self.put(FEET if char == "'" else INCHES, [at])

    def dash(self, at: int) -> int:
        """Fold a dash: a hyphen, one at the end of a line, a sign before a number, or a dash between words."""
        char, before = self.source[at], self.before
        line_end = _LINE_END.match(self.source, at + 1) if char in _HYPHENS else None
        if line_end:
            after = self.source[line_end.end() : line_end.end() + 1]
            if before.isalpha() and after.isalpha():
                self.put(BROKEN, [at])
                return line_end.end()
            if before.isdigit() and after.isdigit():
                self.put("-", [at])
                return line_end.end()
        around = _AROUND_DASH.match(self.source, at + 1)
        end = around.end() if around else at + 1
        after = self.source[at + 1 : at + 2]
        if (
            (before.isdigit() and after.isdigit())
            or (char in _SIGNS and after.isdigit() and before in ("", " ", *_OPENING))
            or (char in _HYPHENS and end == at + 1 and before != " ")
        ):
            self.put("-", [at])
            return at + 1
        if before not in ("", " ", *_OPENING):
            self.put(" ", [at])
        self.put("-", [at])
        self.put(" ", [at])
        return end

    def soft_hyphen(self, at: int) -> int:
        """Drop a soft hyphen, with the end of the line that it made visible."""
        line_end = _LINE_END.match(self.source, at + 1)
        joins = (
            line_end and self.before.isalpha() and self.source[line_end.end() : line_end.end() + 1].isalpha()
        )
        return line_end.end() if line_end and joins else at + 1

    def put(self, folded: str, origin: "range | list[int]") -> None:
        """Put folded characters, each with its index in the source."""
        self.out.append(folded)
        self.origin.extend(origin)
        self.before = folded[-1]

    def close_up(self) -> None:
        """Take back a space before a mark that closes."""
        if self.before == " " and len(self.out) > 1 and self.out[-2][-1] != "-":
            self.take_back()

    def take_back(self) -> None:
        """Take back the space that was put last."""
        self.out.pop()
        self.origin.pop()
        self.before = self.out[-1][-1] if self.out else ""
