"""Read a saved article with its comment section into numbered passages, and find passages again by digest.

A seed never stores the words of the document it was made from. It stores where a passage stands and a digest
of it, so that whoever holds the original can find the passage and everybody else can check that it was there.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DIGEST_LENGTH = 16
"""Hexadecimal digits kept of a passage's SHA-256: 64 bits, far more than a document has windows of words."""


class DocumentError(ValueError):
    """Say in one sentence what in a document or its layout cannot be read."""


@dataclass(frozen=True)
class Passage:
    """One numbered paragraph: `p7` in the body, `c3.2` for the second paragraph of comment 3."""

    place: str
    kind: str  # "heading", "paragraph" or "comment"
    text: str


@dataclass(frozen=True)
class Document:
    """Hold a document in reading order, with the number of comments its heading announces (None: no section)."""

    passages: tuple[Passage, ...]
    announced_comments: int | None
    listed_comments: int


@dataclass(frozen=True)
class Layout:
    """Say which lines of the file are the article, in reading order, and which of them are headings."""

    lines: Sequence[str]
    headings: Sequence[int] = ()


@dataclass(frozen=True)
class Origin:
    """Name a passage, a run of its words (1-based, inclusive; None: all of them) and their digest."""

    place: str
    first: int | None
    last: int | None
    digest: str

    def __str__(self) -> str:
        words = f"[{self.first}-{self.last}]" if self.first is not None else ""
        return f"{self.place}{words} {self.digest}".strip()


@dataclass(frozen=True)
class Finding:
    """Say where an origin was found: the passage, its first and last word (1-based), and whether it had moved."""

    passage: Passage
    first: int
    last: int
    moved: bool


ORIGIN = re.compile(
    r"(?P<place>p\d{1,6}|c\d{1,6}\.\d{1,6})(?:\[(?P<first>\d{1,6})-(?P<last>\d{1,6})\])?(?: (?P<digest>[0-9a-f]{16}))?",
    re.ASCII,
)
SPAN = re.compile(r"(\d+)(?:@(\d+))?(?:-(\d+)(?:@(\d+))?)?(?:, (joined|hyphen))?")
COMMENTS_HEADING = re.compile(r"\s*(\d+|one) (?:thoughts?|comments?|responses?|replies) on\b", re.IGNORECASE)
COMMENT = re.compile(r" {1,4}(\d+)\. +(\S.*)")
COMMENTS_END = re.compile(r"\s*Leave a (?:Reply|Comment)\b", re.IGNORECASE)

_SAME = str.maketrans(
    {"“": "", "”": "", "„": "", "«": "", "»": "", '"': "", "‘": "", "’": "", "'": "", "`": "", "*": ""}
) | str.maketrans(
    {"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u00ad": None, "\u200b": None, "\ufeff": None}
)


def file_digest(raw: bytes) -> str:
    """Return the SHA-256 of a file in full, by which a document is recognised."""
    return hashlib.sha256(raw).hexdigest()


def normalise(text: str) -> str:
    """Fold what copying changes (space, quotation marks, dashes, ellipses), and nothing that carries meaning."""
    return " ".join(text.replace("...", "…").translate(_SAME).split())


