"""What a reader of references hands back: the entries that it could read, and what was wrong with the others."""

from dataclasses import dataclass
from typing import Any

from debates.sentence import SentenceError

MOST_ENTRIES = 200
"""Entries that are read from one text; the rest is refused with one fault that says how many were left."""
LONGEST_INPUT = 1_000_000
"""Characters of a text that we read at all."""
LONGEST_FIELD = 5_000
"""Characters of one field; an entry with a longer one is a fault that names the field and its length."""


class ReadingError(SentenceError):
    """Say in one sentence why an entry, or a whole text, could not be read."""


@dataclass(frozen=True)
class Entry:
    """One entry that was read: a CSL-JSON item without an id, what the text calls it, and where it begins.

    `name` is the citation key, or “entry 3”; `line` counts from 1. Any: JSON.
    """

    item: dict[str, Any]
    name: str
    line: int


@dataclass(frozen=True)
class Fault:
    """One entry that was not read, and the reason (with `.template` and `.values`, to be translated)."""

    name: str
    line: int
    error: SentenceError


@dataclass(frozen=True)
class Readout:
    """All that one text gave, each tuple in the order of the text; `format` is “bibtex”, “ris” or “csl-json”."""

    format: str
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
