"""Recognise what each line of a paste belongs to: an entry of BibTeX, of RIS, of CSL-JSON, or nothing but itself."""

import re

from debates.bibliography.identifiers import Identifier, read_identifier
from debates.formats.references.csl_json import TOKEN, step
from debates.formats.references.ris import HEADER, LINE_END, TAGGED, is_end, is_start

BIBTEX, RIS, CSL_JSON, LINES = "bibtex", "ris", "csl-json", "identifiers"

_BIBTEX = re.compile(r"\s*@\s*\w")
BIBTEX_ENTRY = re.compile(r"\s*@\s*\w+\s*[{(]")
_JSON = re.compile(r"\s*+(?:\[\s*+(?:\{.*|\]?\s*+)|\{.*)", re.DOTALL)
_JSON_ENTRY = re.compile(r"\s*+(?:\[\s*+)?\{\s*+(?:\"[\w-]+\"\s*+:.*)?", re.DOTALL)
"""How CSL-JSON begins, and how one of its entries does where another format went before: BibTeX has braces, too."""
_BRACES = re.compile(r"\\.|([{}])")
_BULLET = re.compile(r"\s*(?:[-*•–]|\(?[0-9]{1,3}[.)]|\[[0-9]{1,3}\])\s+")
_BETWEEN = re.compile(r"[\s,;]+")
_LONGEST_LINE = 3_000
"""Characters of a line in which identifiers are looked for."""
_MOST_LOOKS = 2_000
"""Lines between entries in which identifiers are looked for."""


def parts_of(text: str) -> dict[str, str]:
    """Return what belongs to each format, in the order in which they occur; the lines of the others are empty in it.

    Every line stays in its place, so that the readers count as the text does. An entry goes on until it is closed or another
    begins; what stands between two entries of RIS or CSL-JSON belongs to them, unless it is an identifier.
    """
    lines = lines_of(text)
    kept: dict[str, list[str]] = {}
    state = _State()
    for number, line in enumerate(lines):
        form = state.take(line)
        if form not in kept:
            kept[form] = [""] * len(lines)
        kept[form][number] = line
    return {form: "\n".join(held) for form, held in kept.items() if any(map(str.strip, held))}


def lines_of(text: str) -> list[str]:
    """Return the lines of a text; files that were joined have a mark of Unicode at the head of some."""
    return [line.removeprefix("\ufeff") for line in LINE_END.split(text)]


def identifiers_of(line: str) -> list[Identifier]:
    """Return the identifiers that a line consists of, with a bullet or a number before them or not; none, if there is more."""
    if not 4 < len(line) <= _LONGEST_LINE:
        return []
    bullet = _BULLET.match(line)
    for written in (line, line[bullet.end() :]) if bullet else (line,):
        if whole := read_identifier(written):
            return [whole]
        several = []
        for word in _BETWEEN.split(written.strip(" \t,;")):
            one = read_identifier(word)
            if one is None:
                break
            several.append(one)
        else:
            return several
    return []


class _State:
    """The format that the lines so far belong to, and whether one of its entries is still open."""

    def __init__(self) -> None:
        self.form = LINES
        self.depth = 0
        """Brackets that are open; an open entry of RIS counts as one, and one of BibTeX in round brackets never ends."""
        self.first = ""
        self.looked = 0

    def take(self, line: str) -> str:
        """Return the format that a line belongs to."""
        if not line.strip():
            return self.form
        began = self._begins(line)
        if began:
            self.form, self.first, self.depth = began, line, 0
            if began == BIBTEX and "{" not in line:
                self.depth = 1
        elif self.form == LINES and line.lstrip().startswith("%"):
            return BIBTEX
        elif self.form == BIBTEX and self.depth <= 0:
            if not line.lstrip().startswith(("%", "}", ",")):
                return LINES
        elif self.form != LINES and self.depth <= 0 and self.looked < _MOST_LOOKS:
            self.looked += 1
            if identifiers_of(line):
                return LINES
        if self.form == BIBTEX:
            self.depth += sum(1 if mark == "{" else -1 for mark in _BRACES.findall(line) if mark)
        elif self.form == CSL_JSON:
            self.depth += sum(map(step, TOKEN.findall(line)))
        elif self.form == RIS:
            self.depth = 0 if is_end(line, self.first) or (self.depth <= 0 and not began) else 1
        return self.form

    def _begins(self, line: str) -> str:
        """Return the format of which an entry begins in a line, if one does."""
        if is_start(line):
            return RIS
        if BIBTEX_ENTRY.match(line):
            return BIBTEX
        if self.form == LINES:
            if _BIBTEX.match(line):
                return BIBTEX
            if TAGGED.match(line) or HEADER.fullmatch(line):
                return RIS
            return CSL_JSON if _JSON.fullmatch(line) else ""
        other = self.form != CSL_JSON and self.depth <= 0
        return CSL_JSON if other and _JSON_ENTRY.fullmatch(line) else ""
