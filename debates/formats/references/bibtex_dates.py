"""The dates of BibLaTeX (ISO 8601-2, “EDTF”, levels 0 and 1) and of BibTeX (a year, a month in words), and those of CSL-JSON.

EDTF counts the years before Christ as astronomers do (0000 is 1 BC), CSL-JSON and people do not (-1 is 1 BC).
`..` or nothing at an end of a range is CSL's year 0: an open end.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

type CslDate = dict[str, Any]
"""A date as CSL-JSON has it. Any: JSON."""

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MONTH_ABBREVIATIONS = {
    "jan": "January",
    "feb": "February",
    "mar": "March",
    "apr": "April",
    "may": "May",
    "jun": "June",
    "jul": "July",
    "aug": "August",
    "sep": "September",
    "oct": "October",
    "nov": "November",
    "dec": "December",
}
"""The abbreviations that every BibTeX style defines."""
_MONTHS = tuple(MONTH_ABBREVIATIONS)
_MONTH_NUMBERS = {
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    "mär": 3,
    "mai": 5,
    "okt": 10,
    "dez": 12,
}
"""The first three letters of each month, in English and in German."""
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}

_SIDE = re.compile(
    r"(?P<year>-?[0-9]{1,4}|[Yy]-?[0-9]{5,6}|[0-9]{3}[Xxu]|[0-9]{2}(?:XX|xx|uu))"
    r"(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?)?(?:-(?:XX|xx|uu)){0,2}(?:T[0-9:.Z+-]*)?[~?%]?"
)
_ABOUT = re.compile(r"(?:circa\b|ca?\.|ca\b|c(?=\s)|~)\s*", re.IGNORECASE)
_YEARS = re.compile(r"([0-9]{3,4})\s*(?:/|[-–—]{1,3})\s*([0-9]{4}|[0-9]{2})")
_BEFORE_CHRIST = re.compile(r"([0-9]{1,4})\s*B\.?C\.?(?:E\.?)?", re.IGNORECASE)


def read_date(written: str) -> CslDate | None:
    """Read a date as BibLaTeX has it, plain text; return `None` for what is none, or only an open range."""
    sides = written.strip().split("/")
    if len(sides) > 2:
        return None
    read = [_read_side(side.strip()) for side in sides]
    known = [side for side in read if side is not None]
    if len(known) < len(read):
        return None
    spans = [span for span, _season in known]
    if len(spans) == 1:
        parts = spans[0]
    else:
        parts = [spans[0][0], spans[1][-1]]
    if all(side == [0] for side in parts):
        return None
    date: CslDate = {"date-parts": parts}
    if len(known) == 1 and known[0][1]:
        date["season"] = known[0][1]
    if re.search("[~?%]", written):
        date["circa"] = True
    return date


def _read_side(written: str) -> tuple[list[list[int]], int] | None:
    """Return the date-parts of one side of a range (two for a decade or century), and the season or 0."""
    if written in ("", ".."):
        return [[0]], 0
    match = _SIDE.fullmatch(written)
    if match is None:
        return None
    year = match["year"]
    if not year.lstrip("Yy-").isdigit():
        return [[_from_astronomers(int(re.sub("[Xxu]", digit, year)))] for digit in "09"], 0
    parts = [_from_astronomers(int(year.lstrip("Yy")))]
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    if 21 <= month <= 24 and not day:
        return [parts], month - 20
    if match["month"]:
        parts.append(month)
    if match["day"]:
        parts.append(day)
    return ([parts], 0) if _possible(parts) else None


def _possible(parts: Sequence[int]) -> bool:
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        return False
    return len(parts) < 3 or 1 <= parts[2] <= _DAYS[parts[1] - 1]


def _from_astronomers(year: int) -> int:
    return year if year > 0 else year - 1


def read_year_and_month(year: str, month: str = "", day: str = "") -> CslDate | None:
    """Read what BibTeX has, plain text: a year, and a month in words or figures, perhaps with a day.

    A year that is none (“in press”) stays as words; a month that is none is left out.
    """
    written = " ".join(year.split())
    if not written:
        return None
    given = written.strip("[]© ")
    bare = given[match.end() :] if (match := _ABOUT.match(given)) else given
    about = bare != given or bare.endswith("?")
    bare = bare.rstrip("?").strip()
    if match := _BEFORE_CHRIST.fullmatch(bare):
        parts = [[-int(match[1])]]
    elif (match := _YEARS.fullmatch(bare)) and int(last := _full_year(match[1], match[2])) > int(match[1]):
        parts = [[int(match[1])], [int(last)]]
    elif (date := read_date(bare)) is not None:
        parts = date["date-parts"]
    else:
        return {"literal": year}
    read: CslDate = {"date-parts": parts} | ({"circa": True} if about else {})
    if len(parts) == 1 and len(parts[0]) == 1:
        _add_month(read, month, day)
    return read


def _full_year(first: str, last: str) -> str:
    """Return the last year of “1917/18” in full; “1917-11” is a month and stays as it is."""
    return last if len(last) > 2 or int(last) <= 12 else first[:-2] + last


def _add_month(date: CslDate, month: str, day: str) -> None:
    """Put a month (or two, for a range), a season and a day into a date that has a year."""
    year = date["date-parts"][0][0]
    pieces = re.findall(r"[^\W\d_]+|[0-9]+", month.lower())
    months = [_MONTH_NUMBERS[piece[:3]] for piece in pieces if piece[:3] in _MONTH_NUMBERS]
    seasons = [_SEASONS[piece] for piece in pieces if piece in _SEASONS]
    figures = [int(piece) for piece in pieces if piece.isdigit() and len(piece) < 3]
    if seasons and not months:
        date["season"] = seasons[0]
        return
    if not months:
        months, figures = figures, []
    days = [int(day)] if re.fullmatch(r"\s*[0-9]{1,2}\s*", day) else figures
    if len(months) == 1:
        sides = [[year, months[0], number] for number in days[:2]] or [[year, months[0]]]
    else:
        sides = [[year, number] for number in months[:2]]
    if sides and all(_possible(side) for side in sides):
        date["date-parts"] = sides
    elif months and _possible([year, months[0]]):
        date["date-parts"] = [[year, months[0]]]


def words(date: Mapping[str, Any]) -> str:
    """Return the words of a CSL date that has no parts. Any: JSON."""
    return "" if _sides(date) else str(date.get("literal") or date.get("raw") or "")


def write_date(date: Mapping[str, Any]) -> str:
    """Return a CSL date as EDTF writes it, or its words where it has no parts. Any: JSON."""
    sides = _sides(date)
    if not sides:
        return words(date)
    about = "~" if _is_about(date) else ""
    season = str(date.get("season")).lower()
    number = _SEASONS.get(season) or (int(season) if re.fullmatch("[1-4]", season) else 0)
    if number and len(sides) == 1 and len(sides[0]) == 1:
        return f"{_iso([*sides[0], 20 + number])}{about}"
    return "/".join(_iso(side) + about if side else ".." for side in sides)


def write_year(date: Mapping[str, Any]) -> tuple[str, str]:
    """Return a CSL date as classic BibTeX writes it: the year, in words if need be, and the month's abbreviation."""
    sides = [side for side in _sides(date) if side]
    if not sides:
        return words(date), ""
    years = [str(side[0]) if side[0] > 0 else f"{-side[0]} BC" for side in sides]
    year = "--".join(dict.fromkeys(years))
    month = _MONTHS[sides[0][1] - 1] if len(sides) == 1 and len(sides[0]) > 1 else ""
    return f"c. {year}" if _is_about(date) else year, month


