"""What is new in one debate: the newest first, each with its path, since whenever a reader was here."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from debates.actions.moderating.hide import hide
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, Debate, State
from debates.views.reading.latest import A_PAGE
from tests.conftest import Cast, Scene, con, pro, signed_in


def read(debate: Debate, query: str = "", client: Client | None = None) -> str:
    """Return the page of what is new."""
    response = (client or Client()).get(f"{reverse('latest', args=[debate.slug])}?{query}")
    assert response.status_code == 200, f"?{query} answers {response.status_code}."
    return str(response.content.decode())


def shown(html: str) -> list[str]:
    """Return the public ids of the arguments, in their order."""
    return re.findall(r'<article class="card[^"]*" id="a-(\w+)"', html)


def aged(argument: Argument, **ago: float) -> Argument:
    """Make an argument older."""
    Argument.objects.filter(pk=argument.pk).update(created_at=timezone.now() - timedelta(**ago))
    return argument


@pytest.fixture
def aging(scene: Scene) -> Scene:
    """Give the small debate, written a long time ago, a few days ago, and today."""
    aged(scene.thesis, days=400)
    aged(scene.reason, days=3)
    return scene


def test_the_newest_comes_first_each_with_its_path(aging: Scene) -> None:
    html = read(aging.debate)
    assert shown(html) == [one.public_id for one in (aging.rebuttal, aging.reason, aging.thesis)]
    path = html[html.index("latest-path") : html.index(f'id="a-{aging.rebuttal.public_id}"')]
    assert path.index(aging.thesis.claim) < path.index(aging.reason.claim)


def test_days_are_named_in_plain_words(aging: Scene) -> None:
    aged(aging.reason, days=1)
    days = re.findall(r"<h2>([^<]*)</h2>", read(aging.debate))
    assert days[:2] == ["Today", "Yesterday"]
    assert str((timezone.now() - timedelta(days=400)).year) in days[2]


def test_a_long_path_is_folded_in_its_middle(cast: Cast, scene: Scene) -> None:
    last = scene.rebuttal
    for number in range(4):
        last = post_argument((cast.ada, cast.ben)[number % 2], last, con(f"No, {number}."))
    html = read(scene.debate)
    path = html[html.index("latest-path") : html.index(f'id="a-{last.public_id}"')]
    assert scene.thesis.claim in path
    assert "4 between" in path
    assert "No, 2." in path
    assert "No, 1." not in path


@pytest.mark.parametrize(
    ("since", "count"), [("day", 1), ("week", 2), ("month", 2), ("", 3), ("2000-01-01", 3)]
)
def test_a_reader_chooses_since_when(aging: Scene, since: str, count: int) -> None:
    assert len(shown(read(aging.debate, f"since={since}"))) == count


def test_a_date_of_this_week_is_since_its_beginning(aging: Scene) -> None:
    day = timezone.localdate() - timedelta(days=3)
    assert len(shown(read(aging.debate, f"since={day.isoformat()}"))) == 2


@pytest.mark.parametrize(
    "since", ["nonsense", "2026-13-01", "9999-12-31", "0001-01-01", "%00", "%ED%A0%80", "1" * 400, "<b>"]
)
def test_a_wrong_date_gets_a_sentence_and_loses_nothing(aging: Scene, since: str) -> None:
    html = read(aging.debate, f"since={since}&stance=con")
    assert shown(html) == [aging.rebuttal.public_id], "The filter stays, and everything is shown."
    if since in ("nonsense", "2026-13-01"):
        assert f"“{since}” is not a date" in html
        assert f'value="{since}"' in html, "What was typed can be put right."
        assert 'aria-invalid="true"' in html
    if since == "9999-12-31":
        assert "still to come" in html


def test_pages_follow_each_other_whatever_is_posted_meanwhile(cast: Cast, scene: Scene) -> None:
    for number in range(A_PAGE):
        aged(post_argument(cast.ada, scene.thesis, pro(f"Reason {number}.")), hours=number + 1)
    first = read(scene.debate)
    assert len(shown(first)) == A_PAGE
    older = re.search(r'href="[^"]*\?(before=\w+)"', first)
    assert older is not None
    post_argument(cast.ada, scene.thesis, pro("Meanwhile."))
    second = read(scene.debate, older[1])
    assert len(shown(second)) == 3
    assert not set(shown(second)) & set(shown(first)), "A page by number would repeat what was pushed down."
    hide(cast.cleo, Argument.objects.get(public_id=older[1].partition("=")[2]), "person")
    assert shown(read(scene.debate, older[1])) == shown(second), (
        "What was hidden keeps the place in the list."
    )
    assert len(shown(read(scene.debate, "before=nobody"))) == A_PAGE


def test_pages_are_kept_apart_where_many_were_posted_at_once(cast: Cast, scene: Scene) -> None:
    for number in range(A_PAGE):
        post_argument(cast.ada, scene.thesis, pro(f"Reason {number}."))
    Argument.objects.update(created_at=timezone.now())
    first = read(scene.debate)
    older = re.search(r'href="[^"]*\?(before=\w+)"', first)
    assert older is not None
    both = shown(first) + shown(read(scene.debate, older[1]))
    assert len(both) == len(set(both)) == A_PAGE + 3


def test_edits_are_a_list_of_their_own(cast: Cast, aging: Scene) -> None:
    assert "No edit is to be shown here." in read(aging.debate, "of=edits")
    edit_argument(cast.ada, aging.reason, pro("The cranes are our memory."), 1)
    assert shown(read(aging.debate, "of=edits")) == [aging.reason.public_id]
    assert shown(read(aging.debate, "of=edits&since=day")) == [aging.reason.public_id], "It was edited today."
    assert len(shown(read(aging.debate, "of=anything"))) == 3


def test_filters_apply(aging: Scene) -> None:
    assert shown(read(aging.debate, "stance=pro")) == [aging.reason.public_id]
    assert shown(read(aging.debate, "by=ben")) == [aging.rebuttal.public_id]


def test_an_empty_list_says_when_the_last_came(aging: Scene) -> None:
    aged(aging.rebuttal, days=60)
    aged(aging.reason, days=70)
    html = read(aging.debate, "since=month")
    day = timezone.now() - timedelta(days=60)
    assert "Nothing was posted since then." in html
    assert "The last argument came on" in html
    assert str(day.year) in html[html.index("The last argument") :]
    assert "This debate has no arguments by nobody." in read(aging.debate, "by=nobody")


@pytest.mark.parametrize("state", [State.DRAFT, State.PENDING, State.HIDDEN, State.WITHDRAWN])
def test_what_is_not_published_is_in_no_list_and_in_no_path(cast: Cast, scene: Scene, state: State) -> None:
    Argument.objects.filter(pk=scene.reason.pk).update(state=state)
    for client in (Client(), signed_in(cast.ben)):
        html = read(scene.debate, client=client)
        assert shown(html) == [scene.rebuttal.public_id, scene.thesis.public_id]
        assert scene.reason.claim not in html
    assert scene.reason.public_id not in shown(read(scene.debate, client=signed_in(cast.cleo)))


def test_only_the_plain_list_is_for_search_engines(scene: Scene) -> None:
    assert "noindex" in read(scene.debate), "It repeats the debate's own page."
    for query in ("since=day", "of=edits", "stance=con", f"before={scene.reason.public_id}"):
        assert 'content="noindex' in read(scene.debate, query), query


def test_a_page_takes_as_many_statements_with_many_as_with_few(cast: Cast, scene: Scene) -> None:
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as taken:
            read(scene.debate)
        counts.append(len(taken))
        last = scene.rebuttal
        for number in range(12):
            last = post_argument((cast.ada, cast.ben)[number % 2], last, con(f"No, {number}."))
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("stance=note", "notes"),
        ("stance=note&by=ada", "notes, by ada"),
        ("stance=pro&sources=checked", "arguments for the claim above them, with a checked source"),
        ("stance=con&tag=x", "arguments against the claim above them, tagged “x”"),
        ("sources=cited&tag=x&by=voice:Zo", "arguments with a source, tagged “x”, by Zo"),
    ],
)
def test_what_was_chosen_fits_into_every_sentence(scene: Scene, query: str, said: str) -> None:
    assert f"This debate has no {said}." in read(scene.debate, query)
    assert f"Since then there were no {said}." in read(scene.debate, f"{query}&since=day")
    address = f"{scene.debate.get_absolute_url()}?{query}"
    assert f"Shown: {said}. What only leads there" in Client().get(address).content.decode()
