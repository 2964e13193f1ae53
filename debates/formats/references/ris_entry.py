"""Make one entry of RIS, its values by tag, an item of CSL-JSON.

What a tag means stands in `ris_tables`. A tag for which CSL has no variable, and a second value where there is room for one,
are kept as they came in the item's `custom`, under `ris`, and `write_ris` writes them again.
"""

import re
from collections.abc import Callable, Iterable
from itertools import chain, zip_longest
from typing import Any

from debates.formats.references.ris_tables import (
    ALIASES,
    COUNTED,
    CSL_TYPES,
    GATHERINGS,
    LINES,
    NEAREST,
    RIS_TYPES,
    SERIES,
    Layout,
    name_tags,
    place_tags,
    plain_tags,
    title_tags,
)
from debates.formats.references.ris_values import (
    read_count,
    read_name,
    read_pages,
    read_ris_date,
    read_serial,
)

_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:?\s{0,9})?(10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+)", re.IGNORECASE
)
_PMID = re.compile(r"PMID:?\s{0,9}([0-9]{1,8})", re.IGNORECASE)
_ARXIV = re.compile(r"arXiv:\s{0,9}(\S+)", re.IGNORECASE)
_PMCID = re.compile(r"(PMC[0-9]{1,10})", re.IGNORECASE)
_DIGITS = re.compile(r"([0-9]{1,8})")
_LINK = re.compile(r"(https?://\S+)", re.IGNORECASE)
_ISSUED = ("PY", "Y1", "DA")
_PUBMED = ("medline", "pubmed")


class Tags:
    """The values of one entry by tag, in order; what is taken is gone, and what is left at the end is kept as it is."""

    def __init__(self) -> None:
        self.values: dict[str, list[str]] = {}
        self.name = ""
        """What the entry calls itself (ID)."""

    def add(self, tag: str, parts: Iterable[str]) -> None:
        """Add a value that was written in one line or several."""
        value = " ".join(filter(None, (part.strip() for part in parts)))
        if tag and value:
            self.values.setdefault(tag, []).append(value)

    def has(self, tag: str) -> bool:
        return bool(self.values.get(tag))

    def take(self, tag: str) -> str:
        """Take the first value of a tag, and what repeats it; nothing is an empty text."""
        values = self.values.pop(tag, [])
        self.values[tag] = [other for other in values if other != values[0]]
        return values[0] if values else ""

    def take_all(self, tag: str) -> list[str]:
        return self.values.pop(tag, [])

    def take_match(self, pattern: re.Pattern[str], *tags: str) -> str:
        """Take the first value that is, as a whole, what a pattern describes, and return its group."""
        for tag in tags:
            for value in self.values.get(tag, ()):
                if match := pattern.fullmatch(value):
                    self.values[tag].remove(value)
                    return match[1]
        return ""

    def rename(self, tag: str, *others: str) -> None:
        """Let the values under another tag stand for the ones that are missing, and drop those that only repeat."""
        if not self.has(tag):
            other = next((other for other in others if self.has(other)), tag)
            self.values[tag] = self.values.pop(other, [])
        here = set(self.values[tag])
        for other in others:
            self.values[other] = [value for value in self.values.get(other, ()) if value not in here]

    def join(self, tag: str, other: str) -> None:
        """Put the values of another tag before those of this one, but what it only repeats."""
        here = self.values.pop(tag, [])
        known = set(here)
        self.values[tag] = [value for value in self.values.pop(other, []) if value not in known] + here

    def lay(self, layouts: Iterable[Layout], taken: Callable[[str], Any]) -> dict[str, Any]:
        """Return the variables of the first layout whose tags are all there, each as `taken` has it. Any: JSON."""
        for layout in layouts:
            if all(self.has(tag) for tag in layout):
                return {variable: taken(tag) for tag, variable in layout.items()}
        return {}


def item_of(tags: Tags) -> dict[str, Any]:
    """Return the item that an entry describes, without an id; what has no place in it stands in `custom`. Any: JSON."""
    tags.name = next(iter(tags.take_all("ID")), "")
    kind, unknown = _kind(tags)
    for tag, others in ALIASES.items():
        tags.rename(tag, *others)
    title = _title(tags, kind)
    _rename_containers(tags, kind)
    custom: dict[str, Any] = {"arxiv": tags.take_match(_ARXIV, "AN")}
    parts = chain(
        _identifiers(tags, kind).items(),
        _pages(tags, kind).items(),
        _dates(tags).items(),
        _names(tags, kind).items(),
        ((variable, "\n".join(tags.take_all(tag))) for tag, variable in LINES.items()),
        tags.lay(title_tags(kind), tags.take).items(),
        tags.lay(place_tags(kind), tags.take).items(),
        ((variable, tags.take(tag)) for tag, variable in plain_tags(kind).items()),
        (("keyword", ", ".join(_keywords(tags))),),
    )
    item: dict[str, Any] = {"type": kind, "title": title}
    for variable, value in parts:
        if value:
            item.setdefault(variable, value)
    custom["ris"] = unknown | {tag: values for tag, values in tags.values.items() if values}
    if custom := {key: value for key, value in custom.items() if value}:
        item["custom"] = custom
    return item


