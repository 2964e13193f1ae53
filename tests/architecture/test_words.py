"""Every word that a reader sees can be translated: a pretended language wraps what was, and the rest is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from debates.models import Argument, Debate, Revision, Source, Tag
from debates.queues import Queue
from forum.accounts.models import User
from tests.conftest import Cast, Scene, signed_in

OPEN, CLOSE = "⟦", "⟧"
WRAPPED = re.compile(r"⟦[^⟦⟧]*⟧")
SAID = ("aria-label", "title", "placeholder", "alt")
"""Attributes that are read aloud or shown."""
SILENT = ("script", "style", "textarea", "code")
"""Elements whose text is not shown, was typed, or is what one types."""
SNIPPETS = ("hit-text", "claim")
"""Classes of elements of a search whose texts are members’, cut to pieces where words are marked."""
NAMES = (
    "Counterpoint",
    "Atom",
    "JSON Feed",
    "DOI",
    "ISBN",
    "https",
    "http",
    "example.org",
    "testserver",
    "UTC",
)
"""Words that are the same in every language."""


class Page(HTMLParser):
    """Collect what a reader sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0
        self.snippet: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the attributes that are read."""
        self.silent += tag in SILENT
        if self.snippet or dict(attrs).get("class") in SNIPPETS:
            self.snippet.append(tag)
        if ("class", "Z3988") in attrs:  # COinS: the title speaks to reference managers
            return
        self.words += [value or "" for name, value in attrs if name in SAID]

    def handle_endtag(self, tag: str) -> None:
        """Leave a silent element."""
        self.silent -= tag in SILENT
        if self.snippet:
            self.snippet.pop()

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if not self.silent and not self.snippet:
            self.words.append(data)


def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of gettext's family that marks what it translates. Any: messages, lazy or not."""

    def wrapped(*args: Any) -> Any:
        said = real(*args)
        return f"{OPEN}{said}{CLOSE}" if said else said

    return wrapped


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Translate everything that asks for it into words within ⟦ ⟧."""
    for name in ("gettext", "ngettext", "pgettext", "npgettext"):
        monkeypatch.setattr(translation._trans, name, wrap(getattr(translation._trans, name)))  # type: ignore[attr-defined]  # no public way in


def data() -> Iterator[str]:
    """Yield what people wrote, which nobody translates."""
    for claim, elaboration in Argument.objects.values_list("claim", "elaboration"):
        yield from (claim, elaboration)
    for debate in Debate.objects.all():
        yield from (debate.question, f"http://testserver{debate.get_absolute_url()}")
    yield from User.objects.values_list("username", flat=True)
    yield from User.objects.values_list("email", flat=True)
    yield from Tag.objects.filter(kind=Tag.Kind.TOPIC).values_list("name", flat=True)
    yield from Revision.objects.values_list("note", flat=True)
    yield from ("cranes", "elephants")  # what was searched for
    yield from ("The third crane fell.", "The fall is reported.", "It insults.", "Look at this.")
    for source in Source.objects.all():
        record = source.record
        yield from (record.title, record.short(), record.publication(), record.publisher)
        yield from (name.inverted() for name in record.authors)


def untranslated(page: str) -> list[str]:
    """Return the words of a page that are neither translated nor data."""
    parser = Page()
    parser.feed(page)
    text = "\n".join(parser.words)
    while WRAPPED.search(text):
        text = WRAPPED.sub(" ", text)
    for known in sorted({*data(), *NAMES} - {""}, key=len, reverse=True):
        text = text.replace(known, " ")
        text = text.replace(known[:57], " ") if len(known) > 57 else text  # titles are cut
    return [" ".join(line.split()) for line in text.splitlines() if re.search(r"[^\W\d_]{2,}", line)]


def visitor_pages(scene: Scene) -> list[str]:
    """Return what anyone reads."""
    own, source = scene.rebuttal.get_absolute_url(), Source.objects.get()
    return [
        *(
            f"{scene.debate.get_absolute_url()}{view}"
            for view in (
                "outline/",
                "outline/?depth=1",
                "latest/",
                "latest/?since=never",
                "map/",
                f"map/?at={scene.reason.public_id}",
                "brief/",
                "related/",
                "?stance=con&by=ben&sort=contested",
            )
        ),
        "/today/",
        "/today/?since=day",
        "/tags/",
        "/tags/?q=zzz",
        "/tags/circular/",
        "/tags/harbour/?stance=con",
        "/keys/",
        "/accessibility/",
        "/",
        "/?tag=harbour",
        "/?tag=nothing",
        scene.debate.get_absolute_url(),
        f"{scene.debate.get_absolute_url()}?open=all",
        own,
        f"{own}history/",
        f"{own}rate/",
        f"{own}mind/",
        f"{scene.thesis.get_absolute_url()}why/",
        f"{own}stale/",
        "/minds/",
        "/method/",
        "/method/?p1-yes=NaN&c1-gone=on",
        f"{scene.debate.get_absolute_url()}cruxes/",
        source.get_absolute_url(),
        "/sources/",
        "/sources/?incomplete=1",
        "/tags/memory/",
        "/tags/factual%20error/",
        "/search/",
        "/search/?q=cranes",
        "/search/?q=elephants",
        "/search/?q=!",
        "/members/ada/",
        "/moderation/log/",
        "/rules/",
        "/nothing/here/",
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
    ]


def member_pages(scene: Scene) -> list[str]:
    """Return what Ada reads."""
    own, other = scene.reason.get_absolute_url(), scene.rebuttal.get_absolute_url()
    return [
        "/",
        "/notices/",
        own,
        f"{own}edit/",
        f"{own}withdraw/",
        f"{other}reply/",
        f"{other}rebut/",
        f"{other}report/",
        f"{other}rate/",
        f"{own}rate/",
        f"{other}mind/",
        f"{other}suggest/",
        f"{own}why/",
        f"{own}premise/",
        f"{own}link/",
        f"{other}concede/",
        "/queues/",
        *(f"/queues/{one.value}/?debate={scene.debate.slug}" for one in Queue),
        f"{scene.debate.get_absolute_url()}thesis/add/",
        f"{scene.debate.get_absolute_url()}cruxes/",
        "/debates/open/",
        "/sources/add/",
        "/members/ada/",
    ]


def check(client: Client, address: str, form: dict[str, str] | None = None) -> list[str]:
    """Return a sentence for each word at an address that cannot be translated."""
    answer = client.get(address) if form is None else client.post(address, form)
    assert answer.status_code < 500
    page = answer.content.decode()
    assert answer.status_code == 302 or OPEN in page, (
        f"{address} holds no translated word: the test is blind."
    )
    return [f"{'POST ' if form is not None else ''}{address}: {word}" for word in untranslated(page)]


def complain(found: list[str]) -> None:
    """Fail with all that was found."""
    assert not found, "These words go past gettext and cannot be translated:\n" + "\n".join(found)


def test_a_visitor_reads_nothing_that_cannot_be_translated(scene: Scene, pretended: None) -> None:
    complain([line for address in visitor_pages(scene) for line in check(Client(), address)])


def test_a_member_reads_nothing_that_cannot_be_translated(cast: Cast, scene: Scene, pretended: None) -> None:
    ada = signed_in(cast.ada)
    complain([line for address in member_pages(scene) for line in check(ada, address)])


def test_what_a_form_finds_wrong_can_be_translated(cast: Cast, scene: Scene, pretended: None) -> None:
    ada = signed_in(cast.ada)
    own, other = scene.reason.get_absolute_url(), scene.rebuttal.get_absolute_url()
    none = {"cite-TOTAL_FORMS": "1", "cite-INITIAL_FORMS": "0"}
    long = {**none, "stance": "con", "claim": "x1" * 200, "topics": ",".join(f"t{n}" for n in range(20))}
    forms: list[tuple[str, dict[str, str]]] = [
        (f"{other}reply/", none),
        (f"{other}reply/", long),
        (f"{other}reply/", {**long, "attacks": "claim", "topics": ""}),
        (f"{other}rebut/", none),
        (f"{other}rebut/", {**long, "rebuttal_tags": "nothing", "cite-0-quotation": "1"}),
        (f"{own}edit/", none),
        (f"{own}edit/", {**none, "stance": "pro", "claim": "1.", "seen": "99"}),
        (f"{other}report/", {}),
        (f"{other}rate/", {"holds": "9"}),
        (f"{other}mind/", {"why": ""}),
        (f"{own}mind/", {"why": "x1"}),
        ("/debates/open/", {}),
        ("/debates/open/", {"question": "1?", "theses": "x1" * 200}),
    ]
    complain([line for address, form in forms for line in check(ada, address, form)])


def test_the_test_sees_what_is_not_translated(scene: Scene, pretended: None) -> None:
    assert untranslated("<p>Not translated</p>") == ["Not translated"]
    assert untranslated('<a title="Hidden words">⟦seen⟧</a>') == ["Hidden words"]
    assert untranslated("<p>⟦words around ⟦other⟧ words⟧ · 12</p>") == []
