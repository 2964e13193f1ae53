"""What readers think of a thesis, before reading and on leaving: kept apart, shown late, and never part of a standing."""

from __future__ import annotations

from functools import partial
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.weighing.opine import Moment, opine
from debates.models import Argument, Opinion, Standing, StandingChange
from debates.permissions import Refused
from debates.strength.opinion import Shift
from debates.views.weighing.opinion import polls_of, shift_words, signed
from forum.accounts.models import User
from tests.conftest import Cast, Scene, make_cast, make_scene, signed_in
from tests.debates.test_once import all_at_once


def opinion_page(scene: Scene) -> str:
    """Return the address that takes opinions."""
    return reverse("opinion", args=[scene.debate.slug])


def answer(scene: Scene, moment: str, point: str) -> dict[str, str]:
    """Return what a button sends."""
    return {"thesis": scene.thesis.public_id, "moment": moment, "point": point}


def words(response: Any) -> str:
    """Return a page's text. Any: the test client's response."""
    return unescape(response.content.decode())


def given(member: User) -> tuple[int | None, int | None]:
    """Return what a member said before and on leaving."""
    row = Opinion.objects.get(member=member)
    return row.before, row.after


def readers(thesis: Argument, *pairs: tuple[int | None, int | None]) -> None:
    """Add readers who said something before and on leaving."""
    for number, (before, after) in enumerate(pairs):
        reader = User.objects.create_user(f"reader{number}")
        Opinion.objects.create(thesis=thesis, member=reader, before=before, after=after)


def test_what_one_thinks_is_kept_for_both_moments(cast: Cast, scene: Scene) -> None:
    assert opine(cast.dan, scene.thesis, 1, "before")
    assert not opine(cast.dan, scene.thesis, 1, "before")
    assert opine(cast.dan, scene.thesis, 2, "before"), "Until one leaves it can be changed."
    assert opine(cast.dan, scene.thesis, 5, "after")
    assert opine(cast.dan, scene.thesis, 6, "after")
    assert given(cast.dan) == (2, 6)


def test_an_opinion_has_no_part_in_the_standing(cast: Cast, scene: Scene) -> None:
    before = list(Standing.objects.order_by("pk").values()), StandingChange.objects.count()
    opine(cast.dan, scene.thesis, 6, "before")
    opine(cast.dan, scene.thesis, 6, "after")
    assert (list(Standing.objects.order_by("pk").values()), StandingChange.objects.count()) == before


def test_the_author_of_a_thesis_has_an_opinion_too(cast: Cast, scene: Scene) -> None:
    assert opine(cast.ada, scene.thesis, 6, "before")


def test_what_one_thought_before_is_not_given_afterwards(cast: Cast, scene: Scene) -> None:
    opine(cast.dan, scene.thesis, 5, "after")
    with pytest.raises(Refused, match="on leaving"):
        opine(cast.dan, scene.thesis, 0, "before")
    opine(cast.dan, scene.thesis, None, "after")
    with pytest.raises(Refused, match="on leaving"):
        opine(cast.dan, scene.thesis, 0, "before")
    assert given(cast.dan) == (None, None), "Taking it back does not turn the clock back."


@pytest.mark.parametrize("moment", ["before", "after"])
def test_it_can_be_taken_back_at_any_time(cast: Cast, scene: Scene, moment: Moment) -> None:
    assert not opine(cast.dan, scene.thesis, None, moment), "There was nothing to take back."
    opine(cast.dan, scene.thesis, 5, moment)
    lock(cast.cleo, scene.debate, "It has run its course.")
    hide(cast.cleo, scene.thesis, "Rude.", "person")
    assert opine(cast.dan, scene.thesis, None, moment)
    assert given(cast.dan) == (None, None)


@pytest.mark.parametrize("point", [-1, 7])
def test_a_point_outside_the_seven_is_refused(cast: Cast, scene: Scene, point: int) -> None:
    with pytest.raises(Refused):
        opine(cast.dan, scene.thesis, point, "before")
    assert not Opinion.objects.exists()


def test_opinions_are_about_theses(cast: Cast, scene: Scene) -> None:
    with pytest.raises(Refused):
        opine(cast.dan, scene.reason, 3, "before")


@pytest.mark.parametrize("why", ["locked", "hidden"])
def test_what_is_closed_takes_no_opinion(cast: Cast, scene: Scene, why: str) -> None:
    if why == "locked":
        lock(cast.cleo, scene.debate, "It has run its course.")
    else:
        hide(cast.cleo, scene.thesis, "Rude.", "person")
    with pytest.raises(Refused):
        opine(cast.dan, scene.thesis, 3, "before")


def test_the_database_holds_one_row_per_member(cast: Cast, scene: Scene) -> None:
    opine(cast.dan, scene.thesis, 3, "before")
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.create(thesis=scene.thesis, member=cast.dan, after=3)


def test_many_clicks_at_once_make_one_row(transactional_db: None) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    all_at_once([partial(opine, cast.dan, scene.thesis, number % 7, "before") for number in range(20)])
    assert Opinion.objects.filter(member=cast.dan).count() == 1


