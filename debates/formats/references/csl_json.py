"""Read and write references as CSL-JSON 1.0.2 (citationstyles.org).

The text is cut into entries here, before Python's `json` reads each of them, so that a broken one is named with its line and
the others are kept. What is pasted may be a list, one object, an object with a list of `items`, or a piece of a list.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from debates.bibliography.identifiers import shown
from debates.formats.references.csl_item import item_of
from debates.formats.references.entries import Piece, check_length, gathered
from debates.formats.references.keys import citation_keys
from debates.formats.references.readout import Fault, ReadingError, Readout
from debates.formats.references.ris import LINE_END
from debates.sentence import gettext_noop

TOKEN = re.compile(r'"(?:[^"\\\n\r]++|\\[^\n\r])*+"?|[{}\[\]]')
"""A text or a bracket. A text that is not closed ends with its line; every quotation mark is looked at once."""
_ITEMS = re.compile(r"\s*:\s*\[")
_MARK = re.compile(
    r'(:\s*+)?\{\s*+"(?!family"|given"|literal"|suffix"|dropping-particle"|non-dropping-particle"'
    r'|comma-suffix"|static-ordering"|parse-names")[A-Za-z][\w-]{0,40}"\s*+:'
)
"""Where, by its look, an entry begins: an object that is no field's value and no name."""
_NAMED = re.compile(r'\{\s*"id"\s*:\s*(?:"([^"\\\n\r]{1,80})"|([0-9]{1,20}))')
_OTHER = {"{": "}", "[": "]"}
_NOISE = re.compile(r"[\s,\[\]\ufeff]+")
_LONGEST_NUMBER = 300


def read_csl_json(text: str) -> Readout:
    """Read every entry of a text; one that cannot be read is a fault with its line, and the others are kept.

    What CSL-JSON has no field for is kept in `custom`; numbers stay numbers where it allows them. A field that stands twice
    with two values is a fault, for one of them would be lost.
    """
    try:
        check_length(text)
    except ReadingError as error:
        return Readout("csl-json", (), (Fault("", 1, error),))
    cut = _Cut(text)
    readout = gathered("csl-json", cut.pieces, cut.read)
    return Readout("csl-json", readout.entries, (*readout.faults, *cut.stray()))


