"""Read notices of retraction from a data file: Retraction Watch's CSV, as Crossref gives it, or Crossref's own JSON.

Crossref has owned the data of Retraction Watch since 2023 and publishes it as one CSV with every notice in a line
(crossref.org/documentation/retrieve-metadata/retraction-watch/); two of its fields are enough, the DOI of the paper and that of
the notice. Its REST interface has the same under `update-to` of a notice and `updated-by` of a paper.
"""

import csv
import datetime
import json
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from debates.bibliography.dates import read_csl_date
from debates.bibliography.identifiers import RecordError, read_doi, shown
from debates.lookup.decoding import decoded
from debates.sentence import SentenceError, gettext_noop

PAPER, NOTICE, NATURE, DAY = "originalpaperdoi", "retractiondoi", "retractionnature", "retractiondate"
"""The columns that are read, in small letters; the last two may be missing."""
LONGEST_LINE = 1_000_000
"""Bytes of a line of CSV or JSON; what is longer is no notice."""
MOST_LINES = 20
"""Lines that one record of CSV may take."""
LONGEST_DOCUMENT = 100_000_000
"""Bytes of one JSON document that is not in lines; a page of Crossref's answers has a few million."""
_UNKNOWN = {"", "unavailable", "unavaliable", "n/a", "none", "0"}
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s.*)?")
_NATURES = {"expression_of_concern": "Expression of concern", "partial_retraction": "Partial retraction"}


@dataclass(frozen=True)
class Retraction:
    """One notice: the DOI of the work it is about, its own (“” if it has none), its nature in the data's word, its day.

    The nature is “Retraction”, “Correction”, “Expression of concern”, “Reinstatement” …: not every notice retracts.
    """

    doi: str
    notice_doi: str = ""
    nature: str = ""
    date: datetime.date | None = None


class RetractionError(SentenceError):
    """Say in one sentence what in a data file cannot be read; `line` counts from 1."""

    def __init__(self, template: str, line: int, **values: object) -> None:
        super().__init__(template, line=line, **values)
        self.line = line


type Skip = Callable[[RetractionError], None]
"""What to do with a line that cannot be read: log it, count it."""


def read_retractions(file: BinaryIO, skip: Skip) -> Iterator[Retraction]:
    """Yield the notices of a data file, in its order, one line in memory at a time; a bad line goes to `skip`.

    A line whose paper has no DOI is no fault, and no use: many papers have none. Raises a `RetractionError` for a file that is
    neither of the two.
    """
    head = file.readline(LONGEST_LINE)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not start:
        raise RetractionError(
            gettext_noop("The file begins with nothing (line %(line)s): is it the right one?"), 1
        )
    yield from _from_json(head, file, skip) if start in (b"{", b"[") else _from_csv(head, file, skip)


