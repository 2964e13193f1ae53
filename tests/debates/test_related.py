"""Debates that have to do with one another: what they share, in words, and nothing that is hidden."""

from __future__ import annotations

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debates.actions.arranging.link_argument import link_argument
from debates.actions.moderating.hide import hide
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import CitationText
from debates.models import Argument, Debate, RelatedDebate, Source
from debates.views.finding.related_debates import related_debates
from tests.conftest import Cast, Scene, con, pro


def opened(cast: Cast, question: str, *tags: str) -> tuple[Debate, Argument]:
    """Return a debate of Ada's with its thesis."""
    debate = open_debate(cast.ada, question, ["It should be so."], tags=list(tags))
    return debate, debate.arguments.get()


def citing(cast: Cast, thesis: Argument, *sources: Source) -> Argument:
    """Return an argument of Ada's that cites sources."""
    cites = tuple(CitationText(source=one) for one in sources)
    return post_argument(cast.ada, thesis, pro(f"As {len(sources)} say.", citations=cites))


def hows(debate: Debate) -> dict[str, str]:
    """Return by questions how other debates have to do with one."""
    return {one.question: one.how for one in related_debates(debate)}


def test_what_two_debates_share_is_said_in_words_and_puts_them_in_order(cast: Cast, scene: Scene) -> None:
    source = scene.rebuttal.citations.get().source
    _one, one_thesis = opened(cast, "Should ships be taxed?", "harbour")
    citing(cast, one_thesis, source)
    other, other_thesis = opened(cast, "Should cranes be painted?", "colour")
    mine = post_argument(cast.ada, other_thesis, pro("They are seen from afar."))
    link_argument(cast.ada, mine, scene.thesis, "pro")
    link_argument(cast.ben, scene.rebuttal, other_thesis, "con", "claim")
    opened(cast, "Is history a science?", "history")
    found = related_debates(scene.debate)
    assert [(row.question, row.how) for row in found] == [
        ("Should cranes be painted?", "Shares 2 arguments."),
        ("Should ships be taxed?", "Shares 1 source and the topic “harbour”."),
    ]
    assert not any(row.said for row in found)
    assert hows(other) == {"Should the harbour keep its cranes?": "Shares 2 arguments."}, (
        "It holds both ways."
    )


def test_one_topic_alone_says_little_and_two_say_enough(cast: Cast, scene: Scene) -> None:
    first, _thesis = opened(cast, "Is the sea cold?", "sea", "winter")
    opened(cast, "Is the sea salt?", "sea")
    opened(cast, "Is the sea wild?", "sea", "winter")
    assert hows(first) == {"Is the sea wild?": "Shares the topics “sea” and “winter”."}


def test_what_somebody_named_comes_first_and_once(cast: Cast, scene: Scene) -> None:
    other, thesis = opened(cast, "Should ships be taxed?", "harbour")
    citing(cast, thesis, scene.rebuttal.citations.get().source)
    RelatedDebate.objects.create(debate=scene.debate, other=other, how="It answers this one.")
    assert hows(scene.debate) == {"Should ships be taxed?": "It answers this one."}
    page = render_to_string("debates/related.html#related", {"related": related_debates(scene.debate)})
    assert "It answers this one." in page


def test_the_page_and_its_piece_show_it_and_an_empty_one_says_so(cast: Cast, scene: Scene) -> None:
    address = reverse("related", args=[scene.debate.slug])
    assert "No other debate shares" in Client().get(address).content.decode()
    _other, thesis = opened(cast, "Should ships be taxed?", "harbour")
    citing(cast, thesis, scene.rebuttal.citations.get().source)
    for headers in ({}, {"HX-Request": "true"}):
        page = Client().get(address, headers=headers).content.decode()
        assert "Should ships be taxed?" in page
        assert ("<html" in page) == (not headers)
    hide(cast.cleo, scene.debate, "It insults.")
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("gone", ["argument", "source", "debate"])
def test_what_is_hidden_neither_shares_nor_is_shared(cast: Cast, scene: Scene, gone: str) -> None:
    source = scene.rebuttal.citations.get().source
    other, thesis = opened(cast, "Should ships be taxed?")
    argument = citing(cast, thesis, source)
    assert hows(scene.debate)
    if gone == "argument":
        hide(cast.cleo, argument, "It insults.")
    elif gone == "source":
        hide(cast.cleo, source, "It insults.")
    else:
        hide(cast.cleo, other, "It insults.")
    assert not hows(scene.debate), (
        f"The {gone} is hidden, and still it tells that the two debates share something."
    )


def test_a_tie_to_a_hidden_argument_is_none(cast: Cast, scene: Scene) -> None:
    other, thesis = opened(cast, "Should cranes be painted?")
    mine = post_argument(cast.ada, thesis, con("They are ugly."))
    link_argument(cast.ada, mine, scene.thesis, "con", "claim")
    RelatedDebate.objects.create(debate=scene.debate, other=other, how="A secret tie.")
    hide(cast.cleo, other, "It insults.")
    assert not hows(scene.debate)


def test_at_most_five_are_found_and_it_takes_five_statements(cast: Cast, scene: Scene) -> None:
    source = scene.rebuttal.citations.get().source
    for number in range(8):
        _debate, thesis = opened(cast, f"Question {number}?", "harbour")
        citing(cast, thesis, source)
    with CaptureQueriesContext(connection) as queries:
        found = related_debates(scene.debate)
    assert len(found) == 5
    assert len(queries) == 5
