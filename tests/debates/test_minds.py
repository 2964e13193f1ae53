"""Readers say that an argument changed their mind: once each, with a sentence, and it can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.actions.moderating.hide_delta import hide_delta, restore_delta
from debates.actions.moderating.lock import lock
from debates.actions.weighing.change_mind import LONGEST_WHY, change_mind, unchange_mind
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.models import Argument, Delta, LogEntry, Opinion, State
from debates.permissions import Refused
from debates.signals import mind_changed
from debates.views.weighing.minds import SENTENCES
from forum.accounts.models import User
from tests.conftest import Cast, Scene, make_cast, make_scene, pro, signed_in
from tests.debates.test_once import all_at_once

WHY = "I had not known that half of them came from elsewhere."


def mind_page(argument: Argument) -> str:
    """Return the page of those whose minds an argument changed."""
    return reverse("mind", args=[argument.public_id])


def words(response: Any) -> str:
    """Return a page's text. Any: the test client's response."""
    return unescape(response.content.decode())


@pytest.fixture
def told() -> Iterator[list[Delta]]:
    """Collect what is announced."""
    heard: list[Delta] = []

    def listen(delta: Delta, **_more: object) -> None:
        heard.append(delta)

    mind_changed.connect(listen)
    yield heard
    mind_changed.disconnect(listen)


def test_a_change_of_mind_is_said_once_mended_and_taken_back(
    cast: Cast, scene: Scene, told: list[Delta]
) -> None:
    assert change_mind(cast.dan, scene.rebuttal, f"  {WHY}\n ")
    assert not change_mind(cast.dan, scene.rebuttal, WHY)
    assert change_mind(cast.dan, scene.rebuttal, "Said better.")
    delta = Delta.objects.get()
    assert (delta.member, delta.why, delta.state) == (cast.dan, "Said better.", State.PUBLISHED)
    assert unchange_mind(cast.dan, scene.rebuttal)
    assert not unchange_mind(cast.dan, scene.rebuttal)
    delta.refresh_from_db()
    assert delta.state == State.WITHDRAWN
    assert change_mind(cast.dan, scene.rebuttal, WHY)
    assert Delta.objects.count() == 1
    assert told == [delta], "Its author is told once, however often a reader changes their mind about that."


@pytest.mark.parametrize("why", ["", "  \n ", "x" * (LONGEST_WHY + 1), "with a \0"])
def test_a_sentence_is_required(cast: Cast, scene: Scene, why: str) -> None:
    with pytest.raises(Refused) as refusal:
        change_mind(cast.dan, scene.rebuttal, why)
    assert refusal.value.field == "why"
    assert not Delta.objects.exists()


def test_nobody_changes_their_own_mind(cast: Cast, scene: Scene) -> None:
    with pytest.raises(Refused, match="your own argument"):
        change_mind(cast.ben, scene.rebuttal, WHY)


def test_a_thesis_and_a_note_are_no_arguments(cast: Cast, scene: Scene) -> None:
    note = post_argument(cast.ada, scene.thesis, ArgumentText(claim="Which cranes?", kind="note"))
    for one in (scene.thesis, note):
        with pytest.raises(Refused):
            change_mind(cast.dan, one, WHY)


def test_under_a_lock_it_is_only_taken_back(cast: Cast, scene: Scene) -> None:
    change_mind(cast.dan, scene.rebuttal, WHY)
    lock(cast.cleo, scene.reason, "It has run its course.")
    for member in (cast.dan, cast.ada):
        with pytest.raises(Refused, match="locked"):
            change_mind(member, scene.rebuttal, "One more thing.")
    assert unchange_mind(cast.dan, scene.rebuttal)


def test_the_database_holds_one_row_per_reader(cast: Cast, scene: Scene) -> None:
    change_mind(cast.dan, scene.rebuttal, WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delta.objects.create(argument=scene.rebuttal, member=cast.dan, why=WHY)


def test_twenty_at_once_make_one_and_tell_once(transactional_db: None, told: list[Delta]) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    outcomes = all_at_once([partial(change_mind, cast.dan, scene.rebuttal, WHY) for _ in range(20)])
    assert outcomes.count(True) == 1
    assert Delta.objects.count() == len(told) == 1


# ------------------------------------------------------------------------------------------------------ moderators


def test_what_a_moderator_hid_stays_hidden_until_it_is_restored(
    client: Client, cast: Cast, scene: Scene
) -> None:
    change_mind(cast.dan, scene.rebuttal, WHY)
    delta = Delta.objects.get()
    assert hide_delta(cast.cleo, delta, "Rude.", "person")
    assert not hide_delta(cast.cleo, delta, "Rude.", "person")
    assert WHY not in words(client.get(mind_page(scene.rebuttal)))
    assert WHY not in words(client.get(reverse("minds")))
    assert WHY in words(signed_in(cast.dan).get(mind_page(scene.rebuttal))), (
        "Nobody is hidden without knowing."
    )
    for attempt in (
        partial(change_mind, cast.dan, scene.rebuttal, "Again."),
        partial(unchange_mind, cast.dan, scene.rebuttal),
    ):
        with pytest.raises(Refused, match="moderator hid"):
            attempt()
    assert restore_delta(cast.cleo, delta, "It was not rude.")
    assert not restore_delta(cast.cleo, delta, "It was not rude.")
    assert WHY in words(client.get(mind_page(scene.rebuttal)))
    acts = LogEntry.objects.order_by("pk").values_list("act", "item_id", "reason")
    assert list(acts) == [
        ("hide-delta", scene.rebuttal.public_id, "Rude."),
        ("restore-delta", scene.rebuttal.public_id, "It was not rude."),
    ]


def test_only_moderators_hide_and_they_give_a_reason(cast: Cast, scene: Scene) -> None:
    change_mind(cast.dan, scene.rebuttal, WHY)
    delta = Delta.objects.get()
    for member, reason in ((cast.ben, "I do not like it."), (cast.cleo, " ")):
        with pytest.raises(Refused):
            hide_delta(member, delta, reason)
    delta.refresh_from_db()
    assert delta.state == State.PUBLISHED
    assert not LogEntry.objects.exists()


def test_what_was_taken_back_is_not_restored(cast: Cast, scene: Scene) -> None:
    change_mind(cast.dan, scene.rebuttal, WHY)
    unchange_mind(cast.dan, scene.rebuttal)
    assert not restore_delta(cast.cleo, Delta.objects.get(), "Let it stand.")
    assert not hide_delta(cast.cleo, Delta.objects.get(), "Rude.")


def test_a_moderator_hides_and_restores_on_a_page(cast: Cast, scene: Scene) -> None:
    change_mind(cast.dan, scene.rebuttal, WHY)
    delta = Delta.objects.get()
    page, cleo = reverse("hide_delta", args=[delta.pk]), signed_in(cast.cleo)
    assert page in words(cleo.get(mind_page(scene.rebuttal)))
    assert page not in words(signed_in(cast.ben).get(mind_page(scene.rebuttal)))
    assert signed_in(cast.ben).get(page).status_code == 403
    assert WHY in words(cleo.get(page))
    assert cleo.post(page, {"act": "hide", "reason": ""}).status_code == 422
    for act, state in (("hide", State.HIDDEN), ("hide", State.HIDDEN), ("restore", State.PUBLISHED)):
        assert cleo.post(page, {"act": act, "reason": "A reason."}).status_code == 302
        delta.refresh_from_db()
        assert delta.state == state, "A second click on “Hide” must not restore it."
    unchange_mind(cast.dan, scene.rebuttal)
    assert cleo.get(page).status_code == 404


# ------------------------------------------------------------------------------------------------------ the pages


def test_a_reader_says_so_on_the_page_and_takes_it_back(client: Client, cast: Cast, scene: Scene) -> None:
    dan, page = signed_in(cast.dan), mind_page(scene.rebuttal)
    assert dan.post(page, {"why": WHY}).status_code == 302
    assert WHY in words(client.get(page))
    assert "Take my sentence back" in words(dan.get(page))
    assert dan.post(page, {"take_back": "1"}).status_code == 302
    assert WHY not in words(client.get(page))


@pytest.mark.parametrize("why", ["", "with a \0 in it", "x" * (LONGEST_WHY + 1)])
def test_what_is_wrong_is_said_at_the_field(cast: Cast, scene: Scene, why: str) -> None:
    answer = signed_in(cast.dan).post(mind_page(scene.rebuttal), {"why": why})
    assert answer.status_code == 422
    assert "field-wrong" in words(answer)
    assert why.replace("\0", "") in words(answer).replace("\0", "").replace("�", ""), (
        "What was typed comes back."
    )


@pytest.mark.parametrize("meanwhile", ["hidden", "locked"])
def test_what_was_typed_comes_back(cast: Cast, scene: Scene, meanwhile: str) -> None:
    dan = signed_in(cast.dan)
    if meanwhile == "hidden":
        hide(cast.cleo, scene.rebuttal, "Rude.", "person")
    else:
        lock(cast.cleo, scene.rebuttal, "It has run its course.")
    answer = dan.post(mind_page(scene.rebuttal), {"why": WHY})
    assert answer.status_code == 409
    assert WHY in words(answer)
    assert not Delta.objects.exists()


def test_what_never_was_is_not_found(cast: Cast, scene: Scene) -> None:
    Argument.objects.filter(pk=scene.rebuttal.pk).update(state=State.DRAFT)
    for address in (mind_page(scene.rebuttal), "/arguments/nothinghere/mind/"):
        assert signed_in(cast.dan).post(address, {"why": WHY}).status_code == 404


def test_what_a_visitor_typed_waits_while_they_sign_in(client: Client, cast: Cast, scene: Scene) -> None:
    page = mind_page(scene.rebuttal)
    assert client.post(page, {"why": WHY}).status_code == 302
    client.force_login(cast.dan)
    assert WHY in words(client.get(page))
    assert not Delta.objects.exists(), "It is sent by who reads it again, not by itself."


def test_a_visitors_page_holds_no_token(client: Client, scene: Scene) -> None:
    answer = client.get(mind_page(scene.rebuttal))
    assert "csrfmiddlewaretoken" not in words(answer)
    assert not answer.cookies


def test_the_page_of_minds_lists_the_most_named_first_with_who_was_asked(
    client: Client, cast: Cast, scene: Scene
) -> None:
    change_mind(cast.dan, scene.reason, "One sentence.")
    change_mind(cast.dan, scene.rebuttal, "Another sentence.")
    change_mind(cast.cleo, scene.rebuttal, "A third.")
    Opinion.objects.create(thesis=scene.thesis, member=cast.dan, before=1, after=5)
    Opinion.objects.create(thesis=scene.thesis, member=cast.cleo, before=1, after=None)
    page = words(client.get(reverse("minds")))
    assert page.index(scene.rebuttal.claim) < page.index(scene.reason.claim)
    assert "It changed 2 minds. 1 reader said before and on leaving" in page
    for sentence in ("One sentence.", "Another sentence.", "A third."):
        assert sentence in page


def test_what_is_hidden_or_taken_back_is_not_on_it(client: Client, cast: Cast, scene: Scene) -> None:
    change_mind(cast.dan, scene.reason, "Of a hidden argument.")
    change_mind(cast.dan, scene.rebuttal, "Taken back.")
    unchange_mind(cast.dan, scene.rebuttal)
    hide(cast.cleo, scene.reason, "Rude.", "person")
    for who in (client, signed_in(cast.cleo), signed_in(cast.dan)):
        page = words(who.get(reverse("minds")))
        assert "Nobody has said yet" in page, "What stands in lists is the same for everyone."
        assert "Of a hidden argument." not in page


def test_of_an_argument_only_what_can_be_read_is_shown_and_counted(
    client: Client, cast: Cast, scene: Scene
) -> None:
    for member, why in ((cast.dan, "It stands."), (cast.ada, "Taken back."), (cast.cleo, "Hidden.")):
        change_mind(member, scene.rebuttal, why)
    unchange_mind(cast.ada, scene.rebuttal)
    hide_delta(cast.cleo, Delta.objects.get(member=cast.cleo), "By mistake.")
    page = words(client.get(reverse("minds")))
    assert "It changed 1 mind." in page
    assert "It stands." in page
    assert "Taken back." not in page
    assert "Hidden." not in page


def test_it_can_be_kept_to_one_debate(client: Client, cast: Cast, scene: Scene) -> None:
    other = open_debate(cast.ada, "Should the harbour be dredged?", ["It should."])
    elsewhere = post_argument(cast.ada, other.arguments.get(), pro("Ships need depth."))
    change_mind(cast.dan, elsewhere, "Elsewhere.")
    change_mind(cast.dan, scene.rebuttal, "Here.")
    page = words(client.get(reverse("minds"), {"debate": scene.debate.slug}))
    assert "Here." in page
    assert "Elsewhere." not in page
    hide(cast.cleo, other, "A duplicate.")
    assert client.get(reverse("minds"), {"debate": other.slug}).status_code == 404
    assert client.get(reverse("minds"), {"debate": "no\0such"}).status_code == 404


def test_of_many_sentences_a_few_are_shown_and_the_rest_are_counted(client: Client, scene: Scene) -> None:
    for number in range(SENTENCES + 3):
        change_mind(User.objects.create_user(f"reader{number}"), scene.rebuttal, f"Sentence {number}.")
    page = words(client.get(reverse("minds")))
    assert page.count("Sentence ") == SENTENCES
    assert "3 more sentences" in page
    assert words(client.get(mind_page(scene.rebuttal))).count("Sentence ") == SENTENCES + 3


def test_the_pages_cost_the_same_with_one_and_with_many(client: Client, cast: Cast, scene: Scene) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as taken:
            assert client.get(address).status_code == 200
        return len(taken)

    change_mind(cast.dan, scene.rebuttal, WHY)
    pages = (reverse("minds"), mind_page(scene.rebuttal))
    few = [cost(page) for page in pages]
    for number in range(12):
        reader = User.objects.create_user(f"reader{number}")
        change_mind(reader, post_argument(cast.ada, scene.thesis, pro(f"Number {number}.")), WHY)
        change_mind(reader, scene.rebuttal, WHY)
    assert [cost(page) for page in pages] == few
