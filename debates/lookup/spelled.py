"""Names and dates as pages write them, for people: “By Lena Marsh and Tom Reed”, “March 1, 2020”."""

import re

from debates.bibliography.dates import read_date
from debates.bibliography.identifiers import RecordError
from debates.bibliography.names import PARTICLES
from debates.lookup.item import plain

_BY = re.compile(r"^(?:(?:written|posted|published|story|words)\s+)?by[:\s]+", re.IGNORECASE)
_NO_NAME = re.compile(r"https?:|www\.|@|[<>{}\[\]=|\\/]|\d{3}")
_AND = re.compile(r"\s*[;|•·]\s*|,?\s+(?:and|und|et|&|＆)\s+")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|II|III|IV")
_BODY = re.compile(
    r"\b(?:agency|association|authority|board|bureau|center|centre|college|commission|committee|company|corporation|council"
    r"|department|desk|editors?|editorial|foundation|government|group|guardian|inc|institut[eo]?|journal|ltd|llc|gmbh|magazine"
    r"|ministry|museum|network|news|office|organi[sz]ation|press|project|redaktion|reporters?|reuters|school|service|society"
    r"|staff|team|times|trust|union|universit\w+|writers?)\b|^the\b",
    re.IGNORECASE,
)
"""Words that people are not called by; what has one is a body."""
_NOBODY = (
    "admin",
    "administrator",
    "anonymous",
    "author",
    "by",
    "editor",
    "guest",
    "root",
    "unknown",
    "user",
)
"""What systems write where nobody has given a name."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_ISO = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<number>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?(?![\d-])")
_COMPACT = re.compile(r"(?P<year>[12]\d{3})(?P<number>\d{2})(?P<day>\d{2})(?!\d)")
_WORDED = (
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+{_MONTH},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"{_MONTH},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
)
"""In English only: what other languages write looks like it and may mean another month."""


def day_of(written: object) -> tuple[int, ...]:
    """Return year, month and day of a date as pages write it, as exact as it says and is possible; empty for none.

    A time and its zone are left out: the day is the one that stands there. Days before months in figures (01/02/2020) are
    not read, since nobody can tell which is which.
    """
    text = written.strip()[:60] if isinstance(written, str) else ""
    found = _COMPACT.match(text) or _ISO.match(text)
    found = found or next((match for one in _WORDED if (match := one.search(text))), None)
    if found is None:
        return ()
    groups = found.groupdict()
    month = groups.get("number") or (
        str(_MONTHS.index(groups["month"].lower()) + 1) if groups.get("month") else None
    )
    parts = [part for part in (groups["year"], month, groups.get("day") if month else None) if part]
    while parts:
        try:
            return read_date("-".join(parts))
        except RecordError:
            parts.pop()
    return ()


def people_of(written: str) -> list[dict[str, str]]:
    """Return the names in a byline, in the shape of CSL; addresses and handles in it are nobody's name."""
    text = _BY.sub("", plain(written, 1000))
    names: list[dict[str, str]] = []
    for part in _AND.split(text):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        # “Lena Marsh, Tom Reed” are two people, “Lena Marsh, Reuters” one and a body, “Marsh, Lena, Jr.” is one.
        capitals = [one for one in pieces[1:] if one.isalpha() and one.isupper() and not pieces[0].isupper()]
        bodies = capitals or [one for one in pieces[1:] if _BODY.search(one)]
        several = len(pieces) > 1 and (all(" " in piece for piece in pieces) or bool(bodies))
        for piece in pieces if several else [part]:
            name = person_of(piece)
            if name and name not in names:
                names.append(name)
    return names


def person_of(written: str) -> dict[str, str]:
    """Return one name in the shape of CSL: family and given name where it is a person's, else literal; empty for no name.

    The last word is taken for the family name, with the particles before it; that is wrong for names that are written the
    other way round, and whoever adds the work sees it before it is saved.
    """
    text = plain(written, 300).strip(" ,;:-–—")
    if len(text) > 200 or _NO_NAME.search(text) or text.lower() in _NOBODY or not any(map(str.isalpha, text)):
        return {}
    if "," in text:
        family, given, suffix = (part.strip() for part in (*text.split(",", 2), "")[:3])
        if not family or not given or (" " in family and _BODY.search(family)):
            return {"literal": text}
        words, start = family.split(), 0
        while start < len(words) - 1 and PARTICLES.fullmatch(words[start]):
            start += 1
        return _name(given, words[:start], " ".join(words[start:]), suffix)
    words = text.split()
    if len(words) == 1 or len(words) > 5 or _BODY.search(text):
        return {"literal": text}
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    start = len(words) - 1
    while start > 1 and PARTICLES.fullmatch(words[start - 1]):
        start -= 1
    return _name(" ".join(words[:start]), words[start:-1], words[-1], suffix)


def _name(given: str, particles: list[str], family: str, suffix: str) -> dict[str, str]:
    name = {"given": given, "non-dropping-particle": " ".join(particles), "family": family, "suffix": suffix}
    return {part: held for part, held in name.items() if held}
