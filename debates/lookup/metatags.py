"""Read what a page says of itself in its `<meta>` tags: Highwire's, Dublin Core's, Open Graph's, and the plain ones."""

from typing import Any

from debates.lookup.pieces import Pieces
from debates.lookup.spelled import day_of, people_of, person_of

_CONTAINERS = {
    "citation_journal_title": "article-journal",
    "citation_conference_title": "paper-conference",
    "citation_conference": "paper-conference",
    "citation_inbook_title": "chapter",
    "citation_book_title": "chapter",
}
"""What a work appeared in, by the tag that names it: the type of the work with it."""
_INSTITUTIONS = {
    "citation_dissertation_institution": "thesis",
    "citation_technical_report_institution": "report",
}
_OPEN_GRAPH_TYPES = {"book": "book", "books.book": "book", "video.movie": "motion_picture"}


def highwire(page: Pieces) -> dict[str, Any]:
    """Return what Highwire's tags say (scholar.google.com/intl/en/scholar/inclusion.html), named as in CSL-JSON. Any: JSON."""
    title = _first(page, "citation_title", "bepress_citation_title")
    if not title:
        return {}
    authors = list(page.held("citation_author", "bepress_citation_author"))
    # The older tag has all of them in one.
    authors = authors or [one for held in page.held("citation_authors") for one in held.split(";")]
    first, last = (
        _first(page, "citation_firstpage", "bepress_citation_firstpage"),
        _first(page, "citation_lastpage"),
    )
    found: dict[str, Any] = {
        "title": title,
        "author": [name for one in authors if (name := person_of(one))],
        "editor": [name for one in page.held("citation_editor") if (name := person_of(one))],
        "issued": _day(
            page, "citation_publication_date", "citation_date", "citation_cover_date", "citation_online_date",
            "citation_year", "bepress_citation_date",
        ),
        "volume": _first(page, "citation_volume", "bepress_citation_volume"),
        "issue": _first(page, "citation_issue", "bepress_citation_issue"),
        "page": f"{first}-{last}" if first and last and first != last else first,
        "number": _first(page, "citation_technical_report_number"),
        "DOI": _first(page, "citation_doi", "bepress_citation_doi", "prism.doi"),
        "ISBN": _first(page, "citation_isbn"),
        "ISSN": _first(page, "citation_issn", "bepress_citation_issn"),
        "PMID": _first(page, "citation_pmid"),
        "publisher": _first(page, "citation_publisher", *_INSTITUTIONS, "bepress_citation_publisher"),
        "language": _first(page, "citation_language"),
    }  # fmt: skip
    for tag, kind in _CONTAINERS.items():
        if container := _first(page, tag, f"bepress_{tag}"):
            found |= {"container-title": container, "type": kind}
            break
    else:
        institutions = (kind for tag, kind in _INSTITUTIONS.items() if _first(page, tag))
        found["type"] = next(institutions, "book" if found["ISBN"] else "")
    return _kept(found)


def dublin_core(page: Pieces) -> dict[str, Any]:
    """Return what Dublin Core's tags say, under both of its prefixes, named as in CSL-JSON. Any: JSON."""
    identifiers = page.held("dc.identifier", "dc.identifier.doi", "dcterms.identifier")
    return _kept(
        {
            "title": _first(page, "dc.title", "dcterms.title"),
            "author": [
                name for one in page.held("dc.creator", "dcterms.creator") if (name := person_of(one))
            ],
            "issued": _day(
                page, "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created"
            ),
            "publisher": _first(page, "dc.publisher", "dcterms.publisher"),
            "language": _first(page, "dc.language", "dcterms.language"),
            "DOI": next((one for one in identifiers if "10." in one), ""),
        }
    )


def open_graph(page: Pieces) -> dict[str, Any]:
    """Return what Open Graph's tags say (ogp.me), named as in CSL-JSON. Any: JSON."""
    authors = [name for one in page.held("article:author", "book:author") for name in people_of(one)]
    return _kept(
        {
            "type": _OPEN_GRAPH_TYPES.get(_first(page, "og:type").lower(), ""),
            "title": _first(page, "og:title", "twitter:title"),
            "author": authors,
            "issued": _day(page, "article:published_time", "book:release_date"),
            "ISBN": _first(page, "book:isbn"),
            "language": _first(page, "og:locale").replace("_", "-"),
        }
    )


def plain_tags(page: Pieces) -> dict[str, Any]:
    """Return what the title, the plain tags and the first heading say, named as in CSL-JSON. Any: JSON.

    No date out of microdata (`itemprop`): those of comments look the same.
    """
    return _kept(
        {
            "title": page.title or page.heading,
            "author": [name for one in page.held("author", "byl") for name in people_of(one)],
            "issued": _day(page, "date", "pubdate", "publish-date", "article.published"),
            "language": page.language,
        }
    )


def _first(page: Pieces, *names: str) -> str:
    """Return what the first of these tags holds."""
    return next(page.held(*names), "")


def _day(page: Pieces, *names: str) -> dict[str, list[list[int]]]:
    """Return the first date that can be read, in the shape of CSL."""
    days = (day for held in page.held(*names) if (day := day_of(held)))
    day = next(days, ())
    return {"date-parts": [list(day)]} if day else {}


def _kept(found: dict[str, Any]) -> dict[str, Any]:
    """Return what says something. Any: JSON."""
    return {key: value for key, value in found.items() if value}
