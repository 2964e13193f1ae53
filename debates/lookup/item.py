"""Shape what others call CSL-JSON into an item of the standard: its fields, its shapes, and nothing beside them."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from debates.bibliography.csl import FIELDS, NUMBERS, TEXTS
from debates.bibliography.csl import NAMES as NAME_FIELDS
from debates.bibliography.dates import read_csl_date
from debates.bibliography.identifiers import RecordError, read_doi, read_isbn

LONGEST_FIELD = 5_000
"""Characters of a field; the rest is cut off, since an abstract is worth less than the record."""

TYPES = {
    # Crossref's (api.crossref.org/types); CSL's own names stand for themselves
    "journalarticle": "article-journal",
    "postedcontent": "article",
    "bookchapter": "chapter",
    "booksection": "chapter",
    "bookpart": "chapter",
    "booktrack": "chapter",
    "monograph": "book",
    "editedbook": "book",
    "referencebook": "book",
    "bookset": "book",
    "bookseries": "book",
    "proceedings": "book",
    "proceedingsarticle": "paper-conference",
    "proceedingsseries": "book",
    "dissertation": "thesis",
    "referenceentry": "entry-encyclopedia",
    "peerreview": "review",
    "reportcomponent": "report",
    "reportseries": "report",
    "standardseries": "standard",
    "journal": "periodical",
    "journalissue": "periodical",
    "journalvolume": "periodical",
    "database": "dataset",
    # DataCite's (its `resourceTypeGeneral`), where they come through untranslated
    "conferencepaper": "paper-conference",
    "conferenceproceeding": "book",
    "datapaper": "article-journal",
    "preprint": "article",
    "image": "graphic",
    "audiovisual": "motion_picture",
    "computationalnotebook": "software",
    "text": "document",
}
"""Other programs' types of works in small letters without marks, and CSL's; all that is in neither is a document."""

_OTHER_NAMES = {
    "short-container-title": "container-title-short",
    "publisher-location": "publisher-place",
    "edition-number": "edition",
    "article-number": "number",
}
"""Crossref's own names of what CSL has under another."""
_OURS_TO_SAY = frozenset(
    {
        # What depends on who cites; and `source` and `archive`, which with Crossref are itself and a backup of the journal.
        *("annote", "archive", "archive_collection", "archive_location", "archive-place", "citation-key"),
        *("citation-label", "citation-number", "first-reference-note-number", "keyword", "locator", "note"),
        *("references", "source", "status", "year-suffix"),
    }
)
_SHAPED_APART = frozenset({"title", "DOI", "ISBN", "URL", "event"})
_NAME_PARTS = ("family", "given", "suffix", "dropping-particle", "non-dropping-particle", "literal")
_NOBODY = re.compile(r"\(?:(?:unac|unal|unap|unas|unav|unkn|none|null|tba|etal)\)?", re.IGNORECASE)
"""What registers of DOIs and ARKs write where nothing is known: (:unav), unavailable; (:tba), to be announced; and so on."""