def write_csl_json(items: Sequence[Mapping[str, Any]]) -> str:
    """Return items as one list of CSL-JSON, indented; each has a key as its `id` (see `citation_keys`). Any: JSON."""
    rows = [
        {"id": key, **{name: value for name, value in item.items() if name != "id"}}
        for key, item in zip(citation_keys(items), items, strict=True)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


_NOT_JSON = gettext_noop(
    "“%(name)s” in line %(line)d is not JSON: look at line %(at)d, column %(column)d (“%(text)s”), for a comma, a quotation"
    " mark or a bracket that is missing."
)
_CONTROL = gettext_noop(
    "“%(name)s” in line %(line)d has a line break or another control character within a text, in line %(at)d, column"
    " %(column)d: take it out."
)
_BREAKS_OFF = gettext_noop(
    "“%(name)s” in line %(line)d is not JSON: it breaks off in line %(at)d, where a bracket is missing."
)
_TWICE = gettext_noop("“%(name)s” in line %(line)d has “%(field)s” twice, with two values: remove one.")
_TOO_DEEP = gettext_noop(
    "“%(name)s” in line %(line)d has too many brackets inside each other; make it flatter."
)
_NO_TITLE = gettext_noop("“%(name)s” in line %(line)d has no “title”: add one to it.")


class _Twice(ValueError):
    """Say that an object has a field twice, with two values."""


class _Cut:
    """A text cut into the objects that stand in it side by side, and what stands between them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.around: list[tuple[int, int]] = []
        """What stands around the list of `items`, in an object that has one."""
        begin = self._inside()
        self.spans, self.sound = self._by_brackets(begin)
        if not self.sound:
            self.spans = list(self._by_look(begin))
        self.line_starts = [0, *(match.end() for match in LINE_END.finditer(text))]
        self.pieces = [
            Piece(number, self._place(start)[0], text[start:end])
            for number, (start, end) in enumerate(self.spans, 1)
        ]

    def _place(self, at: int) -> tuple[int, int]:
        """Return the line and the column of a place in the text, from 1."""
        line = bisect_right(self.line_starts, at)
        return line, at - self.line_starts[line - 1] + 1

    def _inside(self) -> int:
        """Return where the entries begin: in the list of `items` of an object, if that is what the text begins with."""
        depth = 0
        for token in TOKEN.finditer(self.text):
            mark = token[0]
            depth += step(mark)
            if depth == 1 and mark == '"items"' and (opening := _ITEMS.match(self.text, token.end())):
                self.around.append((0, opening.end()))
                return opening.end()
            if depth == 0 or (depth == 1 and mark == "["):
                break
        return 0

    def _by_brackets(self, begin: int) -> tuple[list[tuple[int, int]], bool]:
        """Return where each object begins and ends, and whether every bracket has its other."""
        spans: list[tuple[int, int]] = []
        closing: list[str] = []
        start, wrapped, rest = 0, bool(self.around), 0
        for token in TOKEN.finditer(self.text, begin):
            mark = token[0]
            if rest:
                # Behind the list of `items`, as far as the object around it goes.
                rest += step(mark)
                if not rest:
                    self.around.append((start, token.end()))
            elif not closing and mark == "{":
                start = token.start()
                closing.append("}")
            elif not closing and mark == "]" and wrapped:
                start, wrapped, rest = token.start(), False, 1
            elif closing and mark in _OTHER:
                closing.append(_OTHER[mark])
            elif mark == "}" or (closing and mark == "]"):
                if not closing or closing.pop() != mark:
                    return spans, False
                if not closing:
                    spans.append((start, token.end()))
        return spans, not (closing or wrapped or rest)

    def _by_look(self, begin: int) -> Iterator[tuple[int, int]]:
        """Yield where each entry seems to begin, and where it ends: at its last bracket, or before the next one."""
        starts = [match.start() for match in _MARK.finditer(self.text, begin) if match[1] is None]
        if not starts and (first := self.text.find("{", begin)) >= 0:
            starts = [first]
        for start, after in pairwise([*starts, len(self.text)]):
            depth = 0
            for token in TOKEN.finditer(self.text, start, after):
                depth += step(token[0])
                if depth == 0:
                    yield start, token.end()
                    break
            else:
                yield start, start + len(self.text[start:after].rstrip(" \t\r\n,]"))

    def stray(self) -> list[Fault]:
        """Say what, between the entries, is none; where brackets are missing it would be the rest of one."""
        if self.spans and not self.sound:
            return []
        known = sorted([*self.spans, *self.around])
        gaps = zip(
            [0, *(end for _, end in known)], [*(start for start, _ in known), len(self.text)], strict=True
        )
        for start, end in gaps:
            noise = _NOISE.match(self.text, start, end)
            at = noise.end() if noise else start
            if at < end:
                line, _column = self._place(at)
                error = ReadingError(
                    gettext_noop(
                        "“%(text)s” in line %(line)d is no entry of CSL-JSON: one stands in braces, as in {“type”: “book”, …}."
                    ),
                    text=shown(self.text[at : min(end, at + 200)]),
                    line=line,
                )
                return [Fault("", line, error)]
        return []

    def read(self, piece: Piece) -> tuple[str, dict[str, Any]]:
        """Return what an entry is called, and its item. Any: JSON."""
        named = _NAMED.match(piece.text)
        name = (shown(named[1] or named[2]) if named else "") or piece.name
        try:
            value = json.loads(
                piece.text, object_pairs_hook=_object, parse_int=_whole, parse_constant=_refused
            )
        except json.JSONDecodeError as error:
            raise self._broken(piece, name, error) from None
        except _Twice as error:
            raise piece.error(_TWICE, name=name, field=shown(str(error))) from None
        except RecursionError:
            raise piece.error(_TOO_DEEP, name=name) from None
        key = value.get("id")
        if isinstance(key, str | int) and not isinstance(key, bool):
            name = shown(str(key)) or name
        item = item_of(value)
        if not item.get("title"):
            raise piece.error(_NO_TITLE, name=name)
        return name, item

    def _broken(self, piece: Piece, name: str, error: json.JSONDecodeError) -> ReadingError:
        """Say where an entry stops being JSON."""
        line, column = self._place(self.spans[piece.number - 1][0] + error.pos)
        template = _NOT_JSON
        if error.msg.startswith("Invalid control character"):
            template = _CONTROL
        elif error.pos >= len(piece.text):
            template = _BREAKS_OFF
        near = shown(piece.text[error.pos : error.pos + 200], 20)
        return piece.error(template, name=name, at=line, column=column, text=near)


def step(mark: str) -> int:
    """Return how much deeper a token leads."""
    return (mark in ("{", "[")) - (mark in ("}", "]"))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object; of a field that stands twice, no value may be lost. Any: JSON."""
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made and made[name] != value:
            raise _Twice(name)
        made[name] = value
    return made


def _whole(digits: str) -> int | str:
    """Return a whole number; one of more digits than anybody counts with stays a text."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _refused(constant: str) -> float:
    """Let NaN and Infinity, which are not JSON, be found where the item is checked."""
    return float(constant.replace("Infinity", "inf"))
