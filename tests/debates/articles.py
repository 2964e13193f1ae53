"""A debate that grew from an article, whose text is at hand."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from debates.actions.sources.attach_text import attach_text
from debates.actions.writing.anchor_words import AnchorText
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, Debate, Document, DocumentPassage, Origin
from debates.views.parts.passages import AtPassage, in_article
from tests.conftest import Cast, a_book, con, pro
from tests.debates.test_once import NO_CITATION, text_of

THIRD = "the third crane fell"
BOOK = (
    "The harbour was built in a hurry.\n\n"
    f"In the spring gale {THIRD}. Nobody was hurt, and nobody would say why it had not been mended.\n\n"
    "It was sold, and sold again.\n\n"
    "Nobody asked the town."
)
"""Four passages; the article of the room."""


@dataclass
class Room:
    """A debate about Lena Marsh's book with its text: Ada's reason restates its second passage, Ben answers that."""

    debate: Debate
    document: Document
    thesis: Argument
    reason: Argument
    answer: Argument

    @property
    def address(self) -> str:
        """Return the address of the article."""
        return reverse("article", args=[self.debate.slug])

    def restate(self, argument: Argument, place: str) -> None:
        """Say that an argument comes from a passage, as a seed does."""
        Origin.objects.create(
            argument=argument,
            document=self.document,
            place=place,
            passage=DocumentPassage.objects.filter(document=self.document, place=place).first(),
            digest="0" * 16,
        )

    def at(self, place: str, viewer: object = None) -> AtPassage:
        """Return what is done with a passage, as somebody sees it; for a visitor where nobody is named."""
        return in_article(self.document, self.debate, viewer or AnonymousUser()).at(place)

    def counts(self, place: str) -> tuple[int, int, int]:
        """Return how many restate a passage, and how many answer it for and against."""
        at = self.at(place)
        return at.restated, at.pros, at.cons

    def read(self, reading: str) -> None:
        """Set who may read the text."""
        self.document.reading = reading
        self.document.save(update_fields=["reading"])


def a_room(cast: Cast) -> Room:
    """Make a debate that grew from an article whose text everyone may read."""
    debate = open_debate(cast.ada, "Why did it fall?", ["It fell because nobody cared."], article=a_book())
    assert debate.article is not None
    attach_text(cast.ada, debate.article, BOOK, "everyone", "CC BY")
    thesis = debate.arguments.get()
    reason = post_argument(cast.ada, thesis, pro("A crane fell."))
    answer = post_argument(cast.ben, reason, con("Only one of many."))
    room = Room(debate, Document.objects.get(), thesis, reason, answer)
    room.restate(reason, "p2")
    return room


def tied(cast: Cast, room: Room, words: str = THIRD, place: str = "p2", **more: str) -> Argument:
    """Let Ben answer words of the article under the thesis."""
    return post_argument(
        cast.ben, room.thesis, con(f"Not so, says Ben of {place}."), anchor=AnchorText(place, words, **more)
    )


def form(claim: str = "It was mended twice.", **more: str) -> dict[str, str]:
    """Return what the browser sends for an answer against a claim."""
    return {
        **NO_CITATION,
        "stance": "con",
        "attacks": "claim",
        "claim": claim,
        "key": str(uuid.uuid4()),
        **more,
    }


def words_of(response: Any) -> str:
    """Return what a page says, without its tags. Any: the test client's response."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text_of(response))).split())
