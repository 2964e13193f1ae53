"""Dates as CSL-JSON has them (schema 1.0.2): a day, a range, a season, “about”, or words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from debates.bibliography.identifiers import RecordError, shown
from debates.sentence import gettext_noop

DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of each month. February has 29 in every year: 1900 was a leap year wherever the Julian calendar held."""

_ISO = re.compile(r"\s*(-?[0-9]{1,4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?\s*")
_ISO_WORDS = re.compile(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?![0-9-])")
_YEAR = re.compile(r"(?<![\w-])(?<![0-9]\.)[0-9]{4}(?!\w|\.[0-9])")
_SEASONS = ("spring", "summer", "autumn", "winter")
_FAR = 10_000
"""A year beyond this one, before or after Christ, is a slip: no work is so old."""


@dataclass(frozen=True)
class CslDate:
    """What a date says: its first day and its last (`None`: no range; empty: open), each as exact as it is known."""

    first: tuple[int, ...] = ()
    last: tuple[int, ...] | None = None
    circa: bool = False
    season: str = ""
    words: str = ""

    def shown(self) -> str:
        """Return the date for a reader: its own words, or ISO 8601 with `c.`, a season or a slash."""
        if self.words:
            return self.words
        text = iso(self.first)
        if self.season:
            text = f"{self.season} {text}".strip()
        if self.last is not None and self.last != self.first:
            text = f"{text}/{iso(self.last)}"
        return f"c. {text}" if self.circa and text else text


def iso(parts: tuple[int, ...]) -> str:
    """Return a year, a month or a day as ISO 8601 writes it."""
    return "-".join(f"{part:02d}" for part in parts)


def read_date(written: str) -> tuple[int, ...]:
    """Read a year, a year and month, or a day (ISO 8601); refuse what is none of these."""
    match = _ISO.fullmatch(written)
    parts = tuple(int(part) for part in match.groups() if part) if match else ()
    if not parts or parts[0] == 0:
        raise RecordError(
            "issued",
            gettext_noop("“%(text)s” is not a date: write a year, as in 1917, or a day, as in 1917-11-07."),
            text=shown(written),
        )
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        raise RecordError(
            "issued",
            gettext_noop("“%(text)s” is not a date: the month goes from 1 to 12."),
            text=shown(written),
        )
    if len(parts) > 2 and not 1 <= parts[2] <= DAYS[parts[1] - 1]:
        raise RecordError(
            "issued",
            gettext_noop("“%(text)s” is not a date: that month has %(most)d days at most."),
            text=shown(written),
            most=DAYS[parts[1] - 1],
        )
    return parts


def read_csl_date(value: object) -> CslDate | None:
    """Read a date of CSL-JSON; return `None` for what has not the shape of one.

    A part that is no number (`[["MMXX"]]` is valid) is not known, like all after it; so are a month 0 and a month 14.
    A text in place of the object, as CSL 1.1 will have it, is read like `raw`.
    """
    if isinstance(value, str):
        value = {"raw": value}
    if not isinstance(value, Mapping):
        return None
    sides = value.get("date-parts")
    sides = [] if sides is None else sides
    season, circa = value.get("season"), value.get("circa")
    literal, raw = value.get("literal"), value.get("raw")
    if (
        not isinstance(sides, list | tuple)
        or not all(isinstance(side, list | tuple) for side in sides)
        or not all(part is None or _plain(part) for side in sides for part in side)
        or not (season is None or _plain(season))
        or not (circa is None or isinstance(circa, bool) or _plain(circa))
        or not all(word is None or isinstance(word, str) for word in (literal, raw))
    ):
        return None
    first = _parts(sides[0]) if sides else ()
    # The parts are what `raw` was read as; `literal` is how the date is to be shown whatever the parts are.
    said = " ".join((literal or (not first and raw) or "").split())
    first = first or _first_of(said)
    return CslDate(
        first,
        _parts(sides[1]) if len(sides) > 1 else None,
        # Some programs write the flag as a text.
        circa=(circa.strip().lower() if isinstance(circa, str) else circa)
        not in (None, False, 0, "", "0", "false"),
        season=_season(season, sides),
        words=said if said and iso(first) != said else "",
    )


def _plain(value: object) -> bool:
    """Say whether a value is a text or a number; in JSON `true` is neither."""
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _parts(side: list[object] | tuple[object, ...]) -> tuple[int, ...]:
    """Return year, month and day as far as they are known."""
    parts: list[int] = []
    for part in side[:3]:
        number = _whole(part)
        if number is None or not _possible([*parts, number]):
            break
        parts.append(number)
    return tuple(parts)


def _whole(part: object) -> int | None:
    if isinstance(part, str):
        return int(part) if re.fullmatch(r"\s*-?[0-9]{1,6}\s*", part) else None
    if isinstance(part, float):
        return int(part) if part.is_integer() else None
    return part if isinstance(part, int) else None


def _possible(parts: list[int]) -> bool:
    match parts:
        case [year]:
            return year != 0 and abs(year) < _FAR
        case [_, month]:
            return 1 <= month <= 12
        case [_, month, day]:
            return 1 <= day <= DAYS[month - 1]
    return False


def _season(season: object, sides: list[list[object]] | tuple[tuple[object, ...], ...]) -> str:
    """Return the season in words; months 13 to 16 and 21 to 24 are seasons in citeproc's and EDTF's writing."""
    number = _whole(season)
    if number is None and isinstance(season, str):
        return " ".join(season.split())
    if number is None and len(sides) == 1 and len(sides[0]) == 2:
        month = _whole(sides[0][1]) or 0
        number = month - 12 if 13 <= month <= 16 else month - 20 if 21 <= month <= 24 else None
    return _SEASONS[number - 1] if number is not None and 1 <= number <= 4 else ""


def _first_of(said: str) -> tuple[int, ...]:
    """Return the date that words begin with in ISO 8601, or the one year that stands in them."""
    match = _ISO_WORDS.match(said)
    if match:
        return _parts([int(part) for part in match.groups() if part])
    years = set(_YEAR.findall(said))
    return _parts([int(years.pop())]) if len(years) == 1 else ()
