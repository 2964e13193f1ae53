"""The record of a work of which no more than an identifier is known yet."""

from typing import Any

from debates.bibliography.identifiers import Identifier
from debates.bibliography.record import Record

TYPES = {"isbn": "book", "address": "webpage"}
"""What a work most likely is, by the kind of its identifier; otherwise an article in a journal."""

FIELDS = {"doi": "doi", "isbn": "isbn", "pmid": "pmid", "arxiv": "arxiv", "address": "url"}
"""The field of a record that holds an identifier of each kind."""


def record_named(identifier: Identifier, title: str = "") -> Record:
    """Return a record that holds the identifier, and a title if there is one."""
    known: dict[str, Any] = {
        FIELDS[identifier.kind]: identifier.value
    }  # Any: a record's fields differ in kind
    return Record(type=TYPES.get(identifier.kind, "article-journal"), title=title, **known)


def named_by(record: Record) -> Identifier | None:
    """Return the best identifier that a record has, or none."""
    for kind in ("doi", "arxiv", "pmid", "isbn", "address"):
        if value := getattr(record, FIELDS[kind]):
            return Identifier(kind, value)
    return None
