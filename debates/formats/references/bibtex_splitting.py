"""Split BibTeX into entries with their fields, and say what is wrong with those that do not come apart.

bibtexparser finds where each entry ends and goes on after a broken one; the values (`"…"`, `{…}`, abbreviations, `#` between
them) and the reasons are ours. Nothing here is decoded: a field is still LaTeX.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from bibtexparser.exceptions import BlockAbortedException
from bibtexparser.model import Entry, ImplicitComment, ParsingFailedBlock, String
from bibtexparser.splitter import Splitter

from debates.bibliography.identifiers import shown
from debates.formats.references.bibtex_dates import MONTH_ABBREVIATIONS
from debates.formats.references.readout import LONGEST_FIELD, MOST_ENTRIES, Fault, ReadingError
from debates.sentence import gettext_noop

# It writes what people pasted into the log, line by line; what is wrong is told to them instead.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

MOST_BLOCKS = 5_000
"""Places where an entry, an abbreviation or a comment begins, as far as we look."""
LONGEST_VALUE = 20 * LONGEST_FIELD
"""Characters of LaTeX of one field: an abbreviation made of abbreviations doubles with every line."""
MOST_FIELDS = 200
"""Fields of one entry; BibLaTeX knows about 150."""

_START = re.compile(r"@\w*[ \t]*[{(]")
_HEAD = re.compile(r"@(\w*)[ \t]*[{(]\s*([^\s,={}()\"]*)[ \t]*(,?)")
_BARE_START = re.compile(r"^[ \t]*@[ \t]*(?!comment\b)(\w+)", re.IGNORECASE | re.MULTILINE)
_BACKSLASH = re.compile(r"\\(.)", re.DOTALL)
_VALUE_MARK = re.compile(r'(?<!\\)[{}"]')
_WORD = re.compile(r"[^\s#{}\",=]+")
_JOINT = re.compile(r"\s*(#?)\s*")
_LAST_WORD = re.compile(r"([\w:+-]+)\s*[^\w\s]?\s*\Z")

_UNCLOSED = gettext_noop(
    "“%(name)s” in line %(line)d has no closing brace: each { needs its }, and the entry one after its last field."
)
_UNQUOTED = gettext_noop(
    "“%(name)s” in line %(line)d has a quotation mark that is never closed: put one after the value that it opens."
)
_NO_COMMA = gettext_noop("“%(name)s” in line %(line)d has no comma after its key: put one there.")
_NO_VALUE = gettext_noop(
    "“%(name)s” in line %(line)d has “%(field)s” without a value: write %(field)s = {…}, and a comma before it."
)
_NO_FORM = gettext_noop(
    "“%(name)s” in line %(line)d is not written as BibTeX: a field is name = {value}, with a comma."
)
_NO_TYPE = gettext_noop(
    "“%(name)s” in line %(line)d does not say what it is: write its type after the @, as in @book{…}."
)
_NO_BRACE = gettext_noop("“%(start)s” in line %(line)d begins no entry: put a { after it if it is meant to.")
_MANY_FIELDS = gettext_noop(
    "“%(name)s” in line %(line)d has %(count)d fields: leave out what is none of BibTeX, so that at most %(most)d remain."
)
_RUNS_ON = gettext_noop(
    "“%(name)s” in line %(line)d goes on after the value of “%(field)s”: is there a comma missing before what follows?"
)
_UNPAIRED = gettext_noop(
    "“%(name)s” in line %(line)d has braces in “%(field)s” that do not pair: give each { its }."
)
_TOO_LONG = gettext_noop(
    "“%(name)s” in line %(line)d has %(count)d characters in “%(field)s”: shorten it to at most %(most)d."
)


@dataclass(frozen=True)
class Where:
    """What a person calls the thing that is read (a key, or “entry 3”), and the line in which it begins."""

    name: str
    line: int

    def error(self, template: str, **values: object) -> ReadingError:
        """Return the error of a sentence that names the place."""
        return ReadingError(template, name=self.name, line=self.line, **values)

    def fault(self, template: str, **values: object) -> Fault:
        """Return the fault of a sentence that names the place."""
        return Fault(self.name, self.line, self.error(template, **values))

    def too_long(self, field: str, length: int, most: int = LONGEST_FIELD) -> ReadingError:
        """Return the error of a field that is too long."""
        return self.error(_TOO_LONG, field=field, count=length, most=most)


@dataclass(frozen=True)
class Raw:
    """One entry: its type and its fields' names in lower case, its fields as they were written."""

    type: str
    key: str
    where: Where
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Split:
    """What a text holds: entries and faults, each in order; the abbreviations; how many starts, from which line on, were left."""

    entries: tuple[Raw, ...]
    faults: tuple[Fault, ...]
    abbreviations: Mapping[str, str]
    left: int
    left_line: int


