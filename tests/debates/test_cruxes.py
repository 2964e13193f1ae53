"""What parts the two sides of a thesis, and what both accept: from plain counts, and never from a few people."""

from __future__ import annotations

from html import unescape
from itertools import count
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from debates.actions.moderating.hide import hide
from debates.actions.weighing.ask_to_see import ask_to_see
from debates.actions.weighing.rate import rate
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, Debate, Opinion, Rating
from debates.views.weighing.cruxes import answers_of, cruxes_of, sides_of
from forum.accounts.models import User
from tests.conftest import Cast, Scene, make_cast, make_scene, pro, signed_in

SUPPORTERS, OPPONENTS = "supporters", "opponents"
NUMBERS = count()

type Sides = dict[str, list[User]]


def declare(thesis: Argument, how_many: int, before: int | None, after: int | None = None) -> list[User]:
    """Add members who said what they think of a thesis."""
    members = [User.objects.create_user(f"reader{next(NUMBERS)}") for _ in range(how_many)]
    for member in members:
        Opinion.objects.create(thesis=thesis, member=member, before=before, after=after)
    return members


def answer(argument: Argument, members: list[User], agree: int) -> None:
    """Let members answer whether a claim holds up: the first few say so, the others do not."""
    for number, member in enumerate(members):
        rate(member, argument, holds=4 if number < agree else 0)


def page_of(debate: Debate) -> str:
    """Return the page's address."""
    return reverse("cruxes", args=[debate.slug])


def words(response: Any) -> str:
    """Return a page's text. Any: the test client's response."""
    return unescape(response.content.decode())


@pytest.fixture
def sides(scene: Scene) -> Sides:
    """Give ten supporters and nine opponents of the thesis."""
    return {SUPPORTERS: declare(scene.thesis, 10, 5), OPPONENTS: declare(scene.thesis, 9, 3, 1)}


def test_what_parts_the_sides_is_a_crux_and_what_both_accept_is_common(
    client: Client, scene: Scene, sides: Sides
) -> None:
    answer(scene.reason, sides[SUPPORTERS], 8)
    answer(scene.reason, sides[OPPONENTS], 1)
    answer(scene.rebuttal, sides[SUPPORTERS], 9)
    answer(scene.rebuttal, sides[OPPONENTS], 7)
    page = words(client.get(page_of(scene.debate)))
    cruxes, common = page.split("<h3>Common ground</h3>")
    assert "8 of 10 supporters say that it holds up, 1 of 9 opponents." in cruxes
    assert scene.reason.claim in cruxes
    assert scene.reason.claim not in common
    assert "9 of 10 supporters say that it holds up, 7 of 9 opponents." in common
    assert scene.rebuttal.claim in common
    assert scene.rebuttal.claim not in cruxes


def test_the_latest_opinion_says_on_which_side_one_is(scene: Scene) -> None:
    declare(scene.thesis, 3, 6, 0)  # turned round on leaving
    declare(scene.thesis, 2, 0, None)
    declare(scene.thesis, 4, None, 4)
    declare(scene.thesis, 5, 3)  # in the middle: on neither side
    declare(scene.thesis, 6, None, None)
    assert sides_of(scene.debate) == [(scene.thesis.path, 4, 5)]


@pytest.mark.parametrize(("supporters", "opponents"), [(4, 9), (9, 4), (0, 0)])
def test_nothing_is_said_before_five_on_either_side_declared_themselves(
    client: Client, scene: Scene, supporters: int, opponents: int
) -> None:
    answer(scene.reason, declare(scene.thesis, supporters, 6), supporters)
    answer(scene.reason, declare(scene.thesis, opponents, 0), 0)
    page = words(client.get(page_of(scene.debate)))
    assert f"{supporters} supporters and {opponents} opponents have said what they think" in page
    assert "say that it holds up," not in page


@pytest.mark.parametrize(("supporters", "opponents"), [(4, 9), (9, 4)])
def test_nothing_is_said_of_a_claim_that_four_of_a_side_answered(
    client: Client, scene: Scene, sides: Sides, supporters: int, opponents: int
) -> None:
    answer(scene.reason, sides[SUPPORTERS][:supporters], supporters)
    answer(scene.reason, sides[OPPONENTS][:opponents], 0)
    page = words(client.get(page_of(scene.debate)))
    assert "no claim has been rated by 5 supporters and 5 opponents" in page
    assert scene.reason.claim not in page


