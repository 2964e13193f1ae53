"""The shapes that the fields of CSL-JSON have, and how each becomes a field of ours and back without loss."""

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from debates.bibliography.dates import read_csl_date
from debates.bibliography.identifiers import RecordError
from debates.bibliography.names import Name
from debates.sentence import gettext_noop

PLAIN = {
    "container-title": "container",
    "publisher": "publisher",
    "publisher-place": "place",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "edition": "edition",
    "number": "number",
    "URL": "url",
    "DOI": "doi",
    "ISBN": "isbn",
    "PMID": "pmid",
    "note": "note",
}
"""CSL-JSON's name of each plain field, and ours."""
NAMES = {"author": "authors", "editor": "editors", "translator": "translators"}
"""CSL-JSON's name of each list of names that we have a field for, and ours."""
DATES = {"issued": "issued", "accessed": "accessed", "original-date": "original_date"}
"""CSL-JSON's name of each date that we have a field for, and ours."""
CUSTOM = {"arxiv": "arxiv", "archived-url": "archived_url", "archived-date": "archived_on"}
"""What CSL-JSON has no field for and we keep in its `custom`: the key there, and our name."""
_NAME_PARTS = {
    "family": "family",
    "given": "given",
    "literal": "literal",
    "non-dropping-particle": "particle",
    "dropping-particle": "dropping",
    "suffix": "suffix",
}


def is_empty(value: object, deep: int = 4) -> bool:
    """Say whether a value says nothing: null, or empty, or holds only what is empty (`[[null]]`)."""
    if isinstance(value, list | tuple | Mapping) and deep:
        held = value.values() if isinstance(value, Mapping) else value
        return all(is_empty(one, deep - 1) for one in held)
    return value is None or value == ""


def read_text(key: str, value: object) -> str:
    """Return a text, or a number as text; refuse all else, naming the field."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, str):
        return value
    with suppress(ValueError):  # a number of more digits than Python writes
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < math.inf:
            return str(value)
    raise RecordError(
        PLAIN.get(key, key), gettext_noop("The field “%(name)s” must be a text or a number."), name=key
    )


def _read_names(key: str, value: object) -> tuple[Name, ...]:
    names = []
    for one in value if isinstance(value, list | tuple) else (None,):
        parts = {ours: one.get(csl) for csl, ours in _NAME_PARTS.items()} if isinstance(one, Mapping) else {}
        if not parts or not all(part is None or isinstance(part, str) for part in parts.values()):
            raise RecordError(
                NAMES[key],
                gettext_noop(
                    "The field “%(name)s” must be a list of names, each with “family” and “given”, or “literal”."
                ),
                name=key,
            )
        names.append(Name(**{ours: part or "" for ours, part in parts.items()}))
    return tuple(name for name in names if name != Name())


def _write_names(names: tuple[Name, ...]) -> list[dict[str, str]]:
    return [
        {csl: getattr(name, ours) for csl, ours in _NAME_PARTS.items() if getattr(name, ours)}
        for name in names
        if name != Name()
    ]


def _read_date(key: str, value: object) -> tuple[int, ...]:
    date = read_csl_date(value)
    if date is None:
        raise RecordError(
            DATES[key],
            gettext_noop(
                "The field “%(name)s” must be a date, as in {“date-parts”: [[1917, 11, 7]]} or {“literal”: “about 1917”}."
            ),
            name=key,
        )
    return date.first


def _write_date(parts: tuple[int, ...]) -> dict[str, list[list[int]]]:
    return {"date-parts": [list(parts)]} if parts else {}


@dataclass(frozen=True)
class Shape:
    """How a field of CSL-JSON becomes one of ours and back. Any: JSON, and what our field holds."""

    ours: str
    read: Callable[[str, object], Any]
    write: Callable[[Any], Any]

    def says(self, key: str, whole: object, value: object) -> bool:
        """Say whether a value in CSL-JSON still says what our field does."""
        try:
            return bool(self.read(key, whole) == value)
        except RecordError:
            return False


SHAPES = {
    **{key: Shape(ours, read_text, str) for key, ours in PLAIN.items()},
    **{key: Shape(ours, _read_names, _write_names) for key, ours in NAMES.items()},
    **{key: Shape(ours, _read_date, _write_date) for key, ours in DATES.items()},
}
