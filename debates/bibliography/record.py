"""The record of a work, in the shape of CSL-JSON (citationstyles.org, schema 1.0.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from debates.bibliography.dates import iso, read_csl_date, read_date
from debates.bibliography.identifiers import RecordError
from debates.bibliography.names import Name, read_names
from debates.bibliography.shapes import CUSTOM, SHAPES, is_empty, read_text
from debates.sentence import gettext_noop

__all__ = ["TYPES", "Name", "Record", "RecordError", "read_date", "read_names", "record_from_csl"]

TYPES = {
    "book": gettext_noop("Book"),
    "chapter": gettext_noop("Chapter"),
    "article": gettext_noop("Article"),
    "article-journal": gettext_noop("Article in a journal"),
    "article-newspaper": gettext_noop("Article in a newspaper"),
    "article-magazine": gettext_noop("Article in a magazine"),
    "webpage": gettext_noop("Web page"),
    "post-weblog": gettext_noop("Blog post"),
    "post": gettext_noop("Post"),
    "pamphlet": gettext_noop("Pamphlet"),
    "report": gettext_noop("Report"),
    "entry-encyclopedia": gettext_noop("Entry in an encyclopedia"),
    "speech": gettext_noop("Speech"),
    "event": gettext_noop("Event"),
    "interview": gettext_noop("Interview"),
    "personal_communication": gettext_noop("Letter or conversation"),
    "manuscript": gettext_noop("Manuscript"),
    "motion_picture": gettext_noop("Film"),
    "legislation": gettext_noop("Law"),
    "thesis": gettext_noop("Thesis"),
    "dataset": gettext_noop("Data set"),
    "document": gettext_noop("Document"),
}
"""The CSL types that we offer, with the word for each."""


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
    """What CSL-JSON has and we have no field for, as it came; and, whole, a value that says more than our field holds
    (a range of years, a number that is no text, a name with flags): it holds as long as our field still says the same.
    Any: JSON."""
    number: str = ""
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    original_date: tuple[int, ...] = ()
    accessed: tuple[int, ...] = ()
    pmid: str = ""
    arxiv: str = ""
    archived_url: str = ""
    archived_on: str = ""  # ISO 8601

    @property
    def year(self) -> int | None:
        """Return the year of publication, where it is known."""
        return self.issued[0] if self.issued else None

    @property
    def link(self) -> str:
        """Return the address where it can be followed; others (`javascript:`) are words, wherever they came from."""
        return _followed(self.url)

    @property
    def archived_link(self) -> str:
        """Return the address of the archived copy where it can be followed."""
        return _followed(self.archived_url)

    def short(self) -> str:
        """Return what a text calls the work: author and year, or its title."""
        names = [_shortened(name.short(), 60) for name in self.authors if name.short()]
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
        """Return the date as ISO 8601 writes it, as exact as it is known; a range, “about” and words as they are."""
        whole = read_csl_date(self.extra.get("issued"))
        return whole.shown() if whole and whole.first == self.issued else iso(self.issued)

    def dated(self, written: str) -> "Record":
        """Return the record with the date that somebody wrote; the date as it is shown changes nothing."""
        if written.strip() == self.date():
            return self
        extra = {key: value for key, value in self.extra.items() if key != "issued"}
        return replace(self, issued=read_date(written) if written.strip() else (), extra=extra)

    def as_csl(self) -> dict[str, Any]:
        """Return the record as one CSL-JSON item, without an id. Any: JSON."""
        item: dict[str, Any] = {key: value for key, value in self.extra.items() if key not in SHAPES}
        item |= {"type": self.type, "title": self.title}
        for key, shape in SHAPES.items():
            value, whole = getattr(self, shape.ours), self.extra.get(key)
            if whole is not None and shape.says(key, whole, value):
                item[key] = whole
            elif written := shape.write(value):
                item[key] = written
        if own := {key: getattr(self, ours) for key, ours in CUSTOM.items() if getattr(self, ours)}:
            custom = self.extra.get("custom")
            item["custom"] = {**custom, **own} if isinstance(custom, Mapping) else own
        return item


def record_from_csl(item: Any) -> Record:
    """Read one CSL-JSON item, losing nothing but its id, nulls and empty values; refuse what has not its shape. Any: JSON."""
    if not isinstance(item, Mapping):
        raise RecordError("", gettext_noop("An item of CSL-JSON is an object with “type” and “title”."))
    ours = {"id", "type", "title", "custom", *SHAPES}
    extra = {key: value for key, value in item.items() if key not in ours and value is not None}
    values: dict[str, Any] = {}  # Any: what our fields hold
    for key, shape in SHAPES.items():
        whole = item.get(key)
        if is_empty(whole):
            continue
        values[shape.ours] = shape.read(key, whole)
        if shape.write(values[shape.ours]) != whole:
            extra[key] = whole
    custom = item.get("custom")
    if custom is not None and not isinstance(custom, Mapping):
        raise RecordError("", gettext_noop("The field “custom” must be an object of named values."))
    if custom:
        found = {name: custom[key] for key, name in CUSTOM.items() if isinstance(custom.get(key), str)}
        values |= found
        if rest := {key: value for key, value in custom.items() if CUSTOM.get(key) not in found}:
            extra["custom"] = rest
    kind, title = item.get("type"), item.get("title")
    return Record(
        type="document" if is_empty(kind) else read_text("type", kind),
        title="" if is_empty(title) else read_text("title", title),
        extra=extra,
        **values,
    )


def _shortened(title: str, most: int = 40) -> str:
    if len(title) <= most:
        return title
    space = title.rfind(" ", 0, most)
    return title[: space if space > 0 else most - 1] + "…"


def _followed(address: str) -> str:
    return address if address.lower().startswith(("https://", "http://")) else ""
