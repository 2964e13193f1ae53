"""The map of a debate: every claim that everybody may read has its place, and nothing else has."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.moderating.hide import hide
from debates.actions.weighing.rate import rate
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, Debate
from debates.tree import path_of
from debates.views.reading.debate_map import PIECES, ROWS, THESES
from forum.accounts.models import User
from tests.conftest import Cast, Scene, con, pro, signed_in
from tests.debates.large import a_large_debate


def address(debate: Debate, at: Argument | None = None) -> str:
    """Return the address of a map."""
    return reverse("debate_map", args=[debate.slug]) + (f"?at={at.public_id}" if at else "")


def page_of(client: Client, url: str) -> str:
    """Return a page's text."""
    response = client.get(url)
    assert response.status_code == 200
    return unescape(response.content.decode())


def drawings(page: str) -> str:
    """Return the drawn part of a page."""
    return page[page.index("map-thesis") : page.index('id="map-list"')]


def test_every_piece_is_a_link_that_says_its_side_and_claim(client: Client, scene: Scene) -> None:
    page = page_of(client, address(scene.debate))
    reason = f'<a href="{scene.reason.get_absolute_url()}" aria-label="For, level 1: {scene.reason.claim} · 1 below it'
    rebuttal = (
        f'<a href="{scene.rebuttal.get_absolute_url()}" aria-label="Against, level 2: {scene.rebuttal.claim}'
    )
    assert page.index(reason) < page.index(rebuttal), "What answers a claim comes after it."
    assert re.findall(r"piece piece-(\w+)", page) == ["pro", "con"]
    assert "style=" not in page


def test_the_list_below_says_the_same(client: Client, cast: Cast, scene: Scene) -> None:
    post_argument(cast.ben, scene.thesis, con("Cranes rust."))
    post_argument(cast.ada, scene.reason, pro("Postcards show them."))
    page = page_of(client, address(scene.debate))
    drawn, listed = drawings(page), page[page.index('id="map-list"') :]
    assert re.findall(r'<a href="([^"]*)" aria-label', drawn) == re.findall(
        r'<li><a href="([^"]*)"', listed[: listed.index("</details>")]
    )
    assert listed.count("<ul>") == listed.count("</ul>")


@pytest.mark.parametrize("what", ["thesis", "reason", "rebuttal"])
def test_what_is_hidden_keeps_its_place_only_while_something_answers_it(
    client: Client, cast: Cast, scene: Scene, what: str
) -> None:
    gone = getattr(scene, what)
    hide(cast.cleo, gone, "person", "A test.")
    page = page_of(client, address(scene.debate))
    assert gone.claim not in page
    assert gone.public_id not in re.findall(r'href="[^"]*"', drawings(page)).__str__()
    if what == "rebuttal":
        assert "piece-gap" not in page
    elif what == "reason":
        assert "piece-gap" in page
        assert scene.rebuttal.claim in page
    else:
        assert scene.reason.claim in page


def test_whoever_may_rate_a_claim_does_not_see_how_it_stands(cast: Cast, scene: Scene) -> None:
    for number in range(8):
        rate(User.objects.create_user(f"reader{number}"), scene.reason, holds=4, matters=4)
    word = str(Argument.objects.get(pk=scene.reason.pk).standing.get_word_display())
    for client, sees in ((Client(), True), (signed_in(cast.dan), False), (signed_in(cast.ada), True)):
        page = drawings(page_of(client, address(scene.debate)))
        assert (f"1 below it · {word}" in page) == sees
        assert ("gauge-fill" in page) == sees
    rate(cast.dan, scene.reason, holds=1)
    assert "gauge-fill" in drawings(page_of(signed_in(cast.dan), address(scene.debate)))


def test_a_branch_has_a_map_of_its_own_that_leads_back(client: Client, scene: Scene) -> None:
    page = page_of(client, address(scene.debate, scene.reason))
    assert scene.rebuttal.claim in drawings(page)
    above = page[page.index("map-above") : page.index("map-key")]
    assert address(scene.debate) in above
    assert f"?at={scene.thesis.public_id}" in above


def test_a_map_of_what_cannot_be_read_is_not_found(client: Client, cast: Cast, scene: Scene) -> None:
    other = open_debate(cast.ada, "Should the quay be paved?", ["It should be paved."])
    hide(cast.cleo, scene.rebuttal, "person", "A test.")
    for at in (scene.rebuttal.public_id, other.arguments.get().public_id, "nobody", "x" * 3000):
        assert client.get(address(scene.debate), {"at": at}).status_code == 404
    assert client.get(address(scene.debate), {"at": "\0"}).status_code == 200


def test_the_map_of_a_merged_claim_leads_on(client: Client, cast: Cast, scene: Scene) -> None:
    other = post_argument(cast.dan, scene.thesis, pro("Cranes are remembered."))
    merge_arguments(cast.cleo, other, scene.reason, "They say the same.")
    answer = client.get(address(scene.debate, other))
    assert answer.status_code == 302
    assert answer["Location"] == address(scene.debate, scene.reason)


def test_a_hidden_debate_has_no_map_for_others(client: Client, cast: Cast, scene: Scene) -> None:
    Debate.objects.filter(pk=scene.debate.pk).update(state="hidden")
    assert client.get(address(scene.debate)).status_code == 404
    assert scene.reason.claim in page_of(signed_in(cast.cleo), address(scene.debate))
    opener = page_of(signed_in(cast.ada), address(scene.debate))
    assert scene.reason.claim in opener
    assert scene.rebuttal.claim not in opener, (
        "Who opened it reads their own texts in it, and not those of others."
    )


def test_ten_thousand_arguments_are_a_map_of_some_hundred_pieces(client: Client, scene: Scene) -> None:
    with CaptureQueriesContext(connection) as few:
        page_of(client, address(scene.debate))
    large = a_large_debate(10_000)
    with CaptureQueriesContext(connection) as many:
        page = page_of(client, address(large))
    assert len(many) == len(few), "What a map costs does not grow with the debate."
    assert "10000 arguments below the theses" in page
    pieces = re.findall(r'class="piece piece-(\w+)', page)
    assert 20 < len(pieces) <= PIECES
    assert "more" in pieces
    heights = [float(one) for one in re.findall(r'map-drawing" width="100%" height="([\d.]+)em"', page)]
    assert sum(heights) <= 4 * ROWS, "It has to be read on one page."
    least = min(float(one) for one in re.findall(r'piece-\w+"[^>]*height="([\d.]+)em"', page))
    assert least >= 1.99, "A piece is at least one line high."
    closer = re.search(r'href="(/debates/large/map/\?at=[^"]+)"', page)
    assert closer is not None
    nearer = page_of(client, closer[1])
    assert len(re.findall(r'class="piece piece-(\w+)', nearer)) > 20


def test_of_many_theses_the_first_are_drawn(client: Client, cast: Cast) -> None:
    debate = open_debate(cast.ada, "Which cranes?", ["The first."])
    Argument.objects.bulk_create(
        Argument(debate=debate, kind="thesis", claim=f"Thesis {number}.", path=path_of("", number), depth=0)
        for number in range(1, THESES + 5)
    )
    page = page_of(client, address(debate))
    assert page.count('class="map-thesis"') == THESES
    assert "5 more theses" in page


def test_a_debate_without_a_thesis_says_so(client: Client, cast: Cast) -> None:
    debate = open_debate(cast.ada, "Which cranes?", ["The first."])
    debate.arguments.update(state="hidden")
    assert "no thesis that can be shown" in page_of(client, address(debate))
