"""The formulas: every figure of the method to six digits, and what must hold of them whatever the numbers."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.strength.semantics import (
    Arrival,
    Check,
    Pair,
    base_of,
    citation_term,
    citation_terms,
    citations_term,
    joined,
    ramp_of,
    relevance_of,
    stand,
    undercut,
    weight_of,
)
from tests.core.strength.examples import ARRIVALS, CHECKS, UNIT, con, pro, same

EXACT = 1e-12


def six(number: float) -> float:
    """Return a number to six digits after the point."""
    return round(number, 6)


TABLE = [
    (0.5, [pro(0.8)], 0.695122, 0.9),
    (0.5, [con(0.8)], 0.304878, 0.1),
    (0.5, [pro(0.8), pro(0.55), pro(0.3), con(0.7), con(0.65)], 0.541284, 0.521),
    (0.7, [con(0.5), con(0.5), con(0.5)], 0.215385, 0.0875),
]


@pytest.mark.parametrize(("base", "arrivals", "energy", "dfquad"), TABLE)
def test_the_table_of_the_method(base: float, arrivals: list[Arrival], energy: float, dfquad: float) -> None:
    found = stand(base, arrivals).strength
    assert (six(found.energy), six(found.dfquad)) == (energy, dfquad)


def test_three_in_a_chain_of_attacks() -> None:
    last = stand(0.5, []).strength
    middle = stand(0.5, [Arrival(pro=False, weight=same(1), strength=last)]).strength
    first = stand(0.5, [Arrival(pro=False, weight=same(1), strength=middle)]).strength
    assert (six(first.energy), six(first.dfquad)) == (0.431034, 0.375)


def test_many_against_many_say_something_only_by_quadratic_energy() -> None:
    found = stand(0.5, [pro(0.6)] * 15 + [con(0.6)] * 8).strength
    assert (six(found.energy), six(found.dfquad)) == (0.973176, 0.500327)


def test_an_undercut_lowers_what_passes() -> None:
    left = undercut(0.7, [con(0.6)])
    assert six(0.7 * 0.8) == 0.56
    assert six(left.energy) == six(left.dfquad) == 0.514706
    assert six(left.energy * 0.8) == 0.411765


def test_each_opinion_undercuts_with_its_own_strengths() -> None:
    left = undercut(0.7, [Arrival(pro=False, weight=Pair(1, 0.5), strength=Pair(0.6, 0.4))])
    assert six(left.energy) == 0.514706
    assert left.dfquad == pytest.approx(0.7 * (1 - 0.2**2 / (1 + 0.2**2)))


def test_undercuts_add_up_before_they_bend() -> None:
    assert undercut(0.7, [con(0.3), con(0.3)]).energy == pytest.approx(undercut(0.7, [con(0.6)]).energy)
    assert undercut(0.7, []) == same(0.7)


@pytest.mark.parametrize(
    ("holds", "count", "base"),
    [
        (14 * 4, 18, 0.692308),
        (3 * 4, 4, 0.583333),
        (9 * 4, 15, 0.565217),
        (10 * 4, 12, 0.7),
        (0, 0, 0.5),
        (2, 1, 0.5),
    ],
)
def test_a_base_from_answers(holds: int, count: int, base: float) -> None:
    assert six(base_of(holds, count)) == base, "(A + 4) / (A + D + 8), a middling answer being half of each."


@pytest.mark.parametrize(
    ("answers", "people", "weight"),
    [
        ((4, 4, 3, 3, 2, 4), 18, 0.6),
        ((3, 3), 4, 0.333333),
        ((4, 3, 4, 4), 12, 0.575),
        ((4, 4, 4, 3, 3), 15, 0.601852),
        ((), 0, 0.0),
    ],
)
def test_a_weight_from_answers_and_voters(answers: tuple[int, ...], people: int, weight: float) -> None:
    relevance = relevance_of(sum(answers), len(answers))
    assert six(weight_of(same(relevance), people, 1).energy) == weight


def test_what_nobody_voted_on_weighs_nothing() -> None:
    assert ramp_of(0) == 0
    assert ramp_of(3) == 0.5
    assert weight_of(same(1), 0, 1) == same(0), "A new argument at full weight would sink any thesis."


def test_an_authors_third_argument_counts_a_third() -> None:
    assert weight_of(Pair(0.9, 0.6), 3, 3) == Pair(0.9 * 0.5 / 3, 0.6 * 0.5 / 3)


def test_joint_premises_are_as_strong_as_the_weakest() -> None:
    one, other = (
        Arrival(pro=True, weight=Pair(0.5, 0.9), strength=Pair(0.8, 0.2)),
        Arrival(pro=True, weight=Pair(0.7, 0.3), strength=Pair(0.6, 0.4)),
    )
    assert joined([one, other]) == Arrival(pro=True, weight=Pair(0.5, 0.3), strength=Pair(0.6, 0.2))
    assert joined([one]) == one


@pytest.mark.parametrize("them", [[], [pro(0.5), con(0.5)]])
def test_joint_premises_of_two_sides_or_of_none_are_refused(them: list[Arrival]) -> None:
    with pytest.raises(ValueError, match="one side"):
        joined(them)


def test_a_checked_citation() -> None:
    assert six(citation_term(5, 1, 0)) == 0.166667
    strength = stand(base_of(56, 18), [], [(5, 1, 0)])
    assert six(strength.strength.energy) == 0.700624
    assert six(strength.cited) == 0.166667
    assert (strength.pro, strength.bars) == (0, strength.cited), "What citations add is a bar of its own."


@pytest.mark.parametrize("check", [(0, 0, 0), (1, 0, 1), (0, 5, 0), (0, 0, 9), (2, 3, 2)])
def test_a_citation_unchecked_or_found_not_to_say_it_adds_nothing(check: Check) -> None:
    assert citation_term(*check) == 0
    assert stand(0.6, [], [check]) == stand(0.6, [])


def test_only_the_best_three_citations_count() -> None:
    checks = [(1, 0, 0), (9, 0, 0), (2, 0, 0), (3, 0, 0), (0, 0, 4)]
    terms = citation_terms(checks)
    assert terms == tuple(citation_term(yes, 0, 0) for yes in (9, 3, 2))
    assert citations_term(checks) == pytest.approx(sum(terms))
    assert stand(0.5, [], checks) == stand(0.5, [], checks[1:4])


def test_a_citation_is_one_more_supporter_in_the_second_opinion() -> None:
    checks: list[Check] = [(5, 1, 0), (2, 0, 0)]
    supporters = [pro(1, citation_term(*check)) for check in checks]
    assert stand(0.5, [con(0.4)], checks).strength.dfquad == pytest.approx(
        stand(0.5, [con(0.4), *supporters]).strength.dfquad, abs=EXACT
    )


@pytest.mark.parametrize(("total", "count"), [(-1, 3), (5, 1), (1, 0), (0, -1)])
def test_answers_that_nobody_can_have_given_are_refused(total: int, count: int) -> None:
    for of in (base_of, relevance_of):
        with pytest.raises(ValueError, match="do not add up"):
            of(total, count)


def test_numbers_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot have voted"):
        ramp_of(-1)
    with pytest.raises(ValueError, match="counted from 1"):
        weight_of(same(1), 3, 0)
    with pytest.raises(ValueError, match="fewer than nobody"):
        citation_term(3, -1, 0)
    for bad in (float("nan"), float("inf"), 1e200):
        with pytest.raises(ValueError, match="between 0 and 1"):
            stand(0.5, [pro(bad)])


@given(UNIT, ARRIVALS, st.lists(CHECKS, max_size=5))
def test_a_strength_is_a_number_between_0_and_1(
    base: float, arrivals: list[Arrival], checks: list[Check]
) -> None:
    found = stand(base, arrivals, checks)
    for number in (found.strength.energy, found.strength.dfquad):
        assert 0 <= number <= 1
    assert all(isfinite(bar) and bar >= 0 for bar in (found.pro, found.con, found.cited, found.bars))


@given(UNIT, ARRIVALS)
def test_pros_and_cons_are_treated_alike(base: float, arrivals: list[Arrival]) -> None:
    mirrored = [replace(each, pro=not each.pro) for each in arrivals]
    one, other = stand(base, arrivals), stand(1 - base, mirrored)
    assert one.strength.energy + other.strength.energy == pytest.approx(1, abs=EXACT)
    assert one.strength.dfquad + other.strength.dfquad == pytest.approx(1, abs=EXACT)
    assert (one.pro, one.con) == (other.con, other.pro), "The mirror image of a bar is as long."


@given(UNIT, ARRIVALS, st.randoms(use_true_random=False))
def test_the_order_of_siblings_does_not_matter(base: float, arrivals: list[Arrival], dice: Random) -> None:
    shuffled = list(arrivals)
    dice.shuffle(shuffled)
    one, other = stand(base, arrivals), stand(base, shuffled)
    assert one.strength.energy == other.strength.energy, "To the bit: sums are exactly rounded."
    assert one.strength.dfquad == pytest.approx(other.strength.dfquad, abs=EXACT)


@given(UNIT, ARRIVALS, UNIT, UNIT, st.lists(CHECKS, max_size=3))
def test_one_more_argument_moves_a_claim_its_own_way(
    base: float, arrivals: list[Arrival], weight: float, strength: float, checks: list[Check]
) -> None:
    before = stand(base, arrivals, checks).strength
    backed = stand(base, [*arrivals, pro(strength, weight)], checks).strength
    challenged = stand(base, [*arrivals, con(strength, weight)], checks).strength
    for one, other in ((before, backed), (challenged, before)):
        assert one.energy <= other.energy + EXACT
        assert one.dfquad <= other.dfquad + EXACT


@given(UNIT, UNIT, ARRIVALS, st.integers(0, 11), UNIT, UNIT)
def test_stronger_and_heavier_never_counts_for_less(
    base: float, more: float, arrivals: list[Arrival], at: int, weight: float, strength: float
) -> None:
    low, high = sorted((base, more))
    assert stand(low, arrivals).strength.energy <= stand(high, arrivals).strength.energy + EXACT
    assert stand(low, arrivals).strength.dfquad <= stand(high, arrivals).strength.dfquad + EXACT
    if at >= len(arrivals):
        return
    it = arrivals[at]
    grown = Arrival(
        it.pro,
        Pair(max(it.weight.energy, weight), max(it.weight.dfquad, weight)),
        Pair(max(it.strength.energy, strength), max(it.strength.dfquad, strength)),
    )
    before, after = (
        stand(base, arrivals).strength,
        stand(base, [*arrivals[:at], grown, *arrivals[at + 1 :]]).strength,
    )
    way = 1 if it.pro else -1
    assert way * (after.energy - before.energy) >= -EXACT
    assert way * (after.dfquad - before.dfquad) >= -EXACT


@pytest.mark.parametrize("base", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("weight", [0.0, 1.0])
@pytest.mark.parametrize("strength", [0.0, 1.0])
def test_the_edges(base: float, weight: float, strength: float) -> None:
    backed = stand(base, [pro(strength, weight)]).strength
    challenged = stand(base, [con(strength, weight)]).strength
    felt = weight * strength
    assert backed == Pair(base + (1 - base) * felt / 2, base + (1 - base) * felt)
    assert challenged == Pair(base - base * felt / 2, base - base * felt)


def test_nothing_said_leaves_the_base() -> None:
    assert stand(0.3, []).strength == same(0.3)
    assert stand(0.3, [pro(0.7), con(0.7)]).strength == same(0.3), "Balanced is as good as nothing."


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_base_never_reaches_either_end(holds: int, more: int) -> None:
    count = holds // 4 + 1 + more
    assert 0 < base_of(holds, count) < 1
    assert 0 < relevance_of(holds, count) < 1
    assert base_of(4 * count - holds, count) == pytest.approx(1 - base_of(holds, count))
