"""The brief of a debate: the strongest points of each side with the best answers, on one page, for paper."""

from __future__ import annotations

from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.actions.sources.check_citation import check_citation
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, Debate, Rating, Standing
from debates.models.visibility import NOBODY
from debates.views.parts.strongest import strongest_of
from tests.conftest import Cast, Scene, con, pro, signed_in
from tests.debates.large import a_large_debate
from tests.debates.test_cruxes import answer, declare
from tests.debates.test_standing import rated


def page_of(client: Client, debate: Debate) -> str:
    """Return the brief's text."""
    response = client.get(reverse("brief", args=[debate.slug]))
    assert response.status_code == 200
    return unescape(response.content.decode())


CLAIMS = (
    "Ships need lifting gear.",
    "Tourists photograph the quay.",
    "Steel outlasts concrete.",
    "Children learn engineering there.",
    "Storks nest upon the tallest.",
    "Dismantling would poison the water.",
)


def strength_first(scene: Scene, cast: Cast) -> list[Argument]:
    """Add arguments for the thesis, each weightier than the one before; return them as they were posted."""
    posted = [post_argument(cast.ben, scene.thesis, pro(claim)) for claim in CLAIMS]
    for number, one in enumerate(posted):
        Standing.objects.filter(argument=one).update(weight=0.1 * number, strength=0.9)
    return posted


def claims_in(page: str) -> list[str]:
    """Return those of the claims that a page shows, in its order."""
    return sorted((claim for claim in CLAIMS if claim in page), key=page.index)


def test_each_point_comes_with_the_best_answer_or_is_said_to_have_none(
    client: Client, cast: Cast, scene: Scene
) -> None:
    weak = post_argument(cast.dan, scene.reason, con("Nobody remembers."))
    rated(scene.rebuttal, holds=4, matters=4, people=6)
    rated(weak, holds=0, matters=0, people=6)
    post_argument(cast.ben, scene.thesis, con("Cranes rust."))
    page = page_of(client, scene.debate)
    assert scene.rebuttal.claim in page
    assert weak.claim not in page
    assert "and 1 more against it" in page
    assert page.index("Cranes rust.") < page.index("No objection to it yet.")
    assert page.count("No objection to it yet.") == 1


def test_the_strongest_points_come_first_and_the_others_are_counted(
    client: Client, cast: Cast, scene: Scene
) -> None:
    posted = strength_first(scene, cast)
    page = page_of(client, scene.debate)
    assert claims_in(page) == [one.claim for one in reversed(posted)][:5]
    assert "7 for" in page
    assert "2 more for" in page


def test_an_order_tells_nobody_how_a_claim_stands_that_they_may_still_rate(cast: Cast, scene: Scene) -> None:
    posted = strength_first(scene, cast)
    dan = signed_in(cast.dan)
    page = page_of(dan, scene.debate)
    assert claims_in(page) == [one.claim for one in posted][:4], "The strongest would stand at the top."
    assert "these come after the others" in page
    Rating.objects.create(member=cast.dan, argument=posted[5], holds=1)
    assert claims_in(page_of(dan, scene.debate))[0] == posted[5].claim
    ben = page_of(signed_in(cast.ben), scene.debate)
    assert claims_in(ben)[0] == posted[5].claim, "They are Ben's own: he may know."


def test_references_come_with_what_became_of_their_checks(client: Client, cast: Cast, scene: Scene) -> None:
    citation = scene.rebuttal.citations.get()
    check_citation(cast.dan, citation, "yes", "")
    page = page_of(client, scene.debate)
    references = page[page.index('id="brief-references"') :]
    assert "Cranes of the harbour" in references
    assert "checked: 1 of 1 find it there" in references
    assert 'href="#brief-1"' in page
    assert 'id="brief-1"' in references


def test_what_is_hidden_is_neither_shown_nor_counted(client: Client, cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.rebuttal, "person", "A test.")
    page = page_of(client, scene.debate)
    assert scene.rebuttal.claim not in page
    assert "Cranes of the harbour" not in page
    assert "No objection to it yet." in page
    assert "1 for, 0 against" in page


def test_cruxes_and_common_ground_are_those_of_their_own_page(
    client: Client, cast: Cast, scene: Scene
) -> None:
    assert "cannot be said yet" in page_of(client, scene.debate)
    supporters, opponents = declare(scene.thesis, 10, 5), declare(scene.thesis, 9, 1)
    for claim, yes, no in ((scene.reason, 9, 1), (scene.rebuttal, 9, 8)):
        answer(claim, supporters, yes)
        answer(claim, opponents, no)
    page = page_of(client, scene.debate)
    crux, common = page[page.index("Open cruxes") :].split("Accepted by both sides")
    assert scene.reason.claim in crux
    assert scene.rebuttal.claim in common
    assert "cannot be said yet" not in page


def test_more_theses_leave_fewer_points_to_each(client: Client, cast: Cast) -> None:
    debate = open_debate(cast.ada, "Which cranes?", [f"Crane {n} should stay." for n in range(12)])
    for number, thesis in enumerate(debate.arguments.order_by("path")):
        post_argument(cast.ben, thesis, con(f"Number {number} rusts."))
        post_argument(cast.ben, thesis, con(f"Number {number} leans."))
    page = page_of(client, debate)
    assert page.count('class="brief-thesis"') == 8
    assert "4 more theses stand in the debate." in page
    assert page.count('class="brief-point"') == 8
    assert page.count("1 more against") == 8


def test_a_brief_costs_as_much_for_ten_thousand_arguments(client: Client, scene: Scene) -> None:
    with CaptureQueriesContext(connection) as few:
        page_of(client, scene.debate)
    large = a_large_debate(10_000, children=100)
    with CaptureQueriesContext(connection) as many:
        page = page_of(client, large)
    assert len(many) <= len(few), "What a brief costs does not grow with the debate."
    assert "45 more for" in page
    assert len(page) < 60_000
    sides = strongest_of(large, [large.arguments.get(depth=0).pk], NOBODY, 5)
    assert sum(len(side.points) for side in sides.values()) == 10


def test_a_hidden_debate_has_no_brief_for_others(client: Client, cast: Cast, scene: Scene) -> None:
    Debate.objects.filter(pk=scene.debate.pk).update(state="hidden")
    assert client.get(reverse("brief", args=[scene.debate.slug])).status_code == 404
    opener = page_of(signed_in(cast.ada), scene.debate)
    assert scene.reason.claim in opener
    assert scene.rebuttal.claim not in opener, (
        "Who opened it reads their own texts in it, and not those of others."
    )
