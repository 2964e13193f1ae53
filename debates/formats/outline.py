"""A debate as plain data: what every format is read into and written from."""

from dataclasses import dataclass, field

from debates.bibliography.record import Record
from debates.formats.document import Layout, Origin


@dataclass(frozen=True)
class OutlineSource:
    """A work, with what is missing in its record."""

    key: str
    record: Record
    incomplete: str = ""


@dataclass(frozen=True)
class OutlineVoice:
    """Somebody who speaks in the document, and how we know."""

    key: str
    name: str
    known: str
    how: str = ""


@dataclass(frozen=True)
class OutlineCitation:
    """One use of a source."""

    source: str
    locator_label: str = ""
    locator: str = ""
    purpose: str = ""
    quotation: str = ""
    passage: Origin | None = None


@dataclass(frozen=True)
class OutlineLink:
    """A reference to an argument of another debate: `debate/argument`."""

    target: str
    relation: str  # "answers" or "same"
    stance: str = ""
    attacks: str = ""


@dataclass
class OutlineArgument:
    """A thesis, an argument or a note, with its replies."""

    key: str
    kind: str
    claim: str
    stance: str = ""
    attacks: str = ""
    elaboration: str = ""
    voice: str = ""
    origin: Origin | None = None
    rebuts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    citations: tuple[OutlineCitation, ...] = ()
    links: tuple[OutlineLink, ...] = ()
    replies: list["OutlineArgument"] = field(default_factory=list)


@dataclass(frozen=True)
class OutlineSection:
    """One section of an article, in our words."""

    heading: str
    text: str
    passages: str = ""


@dataclass(frozen=True)
class OutlineArticle:
    """The document that a debate grew from."""

    source: str
    digest: str
    reading: str
    layout: Layout
    licence: str = ""
    announced_comments: int | None = None
    listed_comments: int | None = None
    sections: tuple[OutlineSection, ...] = ()


@dataclass
class Outline:
    """A whole debate."""

    key: str
    question: str
    summary: str = ""
    tags: tuple[str, ...] = ()
    article: OutlineArticle | None = None
    related: tuple[tuple[str, str], ...] = ()
    voices: dict[str, OutlineVoice] = field(default_factory=dict)
    sources: dict[str, OutlineSource] = field(default_factory=dict)
    shared_voices: frozenset[str] = frozenset()
    """Keys of the voices that other debates know too; the others are this debate's own."""
    theses: list[OutlineArgument] = field(default_factory=list)


def arguments_of(outline: Outline) -> list[tuple[OutlineArgument, OutlineArgument | None]]:
    """Return every argument with its parent, parents first, without recursion."""
    found: list[tuple[OutlineArgument, OutlineArgument | None]] = []
    stack: list[tuple[OutlineArgument, OutlineArgument | None]] = [
        (thesis, None) for thesis in reversed(outline.theses)
    ]
    while stack:
        argument, parent = stack.pop()
        found.append((argument, parent))
        stack.extend((reply, argument) for reply in reversed(argument.replies))
    return found
