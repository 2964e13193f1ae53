"""Turn a field of a record into pandoc's inlines: words, quotation marks and the six marks that CSL-JSON allows. Pure.

A title is data, never Markdown or HTML: an angle bracket is a character, unless it belongs to a properly paired
`<i> <b> <sup> <sub> <sc> <span class="nocase">` (CSL-JSON's rich text; `<span style="font-variant:small-caps;">` is its
older spelling of `<sc>`). We read them ourselves because pandoc's own reader of CSL-JSON takes exponential time on
unpaired ones: 170 times `<i>` never ended.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

DEEPEST = 4
"""Levels of marks within marks; deeper ones are text. No title needs them, and a thousand would exhaust a stack."""

TAGS = {
    "<i>": "i",
    "<b>": "b",
    "<sup>": "sup",
    "<sub>": "sub",
    "<sc>": "sc",
    '<span style="font-variant:small-caps;">': "span",
    '<span style="font-variant: small-caps;">': "span",
    '<span class="nocase">': "span",
}
"""The marks of CSL-JSON's rich text, and the name that closes each."""

CONSTRUCTORS = {"b": "Strong", "sup": "Superscript", "sub": "Subscript", "sc": "SmallCaps"}
QUOTED = {"“": "DoubleQuote", "‘": "SingleQuote"}

_MARK = re.compile(
    "|".join(map(re.escape, TAGS)) + r"|</(?:i|b|sup|sub|sc|span)>|[\"“”‘’]",
)
_OPENS_AFTER = re.compile(r"[\s(\[{—–/“‘]")
_REORDERING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Embeddings, overrides and isolates: in a list of references they could make one work look like another."""


@dataclass
class _Mark:
    """A piece of text that may open or close something, and what it was paired with."""

    text: str
    start: int
    end: int
    opens: str = ""
    closes: str = ""
    partner: int | None = None


def clean(text: str) -> str:
    """Return a text without what cannot be printed or reorders what stands beside it, its spaces folded."""
    kept = (
        " " if kind == "Cc" else char
        for char in text
        if (kind := unicodedata.category(char)) not in {"Cs", "Co"} and ord(char) not in _REORDERING
    )
    return " ".join("".join(kept).split())


def inlines(text: str) -> list[dict[str, Any]]:
    """Return pandoc's inlines of a field. Any: pandoc's JSON, whose `c` has another shape for every `t`.

    Takes time in proportion to the length. What is not paired stays as it was written; a straight apostrophe is curled.
    """
    text = clean(text)
    marks = _marks(text)
    _pair(marks)
    return _built(text, marks)


def _marks(text: str) -> list[_Mark]:
    marks = []
    for match in _MARK.finditer(text):
        written = match[0]
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        mark = _Mark(written, match.start(), match.end())
        if written in TAGS:
            mark.opens = TAGS[written]
        elif written.startswith("</"):
            mark.closes = written[2:-1]
        elif written == '"':
            opening = (
                after and not after.isspace() and (not before or _OPENS_AFTER.match(before) or before == ">")
            )
            mark.opens, mark.closes = ('"', "") if opening else ("", '"')
        elif written in "“‘":
            mark.opens = written
        elif written == "”":
            mark.closes = "“"
        # ’ is an apostrophe far more often than a closing mark: it closes only what ‘ opened, at the end of a word.
        elif not after or not after.isalnum():
            mark.closes = "‘"
        marks.append(mark)
    _drop_doubtful(marks)
    return marks


def _drop_doubtful(marks: list[_Mark]) -> None:
    """Unset single marks of which two could be the closing one: ‘the workers’ party’."""
    opener: _Mark | None = None
    closers: list[_Mark] = []
    for mark in [*marks, _Mark("", 0, 0, opens="‘")]:
        if mark.opens == "‘":
            if opener and len(closers) != 1:
                opener.opens = ""
            opener, closers = mark, []
        elif mark.closes == "‘":
            closers.append(mark)


@dataclass
class _Open:
    """The marks that are open at a place of the text."""

    stack: list[int] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def push(self, index: int, kind: str) -> None:
        self.stack.append(index)
        self.kinds[kind] += 1

    def pop(self, marks: list[_Mark]) -> int:
        index = self.stack.pop()
        self.kinds[marks[index].opens] -= 1
        return index


def _pair(marks: list[_Mark]) -> None:
    """Pair each closing mark with the last opening one of its kind; what was opened between them stays text."""
    pending = _Open()
    for index, mark in enumerate(marks):
        if mark.opens:
            pending.push(index, mark.opens)
        elif mark.closes and pending.kinds[mark.closes]:
            while marks[found := pending.pop(marks)].opens != mark.closes:
                pass
            marks[found].partner, mark.partner = index, found


def _built(text: str, marks: list[_Mark]) -> list[dict[str, Any]]:
    """Build the tree of inlines. Any: pandoc's JSON."""
    levels: list[list[dict[str, Any]]] = [[]]
    at = 0
    too_deep = 0
    for index, mark in enumerate(marks):
        if mark.partner is None:
            continue
        if mark.partner > index:
            if too_deep or len(levels) > DEEPEST:
                too_deep += 1
                continue
            levels[-1] += _words(text[at : mark.start])
            levels.append([])
        elif too_deep:
            too_deep -= 1
            continue
        else:
            inner = levels.pop() + _words(text[at : mark.start])
            levels[-1].append(_wrapped(marks[mark.partner], inner))
        at = mark.end
    return levels[0] + _words(text[at:])


def _wrapped(mark: _Mark, inner: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the inline that an opening mark makes of what it holds. Any: pandoc's JSON."""
    as_it_is = {"t": "Span", "c": [["", ["nocase"], []], inner]}
    if mark.opens == "i":
        # A name of a species, a foreign word, a title: none takes the capitals of the title that it stands in.
        return {"t": "Emph", "c": [as_it_is]}
    if mark.opens in CONSTRUCTORS:
        return {"t": CONSTRUCTORS[mark.opens], "c": inner}
    if mark.opens == "span":
        return as_it_is if "nocase" in mark.text else {"t": "SmallCaps", "c": inner}
    return {"t": "Quoted", "c": [{"t": QUOTED.get(mark.opens, "DoubleQuote")}, inner]}


def _words(text: str) -> list[dict[str, Any]]:
    """Return words and the spaces between them, apostrophes curled. Any: pandoc's JSON."""
    out: list[dict[str, Any]] = []
    for index, word in enumerate(re.sub(r"(?<=\w)'", "’", text).split(" ")):
        if index:
            out.append({"t": "Space"})
        if word:
            out.append({"t": "Str", "c": word})
    return out