def split(text: str) -> Split:
    """Split a text; time and memory are linear in its length."""
    text = _BACKSLASH.sub(_spaced, text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    starts = [match.start() for match in _START.finditer(text)]
    end = starts[MOST_BLOCKS] if len(starts) > MOST_BLOCKS else len(text)
    sorting = _Sorting(text[:end])
    sorting.sort()
    return Split(
        tuple(sorting.entries),
        tuple(sorting.faults),
        sorting.abbreviations,
        left=max(0, len(starts) - MOST_BLOCKS),
        left_line=text.count("\n", 0, end) + 1,
    )


def _spaced(match: re.Match[str]) -> str:
    r"""Keep a line break (`\\`) away from what follows: the splitter takes its second half for an escape, as in `\}`."""
    following = match.string[match.end() : match.end() + 1]
    if match[1] == "\\" and following in ("{", "}", '"', ",", "=", ")", "\n"):
        return "\\\\ "
    return "\\ \n" if match[1] == "\n" else match[0]


class _Sorting:
    """Sort the blocks of a text into entries, abbreviations and faults."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[Raw] = []
        self.faults: list[Fault] = []
        self.abbreviations: dict[str, str] = dict(MONTH_ABBREVIATIONS)
        self.seen = 0

    def sort(self) -> None:
        """Take every block for what it is."""
        for block in Splitter(self.text).split().blocks:
            line = (block.start_line or 0) + 1
            if isinstance(block, ParsingFailedBlock) and block.ignore_error_block is not None:
                # A key or a field that occurs twice: both entries count; of the fields the first, as in BibTeX.
                block = block.ignore_error_block
            if isinstance(block, Entry):
                self._entry(block, line)
            elif isinstance(block, String):
                self._abbreviation(block, line)
            elif isinstance(block, ImplicitComment):
                self._stray(block.comment, line)
            elif isinstance(block, ParsingFailedBlock):
                self._broken(block, line)

    def _where(self, key: str, line: int) -> Where:
        self.seen += 1
        return Where(shown(key) or f"entry {self.seen}", line)

    def _entry(self, block: Entry, line: int) -> None:
        where = self._where(block.key, line)
        if not block.entry_type:
            self.faults.append(where.fault(_NO_TYPE))
        elif len(block.fields) > MOST_FIELDS:
            self.faults.append(where.fault(_MANY_FIELDS, count=len(block.fields), most=MOST_FIELDS))
        else:
            fields: dict[str, str] = {}
            for field in block.fields:
                fields.setdefault(field.key.strip().lower(), str(field.value))
            self.entries.append(Raw(block.entry_type, block.key, where, fields))

    def _abbreviation(self, block: String, line: int) -> None:
        where = Where(shown(block.key), line)
        try:
            value = value_of(block.value, self.abbreviations, where, where.name)
        except ReadingError as error:
            self.faults.append(Fault(where.name, line, error))
        else:
            self.abbreviations[block.key.lower()] = value

    def _stray(self, comment: str, line: int) -> None:
        """Say where, between the entries, something begins as an entry does."""
        counted = 0
        for match in islice(_BARE_START.finditer(comment), MOST_ENTRIES):
            line += comment.count("\n", counted, match.start())
            counted = match.start()
            self.faults.append(self._where("", line).fault(_NO_BRACE, start=shown(f"@{match[1]}")))

    def _broken(self, block: ParsingFailedBlock, line: int) -> None:
        raw = block.raw or ""
        head = _HEAD.match(raw)
        if head is None or head[1].lower() in ("comment", "preamble"):
            return
        is_entry = head[1].lower() != "string"
        where = self._where(head[2], line) if is_entry else Where(shown(head[2]) or "@string", line)
        depth, quoted = _open_at_end(raw[head.end() :])
        if self._runs_out(block) and depth >= 0:
            self.faults.append(where.fault(_UNQUOTED if quoted else _UNCLOSED))
        elif not is_entry:
            self.faults.append(where.fault(_NO_VALUE, field=where.name))
        elif not head[3]:
            self.faults.append(where.fault(_NO_COMMA))
        elif word := _LAST_WORD.search(raw, max(head.end(), len(raw) - 200)):
            self.faults.append(where.fault(_NO_VALUE, field=shown(word[1])))
        else:
            self.faults.append(where.fault(_NO_FORM))

    def _runs_out(self, block: ParsingFailedBlock) -> bool:
        """Say whether a block ended because the text did, or because another began, rather than at a wrong mark."""
        end = block.error.end_index if isinstance(block.error, BlockAbortedException) else None
        # The splitter counts from a line break that it puts before the text.
        return end is None or end >= len(self.text) or self.text[end] == "@"


def _open_at_end(text: str) -> tuple[int, bool]:
    """Return how many braces are open where the inside of an entry ends (-1: it is closed), and whether a quotation is."""
    depth, quoted = 0, False
    for mark in _VALUE_MARK.finditer(text):
        if mark[0] == '"':
            quoted ^= not depth
        elif not quoted:
            depth += 1 if mark[0] == "{" else -1
    return depth, quoted


def value_of(written: str, abbreviations: Mapping[str, str], where: Where, field: str) -> str:
    """Return the LaTeX of a field: what is in braces or quotation marks, numbers, abbreviations, joined by `#`.

    A word that abbreviates nothing stands for itself: single entries are often pasted without the lines above them.
    """
    pieces: list[str] = []
    length = 0
    at = len(written) - len(written.lstrip())
    while at < len(written):
        if written[at] in '{"':
            end = _end_of_value(written, at, where, field)
            pieces.append(written[at + 1 : end - 1])
        elif word := _WORD.match(written, at):
            end = word.end()
            pieces.append(abbreviations.get(word[0].lower(), word[0]))
        else:
            raise where.error(_RUNS_ON, field=shown(field))
        length += len(pieces[-1])
        if length > LONGEST_VALUE:
            raise where.too_long(shown(field), length)
        joint = _JOINT.match(written, end)
        at = joint.end() if joint else end
        if at < len(written) and not (joint and joint[1]):
            raise where.error(_RUNS_ON, field=shown(field))
    return "".join(pieces)


def _end_of_value(written: str, start: int, where: Where, field: str) -> int:
    """Return where the value that opens at an index is over, its closing mark included."""
    depth = 0
    for mark in _VALUE_MARK.finditer(written, start + 1):
        if mark[0] == "{":
            depth += 1
        elif depth and mark[0] == "}":
            depth -= 1
        elif not depth and mark[0] == ("}" if written[start] == "{" else '"'):
            return mark.end()
        elif mark[0] == "}":
            break
    raise where.error(_UNPAIRED, field=shown(field))
