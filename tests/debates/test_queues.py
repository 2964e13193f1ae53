"""Work queues: what could be put right, one act a row, for who has taken part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from math import fsum
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.sources.ask_for_source import ask_for_source
from debates.actions.sources.check_citation import check_citation
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.duplicates import LEAST, alike, likely_duplicates, weights_of
from debates.models import Argument, Citation, Link, Standing
from debates.models.standing import Label
from debates.queues import Queue, counts, may_work, rows_of
from debates.views.finding.queues import queue_counts
from forum.accounts.models import User
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in


def claims(queue: Queue) -> set[str]:
    """Return the claims in a queue of arguments, citations or requests. Any: rows of three models."""
    rows: Any = rows_of(queue)
    return {one.claim if isinstance(one, Argument) else one.argument.claim for one in rows}


def page(user: User, queue: str, query: str = "") -> str:
    """Return the page of a queue."""
    response = signed_in(user).get(reverse("queue", args=[queue]) + query)
    assert response.status_code == 200
    return response.content.decode()


def acts(user: User, queue: str) -> str:
    """Return the addresses of the acts on the page of a queue."""
    return page(user, queue).partition('class="queue-rows"')[2]


# ---------------------------------------------------------------------------------------------- what is in them


def test_uncited_claims(cast: Cast, scene: Scene) -> None:
    assert claims(Queue.UNCITED) == {scene.reason.claim}, (
        "A thesis rests on what stands below it, and need not cite."
    )
    assert reverse("edit", args=[scene.reason.public_id]) in acts(cast.ada, "uncited")
    other = acts(cast.ben, "uncited")
    assert f"{reverse('reply', args=[scene.reason.public_id])}?stance=pro" in other
    assert reverse("edit", args=[scene.reason.public_id]) not in other


def test_one_sided_claims(cast: Cast, scene: Scene) -> None:
    assert claims(Queue.ONE_SIDED) == {scene.thesis.claim, scene.reason.claim}
    own = acts(cast.ben, "one-sided")
    assert f"{reverse('reply', args=[scene.thesis.public_id])}?stance=con" in own
    assert f"{reverse('reply', args=[scene.reason.public_id])}?stance=pro" in own
    against = post_argument(cast.ben, scene.thesis, con("They rust."))
    assert claims(Queue.ONE_SIDED) == {scene.reason.claim}
    hide(cast.cleo, against, "It insults.", "person")
    assert claims(Queue.ONE_SIDED) == {scene.thesis.claim, scene.reason.claim}, (
        "What is hidden answers nothing."
    )


def test_an_answer_by_a_link_is_an_answer(cast: Cast, scene: Scene) -> None:
    other = open_debate(cast.ada, "What is memory?", ["Memory is a thing."]).arguments.get()
    Link.objects.create(
        argument=other, parent=scene.thesis, relation="answers", stance="con", attacks="claim"
    )
    assert scene.thesis.claim not in claims(Queue.ONE_SIDED)
    Link.objects.update(relation="same", stance="", attacks="")
    assert scene.thesis.claim in claims(Queue.ONE_SIDED), "Saying the same elsewhere is no answer."


def test_unanswered_objections_lead_to_the_objection_that_stands(cast: Cast, scene: Scene) -> None:
    post_argument(cast.dan, scene.reason, con("Memory needs no crane."))
    fallen = post_argument(cast.dan, scene.reason, con("There are no cranes."))
    post_argument(cast.ada, fallen, con("There are three."))
    for argument, label in ((scene.reason, Label.OPEN), (fallen, Label.OPEN), (scene.rebuttal, Label.NONE)):
        Standing.objects.update_or_create(argument=argument, defaults={"label": label})
    assert claims(Queue.OBJECTIONS) >= {scene.reason.claim, fallen.claim}
    text = acts(cast.ada, "objections")
    assert reverse("rebut", args=[scene.rebuttal.public_id]) in text
    assert "and 1 more" in text
    assert reverse("rebut", args=[fallen.public_id]) not in text, "It is answered: an objection to it stands."


def test_unchecked_citations(cast: Cast, scene: Scene) -> None:
    citation = scene.rebuttal.citations.get()
    assert claims(Queue.UNCHECKED) == {scene.rebuttal.claim}
    assert reverse("check", args=[citation.pk]) in acts(cast.ada, "unchecked")
    assert "See who has looked" in acts(cast.ben, "unchecked")
    check_citation(cast.ada, citation, "yes")
    assert claims(Queue.UNCHECKED) == set()


@pytest.mark.parametrize("state", Citation.Quotation)
def test_failed_quotations(cast: Cast, scene: Scene, state: Citation.Quotation) -> None:
    Citation.objects.update(quotation_state=state)
    failed = state in (Citation.Quotation.NOT_FOUND, Citation.Quotation.CHANGED)
    assert bool(claims(Queue.QUOTATIONS)) == failed
    if failed:
        assert reverse("edit", args=[scene.rebuttal.public_id]) in acts(cast.ben, "quotations")


def test_likely_duplicates_of_one_debate(cast: Cast, scene: Scene) -> None:
    twin = post_argument(cast.ben, scene.thesis, pro("The town’s memory: that is the cranes."))
    found = likely_duplicates(scene.debate)
    assert [(one.first, one.second) for one in found] == [(scene.reason.pk, twin.pk)]
    text = page(cast.ada, "duplicates", f"?debate={scene.debate.slug}")
    assert scene.reason.claim in text
    assert twin.claim in text
    address = f"{reverse('merge', args=[scene.reason.public_id])}?other={twin.public_id}"
    assert address not in text
    assert address in page(cast.cleo, "duplicates", f"?debate={scene.debate.slug}")
    both = signed_in(cast.cleo).get(address).content.decode()
    assert twin.claim in both, "The page that the row leads to has both before it."
    assert counts(scene.debate)[Queue.DUPLICATES] == 1
    assert scene.debate.question in page(cast.ada, "duplicates"), "Claims are compared within one debate."


@pytest.mark.parametrize("why", ["above", "tied", "note", "hidden"])
def test_what_is_no_pair(cast: Cast, scene: Scene, why: str) -> None:
    parent = scene.reason if why == "above" else scene.thesis
    text = pro("The town’s memory: that is the cranes.")
    if why == "note":
        text = replace(text, kind=Argument.Kind.NOTE, stance="")
    twin = post_argument(cast.ben, parent, text)
    if why == "tied":
        assert likely_duplicates(scene.debate)
        Link.objects.create(argument=twin, parent=scene.reason, relation=Link.Relation.SAME)
    elif why == "hidden":
        hide(cast.cleo, twin, "It insults.", "person")
    assert not likely_duplicates(scene.debate)


@given(texts=st.lists(st.sets(st.sampled_from("abcdefghij"), max_size=6), max_size=12))
def test_the_quick_pass_finds_what_comparing_all_pairs_finds(texts: list[set[str]]) -> None:
    terms = dict(enumerate(texts))
    weights = weights_of(texts)

    def weight(held: set[str]) -> float:
        return fsum(weights[term] for term in held)

    slow = {
        (one, other)
        for one, other in combinations(terms, 2)
        if terms[one] | terms[other]
        and 2 * weight(terms[one] & terms[other]) / (weight(terms[one]) + weight(terms[other]))
        >= LEAST + 1e-9
    }
    quick = alike(terms)
    assert slow <= set(quick)
    assert all(score >= LEAST for score in quick.values())


def test_stale_replies(cast: Cast, scene: Scene) -> None:
    assert claims(Queue.STALE) == set()
    edit_argument(cast.ada, scene.reason, pro("Said anew."), 1)
    assert claims(Queue.STALE) == {scene.rebuttal.claim}
    assert "Confirm or edit" in acts(cast.ben, "stale")
    other = acts(cast.ada, "stale")
    assert "See the difference" in other
    assert reverse("stale", args=[scene.rebuttal.public_id]) in other
    hide(cast.cleo, scene.reason, "It insults.", "person")
    assert "Said anew." not in acts(cast.ben, "stale"), "The row names no claim that is hidden."


def test_open_requests(cast: Cast, scene: Scene) -> None:
    ask_for_source(cast.ben, scene.reason)
    assert claims(Queue.WANTED) == {scene.reason.claim}
    assert "1 member waits." in acts(cast.ada, "wanted")
    edit_argument(cast.ada, scene.reason, pro(scene.reason.claim, citations=(a_book("Memory"),)), 1)
    assert claims(Queue.WANTED) == set()


# --------------------------------------------------------------------------------------------------- the rules


def make_everything(cast: Cast, scene: Scene) -> None:
    """Let something wait in every queue."""
    ask_for_source(cast.ben, scene.reason)
    edit_argument(cast.ada, scene.reason, pro("Said anew."), 1)
    Standing.objects.update_or_create(argument=scene.reason, defaults={"label": Label.OPEN})
    Citation.objects.update(quotation_state=Citation.Quotation.NOT_FOUND)
    post_argument(cast.ben, scene.thesis, pro("It was said anew."))


def hide_branch(cast: Cast, scene: Scene) -> None:
    """Hide every argument of the debate."""
    for one in scene.debate.arguments.all():
        hide(cast.cleo, one, "It insults.", "person")


@pytest.mark.parametrize(
    "gone",
    [hide_branch, lambda cast, scene: hide(cast.cleo, scene.debate, "By order.", "unlawful")],
    ids=["arguments", "debate"],
)
def test_what_is_hidden_waits_in_no_queue(
    cast: Cast, scene: Scene, gone: Callable[[Cast, Scene], object]
) -> None:
    make_everything(cast, scene)
    assert all(counts(scene.debate).values()), counts(scene.debate)
    gone(cast, scene)
    assert not any(counts(scene.debate).values()), counts(scene.debate)
    assert all("Said anew." not in page(cast.cleo, queue) for queue in Queue)


def test_a_hidden_source_is_no_citation_to_check(cast: Cast, scene: Scene) -> None:
    make_everything(cast, scene)
    hide(cast.cleo, scene.rebuttal.citations.get().source, "It is made up.")
    assert not claims(Queue.UNCHECKED) | claims(Queue.QUOTATIONS)


@pytest.mark.parametrize("where", ["debate", "thesis", "reason"])
def test_where_nothing_can_be_done_nothing_waits(cast: Cast, scene: Scene, where: str) -> None:
    make_everything(cast, scene)
    beside = Argument.objects.get(claim="It was said anew.")
    lock(cast.cleo, getattr(scene, where), "Enough.")
    for queue in (Queue.UNCITED, Queue.ONE_SIDED, Queue.OBJECTIONS, Queue.STALE):
        left = claims(queue) - {scene.thesis.claim}
        assert left <= ({beside.claim} if where == "reason" else set()), (
            f"{queue}: a locked branch takes no answers."
        )
    if where == "reason":
        assert claims(Queue.UNCITED) == {beside.claim}, "Its siblings are open."


def test_one_debate_is_counted_alone_and_agrees_with_its_rows(cast: Cast, scene: Scene) -> None:
    make_everything(cast, scene)
    other = open_debate(cast.ada, "What is memory?", ["Memory is a thing."])
    post_argument(cast.ada, other.arguments.get(), pro("It weighs something."))
    for debate in (scene.debate, other, None):
        found = counts(debate)
        rows = {queue: len(rows_of(queue, debate)) for queue in Queue}
        assert {queue: number or 0 for queue, number in found.items()} == rows
    assert counts(other)[Queue.UNCITED] == 1
    assert "It weighs something." not in page(cast.ada, "uncited", f"?debate={scene.debate.slug}")
    assert "It weighs something." in page(cast.ada, "uncited", f"?debate={other.slug}")


def test_a_debate_counts_all_its_queues_in_one_statement(cast: Cast, scene: Scene) -> None:
    make_everything(cast, scene)
    ben = User.objects.get(pk=cast.ben.pk)
    with CaptureQueriesContext(connection) as taken:
        found = queue_counts(scene.debate, ben)
    assert len(found) == len(Queue)
    assert len([one for one in taken.captured_queries if "COUNT" in one["sql"]]) == 1
    # With it the rights of the member and of their groups, which a page knows already, whether they took part, and two for
    # the duplicates.
    assert len(taken.captured_queries) <= 6
    with CaptureQueriesContext(connection) as taken:
        assert queue_counts(scene.debate, AnonymousUser()) == []
    assert not taken.captured_queries, "A visitor’s page counts nothing."


@pytest.mark.parametrize("name", ["queues", *Queue])
def test_a_page_takes_as_many_statements_with_many_rows_as_with_few(
    cast: Cast, scene: Scene, name: str
) -> None:
    address = reverse("queues") if name == "queues" else reverse("queue", args=[name])
    address += f"?debate={scene.debate.slug}"

    def grow(start: int, stop: int) -> None:
        for number in range(start, stop):
            claim = post_argument(
                cast.ada, scene.thesis, pro(f"Reason {number}.", citations=(a_book(f"B{number}"),))
            )
            post_argument(cast.ben, claim, con(f"No, {number}."))
            edit_argument(cast.ada, claim, replace(pro(f"Reason {number}, anew."), citations=()), 1)
            ask_for_source(cast.ben, claim)
            make_everything_of(claim)

    def make_everything_of(claim: Argument) -> None:
        Standing.objects.update_or_create(argument=claim, defaults={"label": Label.OPEN})
        Citation.objects.update(quotation_state=Citation.Quotation.NOT_FOUND)

    def taken() -> int:
        client = signed_in(cast.ben)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries.captured_queries)

    grow(0, 3)
    few = taken()
    grow(3, 12)
    assert taken() == few
    assert few <= 12


# ---------------------------------------------------------------------------------------------------- who may


def test_who_has_not_taken_part_is_told_how_to_begin(cast: Cast, scene: Scene) -> None:
    dan = signed_in(cast.dan)
    for address in (reverse("queues"), reverse("queue", args=["uncited"])):
        answer = dan.get(address)
        assert answer.status_code == 403
        assert "posted an argument or checked a citation" in answer.content.decode()
    assert queue_counts(scene.debate, cast.dan) == []
    check_citation(cast.dan, scene.rebuttal.citations.get(), "yes")
    assert may_work(cast.dan)
    assert dan.get(reverse("queues")).status_code == 200


def test_a_hidden_argument_is_no_part_taken(cast: Cast, scene: Scene) -> None:
    assert may_work(cast.ben)
    hide(cast.cleo, scene.rebuttal, "It insults.", "person")
    assert not may_work(cast.ben)
    assert may_work(cast.cleo), "Who moderates has the queues."


@pytest.mark.parametrize("address", ["/queues/", "/queues/uncited/"])
def test_visitors_sign_in_first(client: Client, scene: Scene, address: str) -> None:
    assert client.get(address)["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "address", ["/queues/nothing/", "/queues/?debate=nothing", "/queues/uncited/?debate=n%00"]
)
def test_unknown_queues_and_debates_are_not_found(cast: Cast, scene: Scene, address: str) -> None:
    assert signed_in(cast.ada).get(address).status_code == 404


def test_a_hidden_debate_has_no_queues(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.debate, "By order.", "unlawful")
    answer: Any = signed_in(cast.cleo).get(f"{reverse('queues')}?debate={scene.debate.slug}")
    assert answer.status_code == 404