def passage_digest(text: str) -> str:
    """Return the digest of a run of words, the same for every way of setting its marks and spaces."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()[:DIGEST_LENGTH]


def parse_origin(written: str) -> Origin:
    """Read an origin as a seed writes it: `p7`, `c3.2`, `p7[12-40]`, each with its digest behind a space."""
    match = ORIGIN.fullmatch(written.strip())
    if match is None:
        raise DocumentError(
            f"“{written}” is not an origin: write a place (p7, or c3.2 for a comment), "
            "its words where it is not the whole paragraph ([12-40]), and the digest of 16 digits."
        )
    first = int(match["first"]) if match["first"] else None
    last = int(match["last"]) if match["last"] else None
    if first is not None and last is not None and not 1 <= first <= last:
        raise DocumentError(
            f"“{written}” counts its words backwards: the first must be 1 or more and not after the last."
        )
    return Origin(match["place"], first, last, match["digest"] or "")


def read_document(raw: str, layout: Layout) -> Document:
    """Read a document: the lines of the layout as its body, and the numbered comment section where there is one."""
    lines = raw.replace("\r\n", "\n").split("\n")
    comments, announced = _comments(lines)
    passages = [*_body(lines, layout), *(Passage(f"c{c}.{n}", "comment", text) for c, n, text in comments)]
    return Document(tuple(passages), announced, len({number for number, _, _ in comments}))


def _body(lines: Sequence[str], layout: Layout) -> Iterator[Passage]:
    headings = set(layout.headings)
    paragraphs: list[tuple[str, bool]] = []
    for span in layout.lines:
        match = SPAN.fullmatch(str(span).strip())
        if match is None:
            raise DocumentError(f"“{span}” names no lines: write 8-32, 216@31-242 or 120-130, hyphen.")
        start, from_word, end, to_word, join = match.groups()
        first, last = int(start), int(end or start)
        if not 1 <= first <= last <= len(lines):
            raise DocumentError(f"“{span}” reaches outside the document, which has {len(lines)} lines.")
        for number in range(first, last + 1):
            words = lines[number - 1].split()
            if number == last and to_word:
                words = words[: int(to_word)]
            if number == first and from_word:
                words = words[int(from_word) - 1 :]
            text = " ".join(words)
            if not text:
                continue
            if number == first and join and paragraphs:
                before, heading = paragraphs[-1]
                joined = before.removesuffix("-") + text if join == "hyphen" else f"{before} {text}"
                paragraphs[-1] = (joined, heading)
            else:
                paragraphs.append((text, number in headings))
    for number, (text, heading) in enumerate(paragraphs, 1):
        yield Passage(f"p{number}", "heading" if heading else "paragraph", text)


def _comments(lines: Sequence[str]) -> tuple[list[tuple[int, int, str]], int | None]:
    """Return (comment, paragraph, text) in order, and how many comments the heading announces."""
    headings = ((n, match) for n, line in enumerate(lines) if (match := COMMENTS_HEADING.match(line)))
    start, count = next(headings, (0, None))
    if count is None:
        return [], None
    announced = 1 if count[1].lower() == "one" else int(count[1])
    found: list[tuple[int, int, str]] = []
    comment = paragraph = 0
    for line in lines[start + 1 :]:
        if COMMENTS_END.match(line):
            break
        opening = COMMENT.fullmatch(line)
        if opening and int(opening[1]) == comment + 1:
            comment, paragraph, text = comment + 1, 1, opening[2]
        elif line.strip() and comment:
            paragraph, text = paragraph + 1, line
        else:
            continue
        found.append((comment, paragraph, " ".join(text.split())))
    return found, announced


def words_of(passage: Passage, first: int | None, last: int | None) -> str:
    """Return the named run of words of a passage; the whole of it where no run is named."""
    words = passage.text.split()
    return " ".join(words if first is None or last is None else words[first - 1 : last])


def seal(origin: Origin, document: Document) -> Origin:
    """Return the origin with the digest of the words that it names, or say that it names none."""
    passage = next((p for p in document.passages if p.place == origin.place), None)
    if passage is None:
        raise DocumentError(f"The document has no passage {origin.place}.")
    count = len(passage.text.split())
    if origin.last is not None and origin.last > count:
        raise DocumentError(
            f"Passage {origin.place} has {count} words, and the origin asks for word {origin.last}."
        )
    return Origin(
        origin.place, origin.first, origin.last, passage_digest(words_of(passage, origin.first, origin.last))
    )


def find(origin: Origin, document: Document) -> Finding | None:
    """Find an origin where it is said to stand, else anywhere in the document; None when its words are not there."""
    named = [p for p in document.passages if p.place == origin.place]
    others = [p for p in document.passages if p.place != origin.place]
    for passage in named:
        count = len(passage.text.split())
        first, last = origin.first or 1, origin.last or count
        if last <= count and passage_digest(words_of(passage, first, last)) == origin.digest:
            return Finding(passage, first, last, moved=False)
    for passage in [*named, *others]:
        for first, last in _windows(passage, origin):
            if passage_digest(words_of(passage, first, last)) == origin.digest:
                return Finding(passage, first, last, moved=True)
    return None


def _windows(passage: Passage, origin: Origin) -> Iterator[tuple[int, int]]:
    count = len(passage.text.split())
    if origin.first is None or origin.last is None:
        yield 1, count
        return
    length = origin.last - origin.first + 1
    for first in range(1, count - length + 2):
        yield first, first + length - 1
