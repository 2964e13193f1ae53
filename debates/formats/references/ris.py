"""Read references in RIS, as Reference Manager, EndNote, Mendeley, Zotero and publishers write it.

The lines are cut here and not by rispy (0.10), which gives neither the number of a line nor the name of a broken entry,
joins an entry without an end mark to the next one (`TY` inside an entry is one more field to it), drops the last entry if
its end mark is missing, keeps only the first of two values, does not know a tag in lower case, and cuts an address at its
semicolons. Its tables name each tag once, whatever the type of the work, which is not how the format is used.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from debates.bibliography.identifiers import shown
from debates.formats.references.entries import Piece, Remark, check_length, gathered
from debates.formats.references.readout import MOST_ENTRIES, Entry, Fault, ReadingError, Readout
from debates.formats.references.ris_entry import Tags, item_of
from debates.sentence import gettext_noop

LINE_END = re.compile(r"\r\n|\n|\r")
"""Ends of lines. Not `splitlines`, for which a title may hold eight others."""

TAGGED = re.compile(r"([A-Z][A-Z0-9])  -(.*)", re.DOTALL)
_LOOSE = re.compile(r"([A-Za-z][A-Za-z0-9])\s{0,4}-(.*)", re.DOTALL)
_START = re.compile(r"TY\s{0,4}-\s{0,4}[A-Z]{0,8}", re.IGNORECASE)
_END = re.compile(r"ER(?:\s{0,4}-.{0,20})?")
HEADER = re.compile(r"(?:Provider|Database|Content): ?\S.*")
"""Lines that publishers put before the first entry."""

_NO_TYPE = gettext_noop(
    "“%(name)s” in line %(line)d does not say what it is: put a line such as “TY  - BOOK” before it."
)
_NO_TITLE = gettext_noop(
    "“%(name)s” in line %(line)d has no title: add a line that begins with “TI  - ” to it."
)


def read_ris(text: str) -> Readout:
    """Read every entry of a text; one that cannot be read is a fault with its line, and the others are kept.

    An entry ends at `ER  -`, or without one where the next begins; such a one is kept if it has a title, and a remark says
    that its end is missing. Lines outside every entry are a fault, one for those that stand together.
    """
    try:
        check_length(text)
    except ReadingError as error:
        return Readout("ris", (), (Fault("", 1, error),))
    pieces, outside = _cut(line.removeprefix("\ufeff") for line in LINE_END.split(text))
    readout = gathered("ris", pieces, _read)
    open_ended = {piece.line for piece in pieces if not _is_ended(piece)}
    remarks = [_unended(entry) for entry in readout.entries if entry.line in open_ended]
    return Readout("ris", readout.entries, (*remarks, *readout.faults, *_unread(outside)))


def is_start(line: str) -> bool:
    """Say whether an entry begins in a line: `TY  - JOUR`, also in lower case or with other spaces."""
    if line.startswith("TY  -"):
        return True
    head = line[:40].strip()
    return head[:2] in ("TY", "ty") and len(line) < 40 and _START.fullmatch(head) is not None


def _is_loose(first: str) -> bool:
    """Say whether an entry is written loosely, by its first line: only then is “is - as we show” a tag and not words."""
    return not TAGGED.match(first)


def is_end(line: str, first: str) -> bool:
    """Say whether an entry that began with a line `first` ends in another: `ER  -`, also without the blanks after it."""
    return _END.fullmatch(line.strip().upper() if _is_loose(first) else line.rstrip()) is not None


def _is_ended(piece: Piece) -> bool:
    lines = piece.text.split("\n")
    return is_end(lines[-1], lines[0])


@dataclass
class _Outside:
    """Lines one after another that belong to no entry: the first, its number, and how many there are."""

    text: str
    line: int
    count: int = 1


def _cut(lines: Iterable[str]) -> tuple[list[Piece], list[_Outside]]:
    """Cut a text into entries, from `TY` to `ER` or the next `TY`, and the lines that belong to none."""
    pieces: list[Piece] = []
    outside: list[_Outside] = []
    between = False
    held: list[str] = []
    start = 0

    def close() -> None:
        if held:
            pieces.append(Piece(len(pieces) + 1, start, "\n".join(held).rstrip()))
            held.clear()
            nonlocal between
            between = False

    for number, line in enumerate(lines, 1):
        if is_start(line):
            close()
            start = number
            held.append(line)
        elif held:
            held.append(line)
            if is_end(line, held[0]):
                close()
        elif not line.strip() or HEADER.fullmatch(line) or is_end(line, "TY  -"):
            continue
        elif TAGGED.match(line):
            start = number
            held.append(line)
        elif between or len(outside) >= MOST_ENTRIES:
            outside[-1].count += 1
        else:
            outside.append(_Outside(line, number))
            between = True
    close()
    return pieces, outside


def _read(piece: Piece) -> tuple[str, dict[str, Any]]:
    """Return what an entry is called, and its item. Any: JSON."""
    loose = _is_loose(piece.text.partition("\n")[0])
    tags = _tags(piece, loose=loose)
    item = item_of(tags)
    if not item.get("title") and not loose:
        # Some programs write the first line properly and the others with fewer blanks.
        tags = _tags(piece, loose=True)
        item = item_of(tags)
    name = shown(tags.name) or piece.name
    if not is_start(piece.text.partition("\n")[0]):
        raise piece.error(_NO_TYPE, name=name)
    if not item.get("title"):
        raise piece.error(_NO_TITLE, name=name)
    return name, item


def _tags(piece: Piece, *, loose: bool) -> Tags:
    """Return the values of an entry by tag; a line without a tag goes on with the value before it."""
    lines = piece.text.split("\n")
    if is_end(lines[-1], lines[0]):
        lines.pop()
    tags = Tags()
    tag, parts = "", [""]
    for line in lines:
        match = _LOOSE.fullmatch(line.strip()) if loose else TAGGED.fullmatch(line)
        if match is None:
            parts.append(line)
            continue
        tags.add(tag, parts)
        tag, parts = match[1].upper(), [match[2]]
    tags.add(tag, parts)
    return tags


def _unended(entry: Entry) -> Fault:
    error = Remark(
        gettext_noop(
            "“%(name)s” in line %(line)d has no end mark (a line “ER  - ”): what is there was read; look whether something is"
            " missing."
        ),
        name=entry.name,
        line=entry.line,
    )
    return Fault(entry.name, 0, error)


def _unread(outside: list[_Outside]) -> list[Fault]:
    """Say what belongs to no entry, once for lines that stand together (and for all that are left, when it is often)."""
    one = gettext_noop(
        "“%(text)s” in line %(line)d belongs to no entry: one begins with a line such as “TY  - BOOK”."
    )
    more = gettext_noop(
        "%(count)d lines from line %(line)d on (“%(text)s”) belong to no entry: one begins with a line such as “TY  - BOOK”."
    )
    return [
        Fault(
            "",
            lines.line,
            ReadingError(
                more if lines.count > 1 else one,
                count=lines.count,
                line=lines.line,
                text=shown(lines.text[:200]),
            ),
        )
        for lines in outside
    ]
