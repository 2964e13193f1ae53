"""The parameters of the API: each with its shape, and the sentence for what has not that shape."""

import re
from datetime import UTC, datetime
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import BaseModel, BeforeValidator, Field

MOST, FEW = 100, 30
"""Rows of a page at most, and where nobody says how many."""
LONGEST_CURSOR, LONGEST_NAME, LONGEST_QUERY, DEEPEST = 4000, 100, 300, 500
NO_NUL = r"^[^\x00]+$"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def _whole(name: str, least: int, most: int) -> BeforeValidator:
    """Take a whole number as it is written in an address: digits, no more."""

    def read(value: object) -> int:
        written = str(value)
        if not re.fullmatch(r"\d{1,9}", written, re.ASCII) or not least <= int(written) <= most:
            raise ValueError(
                _("“%(name)s” is a whole number from %(least)d to %(most)d.")
                % {"name": name, "least": least, "most": most}
            )
        return int(written)

    return BeforeValidator(read)


def _one_of(name: str, *words: str) -> BeforeValidator:
    def read(value: object) -> str:
        if value not in words:
            raise ValueError(
                _("“%(name)s” is one of these words: %(words)s.") % {"name": name, "words": ", ".join(words)}
            )
        return str(value)

    return BeforeValidator(read)


def _text(name: str, longest: int) -> BeforeValidator:
    """Take a text that a database can be asked for: some characters, none of them a NUL."""

    def read(value: object) -> str:
        text = str(value)
        if not 1 <= len(text) <= longest:
            raise ValueError(
                _("“%(name)s” has from 1 to %(longest)d characters.") % {"name": name, "longest": longest}
            )
        if "\0" in text:
            raise ValueError(
                _("“%(name)s” holds a character that nothing here can hold (a NUL).") % {"name": name}
            )
        return text

    return BeforeValidator(read)


def _moment(name: str) -> BeforeValidator:
    """Take a moment as RFC 3339 writes it; Unix seconds and moments without a zone are none."""

    def read(value: object) -> datetime:
        written = str(value)
        try:
            if not RFC_3339.fullmatch(written):
                raise ValueError
            # A year 1 in the far east lies before the first year that can be reckoned with.
            return datetime.fromisoformat(written.upper()).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise ValueError(
                _("“%(name)s” is a moment with its zone, as in 2026-11-01T00:00:00Z.") % {"name": name}
            ) from error

    return BeforeValidator(read)


class Paged(BaseModel):
    """What every list takes."""

    limit: Annotated[int, _whole("limit", 1, MOST)] = Field(
        FEW, ge=1, le=MOST, description=gettext_noop("How many a page holds at most.")
    )
    cursor: Annotated[str | None, _text("cursor", LONGEST_CURSOR)] = Field(
        None,
        min_length=1,
        max_length=LONGEST_CURSOR,
        pattern=NO_NUL,
        description=gettext_noop(
            "Where to go on: take it from “next”, and keep the other parameters as they are."
        ),
    )


class Tagged(Paged):
    """A list that a tag may narrow."""

    tag: Annotated[str | None, _text("tag", LONGEST_NAME)] = Field(
        None,
        min_length=1,
        max_length=LONGEST_NAME,
        pattern=NO_NUL,
        description=gettext_noop("Only what carries this tag, or the one that this word leads to."),
        examples=["memory"],
    )


class InTree(Tagged):
    """Which arguments of a debate are asked for."""

    under: Annotated[str | None, _text("under", LONGEST_NAME)] = Field(
        None,
        min_length=1,
        max_length=LONGEST_NAME,
        pattern=NO_NUL,
        description=gettext_noop("Only what stands below this argument; the argument itself is left out."),
        examples=["k7m2pq9ab"],
    )
    depth: Annotated[int | None, _whole("depth", 0, DEEPEST)] = Field(
        None,
        ge=0,
        le=DEEPEST,
        description=gettext_noop(
            "How many levels down: below “under”, or below the theses, which stand on level 0."
        ),
    )
    stance: Annotated[Literal["pro", "con"] | None, _one_of("stance", "pro", "con")] = Field(
        None, description=gettext_noop("Only what speaks for (pro) or against (con) the claim above it.")
    )
    kind: Annotated[
        Literal["thesis", "argument", "note", "unplaced"] | None,
        _one_of("kind", "thesis", "argument", "note", "unplaced"),
    ] = Field(
        None, description=gettext_noop("Only theses, arguments, notes, or what has found no place yet.")
    )
    since: Annotated[datetime | None, _moment("since")] = Field(
        None,
        description=gettext_noop("Only what was posted or edited at this moment or later."),
        examples=["2026-11-01T00:00:00Z"],
    )


class InLibrary(Paged):
    """Which sources are asked for."""

    q: Annotated[str | None, _text("q", LONGEST_QUERY)] = Field(
        None,
        min_length=1,
        max_length=LONGEST_QUERY,
        pattern=NO_NUL,
        description=gettext_noop(
            "Words of the title, the authors or the publisher; or a DOI, an ISBN, an address."
        ),
        examples=["cranes"],
    )


class InTags(Paged):
    """Which tags are asked for."""

    kind: Annotated[Literal["topic", "rebuttal"] | None, _one_of("kind", "topic", "rebuttal")] = Field(
        None,
        description=gettext_noop(
            "Only topics, or only the vocabulary of what a rebuttal finds wrong; without it, both."
        ),
    )


class Asked(Paged):
    """What is searched for."""

    q: Annotated[str, _text("q", LONGEST_QUERY)] = Field(
        min_length=1,
        max_length=LONGEST_QUERY,
        pattern=NO_NUL,
        description=gettext_noop("What to search for, as in the search of the site."),
        examples=["cranes harbour"],
    )
