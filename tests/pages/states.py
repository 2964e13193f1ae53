"""The states in which pages are looked at: each has a name, a reader, an address, and what is sent to it.

A page of one's own is added with a line: `state("latest", lambda w: f"{w.debate.get_absolute_url()}latest/")`; its
route is found from the address. Every route of the site needs one (tests/pages/test_states.py), and every
state that differs in what is drawn (empty, refused, with a mistake, to a member, to a moderator) deserves one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from forum.accounts.models import User
from tests.conftest import signed_in
from tests.pages.world import World

type Build = Callable[[World], str]
type Typed = Mapping[str, str | list[str]]

VISITOR = "visitor"
EMPTY: Typed = {"cite-TOTAL_FORMS": "1", "cite-INITIAL_FORMS": "0"}
"""A form in which nothing was typed."""


@dataclass(frozen=True)
class State:
    """A page as one reader finds it."""

    name: str
    address: Build
    who: str
    status: int
    data: Callable[[World], Typed] | None
    piece: bool
    """Whether htmx asks for it, and gets a piece of a page."""
    inside: str
    """The start tag of what a piece is set into, where it could not stand by itself."""
    follow: bool
    """Whether it is the page that an act leads to."""


@dataclass(frozen=True)
class Shown:
    """What a state answered."""

    name: str
    address: str
    route: str
    html: str
    piece: bool
    inside: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)


STATES: dict[str, State] = {}
"""Every state by its name; the folder’s conftest.py imports the files that fill it."""


def state(
    name: str,
    address: Build,
    who: str = VISITOR,
    status: int = 200,
    data: Typed | Callable[[World], Typed] | None = None,
    *,
    piece: bool = False,
    inside: str = "<div>",
    follow: bool = False,
) -> None:
    """Add a state: `address` built from the world, for `who` (visitor, root, newcomer or one of the cast).

    With `data` the address is sent a form; `piece` asks as htmx does; `status` is what must be answered.
    """
    if name in STATES:
        raise ValueError(f"There are two states called “{name}”.")
    given = data if callable(data) or data is None else lambda _world: data
    STATES[name] = State(name, address, who, status, given, piece, inside, follow)


def show(world: World, one: State, clients: dict[str, Client]) -> Shown:
    """Ask for a state's page and return it; the test fails where it is answered otherwise than the state says."""
    client = clients.setdefault(one.who, client_of(world, one.who))
    address = one.address(world)
    headers = {"HX-Request": "true"} if one.piece else {}
    if one.data is None:
        answer = client.get(address, headers=headers, follow=one.follow)
    else:
        answer = client.post(address, one.data(world), headers=headers, follow=one.follow)
    kind = answer.headers.get("Content-Type", "")
    assert answer.status_code == one.status, (
        f"“{one.name}”: {address} answers {answer.status_code} to {one.who}, not {one.status}: "
        f"{answer.headers.get('Location', '')}{heading(answer.content.decode())}"
    )
    assert kind.startswith("text/html"), f"“{one.name}” is no page: {kind}"
    if one.follow and answer.redirect_chain:
        address = answer.redirect_chain[-1][0]
    return Shown(
        one.name,
        address,
        route_of(address),
        answer.content.decode(),
        one.piece,
        one.inside,
        answer.status_code,
        dict(answer.headers.items()),
    )


def heading(html: str) -> str:
    """Return what the heading of a page says, for the message of a test that fails."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    return found[1].strip() if found else html[:200]


def client_of(world: World, who: str) -> Client:
    """Return a client for a reader; a page that breaks is answered as a reader would find it."""
    client = Client(raise_request_exception=False)
    if who == VISITOR:
        return client
    client = signed_in(User.objects.get(username=who))
    client.raise_request_exception = False
    return client


def route_of(address: str) -> str:
    """Return the name of the route that an address leads to, empty where none does."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""
