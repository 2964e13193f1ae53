"""Take in the original documents: recognise them by digest, cut them into passages, resolve every origin."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from debates.actions.sources.check_quotation import check_quotations_of
from debates.actions.writing.anchor_quotes import anchor_quotes_of
from debates.actions.writing.find_anchors import find_anchors_of
from debates.formats.document import Document as PlainDocument
from debates.formats.document import DocumentError, Layout, file_digest, find, read_document
from debates.formats.document import Origin as PlainOrigin
from debates.formats.outline import Outline, OutlineArgument, arguments_of
from debates.models import Document, DocumentPassage, Origin

EMPHASIS = re.compile(r"\*{1,2}(?=\S)([^*]+?)(?<=\S)\*{1,2}")
"""Words between asterisks; taking the asterisks away leaves the number of words as it is."""


@dataclass
class OriginalsReport:
    """What became of the originals: figures a document, and a sentence for everything that did not resolve."""

    resolved: int = 0
    unresolved: int = 0
    rows: list[tuple[str, int, int, int]] = field(default_factory=list)
    """(title, passages, origins resolved, origins not resolved)"""
    remarks: list[str] = field(default_factory=list)
    quotes: Counter[str] = field(default_factory=Counter)
    """Quotations that arguments take from the documents and from each other, by `Quote.State`."""
    anchors: int = 0
    lost: int = 0
    """Words of the documents that arguments answer: found, and no longer there."""

    def add(self, title: str, passages: int, resolved: int, unresolved: int) -> None:
        """Count one document."""
        self.rows.append((title, passages, resolved, unresolved))
        self.resolved += resolved
        self.unresolved += unresolved

    def add_anchors(self, title: str, found: int, lost: int) -> None:
        """Count the words of one document that arguments answer, and say so where they stand there no longer."""
        self.anchors += found
        self.lost += lost
        if lost:
            self.remarks.append(f"{title}: words that arguments answer are no longer in the text ({lost}).")


def find_originals(folder: Path) -> dict[str, Path]:
    """Return the files of a folder by their SHA-256."""
    return {file_digest(path.read_bytes()): path for path in sorted(folder.iterdir()) if path.is_file()}


def check_originals(outlines: Iterable[Outline], folder: Path) -> OriginalsReport:
    """Say whether every origin of these outlines is in the documents of the folder; the database is not asked."""
    report = OriginalsReport()
    files = find_originals(folder)
    for outline in outlines:
        article = outline.article
        if article is None:
            continue
        path = files.get(article.digest)
        if path is None:
            report.remarks.append(_absent(outline.key, folder, article.digest))
            continue
        try:
            plain = read_original(path, article.layout)
        except DocumentError as error:
            report.remarks.append(f"{outline.key}: {error}")
            continue
        _compare_comments(outline.key, plain, report)
        origins = [(one, origin) for one, _parent in arguments_of(outline) for origin in origins_of(one)]
        missing = [(one, origin) for one, origin in origins if find(origin, plain) is None]
        for one, origin in missing:
            report.remarks.append(_not_there(outline.key, f"{outline.key}/{one.key}", origin.place))
        report.add(outline.key, len(plain.passages), len(origins) - len(missing), len(missing))
    return report


def origins_of(argument: OutlineArgument) -> list[PlainOrigin]:
    """Return where an argument stands and where the document quotes what it cites."""
    found = [argument.origin, *(citation.passage for citation in argument.citations)]
    return [origin for origin in found if origin is not None]


def _absent(title: str, folder: Path, digest: str) -> str:
    return f"{title}: no file in {folder} has its digest ({digest[:12]}…); the outline stands in its place."


def _not_there(title: str, argument: str, place: str) -> str:
    return f"{title}: the passage of {argument} ({place}) is not in the text."


def _compare_comments(title: str, plain: PlainDocument, report: OriginalsReport) -> None:
    if plain.announced_comments is not None and plain.announced_comments != plain.listed_comments:
        report.remarks.append(
            f"{title}: the heading announces {plain.announced_comments} comments, {plain.listed_comments} are listed."
        )


def load_originals(folder: Path) -> OriginalsReport:
    """Give every known document its text from the folder, and every origin its passage; one transaction a document."""
    report = OriginalsReport()
    files = find_originals(folder)
    for document in Document.objects.exclude(layout={}).select_related("source").order_by("pk"):
        title = document.source.title
        path = files.get(document.digest)
        if path is None:
            report.remarks.append(_absent(title, folder, document.digest))
            continue
        with transaction.atomic():
            _load(document, path, report)
    return report


def read_original(path: Path, layout: Layout) -> PlainDocument:
    """Read a file as a document; refuse what is not UTF-8, naming the byte."""
    try:
        return read_document(path.read_bytes().decode("utf-8"), layout)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{path.name} is not UTF-8: byte {error.start} ({error.object[error.start]:#04x}) cannot be read."
        ) from error


def _load(document: Document, path: Path, report: OriginalsReport) -> None:
    title = document.source.title
    try:
        plain = read_original(path, Layout(document.layout["lines"], document.layout["headings"]))
    except DocumentError as error:
        report.remarks.append(f"{title}: {error}")
        return
    _write_passages(document, plain)
    _compare_comments(title, plain, report)
    passages = {passage.place: passage for passage in document.passages.all()}
    resolved = unresolved = 0
    for origin in document.origins.select_related("argument", "citation__argument"):
        if _resolve(origin, plain, passages):
            resolved += 1
        else:
            unresolved += 1
            argument = origin.argument or (origin.citation.argument if origin.citation else None)
            report.remarks.append(_not_there(title, argument.seed or "" if argument else "", origin.place))
    report.add(title, len(passages), resolved, unresolved)
    check_quotations_of(document.source)
    report.quotes += anchor_quotes_of(document)
    report.add_anchors(title, *find_anchors_of(document))


def _write_passages(document: Document, plain: PlainDocument) -> None:
    known = {
        passage.place: (passage.order, passage.kind, passage.text) for passage in document.passages.all()
    }
    # Emphasis is marked with asterisks in a plain text; a reader sees the words.
    wanted = {
        passage.place: (order, passage.kind, EMPHASIS.sub(r"\1", passage.text))
        for order, passage in enumerate(plain.passages, 1)
    }
    if known != wanted:
        document.passages.all().delete()
        DocumentPassage.objects.bulk_create(
            DocumentPassage(document=document, place=place, order=order, kind=kind, text=text)
            for place, (order, kind, text) in wanted.items()
        )
    if document.loaded_at is None:
        document.loaded_at = timezone.now()
        document.save(update_fields=["loaded_at"])


def _resolve(origin: Origin, plain: PlainDocument, passages: dict[str, DocumentPassage]) -> bool:
    """Tie an origin to its passage; where it moved, it takes the place where it was found."""
    found = find(PlainOrigin(origin.place, origin.first_word, origin.last_word, origin.digest), plain)
    passage = passages[found.passage.place] if found else None
    if found is not None and found.moved:
        origin.place, origin.first_word, origin.last_word = found.passage.place, found.first, found.last
    if found is None or found.moved or origin.passage_id != (passage.pk if passage else None):
        origin.passage = passage
        origin.save(update_fields=["place", "first_word", "last_word", "passage"])
    return found is not None