def test_what_was_answered_after_seeing_does_not_count(client: Client, scene: Scene, sides: Sides) -> None:
    for member in sides[SUPPORTERS]:
        ask_to_see(member, scene.reason)
    answer(scene.reason, sides[SUPPORTERS], 10)
    answer(scene.reason, sides[OPPONENTS], 0)
    assert scene.reason.claim not in words(client.get(page_of(scene.debate)))


def test_the_sides_of_one_thesis_say_nothing_of_another(client: Client, cast: Cast) -> None:
    debate = open_debate(cast.ada, "What of the harbour?", ["Keep it.", "Fill it in."])
    keep, fill = debate.arguments.order_by("path")
    claim = post_argument(cast.ada, fill, pro("Land is dear."))
    answer(claim, declare(keep, 6, 6), 6)
    answer(claim, declare(keep, 6, 0), 0)
    declare(fill, 6, 6)
    declare(fill, 6, 0)
    assert claim.claim not in words(client.get(page_of(debate)))


def test_who_may_still_rate_a_claim_does_not_read_it_off_this_page(
    client: Client, cast: Cast, scene: Scene, sides: Sides
) -> None:
    answer(scene.reason, sides[SUPPORTERS], 8)
    answer(scene.reason, sides[OPPONENTS], 1)
    for member in (cast.ben, cast.cleo):
        page = words(signed_in(member).get(page_of(scene.debate)))
        assert "8 of 10" not in page, f"{member} may rate this claim: no counts before the answer."
        cruxes = page.split("<details>")[0]
        assert scene.reason.claim not in cruxes, "That it is a crux says what others answered."
        assert "1 claim is left out" in page
    ask_to_see(cast.cleo, scene.reason)
    rate(cast.ben, scene.reason, holds=2)
    for who in (client, signed_in(cast.ada), signed_in(cast.ben), signed_in(cast.cleo)):
        assert "8 of 10 supporters" in words(who.get(page_of(scene.debate)))


def test_a_hidden_claim_is_not_on_it(client: Client, cast: Cast, scene: Scene, sides: Sides) -> None:
    answer(scene.reason, sides[SUPPORTERS], 8)
    answer(scene.reason, sides[OPPONENTS], 1)
    hide(cast.cleo, scene.reason, "Rude.", "person")
    for who in (client, signed_in(cast.cleo), signed_in(cast.ada)):
        assert scene.reason.claim not in words(who.get(page_of(scene.debate)))


def test_a_debate_that_cannot_be_read_is_not_found(client: Client, cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.debate, "A duplicate.")
    assert client.get(page_of(scene.debate)).status_code == 404


def test_the_page_costs_the_same_with_one_claim_and_with_many(cast: Cast, scene: Scene, sides: Sides) -> None:
    ben = signed_in(cast.ben)

    def cost() -> int:
        with CaptureQueriesContext(connection) as taken:
            assert ben.get(page_of(scene.debate)).status_code == 200
        return len(taken)

    answer(scene.reason, sides[SUPPORTERS], 8)
    answer(scene.reason, sides[OPPONENTS], 1)
    few = cost()
    for number in range(8):
        claim = post_argument(cast.ada, scene.thesis, pro(f"Number {number}."))
        answer(claim, sides[SUPPORTERS][:5], 4)
        answer(claim, sides[OPPONENTS][:5], 1)
    assert cost() == few


class TheCountsAreThoseOfTheRows(TestCase):
    """Random opinions and answers, counted by the database and, slowly and obviously, one by one."""

    @settings(max_examples=20, deadline=None, derandomize=True)
    @given(
        people=st.lists(
            st.tuples(
                st.one_of(st.none(), st.integers(0, 6)),
                st.one_of(st.none(), st.integers(0, 6)),
                st.one_of(st.none(), st.integers(0, 4)),
                st.booleans(),
            ),
            max_size=12,
        )
    )
    def test_counts(self, people: list[tuple[int | None, int | None, int | None, bool]]) -> None:
        scene = make_scene(make_cast())
        expected = {True: [0, 0], False: [0, 0]}
        for before, after, holds, seen in people:
            (member,) = declare(scene.thesis, 1, before, after)
            Rating.objects.create(
                argument=scene.reason, member=member, holds=holds, matters=2, after_seeing=seen
            )
            latest = before if after is None else after
            if latest is None or latest == 3 or holds is None or seen:
                continue
            expected[latest > 3][0] += holds >= 3
            expected[latest > 3][1] += 1
        found = answers_of(scene.debate).get(scene.reason.pk, ((0, 0), (0, 0)))
        assert found == (tuple(expected[True]), tuple(expected[False]))
        (of,) = cruxes_of(AnonymousUser(), scene.debate)
        enough = min(expected[True][1], expected[False][1]) >= 5
        assert of.compared == enough
