"""What the readers of RIS and CSL-JSON do alike: refuse what no field can hold, stop at the caps, fold what is repeated."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from debates.bibliography.csl import check_item
from debates.formats.references.readout import (
    LONGEST_FIELD,
    LONGEST_INPUT,
    MOST_ENTRIES,
    Entry,
    Fault,
    ReadingError,
    Readout,
)
from debates.sentence import gettext_noop


class Remark(ReadingError):
    """Say what should be known of an entry that was read all the same. Its `Fault` has line 0: nothing is left there."""


@dataclass(frozen=True)
class Piece:
    """The text of one entry as it was cut out: the how many-th it is, the line it begins in, from 1."""

    number: int
    line: int
    text: str

    @property
    def name(self) -> str:
        """Return what an entry without a key is called."""
        return f"entry {self.number}"

    def error(self, template: str, **values: object) -> ReadingError:
        """Return an error whose template may name the entry (`%(name)s`) and its line (`%(line)d`)."""
        return ReadingError(template, **{"name": self.name, "line": self.line, **values})


def gathered(
    form: str, pieces: Iterable[Piece], read: Callable[[Piece], tuple[str, dict[str, Any]]]
) -> Readout:
    """Read every piece to its name and item, at most `MOST_ENTRIES` of them, and tell of the others. Any: JSON.

    A piece that stands there again, letter for letter, is not read again and takes no place from the others.
    """
    first: dict[str, Piece] = {}
    times: dict[str, int] = {}
    left: list[Piece] = []
    for piece in pieces:
        if piece.text in first:
            times[piece.text] += 1
        elif len(first) < MOST_ENTRIES:
            first[piece.text] = piece
            times[piece.text] = 1
        else:
            left.append(piece)
    entries: list[tuple[Entry, int]] = []
    faults: list[Fault] = []
    for text, piece in first.items():
        try:
            name, item = read(piece)
            check(piece, name, item)
        except ReadingError as error:
            faults.append(Fault(str(error.values.get("name", piece.name)), piece.line, error))
        else:
            entries.append((Entry(item, name, piece.line), times[text]))
    if left:
        beyond = left[0].error(
            gettext_noop(
                "Entries were left unread, %(count)d in all, from “%(name)s” in line %(line)d on: at most %(most)d are read at"
                " once, so bring the others in a second go."
            ),
            count=len(left),
            most=MOST_ENTRIES,
        )
        faults.append(Fault(left[0].name, left[0].line, beyond))
    kept, remarks = folded(entries)
    return Readout(form, kept, (*remarks, *faults))


def folded(entries: Sequence[tuple[Entry, int]]) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """Keep each entry once, and remark which of them stand there how many times (counted with each entry)."""
    kept: dict[str, Entry] = {}
    times: dict[str, int] = {}
    for entry, count in entries:
        same = json.dumps(entry.item, sort_keys=True)
        kept.setdefault(same, entry)
        times[same] = times.get(same, 0) + count
    remarks = [
        Fault(
            entry.name,
            0,
            Remark(
                gettext_noop("“%(name)s” in line %(line)d stands there %(times)d times: it was read once."),
                name=entry.name,
                line=entry.line,
                times=times[same],
            ),
        )
        for same, entry in kept.items()
        if times[same] > 1
    ]
    return tuple(kept.values()), tuple(remarks)


def check_length(text: str) -> None:
    """Refuse a text that is longer than we read at all."""
    if len(text) > LONGEST_INPUT:
        raise ReadingError(
            gettext_noop(
                "The text has %(count)d characters; at most %(most)d are read at once: bring it in parts."
            ),
            count=len(text),
            most=LONGEST_INPUT,
        )


def check(piece: Piece, name: str, item: dict[str, Any]) -> None:
    """Refuse an item that has a field too long, or is not what CSL-JSON describes, or has no title. Any: JSON."""
    for wrong in check_item(item):
        raise piece.error(gettext_noop("“%(name)s” in line %(line)d: %(reason)s"), name=name, reason=wrong)
    for field, value in item.items():
        longest = max(map(len, _texts(value)), default=0)
        if longest > LONGEST_FIELD:
            raise piece.error(
                gettext_noop(
                    "“%(name)s” in line %(line)d has %(count)d characters in “%(field)s”: shorten it to at most %(most)d."
                ),
                name=name,
                field=field,
                count=longest,
                most=LONGEST_FIELD,
            )


def _texts(value: Any) -> Iterable[str]:
    """Yield every text in a value, keys too, without recursion. Any: JSON."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            stack += [*one, *one.values()]
        elif isinstance(one, list):
            stack += one
