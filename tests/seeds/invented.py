"""A small document that somebody might have saved from the web, invented for the tests."""

from __future__ import annotations

from debates.formats.document import Document, Layout, read_document

RAW = """\
The Harbour Paper
Home | Boats | Weather
Keep the cranes
The cranes have stood on the quay for ninety years.
Nobody would build them today – and “nobody” would tear them down...
The town would not be the town without them.
Share this page
3 thoughts on “Keep the cranes”
 1. Ben says: I like them.
    They creak, though.
 2. Anonymous: Three reasons speak against it:
    1. Rust.
    2. Noise.
Leave a Reply
Your address will not be published.
"""
"""Lines 3 to 6 are the article; the heading announces three comments, and two are there."""

LAYOUT = Layout(["3-6"], [3])


def invented(raw: str = RAW, lines: list[str] | None = None, headings: tuple[int, ...] = (3,)) -> Document:
    """Read the invented document."""
    return read_document(raw, Layout(lines or ["3-6"], headings))


def texts(document: Document) -> dict[str, str]:
    """Return the passages by place."""
    return {passage.place: passage.text for passage in document.passages}
