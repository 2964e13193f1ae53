"""What a specimen is, and the invented words that fill them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from debates.models import Debate
from debates.views.parts.card import Card, CitationView, TagView

NOWHERE = "/style/nowhere/"
"""Where the links of specimens lead: to a page that is not there."""
WHEN = datetime(2024, 5, 3, 9, 30, tzinfo=UTC)
QUESTION = "Should the harbour keep its cranes?"
SHORT = "The cranes are the town’s memory."
USUAL = (
    "Whoever has grown up beside the harbour finds the way home by its cranes, and a town that takes them down "
    "forgets how it came by its bread."
)
LONG = (
    "When the last of the four cranes was listed in the spring of the year in which the yard closed, the council "
    "undertook to keep all of them standing, to paint them every seven years, and to open one to visitors; what it "
    "has done since is to let two of them rust, to sell a third, and to lock the fourth for good."
)
UNBROKEN = (
    "Hafenkranführerkabinenbeleuchtungsanlagenwartungsvertragsverlängerungsverhandlungs" + "kommission" * 12
)
ARABIC = "الرافعات ذاكرة المدينة، ومن يهدمها ينسى كيف عاشت المدينة من مينائها."
HEBREW = "העגורנים הם הזיכרון של העיר, ומי שמפרק אותם שוכח ממה היא חיה."
MIXED = "The sign on crane 3 says “ميناء” (harbour), and below it, in Hebrew, “נמל”, with the year 1923."


@dataclass(frozen=True)
class Specimen:
    """One part of a page in one state: its name, the part, and what it is given. Any: a template's values."""

    name: str
    partial: str
    """As `{% include %}` wants it: the template, a #, the part."""
    given: dict[str, Any] = field(default_factory=dict)
    inside: str = ""
    """The element that it has to stand in, with the name of its class: “ol.found”; nothing for none."""


@dataclass(frozen=True)
class Section:
    """Specimens of one kind, with the anchor of their head."""

    anchor: str
    title: str
    specimens: list[Specimen]


def a_debate(question: str = QUESTION) -> Debate:
    """Return a debate that stands in no database."""
    return Debate(slug="specimen", question=question, opened_by=None, article=None)


def a_card(key: str, **more: Any) -> Card:
    """Return a card with its own id on the page. Any: the fields of a card."""
    usual: dict[str, Any] = {
        "public_id": f"specimen{key}",
        "url": NOWHERE,
        "claim": USUAL,
        "stance": "pro",
        "by": "ada",
        "by_url": NOWHERE,
        "posted": WHEN,
        "counted": True,
        "level": 4,
    }
    return Card(**{**usual, **more})


def a_con(key: str, **more: Any) -> Card:
    """Return a card that speaks against the claim above. Any: the fields of a card."""
    return a_card(key, **{"stance": "con", "attacks": "claim", "by": "ben", **more})


def charge(label: str, sentence: str) -> TagView:
    """Return a word for what a rebuttal finds wrong."""
    return TagView(label, NOWHERE, sentence)


def a_citation(number: int = 1, **more: Any) -> CitationView:
    """Return a citation as it is read. Any: its fields."""
    usual: dict[str, Any] = {
        "number": number,
        "source": "Marsh 1999",
        "url": NOWHERE,
        "title": "Cranes of the harbour",
        "publication": "Quay Press",
        "locator": "p. 12",
        "balance": "not checked yet",
        "check_url": NOWHERE,
    }
    return CitationView(**{**usual, **more})
