"""COinS: a work as an OpenURL ContextObject (ANSI/NISO Z39.88-2004) for the `title` of an empty `<span class="Z3988">`.

The keys are those of the KEV formats for books, journals, dissertations and Dublin Core (`info:ofi/fmt:kev:mtx:…`).
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from debates.bibliography.dates import iso
from debates.bibliography.names import Name
from debates.bibliography.record import Record

GENRES = {
    "book": ("book", "book"),
    "pamphlet": ("book", "book"),
    "chapter": ("book", "bookitem"),
    "entry-encyclopedia": ("book", "bookitem"),
    "entry-dictionary": ("book", "bookitem"),
    "paper-conference": ("book", "proceeding"),
    "report": ("book", "report"),
    "article": ("journal", "preprint"),
    "article-journal": ("journal", "article"),
    "article-magazine": ("journal", "article"),
    "article-newspaper": ("journal", "article"),
    "thesis": ("dissertation", ""),
}
"""The KEV format of a CSL type, and its genre there (dissertations have none). Dublin Core takes all other types."""

DUBLIN_CORE = {
    "event": "presentation",
    "interview": "interview",
    "legislation": "statute",
    "manuscript": "manuscript",
    "motion_picture": "film",
    "personal_communication": "letter",
    "post": "forumPost",
    "post-weblog": "blogPost",
    "speech": "presentation",
    "webpage": "webpage",
}
"""The type in the words of Zotero, the commonest reader of COinS; Dublin Core leaves the word open."""

_PART = {"bookitem", "proceeding"}
_PAGES = re.compile(r"\s*([^\s,;–—-]+)(?:\s*[-–—]+\s*([^\s,;–—-]+))?\s*")


def coins(record: Record) -> str:
    """Return a record as key/encoded-value pairs joined by `&`, in ASCII; empty for a work without a title."""
    if not record.title:
        return ""
    return "&".join(f"{key}={_encoded(value)}" for key, value in _pairs(record) if value)


def page_ends(pages: str) -> tuple[str, str]:
    """Return the first and the last page of a single range (`184–185`), else nothing; one page has no last."""
    match = _PAGES.fullmatch(pages)
    return (match[1], match[2] or "") if match else ("", "")


def extra_text(record: Record, key: str) -> str:
    """Return what CSL-JSON has and a record keeps no field for, where it is a text."""
    value = record.extra.get(key)
    return value if isinstance(value, str) else ""


def _encoded(value: str) -> str:
    # A plus sign would be read as a space; half a surrogate pair, which no encoding has, becomes a question mark.
    return quote(value, safe="", errors="replace")


def _pairs(record: Record) -> Iterator[tuple[str, str]]:
    kev, genre = GENRES.get(record.type, ("dc", ""))
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{kev}"
    yield "rft_id", f"info:doi/{record.doi}" if record.doi else ""
    yield "rft_id", f"info:pmid/{record.pmid}" if record.pmid else ""
    yield "rft_id", record.link
    if kev == "dc":
        yield from _dublin_core(record)
        return
    yield "rft.genre", genre
    yield from _titles(record, kev, genre)
    for number, name in enumerate(record.authors):
        yield from _author(name, first=number == 0)
    yield "rft.date", iso(record.issued)
    first, last = page_ends(record.pages)
    yield "rft.pages", record.pages
    yield "rft.spage", first
    yield "rft.epage", last
    yield "rft.isbn", record.isbn
    yield "rft.issn", extra_text(record, "ISSN")


def _titles(record: Record, kev: str, genre: str) -> Iterator[tuple[str, str]]:
    """Yield the title, and what the format has for where the work appeared."""
    match kev:
        case "journal":
            yield "rft.atitle", record.title
            yield "rft.jtitle", record.container
            yield "rft.volume", record.volume
            yield "rft.issue", record.issue
        case "dissertation":
            yield "rft.title", record.title
            yield "rft.inst", record.publisher
            yield "rft.degree", extra_text(record, "genre")
        case _:
            yield from (
                (("rft.atitle", record.title), ("rft.btitle", record.container))
                if genre in _PART
                else (("rft.btitle", record.title),)
            )
            yield "rft.place", record.place
            yield "rft.pub", record.publisher
            yield "rft.edition", record.edition
            yield "rft.series", extra_text(record, "collection-title")


def _author(name: Name, *, first: bool) -> Iterator[tuple[str, str]]:
    if name.literal:  # a body: as `au` it would be cut into given and family name
        yield "rft.aucorp", name.literal
        return
    if first:
        yield "rft.aulast", name.short()
        yield "rft.aufirst", name.given if name.family else ""
    yield "rft.au", name.inverted()


def _dublin_core(record: Record) -> Iterator[tuple[str, str]]:
    yield "rft.type", DUBLIN_CORE.get(record.type, "document")
    yield "rft.title", record.title
    for name in record.authors:
        yield "rft.creator", name.inverted()
    yield "rft.date", iso(record.issued)
    yield "rft.source", record.container
    yield "rft.publisher", record.publisher
    yield "rft.identifier", record.link
    yield "rft.identifier", f"ISBN {record.isbn}" if record.isbn else ""
    yield "rft.language", extra_text(record, "language")