def _keywords(tags: Tags) -> list[str]:
    """Return the keywords; some programs write all of them in one line."""
    return [word.strip() for written in tags.take_all("KW") for word in written.split(", ") if word.strip()]


def _kind(tags: Tags) -> tuple[str, dict[str, list[str]]]:
    """Return the CSL type, and the RIS type if it is one that nobody knows."""
    code = " ".join(tags.take_all("TY")[:1]).upper() or "GEN"
    known = CSL_TYPES.get(code)
    if known is None:
        return "document", {"TY": [code]}
    for named in tags.values.get("M3", ()):
        if NEAREST.get(named) == RIS_TYPES[known]:
            tags.values["M3"].remove(named)
            return named, {}
    return known, {}


def _title(tags: Tags, kind: str) -> str:
    if kind in SERIES or kind in ("article", "manuscript"):
        tags.rename("TI", "BT")
    if kind == "periodical":
        tags.rename("TI", "T2", "JF", "JO")
    return tags.take("TI") or tags.take("ST")


def _rename_containers(tags: Tags, kind: str) -> None:
    """Bring the names of what a work stands in under one tag; JO is the whole name of a journal, or a shorter one."""
    if kind in SERIES or kind in GATHERINGS:
        return  # JF stands for itself
    tags.rename("T2", "JF", "JO", "BT")
    if tags.has("JO") and not tags.has("J2"):
        tags.rename("J2", "JO")
    if kind.startswith("article") and not tags.has("T2"):
        tags.values["T2"] = list(tags.values["J2"][:1])


def _identifiers(tags: Tags, kind: str) -> dict[str, str]:
    found = {
        "DOI": tags.take_match(_DOI, "DO", "M3", "N1"),
        "URL": tags.take("UR") or tags.take_match(_LINK, "L2", "L1"),
        "PMCID": tags.take_match(_PMCID, "C2"),
        "PMID": tags.take_match(_PMID, "AN"),
    }
    if not found["PMID"] and any(name.lower() in _PUBMED for name in tags.values.get("DB", ())):
        found["PMID"] = tags.take_match(_DIGITS, "AN")
    serials: dict[str, list[str]] = {}
    for value in dict.fromkeys(tags.take_all("SN")):
        serials.setdefault(read_serial(value, kind), []).append(value)
    tags.values["SN"] = serials.pop("number", [])
    found["number"] = tags.take("M1") or tags.take("SN")
    if kind == "article-journal" and not found["number"]:
        found["number"] = tags.take("C7")
    return found | {
        "archive_location": tags.take("AN"),
        "genre": tags.take("M3"),
        **{name: " ".join(values) for name, values in serials.items()},
    }


def _pages(tags: Tags, kind: str) -> dict[str, str]:
    firsts, lasts = (list(dict.fromkeys(tags.take_all(tag))) for tag in ("SP", "EP"))
    first, last = next(iter(firsts), ""), next(iter(lasts), "")
    if kind in COUNTED and not last and len(firsts) == 1 and (count := read_count(first)):
        return {"number-of-pages": count}
    # EndNote repeats the first page of an article under the tag of its section; a last page alone is the only one.
    only = first or last
    if kind.startswith("article") and only and set(tags.values.get("SE", ())) == {re.split("[-–]", only)[0]}:
        tags.take_all("SE")
    ranges = zip_longest(firsts, lasts, fillvalue="")
    return {"page": ", ".join(read_pages(*one) for one in ranges)}


def _dates(tags: Tags) -> dict[str, Any]:
    """Return the dates: the year is PY's, else Y1's, else DA's; of those that agree with it, the most exact. Any: JSON."""
    found: dict[str, Any] = {}
    for variable, tag in (("accessed", "Y2"), ("original-date", "OP")):
        date = read_ris_date(tags.values[tag][0]) if tags.has(tag) else None
        if date is not None:
            found[variable] = date
            tags.take(tag)
    written = [(tag, value) for tag in _ISSUED for value in tags.take_all(tag)]
    dated = (date for _tag, value in written if (date := read_ris_date(value)))
    year = next((date["date-parts"][0][0] for date in dated), None)
    best: dict[str, Any] = {}
    for tag, value in written:
        date = read_ris_date(value, year)
        if date is not None and date["date-parts"][0][0] == year:
            best = max(best, date, key=_exactness)
        else:
            tags.values.setdefault(tag, []).append(value)
    if not best and (words := next((tag for tag in _ISSUED if tags.has(tag)), "")):
        best = {"literal": tags.take(words)}
    return found | {"issued": best}


def _exactness(date: dict[str, Any]) -> tuple[int, bool]:
    """Return how much a date says, to be compared. Any: JSON."""
    return len(date["date-parts"][0]) if date else 0, "season" in date


def _names(tags: Tags, kind: str) -> dict[str, list[dict[str, str]]]:
    def names(tag: str) -> list[dict[str, str]]:
        return [name for value in tags.take_all(tag) if (name := read_name(value))]

    tags.join("AU", "A1")
    if kind not in ("interview", "personal_communication"):
        tags.join("A3" if kind == "book" else "A2", "ED")
    return {
        "author": names("AU"),
        "translator": names("A4"),
        **tags.lay(name_tags(kind), names),
    }
