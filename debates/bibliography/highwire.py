"""Highwire tags: what a page that is about one work says of it in `<meta name="citation_…">`.

Reference managers and Google Scholar read them (scholar.google.com/intl/en/scholar/inclusion.html).
"""

from collections.abc import Iterator

from debates.bibliography.coins import extra_text, page_ends
from debates.bibliography.record import Record

CONTAINERS = {
    "article": "citation_journal_title",
    "article-journal": "citation_journal_title",
    "article-magazine": "citation_journal_title",
    "article-newspaper": "citation_journal_title",
    "chapter": "citation_inbook_title",
    "entry-dictionary": "citation_inbook_title",
    "entry-encyclopedia": "citation_inbook_title",
    "paper-conference": "citation_conference_title",
}
"""The name of what a work of each type appeared in; of other types there is none."""

PUBLISHERS = {
    "report": "citation_technical_report_institution",
    "thesis": "citation_dissertation_institution",
}
"""The name of who published a work of each type; of all others it is the publisher."""


def highwire(record: Record) -> list[tuple[str, str]]:
    """Return the tags of a record, name and content, authors one a tag; none for a work without a title."""
    return [(name, content) for name, content in _tags(record) if content] if record.title else []


def _tags(record: Record) -> Iterator[tuple[str, str]]:
    yield "citation_title", record.title
    for name in record.authors:
        yield "citation_author", name.inverted()
    for name in record.editors:
        yield "citation_editor", name.inverted()
    yield "citation_publication_date", "/".join(str(part) for part in record.issued)
    yield CONTAINERS.get(record.type, ""), record.container if record.type in CONTAINERS else ""
    yield "citation_volume", record.volume
    yield "citation_issue", record.issue
    first, last = page_ends(record.pages)
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    if record.type == "report":
        yield "citation_technical_report_number", record.number
    yield PUBLISHERS.get(record.type, "citation_publisher"), record.publisher
    yield "citation_isbn", record.isbn
    yield "citation_issn", extra_text(record, "ISSN")
    yield "citation_doi", record.doi
    yield "citation_pmid", record.pmid
    yield "citation_language", extra_text(record, "language")
    yield "citation_public_url", record.link
