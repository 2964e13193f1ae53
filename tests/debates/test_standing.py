"""How arguments stand in the database: the walk up after each change equals a whole recomputation."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from debates.actions.arranging.link_argument import link_argument
from debates.actions.moderating.hide import hide
from debates.actions.moderating.restore import restore
from debates.actions.sources.check_citation import check_citation
from debates.actions.weighing.rescore_debates import find_drift, rescore_debate
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import Argument, Link, Rating, Standing, StandingChange
from tests.conftest import Cast, Scene, con, make_cast, make_scene, pro


def standing(argument: Argument) -> Standing:
    return Standing.objects.get(argument=argument)


def rated(argument: Argument, holds: int, matters: int, people: int) -> None:
    """Let some people, made for it, answer both questions about an argument."""
    from debates.actions.weighing.rate import rate
    from forum.accounts.models import User

    for number in range(people):
        member, _made = User.objects.get_or_create(username=f"reader{number}")
        rate(member, argument, holds=holds, matters=matters)


def test_an_argument_that_nobody_has_rated_weighs_nothing(scene: Scene) -> None:
    assert standing(scene.reason).weight == 0
    assert standing(scene.thesis).strength == 0.5
    assert find_drift(scene.debate.pk) == []


def test_ratings_carry_an_argument_up_to_its_thesis(scene: Scene) -> None:
    rated(scene.reason, holds=4, matters=4, people=6)
    reason, thesis = standing(scene.reason), standing(scene.thesis)
    assert (reason.holds_sum, reason.holds_count, reason.people) == (24, 6, 6)
    assert reason.base == pytest.approx((6 + 4) / (6 + 8))
    assert reason.weight == pytest.approx((6 + 2) / (6 + 4) * 6 / 9)
    assert thesis.strength > 0.5
    assert thesis.pro == pytest.approx(reason.weight * reason.strength)
    assert find_drift(scene.debate.pk) == []
    last = StandingChange.objects.filter(thesis=scene.thesis).first()
    assert last is not None
    assert (last.cause, last.argument_id) == ("rated", scene.reason.pk)


def test_a_rebuttal_takes_off_what_it_attacks_and_hiding_it_gives_that_back(scene: Scene, cast: Cast) -> None:
    rated(scene.reason, 4, 4, 6)
    high = standing(scene.thesis).strength
    rated(scene.rebuttal, 4, 4, 6)
    low = standing(scene.thesis).strength
    assert low < high
    assert standing(scene.reason).label == "open-objection"
    hide(cast.cleo, scene.rebuttal, "Off the point.")
    assert standing(scene.thesis).strength == high, "What is hidden counts for nothing."
    assert standing(scene.reason).label == "none"
    restore(cast.cleo, scene.rebuttal, "It was on the point.")
    assert standing(scene.thesis).strength == low
    withdraw_argument(cast.ben, scene.rebuttal)
    assert standing(scene.thesis).strength == high
    assert find_drift(scene.debate.pk) == []


def test_under_an_argument_that_does_not_count_nothing_has_weight(scene: Scene, cast: Cast) -> None:
    rated(scene.rebuttal, 4, 4, 6)
    weight = standing(scene.rebuttal).weight
    assert weight > 0
    hide(cast.cleo, scene.reason, "Off the point.")
    assert standing(scene.rebuttal).weight == 0, "A place under a hidden argument leads nowhere."
    rated(scene.rebuttal, 4, 4, 7)
    assert standing(scene.rebuttal).weight == 0
    assert find_drift(scene.debate.pk) == [], "What is stored must be what a rebuild would make of it."
    restore(cast.cleo, scene.reason, "It was on the point.")
    assert standing(scene.rebuttal).weight > weight, "The seventh answer was given meanwhile."
    assert find_drift(scene.debate.pk) == []


def test_an_objection_to_the_bearing_takes_off_the_weight_and_not_the_claim(scene: Scene, cast: Cast) -> None:
    rated(scene.reason, 4, 4, 6)
    before, high = standing(scene.reason), standing(scene.thesis)
    text = con("Memory is no reason to keep machines.")
    undercut = post_argument(cast.ben, scene.reason, type(text)(text.claim, stance="con", attacks="bearing"))
    rated(undercut, 4, 4, 6)
    after = standing(scene.reason)
    assert after.strength == before.strength
    assert after.weight < before.weight
    assert standing(scene.thesis).strength < high.strength
    assert find_drift(scene.debate.pk) == []


def test_a_checked_citation_lends_strength(scene: Scene, cast: Cast) -> None:
    citation = scene.rebuttal.citations.get()
    before = standing(scene.rebuttal).strength
    check_citation(cast.dan, citation, "yes")
    check_citation(cast.cleo, citation, "yes")
    assert standing(scene.rebuttal).strength > before
    assert standing(scene.rebuttal).cited > 0
    assert find_drift(scene.debate.pk) == []


def test_one_authors_second_reason_weighs_half(scene: Scene, cast: Cast) -> None:
    second = post_argument(cast.ada, scene.thesis, pro("The cranes bring visitors."))
    rated(scene.reason, 4, 4, 6)
    rated(second, 4, 4, 6)
    assert standing(second).weight == pytest.approx(standing(scene.reason).weight / 2)
    withdraw_argument(cast.ada, scene.reason)
    assert standing(second).weight == pytest.approx(standing(scene.reason).weight)
    assert find_drift(scene.debate.pk) == []


def test_a_link_reaches_another_debate_and_its_counters_are_counted_anew(scene: Scene, cast: Cast) -> None:
    other = open_debate(cast.ada, "Should the quay be lit?", ["The quay should be lit."])
    thesis = other.arguments.get()
    link = link_argument(cast.ada, scene.reason, thesis, "pro")
    rated(scene.reason, 4, 4, 6)
    assert standing(thesis).strength == 0.5, "Inside a test nothing is through, so nobody is carried on."
    rescore_debate(other.pk, StandingChange.Cause.ELSEWHERE)
    assert standing(thesis).strength > 0.5
    assert find_drift(other.pk) == []
    Link.objects.filter(pk=link.pk).update(matters_sum=4, matters_count=1)
    assert {drift.column for drift in find_drift(other.pk)} >= {f"link {link.pk}: matters_sum"}


@pytest.mark.django_db(transaction=True)
def test_what_stands_in_two_debates_moves_both(transactional_db: None) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    thesis = open_debate(cast.ada, "Should the quay be lit?", ["The quay should be lit."]).arguments.get()
    link_argument(cast.ada, scene.reason, thesis, "con", "claim")
    rated(scene.reason, 4, 4, 6)
    assert standing(thesis).strength < 0.5
    assert find_drift(thesis.debate_id) == []
    hide(cast.cleo, scene.debate, "Off the point.")
    assert standing(thesis).strength == 0.5, "What nobody can read counts nowhere."
    assert find_drift(thesis.debate_id) == []
    last = StandingChange.objects.filter(thesis=thesis).first()
    assert last is not None
    assert last.cause == "elsewhere"


@pytest.mark.django_db(transaction=True)
def test_what_goes_to_another_debate_and_back_over_links_arrives(transactional_db: None) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    thesis = open_debate(cast.ada, "Should the quay be lit?", ["The quay should be lit."]).arguments.get()
    doubt, doubted = (post_argument(cast.ben, thesis, con(claim)) for claim in ("It is dear.", "It is not."))
    link_argument(cast.ben, doubted, doubt, "con", "claim")
    claim = post_argument(cast.ada, scene.thesis, pro("Light helps the cranes."))
    link_argument(cast.ben, doubt, claim, "con", "claim")
    assert standing(claim).label == "all-answered"
    new = post_argument(cast.ada, scene.thesis, pro("Lamps cost what they cost."))
    link_argument(cast.ada, new, doubted, "con", "claim")  # from here to there; from there a link leads back
    assert standing(claim).label == "open-objection", "What answered the objection has fallen."
    assert find_drift(scene.debate.pk) == find_drift(thesis.debate_id) == []


@pytest.mark.django_db(transaction=True)
def test_what_is_withdrawn_counts_no_more_where_it_is_linked(transactional_db: None) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    thesis = open_debate(cast.ada, "Should the quay be lit?", ["The quay should be lit."]).arguments.get()
    link_argument(cast.ada, scene.reason, thesis, "pro")
    rated(scene.reason, 4, 4, 6)
    assert standing(thesis).strength > 0.5
    withdraw_argument(cast.ada, scene.reason)
    assert standing(thesis).strength == 0.5, "Whoever withdraws takes what they lent elsewhere away, too."
    assert find_drift(thesis.debate_id) == []


@pytest.mark.django_db(transaction=True)
def test_a_hidden_debate_drifts_nowhere(transactional_db: None) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    other = post_argument(cast.dan, scene.thesis, pro("They are lit at night."))
    link_argument(cast.ada, scene.rebuttal, other, "con", "claim")
    rated(scene.rebuttal, 4, 4, 6)
    rated(other, 4, 4, 6)
    hide(cast.cleo, scene.debate, "Off the point.")
    assert find_drift(scene.debate.pk) == []
    restore(cast.cleo, scene.debate, "It was on the point.")
    assert find_drift(scene.debate.pk) == []


def test_an_argument_that_becomes_a_note_counts_no_more(scene: Scene, cast: Cast) -> None:
    rated(scene.reason, 4, 4, 6)
    assert standing(scene.thesis).strength > 0.5
    text = ArgumentText(claim="A remark about memory.", kind=Argument.Kind.NOTE)
    assert edit_argument(cast.ada, scene.reason, text, 1)
    assert standing(scene.thesis).strength == 0.5
    assert find_drift(scene.debate.pk) == []


def test_rescore_finds_drift_and_mends_it(scene: Scene) -> None:
    rated(scene.reason, 4, 4, 6)
    good = standing(scene.thesis).strength
    call_command("rescore", check=True)
    Standing.objects.filter(argument=scene.thesis).update(strength=good + 2e-9)
    with pytest.raises(CommandError, match="1 stored values differ"):
        call_command("rescore", check=True)
    Rating.objects.filter(argument=scene.reason).first().delete()  # type: ignore[union-attr]  # there are six
    with pytest.raises(CommandError, match="differ"):
        call_command("rescore", check=True)
    call_command("rescore")
    call_command("rescore", check=True)
    assert standing(scene.reason).people == 5
    first = StandingChange.objects.filter(thesis=scene.thesis).first()
    assert first is not None
    assert first.cause == "rebuilt"
