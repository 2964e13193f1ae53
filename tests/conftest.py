"""The cast: Ada argues, Ben rebuts, Cleo moderates, Dan only reads; and one small debate for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client

from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText, CitationText
from debates.bibliography.record import Name, Record
from debates.models import Argument, Debate
from debates.models.log_guard import unguard_log
from forum.accounts.groups import MODERATORS, OPENERS
from forum.accounts.models import User

PASSWORD = "a-long-enough-password"  # of nobody


@dataclass
class Cast:
    """The four who act in the tests."""

    ada: User
    ben: User
    cleo: User
    dan: User


@dataclass
class Scene:
    """A debate with a thesis, an argument for it by Ada, and Ben's rebuttal of that."""

    debate: Debate
    thesis: Argument
    reason: Argument
    rebuttal: Argument


@pytest.fixture(scope="session", autouse=True)
def _log_can_be_emptied() -> Iterator[None]:
    """Let tests that commit empty their database afterwards, which the log refuses; its guards come back at once."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def with_the_log(operations: BaseDatabaseOperations, statements: list[str]) -> None:
        unguard_log(operations.connection)
        empty(operations, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", with_the_log)
        yield


def make_cast() -> Cast:
    """Make the four, with their groups."""
    users = [
        User.objects.create_user(name, f"{name}@example.org", PASSWORD)
        for name in ("ada", "ben", "cleo", "dan")
    ]
    cast = Cast(*users)
    cast.ada.groups.add(Group.objects.get(name=OPENERS))
    cast.cleo.groups.add(Group.objects.get(name=MODERATORS))
    cast.cleo.is_staff = True
    cast.cleo.save()
    return cast


def pro(claim: str, **more: object) -> ArgumentText:
    """Return the text of a pro. Object: any field of ArgumentText."""
    return ArgumentText(claim=claim, stance="pro", **more)  # type: ignore[arg-type]


def con(claim: str, **more: object) -> ArgumentText:
    """Return the text of a con against the claim. Object: any field of ArgumentText."""
    return ArgumentText(claim=claim, stance="con", attacks="claim", **more)  # type: ignore[arg-type]


def a_book(title: str = "Cranes of the harbour") -> CitationText:
    """Return a citation of a new source."""
    record = Record(
        type="book", title=title, authors=(Name("Marsh", "Lena"),), issued=(1999,), publisher="Quay Press"
    )
    return CitationText(
        record=record,
        locator_label="page",
        locator="12",
        quotation="The third crane fell.",
        purpose="The fall is reported.",
    )


def make_scene(cast: Cast) -> Scene:
    """Make the small debate."""
    debate = open_debate(
        cast.ada,
        "Should the harbour keep its cranes?",
        ["The harbour should keep its cranes."],
        tags=["harbour"],
    )
    thesis = debate.arguments.get()
    reason = post_argument(cast.ada, thesis, pro("The cranes are the town’s memory.", topic_tags=("memory",)))
    rebuttal = post_argument(
        cast.ben,
        reason,
        con(
            "Half of the cranes came from elsewhere.", rebuttal_tags=("factual-error",), citations=(a_book(),)
        ),
    )
    return Scene(debate, thesis, reason, rebuttal)


@pytest.fixture
def cast(db: None) -> Cast:
    """Give the four."""
    return make_cast()


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """Give the small debate."""
    return make_scene(cast)


def signed_in(user: User) -> Client:
    """Return a client in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client
