"""The record of a work, in the shape of CSL-JSON (citationstyles.org, schema 1.0.2)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

TYPES = {
    "book": "Book",
    "chapter": "Chapter",
    "article": "Article",
    "article-journal": "Article in a journal",
    "article-newspaper": "Article in a newspaper",
    "article-magazine": "Article in a magazine",
    "webpage": "Web page",
    "post-weblog": "Blog post",
    "post": "Post",
    "pamphlet": "Pamphlet",
    "report": "Report",
    "entry-encyclopedia": "Entry in an encyclopedia",
    "speech": "Speech",
    "event": "Event",
    "interview": "Interview",
    "personal_communication": "Letter or conversation",
    "manuscript": "Manuscript",
    "motion_picture": "Film",
    "legislation": "Law",
    "thesis": "Thesis",
    "dataset": "Data set",
    "document": "Document",
}
"""The CSL types that we offer, with the word for each."""

LOCATORS = (
    "page",
    "chapter",
    "paragraph",
    "section",
    "line",
    "verse",
    "volume",
    "part",
    "note",
    "column",
    "folio",
    "figure",
    "table",
    "timestamp",
)
"""The CSL locator labels that we offer. (CSL 1.0.2 has more; these are those that people use.)"""

DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of each month. February has 29 in every year: 1900 was a leap year wherever the Julian calendar held."""

DOI = re.compile(r"10\.\d{4,9}/\S+")
LONGEST_DOI = 200


class RecordError(ValueError):
    """Say in one sentence what in a record is not so."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Name:
    """A person (family and given name) or a body (literal)."""

    family: str = ""
    given: str = ""
    literal: str = ""

    def short(self) -> str:
        """Return the name that stands in a text."""
        return self.literal or self.family or self.given

    def inverted(self) -> str:
        """Return the name as a list of references begins with it."""
        return self.literal or ", ".join(part for part in (self.family, self.given) if part)


@dataclass(frozen=True)
class Record:
    """One work. Empty text means that the field is not known."""

    type: str
    title: str
    authors: tuple[Name, ...] = ()
    issued: tuple[int, ...] = ()  # (year), (year, month) or (year, month, day)
    container: str = ""
    publisher: str = ""
    place: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    url: str = ""
    doi: str = ""
    isbn: str = ""
    note: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What CSL-JSON has and we have no field for; kept as it came. Any: JSON."""

    @property
    def year(self) -> int | None:
        """Return the year of publication, where it is known."""
        return self.issued[0] if self.issued else None

    @property
    def link(self) -> str:
        """Return the address where it can be followed; others (`javascript:`) are words, wherever they came from."""
        return self.url if self.url.lower().startswith(("https://", "http://")) else ""

    def short(self) -> str:
        """Return what a text calls the work: author and year, or its title."""
        names = [name.short() for name in self.authors if name.short()]
        if not names:
            head = self.title if len(self.title) <= 60 else self.title[:57].rstrip() + "…"
        elif len(names) > 2:
            head = f"{names[0]} et al."
        else:
            head = " and ".join(names)
        if not self.year:
            return head if not names else f"{head}, {_shortened(self.title)}"
        return f"{head} {self.year}"

    def publication(self) -> str:
        """Return what follows the title in a plain reference: where it appeared, by whom, when."""
        imprint = ": ".join(part for part in (self.place, self.publisher) if part)
        volume = f"{self.volume}({self.issue})" if self.volume and self.issue else self.volume
        parts = [self.container, volume, self.edition, imprint, self.date(), self.pages]
        return ", ".join(part for part in parts if part)

    def date(self) -> str:
        """Return the date as ISO 8601 writes it, as exact as it is known."""
        return "-".join(f"{part:02d}" for part in self.issued)

    def as_csl(self) -> dict[str, Any]:
        """Return the record as one CSL-JSON item, without an id. Any: JSON."""
        item: dict[str, Any] = {**self.extra, "type": self.type, "title": self.title}
        if self.authors:
            item["author"] = [
                {
                    key: value
                    for key, value in (("family", n.family), ("given", n.given), ("literal", n.literal))
                    if value
                }
                for n in self.authors
            ]
        if self.issued:
            item["issued"] = {"date-parts": [list(self.issued)]}
        for key, value in self._plain():
            if value:
                item[key] = value
        return item

    def _plain(self) -> list[tuple[str, str]]:
        return [(csl, getattr(self, ours)) for csl, ours in PLAIN.items()]


