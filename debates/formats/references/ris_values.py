"""Single values of RIS, each read and written: a name, a date, pages, a number of a book or journal."""

import re
from collections.abc import Mapping
from typing import Any

from debates.bibliography.dates import CslDate, read_csl_date
from debates.bibliography.names import Name, read_names

_SLASHED = re.compile(r"(-?[0-9]{1,4})(?:/([0-9]{0,2}))?(?:/([0-9]{0,2}))?(?:/(.*))?")
_DASHED = re.compile(r"(-?[0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?(?:T.*)?")
_WORD = re.compile(r"[^\s,./-]+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
)
_SEASONS = ("spring", "summer", "autumn", "winter")
_RANGE = re.compile(r"([^\s–-]+)-([^\s–-]+)")
_PAGES_COUNTED = re.compile(r"([0-9]+)\s*(?:pp?\.?|pages)?", re.IGNORECASE)
_ISBN = re.compile(r"(?:[0-9][- ‐–]?){9}[0-9Xx]|(?:[0-9][- ‐–]?){12}[0-9]")
_ISSN = re.compile(r"[0-9]{4}[-‐–]?[0-9]{3}[0-9Xx]")
_NUMBER = re.compile(r"[0-9][0-9Xx ‐–-]*")


def read_name(written: str) -> dict[str, str] | None:
    """Return `Family, Given, Suffix` as a name of CSL-JSON; nothing for a line that holds no name.

    A body is written `World Health Organization,` by EndNote and without the comma by others; a comma of its own is
    doubled (`Ministry of Works,, Harbour Board`). One word alone is a family name.
    """
    text = " ".join(written.split())
    head, doubled, rest = text.partition(",,")
    if doubled:
        return (
            _kept({"literal": f"{head}, {rest.strip(' ,')}"}) if rest.strip(" ,") else _kept({"family": head})
        )
    if "," not in text and " " not in text:
        return _kept({"family": text})
    if text.endswith(",") and text.count(",") == 1:
        return _kept({"literal": text[:-1].strip()})
    name = next(iter(read_names(text)), Name())
    return _kept(
        {
            "family": name.family,
            "given": name.given,
            "literal": name.literal,
            "non-dropping-particle": name.particle,
            "dropping-particle": name.dropping,
            "suffix": name.suffix,
        }
    )


def _kept(parts: dict[str, str]) -> dict[str, str] | None:
    return {key: part for key, part in parts.items() if part} or None


def write_name(name: Mapping[str, Any]) -> str:
    """Return a name of CSL-JSON as RIS has it; the inverse of `read_name`. Any: JSON."""
    parts = {key: " ".join(part.split()) for key, part in name.items() if isinstance(part, str)}
    if literal := parts.get("literal"):
        head, comma, rest = literal.partition(",")
        return f"{head.strip()},, {rest.strip()}" if comma else f"{literal},"
    family = Name(family=parts.get("family", ""), particle=parts.get("non-dropping-particle", "")).short()
    given = " ".join(filter(None, (parts.get("given"), parts.get("dropping-particle"))))
    if suffix := parts.get("suffix"):
        return f"{family}, {given}, {suffix}"
    if given:
        return f"{family}, {given}"
    return f"{family},," if " " in family else family


def read_ris_date(written: str, year: int | None = None) -> dict[str, Any] | None:
    """Return a date as CSL-JSON has it, or nothing if it is none; `year` stands where it names none (`DA  - July`).

    The format writes YYYY/MM/DD/other, in which all but the year may be empty; others write ISO 8601 or words. What
    stands last is a season. Any: JSON.
    """
    text = " ".join(written.split())
    match = _SLASHED.fullmatch(text) or _DASHED.fullmatch(text)
    if match is None:
        return _parts(_worded(text, year))
    parts: list[int] = []
    for part in match.groups()[:3]:
        if not part or not int(part):
            break
        parts.append(int(part))
    date = _parts(parts)
    season = (match[4] or "").strip() if match.re is _SLASHED else ""
    if date is not None and season:
        known = season.lower().replace("fall", "autumn")
        date["season"] = _SEASONS.index(known) + 1 if known in _SEASONS else season
    return date


def _worded(text: str, year: int | None) -> list[int]:
    """Read a date of a month in English, in any order, with nothing else: `3 May 2011`, `May 3`, `July`."""
    month = day = 0
    for word in _WORD.findall(text.lower()):
        if not month and _MONTH.fullmatch(word):
            month = _MONTHS.index(word[:3]) + 1
        elif re.fullmatch(r"[0-9]{4}", word):
            year = int(word)
        elif not day and re.fullmatch(r"[0-9]{1,2}", word):
            day = int(word)
        else:
            return []
    return [part for part in (year, month, day) if part] if month and year else []


def _parts(parts: list[int]) -> dict[str, Any] | None:
    """Return parts as a date, if there is such a day. Any: JSON."""
    date = {"date-parts": [parts]}
    read = read_csl_date(date) if parts else None
    return date if read is not None and read.first == tuple(parts) else None


def write_ris_date(date: CslDate) -> str:
    """Return a date as YYYY/MM/DD/season, as exact as it is known; empty if it has no year."""
    if not date.first:
        return ""
    year, *rest = date.first
    parts = [f"{year:04d}", *(f"{part:02d}" for part in rest), "", ""][:3]
    return "/".join((*parts, date.season.capitalize() if date.season in _SEASONS else date.season))


def read_pages(first: str, last: str) -> str:
    """Return pages as CSL-JSON has them, of SP and EP; some programs write all of them into SP."""
    if not last or not first or first == last:
        return first or last
    whole = first.endswith(last) and first[: -len(last)].endswith(("-", "–", " "))
    return first if whole else f"{first}-{last}"


def write_pages(pages: str, *, counted: bool) -> tuple[str, str]:
    """Return SP and EP. Where SP alone would be how many pages there are (`counted`), one page is its own last."""
    match = _RANGE.fullmatch(pages)
    if match is not None and match[1] != match[2]:
        return match[1], match[2]
    return pages, pages if counted and read_count(pages) else ""


def read_count(written: str) -> str:
    """Return how many pages there are, if that is what is written (`320`, `320 p.`)."""
    match = _PAGES_COUNTED.fullmatch(written)
    return match[1] if match else ""


def serials(written: str) -> list[str]:
    """Return the numbers that stand in one value, if it is made of such; else the value as it is."""
    words = written.split()
    return words if all(_ISSN.fullmatch(word) or _ISBN.fullmatch(word) for word in words) else [written]


def read_serial(written: str, kind: str) -> str:
    """Say which CSL variable holds a value of SN in a work of that type: by its shape, else by the type."""
    numbered = kind in ("report", "patent", "standard")
    words = written.split()
    if words and all(_ISSN.fullmatch(word) and (not numbered or "-" in word) for word in words):
        return "ISSN"
    if any(_ISBN.fullmatch(number.strip(" ‐–-")) for number in _NUMBER.findall(written)):
        return "ISBN"
    if numbered:
        return "number"
    return "ISSN" if kind.startswith("article") or kind == "periodical" else "ISBN"
