"""What is answered about debates, arguments and tags: each field with a sentence that the description shows."""

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext_noop
from pydantic import BaseModel, ConfigDict, Field

Side = Literal["pro", "con"]
Kind = Literal["thesis", "argument", "note", "unplaced"]
Word = Literal[
    "strongly-backed",
    "leaning-backed",
    "contested",
    "leaning-challenged",
    "strongly-challenged",
    "unreviewed",
]
QuotationState = Literal["no-text", "found", "found-several", "not-found", "changed"]

HERE = "https://counterpoint.example"
"""The site of the examples."""
RESTATED = "Restated by the editors."


class Shape(BaseModel):
    """One object of an answer: it holds its fields and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Problem(Shape):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(extra="allow", frozen=True)

    type: str = Field(
        description=gettext_noop("The kind of problem; about:blank where the status says all."),
        examples=["about:blank"],
    )
    title: str = Field(description=gettext_noop("The status in words."), examples=["Not Found"])
    status: int = Field(description=gettext_noop("The status."), examples=[404])
    detail: str = Field(
        description=gettext_noop("What was wrong, and what to do, in a sentence."),
        examples=["There is no such debate, or it is no longer shown."],
    )


class Standing(Shape):
    """How a claim stands by what was posted and reviewed here: never that it is true or false."""

    word: Word = Field(description=gettext_noop("How it stands, in a word."), examples=["contested"])
    strength: float = Field(
        ge=0, le=1, description=gettext_noop("From 0 to 1; 0.5 is the middle."), examples=[0.52]
    )
    second_word: Word = Field(
        description=gettext_noop("The word of the second opinion, by another reckoning."),
        examples=["leaning-backed"],
    )
    second_strength: float = Field(
        ge=0, le=1, description=gettext_noop("The strength of the second opinion."), examples=[0.61]
    )
    objections: Literal["none", "open-objection", "all-answered"] = Field(
        description=gettext_noop("What is left to do about the objections to it."),
        examples=["open-objection"],
    )
    reviewers: int = Field(ge=0, description=gettext_noop("How many members reviewed it."), examples=[9])
    method: int = Field(ge=0, description=gettext_noop("The version of the reckoning."), examples=[1])


class Tagging(Shape):
    """A tag on an argument."""

    name: str = Field(description=gettext_noop("The tag, as its own address names it."), examples=["memory"])
    kind: Literal["topic", "rebuttal"] = Field(
        description=gettext_noop("What it is about, or what it finds wrong with the claim above."),
        examples=["topic"],
    )


class By(Shape):
    """Whose it is: a member’s, or that of a voice, which has no account and was restated by the editors."""

    kind: Literal["member", "voice"] = Field(
        description=gettext_noop("A member of the site, or somebody who spoke in a document."),
        examples=["voice"],
    )
    name: str = Field(description=gettext_noop("The name."), examples=["Lena Marsh"])
    page: str | None = Field(
        description=gettext_noop("The member’s page; a voice has none, nor a member of an anonymous debate."),
        examples=[None],
    )
    note: str | None = Field(
        description=gettext_noop("What has to stand beside the name of a voice."), examples=[RESTATED]
    )
    known: Literal["signed", "addressed", "inferred", "unknown"] | None = Field(
        description=gettext_noop("How the name of a voice is known."), examples=["signed"]
    )


class Place(Shape):
    """An argument above another; of one that is no longer shown only the place is known."""

    id: str = Field(description=gettext_noop("Its id."), examples=["k7m2pq9ab"])
    state: Literal["shown", "not shown"] = Field(
        description=gettext_noop("Whether it can be read."), examples=["shown"]
    )
    url: str | None = Field(
        description=gettext_noop("Its address here; none where it is not shown."),
        examples=[f"{HERE}/api/v1/arguments/k7m2pq9ab"],
    )


class Tie(Shape):
    """A further place: where an argument stands, too, or which argument stands here, too."""

    id: str = Field(description=gettext_noop("The id of the other argument."), examples=["c3d4ef5gh"])
    url: str = Field(
        description=gettext_noop("Its address here."), examples=[f"{HERE}/api/v1/arguments/c3d4ef5gh"]
    )
    debate: str = Field(description=gettext_noop("The debate of the other argument."), examples=["harbour"])
    relation: Literal["answers", "same"] = Field(
        description=gettext_noop("It answers there, or both make the same claim."), examples=["answers"]
    )
    stance: Side | None = Field(description=gettext_noop("Its side in that place."), examples=["pro"])
    attacks: Literal["claim", "bearing"] | None = Field(
        description=gettext_noop("What it speaks against in that place."), examples=[None]
    )


class Replies(Shape):
    """How many answer, those that answer from a further place among them."""

    pro: int = Field(ge=0, description=gettext_noop("For the claim."), examples=[3])
    con: int = Field(ge=0, description=gettext_noop("Against it."), examples=[2])
    notes: int = Field(ge=0, description=gettext_noop("Notes, which take no side."), examples=[1])


class Origin(Shape):
    """Where an argument stands in the document that it was restated from."""

    source: str = Field(description=gettext_noop("The id of the source."), examples=["s9r8q7p6n"])
    url: str = Field(
        description=gettext_noop("The source’s address here."), examples=[f"{HERE}/api/v1/sources/s9r8q7p6n"]
    )
    place: str = Field(
        description=gettext_noop("The passage: p12 is paragraph 12, c3.1 the first of comment 3."),
        examples=["p12"],
    )
    first_word: int | None = Field(description=gettext_noop("Its first word there."), examples=[4])
    last_word: int | None = Field(description=gettext_noop("Its last word there."), examples=[31])


class SourceName(Shape):
    """A source as a list names it."""

    id: str = Field(description=gettext_noop("Its id."), examples=["s9r8q7p6n"])
    url: str = Field(
        description=gettext_noop("Its address here."), examples=[f"{HERE}/api/v1/sources/s9r8q7p6n"]
    )
    page: str = Field(
        description=gettext_noop("Its page for readers."), examples=[f"{HERE}/sources/s9r8q7p6n/"]
    )
    title: str = Field(description=gettext_noop("The title."), examples=["Cranes of the harbour"])
    short: str = Field(description=gettext_noop("What a text calls it."), examples=["Marsh 1999"])


class Checks(Shape):
    """What members say who looked whether the source says this."""

    yes: int = Field(ge=0, description=gettext_noop("It does."), examples=[3])
    partly: int = Field(ge=0, description=gettext_noop("In part."), examples=[1])
    no: int = Field(ge=0, description=gettext_noop("It does not."), examples=[0])


class Use(Shape):
    """The use of a source: where in it, what it says, and what became of looking."""

    number: int = Field(ge=0, description=gettext_noop("Its number in the argument."), examples=[1])
    locator_label: str | None = Field(
        description=gettext_noop("The kind of place, as CSL names it."), examples=["page"]
    )
    locator: str | None = Field(description=gettext_noop("The place in the source."), examples=["12"])
    quotation: str | None = Field(
        description=gettext_noop("What it says, word for word."), examples=["The third crane fell."]
    )
    quotation_state: QuotationState | None = Field(
        description=gettext_noop("What became of looking for the quotation in the source’s text."),
        examples=["found"],
    )
    purpose: str | None = Field(
        description=gettext_noop("What it is cited for."), examples=["The fall is reported."]
    )
    checks: Checks = Field(description=gettext_noop("What members say who looked."))


class Citation(Use):
    """A source that an argument cites."""

    source: SourceName = Field(description=gettext_noop("The source."))


class Argument(Shape):
    """A claim in its place, with what explains it and what it rests on."""

    id: str = Field(description=gettext_noop("Its id, which never changes."), examples=["a2b3c4d5e"])
    url: str = Field(
        description=gettext_noop("Its address here."), examples=[f"{HERE}/api/v1/arguments/a2b3c4d5e"]
    )
    page: str = Field(
        description=gettext_noop("Its page for readers."), examples=[f"{HERE}/arguments/a2b3c4d5e/"]
    )
    debate: str = Field(description=gettext_noop("The debate, by its slug."), examples=["harbour"])
    kind: Kind = Field(description=gettext_noop("What it is."), examples=["argument"])
    stance: Side | None = Field(
        description=gettext_noop("Its side towards the claim above; theses and notes take none."),
        examples=["con"],
    )
    attacks: Literal["claim", "bearing"] | None = Field(
        description=gettext_noop("Against: that the claim is true, or that it matters here."),
        examples=["claim"],
    )
    rebuttal: bool = Field(
        description=gettext_noop("Whether it says what is wrong and brings a source."), examples=[True]
    )
    claim: str = Field(
        description=gettext_noop("The claim."), examples=["Half of the cranes came from elsewhere."]
    )
    elaboration: str = Field(
        description=gettext_noop("What explains it, in Markdown; may be empty."),
        examples=["The yard’s own books *say so*."],
    )
    elaboration_html: str = Field(
        description=gettext_noop("The same as cleaned HTML."),
        examples=["<p>The yard’s own books <em>say so</em>.</p>"],
    )
    by: By | None = Field(description=gettext_noop("Whose it is; nobody’s once an account is gone."))
    posted: datetime = Field(
        description=gettext_noop("When it was posted."), examples=["2026-11-01T09:30:00Z"]
    )
    edited: datetime | None = Field(description=gettext_noop("When it was last edited."), examples=[None])
    parent: Place | None = Field(description=gettext_noop("The argument above; a thesis has none."))
    depth: int = Field(ge=0, description=gettext_noop("How many stand above it."), examples=[2])
    joint_with: str | None = Field(
        description=gettext_noop("The id of the premise without which it says nothing."), examples=[None]
    )
    tags: list[Tagging] = Field(description=gettext_noop("Its tags."))
    citations: list[Citation] = Field(description=gettext_noop("What it cites, in order."))
    origin: Origin | None = Field(description=gettext_noop("Where in a document it comes from."))
    replies: Replies = Field(description=gettext_noop("How many answer it."))
    stands_also: list[Tie] = Field(description=gettext_noop("The claims under which it stands, too."))
    answered_also: list[Tie] = Field(
        description=gettext_noop("The arguments from elsewhere that stand under it, too.")
    )
    revisions: int = Field(
        ge=0, description=gettext_noop("How many versions its text has had."), examples=[2]
    )
    behind: bool = Field(
        description=gettext_noop("Whether the claim above was changed after this was written."),
        examples=[False],
    )
    standing: Standing | None = Field(
        description=gettext_noop("How it stands; notes take no part, and have none.")
    )


class WholeArgument(Argument):
    """One argument with all that stand above it."""

    ancestors: list[Place] = Field(description=gettext_noop("What stands above it, the thesis first."))


class Mention(Shape):
    """An argument as a list names it."""

    id: str = Field(description=gettext_noop("Its id."), examples=["a2b3c4d5e"])
    url: str = Field(
        description=gettext_noop("Its address here."), examples=[f"{HERE}/api/v1/arguments/a2b3c4d5e"]
    )
    claim: str = Field(
        description=gettext_noop("The claim."), examples=["Half of the cranes came from elsewhere."]
    )
    debate: str = Field(description=gettext_noop("The debate, by its slug."), examples=["harbour"])
    kind: Kind = Field(description=gettext_noop("What it is."), examples=["argument"])
    stance: Side | None = Field(description=gettext_noop("Its side."), examples=["con"])


class Listed(Shape):
    """One page of a list."""

    next: str | None = Field(
        description=gettext_noop("The address of the next page; none on the last."), examples=[None]
    )


class Arguments(Listed):
    """A page of arguments."""

    items: list[Argument] = Field(description=gettext_noop("The arguments."))


class Found(Arguments):
    """A page of what a search found."""

    problems: list[str] = Field(
        description=gettext_noop("What could not be meant as it was typed, each in a sentence."),
        examples=[[]],
    )
