"""The page of the day: what it holds, what it leaves out, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.sources.ask_for_source import ask_for_source
from debates.actions.weighing.rate import rate
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, Standing, StandingChange
from debates.models.standing import Word
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in


def today(query: str = "", client: Client | None = None) -> str:
    """Return the page."""
    answer = (client or Client()).get(f"/today/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def part(page: str, name: str) -> str:
    """Return one part of the page, by the id of its heading."""
    return page.split(f'aria-labelledby="{name}"', 1)[1].split("</section>", 1)[0]


def stands(thesis: Argument, strength: float, word: Word, days_ago: float = 0) -> None:
    """Let a thesis stand so from some time on."""
    Standing.objects.filter(pk=thesis.pk).update(strength=strength, word=word)
    StandingChange.objects.create(
        thesis=thesis,
        at=timezone.now() - timedelta(days=days_ago),
        before=0.5,
        strength=strength,
        word=word,
        cause=StandingChange.Cause.RATED,
        method=1,
    )


def test_debates_with_answers_in_the_time_come_with_counts_by_side(cast: Cast, scene: Scene) -> None:
    quiet = open_debate(cast.ada, "Is anybody there?", ["Nobody is."])
    active = part(today(), "active")
    assert "1 for" in active
    assert "1 against" in active
    assert quiet.question not in active, "A thesis alone is no answer."
    Argument.objects.update(created_at=timezone.now() - timedelta(days=3))
    assert scene.debate.question in part(today("?since=week"), "active")
    assert scene.debate.question not in part(today("?since=day"), "active")
    assert "Nobody has answered anything in the last day." in today("?since=day")


@pytest.mark.parametrize("since", ["", "year", "%00", "9" * 400, "DAY"])
def test_a_time_that_is_none_is_a_week(cast: Cast, scene: Scene, since: str) -> None:
    assert 'href="?since=week" aria-current="true"' in today(f"?since={since}")


def test_a_thesis_that_has_become_contested_is_told_with_what_it_was(cast: Cast, scene: Scene) -> None:
    stands(scene.thesis, 0.7, Word.LEANING_BACKED, days_ago=20)
    stands(scene.thesis, 0.55, Word.CONTESTED, days_ago=2)
    told = part(today(), "contested")
    assert "Contested now; before: leaning backed." in told
    assert scene.thesis.claim in told
    assert scene.thesis.claim not in part(today("?since=day"), "contested"), "That was two days ago."


def test_a_balance_that_tipped_is_told_and_one_that_only_moved_is_not(cast: Cast, scene: Scene) -> None:
    stands(scene.thesis, 0.7, Word.LEANING_BACKED, days_ago=20)
    stands(scene.thesis, 0.8, Word.STRONGLY_BACKED, days_ago=3)
    assert scene.thesis.claim not in part(today(), "contested")
    stands(scene.thesis, 0.3, Word.LEANING_CHALLENGED)
    assert "The balance has gone over to what speaks against it." in part(today(), "contested")


def test_what_was_only_loaded_or_is_too_little_reviewed_is_no_event(cast: Cast, scene: Scene) -> None:
    stands(scene.thesis, 0.7, Word.LEANING_BACKED, days_ago=20)
    stands(scene.thesis, 0.5, Word.CONTESTED)
    StandingChange.objects.update(cause=StandingChange.Cause.REBUILT)
    assert scene.thesis.claim not in part(today(), "contested")
    StandingChange.objects.update(cause=StandingChange.Cause.RATED)
    Standing.objects.filter(pk=scene.thesis.pk).update(word=Word.UNREVIEWED, strength=0.3)
    assert scene.thesis.claim not in part(today(), "contested")
    StandingChange.objects.all().delete()
    Standing.objects.filter(pk=scene.thesis.pk).update(word=Word.CONTESTED)
    assert scene.thesis.claim not in part(today(), "contested"), "Nobody knows when it became so."


def test_claims_answered_from_both_sides_come_with_counts_and_no_word_of_standing(
    cast: Cast, scene: Scene
) -> None:
    post_argument(cast.dan, scene.reason, pro("My grandfather built one."))
    for client in (Client(), signed_in(cast.dan)):
        told = part(today(client=client), "contested")
        assert scene.reason.claim in told
        assert "1 for and 1 against in this time." in told
        row = told.split("<ol", 1)[1]
        for word in Word:
            assert str(word.label) not in row, "A member may still rate this claim blindly."


def test_objections_without_an_answer_stand_there_until_somebody_answers(cast: Cast, scene: Scene) -> None:
    objection = scene.rebuttal.claim
    told = part(today(), "unanswered")
    assert objection in told
    assert f"Against: “{scene.reason.claim}”" in told
    post_argument(cast.ada, scene.rebuttal, con("They were rebuilt here."))
    told = part(today(), "unanswered")
    assert f'href="{scene.rebuttal.get_absolute_url()}"' not in told, "It was answered meanwhile."
    assert "They were rebuilt here." in told, "What answers it is an objection that stands now."


@pytest.mark.parametrize("above", ["rebuttal", "reason", "thesis", "debate"])
def test_an_objection_that_nobody_can_answer_waits_for_nobody(cast: Cast, scene: Scene, above: str) -> None:
    free = (
        post_argument(cast.ben, scene.thesis, con("They rust.")) if above in ("rebuttal", "reason") else None
    )
    lock(cast.cleo, getattr(scene, above), "It went in circles.")
    told = part(today(), "unanswered")
    assert scene.rebuttal.claim not in told, "A lock holds for the whole branch below it."
    assert free is None or free.claim in told


def test_the_strongest_objection_comes_first_but_not_before_one_may_know_it(cast: Cast, scene: Scene) -> None:
    weak = post_argument(cast.ben, scene.thesis, con("They rust."))
    Standing.objects.filter(pk=weak.pk).update(strength=0.2)
    Standing.objects.filter(pk=scene.rebuttal.pk).update(strength=0.8)

    def first(client: Client) -> str:
        told = part(today(client=client), "unanswered")
        return min((weak.claim, scene.rebuttal.claim), key=told.index)

    assert first(Client()) == scene.rebuttal.claim
    dan = signed_in(cast.dan)
    assert first(dan) == weak.claim, "To Dan, who has rated neither, the newest comes first."
    rate(cast.dan, scene.rebuttal, holds=3)
    assert first(dan) == scene.rebuttal.claim


def test_what_needs_a_source_and_what_nobody_checked(cast: Cast, scene: Scene) -> None:
    ask_for_source(cast.dan, scene.reason)
    post_argument(cast.dan, scene.reason, pro("My grandfather built one."))
    page = today()
    assert "1 member waits." in part(page, "wanted")
    assert "2 answers, no source." in part(page, "wanted")
    assert scene.rebuttal.claim in part(page, "unchecked")
    assert f"/citations/{scene.rebuttal.citations.get().pk}/check/" in part(page, "unchecked")


def test_empty_parts_invite(db: None) -> None:
    page = today()
    for words in (
        "Find a claim that you can better",
        "Somewhere one side has not been heard yet.",
        "Is each a good one?",
        "On the page of any argument you can ask for one.",
        "Every citation has been looked at.",
    ):
        assert words in page


def test_what_is_hidden_stands_nowhere_and_is_not_counted(cast: Cast, scene: Scene) -> None:
    ask_for_source(cast.dan, scene.reason)
    post_argument(cast.dan, scene.reason, pro("My grandfather built one."))
    stands(scene.thesis, 0.7, Word.LEANING_BACKED, days_ago=20)
    stands(scene.thesis, 0.5, Word.CONTESTED)
    hide(cast.cleo, scene.reason, "It insults.")
    page = today()
    assert scene.reason.claim not in page, (
        "A hidden claim is told in what answers it, or in a list of what it wants."
    )
    assert "1 for" in part(page, "active")
    assert "2 for" not in part(page, "active"), "What is hidden is counted."
    hide(cast.cleo, scene.debate, "It insults.")
    page = today(client=signed_in(cast.ada))
    for text in (scene.debate.question, scene.thesis.claim, scene.rebuttal.claim):
        assert text not in page


def test_it_costs_as_much_with_many_debates_as_with_one(cast: Cast, scene: Scene) -> None:
    def cost() -> int:
        client = signed_in(cast.dan)
        client.get("/today/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/today/").status_code == 200
        return len(queries)

    few = cost()
    for number in range(9):
        debate = open_debate(cast.ada, f"Question {number}?", [f"Thesis {number}."])
        thesis = debate.arguments.get()
        stands(thesis, 0.5, Word.CONTESTED)
        reason = post_argument(cast.ada, thesis, pro(f"Reason {number}."))
        post_argument(cast.ben, reason, con(f"Objection {number}.", citations=(a_book(f"Book {number}"),)))
        post_argument(cast.dan, reason, pro(f"Support {number}."))
        ask_for_source(cast.dan, reason)
    assert cost() == few <= 14
    page = today()
    for name in ("active", "contested", "unanswered", "wanted", "unchecked"):
        assert part(page, name).count("<li>") <= 6, f"The part “{name}” has no end."