# ------------------------------------------------------------------------------------------------------ the page


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_one_click_answers_and_the_next_takes_it_back(cast: Cast, scene: Scene, htmx: bool) -> None:
    dan, headers = signed_in(cast.dan), {"HX-Request": "true"} if htmx else {}
    for moment in ("before", "after"):
        for point, pressed in (("4", 1), ("", 0)):
            response = dan.post(opinion_page(scene), answer(scene, moment, point), headers=headers)
            if htmx:
                page = words(response)
                assert page.count('aria-pressed="true"') == (pressed if moment == "after" or point else 0)
                assert f'id="{moment}-{scene.thesis.public_id}"' in page
                assert "<html" not in page
                assert "HX-Request" in response.headers["Vary"]
            else:
                place = f"{scene.debate.get_absolute_url()}#{moment}-{scene.thesis.public_id}"
                assert (response.status_code, response.headers["Location"]) == (302, place)
    assert given(cast.dan) == (None, None)


def test_the_result_shows_once_one_has_answered_on_leaving(cast: Cast, scene: Scene) -> None:
    readers(scene.thesis, (1, 3), (2, 3), (3, 3), (4, 4), (5, 4))
    dan, htmx = signed_in(cast.dan), {"HX-Request": "true"}
    first = words(dan.post(opinion_page(scene), answer(scene, "before", "3"), headers=htmx))
    assert "moved" not in first
    assert not polls_of(cast.dan, scene.debate)[scene.thesis.public_id].sees, (
        "Before one leaves, what others say would sway the second answer."
    )
    last = words(dan.post(opinion_page(scene), answer(scene, "after", "4"), headers=htmx))
    assert "6 members answered before and on leaving; 4 moved: 3 towards the thesis, 1 away from it." in last


def test_visitors_see_the_result_and_are_asked_nothing(scene: Scene) -> None:
    readers(scene.thesis, (1, 3), (2, 3), (3, 3), (4, 4), (5, 4))
    poll = polls_of(Client().get("/").wsgi_request.user, scene.debate)[scene.thesis.public_id]
    assert poll.sees
    assert not poll.may_opine
    assert poll.result[0].startswith("5 members answered")


def test_who_answered_once_is_not_among_those_who_moved(cast: Cast, scene: Scene) -> None:
    readers(scene.thesis, (1, 3), (2, 3), (3, 3), (4, 4), (None, 6), (0, None))
    poll = polls_of(cast.dan, scene.debate)[scene.thesis.public_id]
    assert len(poll.pairs) == 4
    assert "once five members" in poll.result[0], "Four are no five: nothing is said of them."


@pytest.mark.parametrize("form", [{"point": "7"}, {"point": "x"}, {"moment": "between"}, {"moment": ""}])
def test_what_no_button_sends_is_refused(cast: Cast, scene: Scene, form: dict[str, str]) -> None:
    sent = answer(scene, "before", "3") | form
    assert signed_in(cast.dan).post(opinion_page(scene), sent).status_code == 400
    assert not Opinion.objects.exists()


def test_an_argument_is_no_thesis_to_the_page(cast: Cast, scene: Scene) -> None:
    for name in (scene.reason.public_id, "", "nothing\0here"):
        sent = answer(scene, "before", "3") | {"thesis": name}
        assert signed_in(cast.dan).post(opinion_page(scene), sent).status_code == 404


def test_a_visitor_is_sent_to_sign_in_and_from_there_to_the_debate(
    client: Client, cast: Cast, scene: Scene
) -> None:
    response = client.post(opinion_page(scene), answer(scene, "before", "3"))
    assert reverse("account_login") in response.headers["Location"]
    client.force_login(cast.dan)
    assert client.get(opinion_page(scene)).headers["Location"] == scene.debate.get_absolute_url()


def test_the_polls_of_a_debate_cost_three_statements(cast: Cast, scene: Scene) -> None:
    readers(scene.thesis, *[(1, 2)] * 9)
    with CaptureQueriesContext(connection) as taken:
        polls_of(cast.dan, scene.debate)
    assert len(taken) == 3


# ------------------------------------------------------------------------------------------------------ its words


def test_what_moved_is_said_with_how_sure_that_is() -> None:
    towards = shift_words(Shift(n=9, up=6, down=1, mean=1.2, interval=(0.4, 2.1)))
    assert towards[1] == "On average +1.2 points of 6, towards the thesis (95 % interval +0.4 to +2.1)."
    away = shift_words(Shift(n=9, up=1, down=6, mean=-1.0, interval=(-1.5, -0.5)))
    assert "−1.0 points of 6, away from the thesis (95 % interval −1.5 to −0.5)" in away[1]
    chance = shift_words(Shift(n=9, up=4, down=3, mean=0.2, interval=(-0.5, 0.9)))
    assert "which may be chance (95 % interval −0.5 to +0.9)" in chance[1]
    alike = shift_words(Shift(n=5, up=5, down=0, mean=1.0, interval=None))
    assert alike == [
        "5 members answered before and on leaving; 5 moved: 5 towards the thesis, 0 away from it."
    ]


def test_a_small_change_has_no_sign_and_a_comma_where_it_belongs() -> None:
    assert signed(-0.04) == "0.0"
    with translation.override("de"):
        assert signed(0.52) == "+0,5"
