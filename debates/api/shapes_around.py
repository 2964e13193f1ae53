"""What is answered about what surrounds the arguments: debates, sources, who cites them, tags."""

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext_noop
from pydantic import Field

from debates.api.shapes import HERE, Listed, Mention, Shape, SourceName, Standing, Use


class Thesis(Shape):
    """A thesis of a debate."""

    id: str = Field(description=gettext_noop("Its id."), examples=["t8h7e6s5n"])
    url: str = Field(
        description=gettext_noop("Its address here."), examples=[f"{HERE}/api/v1/arguments/t8h7e6s5n"]
    )
    claim: str = Field(
        description=gettext_noop("The claim."), examples=["The harbour should keep its cranes."]
    )
    standing: Standing | None = Field(description=gettext_noop("How it stands."))


class Counts(Shape):
    """How many arguments a debate has."""

    arguments: int = Field(ge=0, description=gettext_noop("All, theses and notes among them."), examples=[42])
    pro: int = Field(ge=0, description=gettext_noop("For the claim above them."), examples=[23])
    con: int = Field(ge=0, description=gettext_noop("Against it."), examples=[17])


class Debate(Shape):
    """A question with its theses."""

    slug: str = Field(
        description=gettext_noop("Its name in addresses; an old one leads here."), examples=["harbour"]
    )
    url: str = Field(
        description=gettext_noop("Its address here."), examples=[f"{HERE}/api/v1/debates/harbour"]
    )
    page: str = Field(
        description=gettext_noop("Its page for readers."), examples=[f"{HERE}/debates/harbour/"]
    )
    arguments: str = Field(
        description=gettext_noop("Where its arguments are listed."),
        examples=[f"{HERE}/api/v1/debates/harbour/arguments"],
    )
    question: str = Field(
        description=gettext_noop("The question."), examples=["Should the harbour keep its cranes?"]
    )
    summary: str = Field(description=gettext_noop("What it is about; may be empty."), examples=[""])
    theses: list[Thesis] = Field(description=gettext_noop("The answers that it argues about."))
    tags: list[str] = Field(description=gettext_noop("Its topics."), examples=[["harbour", "memory"]])
    counts: Counts = Field(description=gettext_noop("How many arguments it has."))
    article: SourceName | None = Field(description=gettext_noop("The article that it grew from."))
    opened: datetime = Field(
        description=gettext_noop("When it was opened."), examples=["2026-10-01T12:00:00Z"]
    )
    latest: datetime | None = Field(
        description=gettext_noop("When the newest argument was posted."), examples=["2026-11-01T09:30:00Z"]
    )
    locked: bool = Field(
        description=gettext_noop("Whether it can be read, but not answered."), examples=[False]
    )
    anonymous: bool = Field(
        description=gettext_noop("Whether members are named by numbers in it."), examples=[False]
    )


class Related(Shape):
    """Another debate that answers this one."""

    slug: str = Field(description=gettext_noop("Its name in addresses."), examples=["shipyard"])
    url: str = Field(
        description=gettext_noop("Its address here."), examples=[f"{HERE}/api/v1/debates/shipyard"]
    )
    question: str = Field(
        description=gettext_noop("The question."), examples=["Should the shipyard open again?"]
    )
    how: str = Field(
        description=gettext_noop("How it answers."), examples=["It asks what the cranes are for."]
    )


class WholeDebate(Debate):
    """One debate with those that are related to it."""

    related: list[Related] = Field(description=gettext_noop("Debates that answer it."))


class Debates(Listed):
    """A page of debates."""

    items: list[Debate] = Field(description=gettext_noop("The debates, those opened last first."))


class Address(Shape):
    """Whether the source’s address on the web still answers."""

    state: Literal["alive", "moved", "blocked", "failing", "gone", "soft-404"] | None = Field(
        description=gettext_noop("How it answered; nothing where nobody has looked."), examples=["alive"]
    )
    visited: datetime | None = Field(
        description=gettext_noop("When it was last visited."), examples=["2026-11-01T03:00:00Z"]
    )
    target: str | None = Field(description=gettext_noop("Where it leads now."), examples=[None])


class Retraction(Shape):
    """A notice about the work: that it was retracted, corrected, or doubted by its publisher."""

    nature: str | None = Field(description=gettext_noop("The kind of notice."), examples=["retraction"])
    doi: str | None = Field(description=gettext_noop("The notice’s own DOI."), examples=["10.5555/notice"])
    on: date | None = Field(description=gettext_noop("The date of the notice."), examples=["2025-03-01"])