_TAG = re.compile(r"</?([A-Za-z][\w:.-]*)(?:\s[^<>]*)?/?>")
_KNOWN_TAG = re.compile(
    r"</?((?:jats|mml|xhtml):[\w-]+|a|b|br|div|em|font|h[1-6]|i|italic|bold|li|ol|p|sc|scp|span|strong|sub|sup|title|tt|u|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"(?:\w+:)?(?:br|div|h[1-6]|li|list|list-item|ol|p|sec|title|ul)", re.IGNORECASE)
_JOINERS = "\u200c\u200d"


def plain(written: object, most: int = LONGEST_FIELD) -> str:
    """Return a text or a number as one line without markup and invisible marks; anything else as an empty text.

    Entities are resolved twice, as Crossref has both `<i>` and `&lt;i&gt;`; what then looks like a tag is dropped only if
    it is one that is used in titles.
    """
    if isinstance(written, int | float) and not isinstance(written, bool):
        whole = abs(written) < 1e15 and int(written) == written
        written = str(int(written)) if whole else str(written) if abs(written) < 1e15 else ""
    if not isinstance(written, str):
        return ""
    text = written[: 4 * most]
    for tag in (_TAG, _KNOWN_TAG):
        text = unescape(tag.sub(lambda found: " " if _BLOCK.fullmatch(found[1]) else "", text))
    text = "".join(
        char if char.isprintable() or char in _JOINERS else " " if char.isspace() or char < " " else ""
        for char in text
    )
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def first_of(value: object) -> str:
    """Return a text, or the first text of a list of them, as plain as `plain` makes it."""
    held = value if isinstance(value, list) else [value]
    return next((text for one in held if (text := plain(one))), "")


def kind_of(value: object) -> str:
    """Return CSL's type for what another program calls it; “document” for what nobody knows."""
    text = plain(value, 60).lower()
    if text in FIELDS["types"]:
        return text
    return TYPES.get(re.sub(r"[^a-z]", "", text), "document")


def names_of(value: object) -> list[dict[str, str]]:
    """Return names as CSL has them; Crossref calls a body `name`, and some write people as texts."""
    names = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            parts = {part: text for part in _NAME_PARTS if (text := plain(one.get(part), 300))}
            if not parts.keys() & {"family", "given", "literal"}:
                parts = {"literal": plain(one.get("name"), 300)}
        else:
            parts = {"literal": plain(one, 300)}
        if all(parts.values()) and not any(_NOBODY.fullmatch(text) for text in parts.values()):
            names.append(parts)
    return names


def date_of(value: object) -> dict[str, list[list[int]]]:
    """Return a date as CSL has it, as exact as it is known; empty where it is not (`{"date-parts": [[null]]}`)."""
    date = read_csl_date(value)
    if date is None or not date.first:
        return {}
    sides = [list(date.first), *([list(date.last)] if date.last and date.last > date.first else [])]
    return {"date-parts": sides}


def shaped(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return one item of CSL-JSON without an id, that `check_item` finds nothing wrong with. Any: JSON, from anybody.

    What the standard has no field for is dropped, not kept in `custom`: it is another's, and can be fetched again.
    """
    known = {_OTHER_NAMES.get(key, key): value for key, value in raw.items()} | {
        key: value for key, value in raw.items() if key not in _OTHER_NAMES
    }
    item: dict[str, Any] = {"type": kind_of(known.get("type"))}
    if title := _title(known):
        item["title"] = title
    for key in sorted(NAME_FIELDS & known.keys()):
        if names := names_of(known[key]):
            item[key] = names
    for key in sorted((TEXTS | NUMBERS) - _OURS_TO_SAY - _SHAPED_APART):
        if (text := first_of(known.get(key))) and not _NOBODY.fullmatch(text):
            item[key] = text
    for key in ("issued", "event-date", "original-date", "submitted"):
        if date := date_of(known.get(key)):
            item[key] = date
    if "issued" not in item:
        printed = (date_of(known.get(key)) for key in ("published-print", "published-online", "published"))
        if date := next(filter(None, printed), {}):
            item["issued"] = date
    return item | _identifiers(known) | _occasion(known, item)


def _title(known: Mapping[str, Any]) -> str:
    """Return the title with its subtitle, which Crossref keeps apart and CSL does not. Any: JSON."""
    title, subtitle = first_of(known.get("title")), first_of(known.get("subtitle"))
    if _NOBODY.fullmatch(title):
        return ""
    if subtitle and subtitle.lower() not in title.lower():
        return f"{title}{' ' if title.endswith((':', '?', '!')) else ': '}{subtitle}" if title else subtitle
    return title


def _identifiers(known: Mapping[str, Any]) -> dict[str, str]:
    """Return DOI, ISBN and address, each only if it is one. Any: JSON."""
    found = {}
    isbns = known.get("ISBN")
    for key, values in (("DOI", [known.get("DOI")]), ("ISBN", isbns if isinstance(isbns, list) else [isbns])):
        for value in values:
            try:
                # Crossref has had its ISBNs as addresses: http://id.crossref.org/isbn/978…
                text = plain(value)
                read = read_doi(text) if key == "DOI" else read_isbn(text.rpartition("/")[2])
            except RecordError:
                continue
            if read:
                found[key] = read
                break
    url = plain(known.get("URL"), 2_000)
    if url.lower().startswith(("https://", "http://")) and not url.endswith("…"):
        found["URL"] = url
    return found


def _occasion(known: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, str]:
    """Return the conference and the institution, which Crossref has as objects. Any: JSON."""
    found = {}
    event = known.get("event")
    if isinstance(event, Mapping):
        found = {"event-title": plain(event.get("name")), "event-place": plain(event.get("location"))}
    elif text := first_of(event):
        found["event-title"] = text
    institutions = known.get("institution")
    first = institutions[0] if isinstance(institutions, list) and institutions else institutions
    if isinstance(first, Mapping):
        found["publisher"] = plain(first.get("name"))
    return {key: text for key, text in found.items() if text and key not in item}
