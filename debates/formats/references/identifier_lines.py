"""Read identifiers, one a line, and say of every other line what is wrong with it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from debates.bibliography.identifiers import (
    Identifier,
    RecordError,
    read_address,
    read_arxiv,
    read_doi,
    read_isbn,
    read_pmid,
    shown,
)
from debates.formats.references.entries import Remark
from debates.formats.references.readout import MOST_ENTRIES, Fault, ReadingError
from debates.formats.references.recognising import identifiers_of
from debates.sentence import SentenceError, gettext_noop

_NO_REFERENCE = gettext_noop(
    "“%(text)s” in line %(line)d is no reference: paste BibTeX, RIS or CSL-JSON, or a DOI, ISBN, PMID, arXiv number or"
    " address, one a line."
)
_NO_REFERENCES = gettext_noop(
    "%(count)d lines from line %(line)d on (“%(text)s”) are no references: paste BibTeX, RIS or CSL-JSON, or a DOI, ISBN,"
    " PMID, arXiv number or address, one a line."
)
_MISTYPED = gettext_noop("Line %(line)d: %(reason)s")
_LEFT = gettext_noop(
    "Lines were left unread, %(count)d in all, from line %(line)d on: that is too much for once, so bring them in a second go."
)
_TWICE = gettext_noop("“%(name)s” in line %(line)d stands there %(times)d times: it was read once.")
_LOOKS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"(?:isbn\b.*|[0-9][0-9\s‐-―-]{8,18}[0-9Xx])", re.IGNORECASE | re.DOTALL), read_isbn),
    (re.compile(r"(?:doi\b|10\.[0-9]).*", re.IGNORECASE | re.DOTALL), read_doi),
    (re.compile(r"pmid\b.*", re.IGNORECASE | re.DOTALL), read_pmid),
    (re.compile(r"arxiv\s*:.*", re.IGNORECASE | re.DOTALL), read_arxiv),
    (re.compile(r"(?:https?:|www\.).*", re.IGNORECASE | re.DOTALL), read_address),
)
"""What a line that is no identifier was meant to be, and who can say what is wrong with it."""

MOST_LINES = 2_000
"""Lines, each counted once, that are looked at: more is not a list of references."""


@dataclass(frozen=True)
class Wanted:
    """A work of which only an identifier was pasted: its kind and value (see `Identifier`), and the line, from 1."""

    kind: str
    value: str
    line: int


@dataclass
class _Strange:
    """Lines one after another that are no references: the first, its number, and how many there are."""

    text: str
    line: int
    count: int = 1


def read_lines(lines: Sequence[str], all_lines: Sequence[str]) -> tuple[list[Wanted], list[Fault]]:
    """Return what is wanted, each once, and what is wrong; a line that belongs to a format is empty in `lines` only."""
    looked: dict[str, list[Identifier] | SentenceError | None] = {}
    times: dict[Identifier, int] = {}
    wanted: list[Wanted] = []
    faults: list[Fault] = []
    strange: list[_Strange] = []
    left: list[int] = []
    together = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            together = together and not all_lines[number - 1].strip()
            continue
        new = line not in looked
        if new:
            if len(wanted) >= MOST_ENTRIES or len(looked) >= MOST_LINES:
                left.append(number)
                continue
            looked[line] = identifiers_of(line) or _mistyped(line)
        found = looked[line]
        if isinstance(found, list):
            for one in found:
                if one not in times:
                    wanted.append(Wanted(one.kind, one.value, number))
                times[one] = times.get(one, 0) + 1
        elif found is not None and new and len(faults) < MOST_ENTRIES:
            faults.append(Fault("", number, ReadingError(_MISTYPED, line=number, reason=found)))
        elif together or len(strange) >= MOST_ENTRIES:
            strange[-1].count += 1
            continue
        else:
            strange.append(_Strange(line, number))
            together = True
            continue
        together = False
    if left:
        faults.append(Fault("", left[0], ReadingError(_LEFT, count=len(left), line=left[0])))
    remarks = [
        Fault(one.value, 0, Remark(_TWICE, name=shown(one.value), line=one.line, times=count))
        for one, count in zip(wanted, times.values(), strict=True)
        if count > 1
    ]
    return wanted, [*remarks, *faults, *map(_unknown, strange)]


def _unknown(lines: _Strange) -> Fault:
    template = _NO_REFERENCE if lines.count == 1 else _NO_REFERENCES
    values = {"text": shown(lines.text[:200]), "line": lines.line, "count": lines.count}
    return Fault("", lines.line, ReadingError(template, **values))


def _mistyped(line: str) -> SentenceError | None:
    """Return what is wrong with a line that was meant to be an identifier, if one can see which."""
    text = line[:3_000].strip()
    for looks, read in _LOOKS:
        if looks.fullmatch(text):
            try:
                read(text)
            except RecordError as error:
                return error
            return None
    return None