class Cited(Shape):
    """How many arguments cite a source."""

    arguments: int = Field(ge=0, description=gettext_noop("All of them."), examples=[5])
    pro: int = Field(ge=0, description=gettext_noop("For the claim above them."), examples=[3])
    con: int = Field(ge=0, description=gettext_noop("Against it."), examples=[2])


class Source(Shape):
    """A work in the world: its record, what is known of it, and how much rests on it."""

    id: str = Field(description=gettext_noop("Its id, which never changes."), examples=["s9r8q7p6n"])
    url: str = Field(
        description=gettext_noop("Its address here."), examples=[f"{HERE}/api/v1/sources/s9r8q7p6n"]
    )
    page: str = Field(
        description=gettext_noop("Its page for readers."), examples=[f"{HERE}/sources/s9r8q7p6n/"]
    )
    citations: str = Field(
        description=gettext_noop("Where those are listed who cite it."),
        examples=[f"{HERE}/api/v1/sources/s9r8q7p6n/citations"],
    )
    short: str = Field(description=gettext_noop("What a text calls it."), examples=["Marsh 1999"])
    # Any: a record has what its kind of work has, and keeps what CSL-JSON allows besides.
    record: dict[str, Any] = Field(
        description=gettext_noop("The record in CSL-JSON 1.0.2; what it holds was typed by members."),
        examples=[
            {
                "id": "s9r8q7p6n",
                "type": "book",
                "title": "Cranes of the harbour",
                "author": [{"family": "Marsh", "given": "Lena"}],
                "issued": {"date-parts": [[1999]]},
                "publisher": "Quay Press",
            }
        ],
    )
    doi: str | None = Field(description=gettext_noop("Its DOI."), examples=["10.5555/12345678"])
    isbn: str | None = Field(description=gettext_noop("Its ISBN."), examples=["9783161484100"])
    link: str | None = Field(
        description=gettext_noop("Its address on the web, where it can be followed."),
        examples=["https://quay-press.example/cranes"],
    )
    address: Address = Field(description=gettext_noop("Whether that address still answers."))
    retraction: Retraction | None = Field(description=gettext_noop("A notice about the work."))
    missing: list[str] = Field(
        description=gettext_noop("What a complete reference would still want."), examples=[["place"]]
    )
    cited: Cited = Field(description=gettext_noop("How many arguments cite it."))
    article_of: list[str] = Field(
        description=gettext_noop("The debates that grew from it, by their slugs."), examples=[[]]
    )
    added: datetime = Field(description=gettext_noop("When it was added."), examples=["2026-10-02T08:00:00Z"])
    edited: datetime | None = Field(description=gettext_noop("When its record was mended."), examples=[None])


class Sources(Listed):
    """A page of sources."""

    items: list[Source] = Field(description=gettext_noop("The sources, those added last first."))


class Citing(Use):
    """An argument that cites a source."""

    argument: Mention = Field(description=gettext_noop("The argument."))


class Citings(Listed):
    """A page of those who cite a source."""

    items: list[Citing] = Field(
        description=gettext_noop("Who cites it, by debate, in the order of its tree.")
    )


class Tag(Shape):
    """A topic, or a word of the vocabulary of what a rebuttal finds wrong."""

    name: str = Field(description=gettext_noop("Its name."), examples=["memory"])
    kind: Literal["topic", "rebuttal"] = Field(
        description=gettext_noop("Which of the two."), examples=["topic"]
    )
    sentence: str | None = Field(
        description=gettext_noop("What a word of the vocabulary means; a topic has none."), examples=[None]
    )
    url: str = Field(description=gettext_noop("Its address here."), examples=[f"{HERE}/api/v1/tags/memory"])
    page: str = Field(description=gettext_noop("Its page for readers."), examples=[f"{HERE}/tags/memory/"])
    synonyms: list[str] = Field(
        description=gettext_noop("Other words that lead to it."), examples=[["remembrance"]]
    )
    arguments: int = Field(ge=0, description=gettext_noop("How many arguments carry it."), examples=[12])
    debates: int = Field(ge=0, description=gettext_noop("How many debates carry it."), examples=[2])


class Tags(Listed):
    """A page of tags."""

    items: list[Tag] = Field(description=gettext_noop("The tags, by name."))
