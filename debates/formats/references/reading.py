"""The one door through which references come in that somebody pasted or uploaded, in whatever format."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from debates.formats.references.bibtex import read_bibtex
from debates.formats.references.csl_json import read_csl_json
from debates.formats.references.entries import Remark, check_length, folded
from debates.formats.references.identifier_lines import Wanted, read_lines
from debates.formats.references.readout import MOST_ENTRIES, Entry, Fault, ReadingError, Readout
from debates.formats.references.recognising import (
    BIBTEX,
    BIBTEX_ENTRY,
    CSL_JSON,
    LINES,
    RIS,
    lines_of,
    parts_of,
)
from debates.formats.references.ris import read_ris
from debates.sentence import gettext_noop

__all__ = ["Paste", "Wanted", "read_references"]

_READERS: dict[str, Callable[[str], Readout]] = {BIBTEX: read_bibtex, RIS: read_ris, CSL_JSON: read_csl_json}
_CALLED = {BIBTEX: "BibTeX", RIS: "RIS", CSL_JSON: "CSL-JSON", LINES: "DOI/ISBN/PMID/arXiv/URL"}

_EMPTY = gettext_noop(
    "Nothing was pasted: paste BibTeX, RIS or CSL-JSON, or a DOI, ISBN, PMID, arXiv number or address, one a line."
)
_NOTHING = gettext_noop(
    "There is no reference in it: paste BibTeX, RIS or CSL-JSON, or a DOI, ISBN, PMID, arXiv number or address, one a line."
)
_MIXED = gettext_noop("More than one format was recognised, and each was read for itself: %(formats)s.")


@dataclass(frozen=True)
class Paste:
    """All that a paste gave, each tuple in the order of the text.

    `format` is that of the first thing that was read: “bibtex”, “ris”, “csl-json”, “identifiers”, or empty. Among the faults
    are remarks (`Remark`, with line 0) on what was read all the same; every other names the line where something is left.
    """

    format: str
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    wanted: tuple[Wanted, ...]


def read_references(text: str) -> Paste:
    """Read what somebody pasted: BibTeX, RIS, CSL-JSON, identifiers one a line, or several of them after one another.

    Nothing is raised: what cannot be read is a fault in one sentence, and what is good is kept. Entries that say the same are
    kept once, with a remark how many times they stand there. The time it takes grows as the text does.
    """
    try:
        check_length(text)
    except ReadingError as error:
        return Paste("", (), (Fault("", 1, error),), ())
    parts = parts_of(text)
    lines = parts.pop(LINES, "").split("\n")
    wanted, faults = read_lines(lines, lines_of(text))
    first = {LINES: wanted[0].line} if wanted else {}
    entries: list[tuple[Entry, int]] = []
    for form, part in parts.items():
        part, times = _without_repeats(part) if form == BIBTEX else (part, Counter[int]())
        readout = _READERS[form](part)
        entries += [(entry, times[entry.line] + 1) for entry in readout.entries]
        faults += readout.faults
        if readout.entries:
            first[form] = readout.entries[0].line
    entries.sort(key=lambda entry: entry[0].line)
    kept, remarks = folded(entries)
    faults = sorted([*remarks, *faults], key=lambda fault: fault.line)
    forms = sorted(first, key=lambda form: first[form])
    if len(forms) > 1:
        mixed = Remark(_MIXED, formats=", ".join(_CALLED[form] for form in forms))
        faults.insert(0, Fault("", 0, mixed))
    if not (kept or wanted or faults):
        faults.append(Fault("", 1, ReadingError(_NOTHING if any(map(str.strip, lines_of(text))) else _EMPTY)))
    return Paste(next(iter([*forms, *parts]), ""), kept, tuple(faults), tuple(wanted))


def _without_repeats(text: str) -> tuple[str, Counter[int]]:
    """Empty the lines of entries of BibTeX that stand there again, letter for letter, if there are more than are read.

    Then the cap is spent on entries that differ, as with the other formats. Returned as well: how many times each stands
    there again, by its line.
    """
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if BIBTEX_ENTRY.match(line)]
    again: Counter[int] = Counter()
    seen: dict[str, int] = {}
    if len(starts) > MOST_ENTRIES:
        for start, after in pairwise([*starts, len(lines)]):
            entry = "\n".join(lines[start:after]).strip()
            first = seen.setdefault(entry, start)
            if first != start and entry.count("{") == entry.count("}"):
                lines[start:after] = [""] * (after - start)
                again[first + 1] += 1
    return "\n".join(lines), again