def _rest(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file; of one that is longer than a line may be, the beginning."""
    while line := file.readline(LONGEST_LINE):
        more = line
        while len(more) == LONGEST_LINE and not more.endswith(b"\n"):
            more = file.readline(LONGEST_LINE)
        yield line


def _from_csv(head: bytes, file: BinaryIO, skip: Skip) -> Iterator[Retraction]:
    names = [name.strip().lower().replace(" ", "") for name in _fields([decoded(head)])]
    if PAPER not in names or NOTICE not in names:
        text = gettext_noop(
            "The file has no columns “OriginalPaperDOI” and “RetractionDOI” in line %(line)s: is it Retraction Watch’s?"
        )
        raise RetractionError(text, 1)
    # Decoded line by line, since the published file has had lines of either encoding.
    for line, fields in _records((decoded(one).replace("\0", "") for one in _rest(file)), len(names)):
        try:
            found = _notice(names, fields, line) if fields else None
        except RetractionError as error:
            skip(error)
        else:
            if found is not None:
                yield found


def _records(lines: Iterator[str], wanted: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the records of CSV with the numbers of their first lines; a field may go on for some lines.

    Where a quotation mark too many makes a record of what is none, only its first line is taken for bad, and the next is
    looked at anew: Python's own reader would swallow the lines up to the next mark.
    """
    waiting: deque[str] = deque()
    at = 2
    while True:
        taken, is_open = 0, False
        while taken < MOST_LINES:
            if taken == len(waiting):
                if (line := next(lines, None)) is None:
                    break
                waiting.append(line)
            is_open ^= waiting[taken].count('"') % 2 == 1
            taken += 1
            if not is_open:
                break
        if not taken:
            return
        fields = _fields(list(islice(waiting, taken))) if not is_open else [""]
        if len(fields) != wanted:
            taken = 1
        yield at, fields
        at += taken
        for _ in range(taken):
            waiting.popleft()


def _fields(lines: list[str]) -> list[str]:
    """Return the fields of one record; one empty field for what is none."""
    try:
        rows = list(csv.reader(lines))
    except csv.Error:
        return [""]
    return rows[0] if len(rows) == 1 else [""] if rows else []


def _notice(names: Sequence[str], fields: Sequence[str], line: int) -> Retraction | None:
    if len(fields) != len(names):
        text = gettext_noop("Line %(line)s has not the %(wanted)s fields of a notice: it is left out.")
        raise RetractionError(text, line, wanted=len(names))
    row = dict(zip(names, fields, strict=True))
    paper = _doi(row[PAPER], line)
    if not paper:
        return None
    return Retraction(
        paper, _doi(row[NOTICE], line), " ".join(row.get(NATURE, "").split()), _day(row.get(DAY, ""))
    )


def _doi(written: str, line: int) -> str:
    """Return a bare DOI; empty where the data say that there is none."""
    if written.strip().lower() in _UNKNOWN:
        return ""
    try:
        return read_doi(written)
    except RecordError as error:
        raise RetractionError(
            gettext_noop("Line %(line)s: “%(text)s” is not a DOI; the line is left out."),
            line,
            text=shown(written),
        ) from error


def _day(written: str) -> datetime.date | None:
    """Return a day as the data have it, month first (“1/31/2024 0:00”), or as ISO 8601 has it."""
    text = written.strip()
    with suppress(ValueError):
        if found := _AMERICAN.fullmatch(text):
            month, day, year = (int(part) for part in found.groups())
            return datetime.date(year, month, day)
        return datetime.date.fromisoformat(text[:10])
    return None


def _from_json(head: bytes, file: BinaryIO, skip: Skip) -> Iterator[Retraction]:
    """Read one work a line, or one document that holds them all."""
    first = _loaded(head)
    if first is None:
        first = _loaded(head + file.read(LONGEST_DOCUMENT))
        if first is None or file.read(1):
            text = gettext_noop(
                "The file is no JSON, neither as a whole nor line by line (from line %(line)s): get it again, or take the CSV."
            )
            raise RetractionError(text, 1)
    for one in _works(first):
        yield from _updates(one, 1, skip)
    for line, work in enumerate(_rest(file), 2):
        held = _loaded(work)
        if held is None and work.strip():
            skip(RetractionError(gettext_noop("Line %(line)s is no JSON: it is left out."), line))
        for one in _works(held):
            yield from _updates(one, line, skip)


def _loaded(text: bytes) -> Any:
    """Return what JSON holds, or nothing where it is none. Any: JSON."""
    try:
        return json.loads(decoded(text))
    except (ValueError, RecursionError):
        return None


def _works(held: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the works of a document of Crossref's: one, a list of them, or its answer around either. Any: JSON."""
    if isinstance(held, Mapping) and isinstance(held.get("message"), Mapping):
        held = held["message"]
    if isinstance(held, Mapping) and isinstance(held.get("items"), list):
        held = held["items"]
    for one in held if isinstance(held, list) else [held]:
        if isinstance(one, Mapping):
            yield one


def _updates(work: Mapping[str, Any], line: int, skip: Skip) -> Iterator[Retraction]:
    """Yield what a work says of others (`update-to`: it is the notice) and others of it (`updated-by`). Any: JSON."""
    own = work.get("DOI")
    for field, notice in (("update-to", True), ("updated-by", False)):
        updates = work.get(field)
        for update in updates if isinstance(updates, list) else []:
            other = update.get("DOI") if isinstance(update, Mapping) else None
            try:
                if not isinstance(own, str) or not isinstance(other, str):
                    raise RetractionError(
                        gettext_noop("Line %(line)s has a notice without the two DOIs; it is left out."), line
                    )
                mine, its = _doi(own, line), _doi(other, line)
            except RetractionError as error:
                skip(error)
                continue
            nature = str(update.get("type") or "").strip().lower()
            nature = _NATURES.get(nature, nature.replace("_", " ").replace("-", " ").capitalize())
            paper, noticed = (its, mine) if notice else (mine, its)
            if paper:
                yield Retraction(paper, noticed, nature, _json_day(update.get("updated")))


def _json_day(updated: object) -> datetime.date | None:
    """Return the day of an update, where it is known as exactly as that."""
    told = read_csl_date(updated)
    if told is None or len(told.first) != 3:
        return None
    with suppress(ValueError):
        return datetime.date(*told.first)
    return None
