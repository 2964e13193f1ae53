"""Why an argument stands as it does: the words, the bars and the panel that explains them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from debates.actions.moderating.hide import hide
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, Standing
from debates.views.parts.standing import HALF, Block, blocks_of
from tests.conftest import Cast, Scene, con, pro, signed_in
from tests.debates.test_standing import rated

some = st.lists(st.floats(0, 1), max_size=12)


@given(some, some, st.floats(0, 1.5))
def test_blocks_never_leave_the_drawing_nor_each_other(
    pros: list[float], cons: list[float], cited: float
) -> None:
    blocks = blocks_of(pros, cons, cited)
    left = [one for one in blocks if one.kind != "con"]
    right = [one for one in blocks if one.kind == "con"]
    for side in (sorted(left, key=start), sorted(right, key=start)):
        for before, after in pairwise(side):
            assert before.x + before.width <= after.x + 0.5
    assert all(one.x >= -0.5 and one.x + one.width <= 2 * HALF + 1.5 for one in blocks)


def start(block: Block) -> float:
    """Return where a block begins."""
    return block.x


def test_blocks_are_as_wide_as_what_reaches_the_claim() -> None:
    narrow, wide = blocks_of([0.3], [0.6])
    assert wide.width + 1 == pytest.approx(2 * (narrow.width + 1)), (
        "The blocks are the formula’s very input: one twice as wide reaches the claim twice as much."
    )


def test_a_visitor_reads_why_a_thesis_stands_so(scene: Scene, cast: Cast, client: Client) -> None:
    rated(scene.reason, 4, 4, 8)
    other = post_argument(cast.ben, scene.thesis, con("They cost too much."))
    rated(other, 1, 3, 8)
    fresh = post_argument(cast.dan, scene.thesis, con("They rust."))
    page = client.get(f"{scene.thesis.get_absolute_url()}why/").content.decode()
    assert "What backs it mainly" in page
    assert scene.reason.claim in page
    assert "Without it:" in page
    assert "1 argument is new or hardly rated yet" in page
    assert "8 people have rated arguments right below it." in page
    assert "With any one argument gone" in page
    assert "an argument was rated" in page, "The history says what changed it."
    assert "It does not measure truth." in page
    hide(cast.cleo, fresh, "Rude.")
    assert "They rust." not in client.get(f"{scene.thesis.get_absolute_url()}why/").content.decode()


def test_a_member_who_may_still_rate_is_not_told_how_it_stands(scene: Scene, cast: Cast) -> None:
    rated(scene.reason, 4, 4, 8)
    address = f"{scene.reason.get_absolute_url()}why/"
    dan = signed_in(cast.dan)
    assert "once you have said whether it holds up" in dan.get(address).content.decode()
    rated_by_dan(scene.reason, cast)
    assert "8 people have rated it" not in dan.get(address).content.decode()
    assert "9 people have rated it." in dan.get(address).content.decode()
    assert "What holds it back" not in signed_in(cast.ada).get(f"{address}?").content.decode()
    ada = signed_in(cast.ada).get(address).content.decode()
    assert "9 people have rated it." in ada, "Nobody rates their own, so authors see theirs."


def rated_by_dan(argument: Argument, cast: Cast) -> None:
    from debates.actions.weighing.rate import rate

    rate(cast.dan, argument, holds=3, matters=3)


def test_the_panel_of_a_thesis_names_nothing_that_its_reader_may_still_rate(scene: Scene, cast: Cast) -> None:
    rated(scene.reason, 4, 4, 8)
    address = f"{scene.thesis.get_absolute_url()}why/"
    dan = signed_in(cast.dan)
    page = dan.get(address).content.decode()
    assert scene.reason.claim not in page, "What it carries would tell how others rated it."
    assert "1 argument is left out here until you have said whether it holds up." in page
    rated_by_dan(scene.reason, cast)
    assert scene.reason.claim in dan.get(address).content.decode()


def test_an_objection_that_carries_nothing_is_not_the_reason(
    scene: Scene, cast: Cast, client: Client
) -> None:
    weak = post_argument(cast.dan, scene.thesis, pro("They are lucky."))
    rated(weak, 0, 1, 8)
    rated(scene.reason, 4, 4, 8)
    post_argument(cast.ben, weak, con("Nobody is luckier."))
    page = client.get(f"{scene.thesis.get_absolute_url()}why/").content.decode()
    assert "It counts little because few say that it holds up." in page
    assert "answers it" not in page


def test_cards_show_word_and_bars_to_visitors_and_hide_them_from_who_may_rate(
    scene: Scene, cast: Cast, client: Client
) -> None:
    rated(scene.reason, 4, 4, 8)
    address = scene.debate.get_absolute_url()
    assert client.get(address).content.decode().count('class="standing ') == 3
    dan = signed_in(cast.dan).get(address).content.decode()
    assert dan.count('class="standing ') == 1, "Only the thesis: its standing always shows."
    cleo = signed_in(cast.cleo).get(address).content.decode()
    assert cleo.count('class="standing ') == 1, "Staff are no exception."


def test_bars_have_words_for_who_cannot_see_them(scene: Scene, client: Client) -> None:
    rated(scene.reason, 4, 4, 8)
    held = Standing.objects.get(argument=scene.thesis)
    page = client.get(scene.debate.get_absolute_url()).content.decode()
    assert f"For: {held.pro:.2f}, from 1 argument. Against: 0.00, from 0 arguments." in page


def test_the_panel_comes_as_a_fragment_to_a_script(scene: Scene, client: Client) -> None:
    address = f"{scene.thesis.get_absolute_url()}why/"
    piece = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert piece.strip().startswith("<section")
    assert "<html" not in piece
    whole = client.get(address).content.decode()
    assert "<html" in whole


def test_an_argument_in_a_bundle_is_one_block(scene: Scene, cast: Cast, client: Client) -> None:
    second = post_argument(cast.ada, scene.thesis, pro("Memory binds a town."), joint_with=scene.reason)
    rated(scene.reason, 4, 4, 8)
    rated(second, 4, 4, 8)
    page = client.get(scene.debate.get_absolute_url()).content.decode()
    assert "from 1 argument. Against: 0.00" in page