def is_plain(date: Mapping[str, Any]) -> bool:
    """Say whether a year, or a year and a month, tells the whole of a CSL date (or it has words only)."""
    sides = _sides(date)
    short = len(sides) == 1 and len(sides[0]) < 3 and sides[0][0] > 99
    return not sides or (short and not _is_about(date) and not date.get("season"))


def _is_about(date: Mapping[str, Any]) -> bool:
    return str(date.get("circa") or "").lower() not in ("", "0", "false")


def _sides(date: Mapping[str, Any]) -> list[list[int]]:
    """Return the parts that are numbers and possible; a side that begins with none, or with 0, is an open end: empty."""
    sides: list[list[int]] = []
    for written in list(date.get("date-parts") or [])[:2]:
        side: list[int] = []
        for part in written:
            if not re.fullmatch(r"-?[0-9]{1,6}", str(part)) or not _possible([*side, int(part)]):
                break
            side.append(int(part))
        sides.append(side if side and side[0] else [])
    return sides if any(sides) else []


def _iso(side: Sequence[int]) -> str:
    year = side[0] if side[0] > 0 else side[0] + 1
    written = f"{'-' if year < 0 else ''}{abs(year):04d}"
    if abs(year) > 9999:
        written = f"Y{year}"
    return "-".join([written, *(f"{part:02d}" for part in side[1:])])
