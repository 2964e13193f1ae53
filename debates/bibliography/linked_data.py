"""A work as schema.org describes one, in JSON-LD."""

from typing import Any
from urllib.parse import quote

from debates.bibliography.dates import iso
from debates.bibliography.names import Name
from debates.bibliography.record import Record

TYPES = {
    "article": "Article",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "entry-encyclopedia": "Article",
    "legislation": "Legislation",
    "manuscript": "Manuscript",
    "motion_picture": "Movie",
    "paper-conference": "ScholarlyArticle",
    "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
"""The schema.org type of a CSL type; any other is a CreativeWork, of which all these are kinds."""

CONTAINERS = {
    "article-journal": "Periodical",
    "article-magazine": "Periodical",
    "article-newspaper": "Newspaper",
    "chapter": "Book",
    "entry-encyclopedia": "Book",
    "post-weblog": "Blog",
    "webpage": "WebSite",
}
"""What a work of a CSL type is part of."""


def work(record: Record, address: str) -> dict[str, Any]:
    """Return a work as a node of JSON-LD; `address`, the page that we have of it, is its `@id`. Any: JSON."""
    found: dict[str, Any] = {
        "@type": TYPES.get(record.type, "CreativeWork"),
        "@id": address,
        "name": record.title,
        "author": [_agent(name) for name in record.authors],
        "datePublished": iso(record.issued),
        "publisher": {"@type": "Organization", "name": record.publisher} if record.publisher else None,
        "isPartOf": {"@type": CONTAINERS.get(record.type, "CreativeWork"), "name": record.container}
        if record.container
        else None,
        "pagination": record.pages,
        "isbn": record.isbn,
        "url": record.link,
        "sameAs": f"https://doi.org/{quote(record.doi, errors='replace')}" if record.doi else "",
    }
    return {key: value for key, value in found.items() if value}


def _agent(name: Name) -> dict[str, str]:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    agent = {
        "@type": "Person",
        "name": " ".join(part for part in (name.given, name.dropping, name.short()) if part)
        if name.family
        else name.short(),
        "familyName": name.short() if name.family else "",
        "givenName": name.given,
    }
    return {key: value for key, value in agent.items() if value}