PLAIN = {
    "container-title": "container",
    "publisher": "publisher",
    "publisher-place": "place",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "edition": "edition",
    "URL": "url",
    "DOI": "doi",
    "ISBN": "isbn",
    "note": "note",
}
"""CSL-JSON's name of each plain field, and ours."""


def _shortened(title: str, most: int = 40) -> str:
    if len(title) <= most:
        return title
    return title[: title.rfind(" ", 0, most)] + "…"


def record_from_csl(item: Mapping[str, Any]) -> Record:
    """Read one CSL-JSON item, keeping what we have no field for. Any: JSON."""
    known = {"type", "title", "author", "issued", *PLAIN}
    parts: Sequence[Any] = next(iter(item.get("issued", {}).get("date-parts", [])), [])
    return Record(
        type=str(item.get("type", "document")),
        title=str(item.get("title", "")),
        authors=tuple(
            Name(str(n.get("family", "")), str(n.get("given", "")), str(n.get("literal", "")))
            for n in item.get("author", [])
        ),
        issued=tuple(int(part) for part in parts),
        extra={key: value for key, value in item.items() if key not in known},
        **{ours: str(item.get(csl, "")) for csl, ours in PLAIN.items()},
    )


def read_date(written: str) -> tuple[int, ...]:
    """Read a year, a year and month, or a day (ISO 8601); refuse what is none of these."""
    match = re.fullmatch(r"\s*(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\s*", written)
    if match is None:
        raise RecordError(
            "issued", f"“{written}” is not a date: write a year, as in 1917, or a day, as in 1917-11-07."
        )
    parts = tuple(int(part) for part in match.groups() if part)
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        raise RecordError("issued", f"“{written}” is not a date: the month goes from 1 to 12.")
    if len(parts) > 2 and not 1 <= parts[2] <= DAYS[parts[1] - 1]:
        raise RecordError(
            "issued", f"“{written}” is not a date: that month has {DAYS[parts[1] - 1]} days at most."
        )
    return parts


def read_names(written: str) -> tuple[Name, ...]:
    """Read authors, one a line: `Family, Given` for a person, a name without a comma for a body."""
    names = []
    for line in written.splitlines():
        line = " ".join(line.split())
        if not line:
            continue
        family, comma, given = line.partition(",")
        names.append(Name(family=family.strip(), given=given.strip()) if comma else Name(literal=line))
    return tuple(names)


def read_doi(written: str) -> str:
    """Return the bare DOI of what somebody pasted (with or without an address before it)."""
    text = written.strip()
    if not text:
        return ""
    match = DOI.search(text)
    if match is None:
        raise RecordError("doi", f"“{text}” is not a DOI: one begins with 10., as in 10.1000/182.")
    doi = match[0].rstrip(".,;").lower()
    if len(doi) > LONGEST_DOI:
        raise RecordError("doi", f"The DOI has {len(doi)} characters; one has at most {LONGEST_DOI}.")
    return doi


def read_isbn(written: str) -> str:
    """Return the bare ISBN of 10 or 13 digits; refuse one whose check digit does not fit (ISO 2108)."""
    text = re.sub(r"[\s‐-―-]|(?i:isbn(?:-1[03])?:?)", "", written.strip()).upper()
    if not text:
        return ""
    if re.fullmatch(r"[0-9]{9}[0-9X]", text):
        total = sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(text))
        valid = total % 11 == 0
    elif re.fullmatch(r"[0-9]{13}", text):
        valid = sum((3 if place % 2 else 1) * int(digit) for place, digit in enumerate(text)) % 10 == 0
    else:
        raise RecordError("isbn", f"“{written.strip()}” is not an ISBN: one has 10 or 13 digits.")
    if not valid:
        raise RecordError(
            "isbn",
            f"“{written.strip()}” is not an ISBN: its last digit does not fit the others. Is one mistyped?",
        )
    return text


def read_locator(written: str) -> tuple[str, str]:
    """Split `page 111` or `pp. 184–185` into CSL's label and the value; without a known label it is a page."""
    text = " ".join(written.split())
    if not text:
        return "", ""
    short = {
        "p": "page",
        "pp": "page",
        "ch": "chapter",
        "chap": "chapter",
        "para": "paragraph",
        "sec": "section",
        "§": "section",
        "vol": "volume",
    }
    # “p.12” and “§12” are written without a space as often as with one.
    head, _, rest = re.sub(r"^(§|[A-Za-z]+\.)(?=\S)", r"\1 ", text).partition(" ")
    word = head.rstrip(".").lower()
    label = short.get(word) or next((one for one in LOCATORS if word in (one, one + "s")), "")
    if label and rest:
        return label, rest
    return "page", text
