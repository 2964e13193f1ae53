"""What an argument does is what is different without it: the short way and the whole recomputation find the same."""

from __future__ import annotations

import pytest
from hypothesis import given

from debates.strength.bench import Bench
from debates.strength.graph import Claim, Graph, Place
from debates.strength.removal import Range, direct_effects, range_of, standings_without, without
from debates.strength.semantics import Pair, Standing
from tests.core.strength.examples import (
    C1,
    C2,
    P1,
    P2,
    R1,
    THESIS,
    WORKED,
    Debate,
    chain,
    debates,
    same,
    star,
    weighed,
    without_claim,
)


def below(debate: Debate, target: int) -> set[int]:
    """Return what stands below a target, the slow and obvious way."""
    found = {p.child for p in debate[1] if p.parent == target}
    return found.union(*(below(debate, key) for key in found))


def assert_alike(one: Standing, other: Standing) -> None:
    """Compare two standings but for rounding."""
    for name in ("pro", "con", "cited"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-13)
    assert one.strength.energy == pytest.approx(other.strength.energy, abs=1e-13)
    assert one.strength.dfquad == pytest.approx(other.strength.dfquad, abs=1e-13)


def test_the_worked_example() -> None:
    found = {key: round(pair.energy, 6) for key, pair in without(Graph(*WORKED), THESIS).items()}
    assert set(found) == {P1, P2, C1, R1, C2}
    assert (found[P1], found[C1], found[R1]) == (0.495214, 0.637156, 0.535069)
    assert found[C2] == 0.546990, "What nobody has reviewed can go without being missed."


@given(debates(12))
def test_taking_out_is_the_whole_recomputation(debate: Debate) -> None:
    graph = Graph(*debate)
    for target in graph.order:
        found = standings_without(graph, target)
        assert set(found) == below(debate, target)
        for key, standing in found.items():
            assert_alike(standing, weighed(without_claim(debate, key)).standing[target])


@given(debates(12))
def test_direct_effects_are_those_of_the_arguments_right_below(debate: Debate) -> None:
    graph, now = Graph(*debate), weighed(debate).standing[0].strength
    found, whole = direct_effects(graph, 0), without(graph, 0)
    assert list(found) == [place.child for place in graph.children.get(0, [])]
    for key, effect in found.items():
        assert effect.without == whole[key]
        assert effect.effect == Pair(now.energy - whole[key].energy, now.dfquad - whole[key].dfquad)


@given(debates(12))
def test_a_bench_is_left_as_it_was_found(debate: Debate) -> None:
    bench = Bench(Graph(*debate), 0)
    once = [bench.without(key) for key in bench.order[:-1]]
    assert [bench.without(key) for key in bench.order[:-1]] == once


def test_what_has_no_effect_changes_nothing() -> None:
    effects = direct_effects(Graph(*WORKED), THESIS)
    assert effects[C2].effect == same(0)
    assert effects[P1].effect.energy > effects[P2].effect.energy > 0 > effects[C1].effect.energy


def test_an_authors_later_argument_moves_up() -> None:
    claims = [
        Claim(0, thesis=True),
        *(Claim(key, holds=40, count=12, people=12, author="ada") for key in (1, 2)),
    ]
    places = [Place(1, 0, pro=True, order="1"), Place(2, 0, pro=True, order="2")]
    found = without(Graph(claims, places), 0)
    assert found[1] == found[2], "Whichever of the two goes, the other counts in full."


def test_the_range() -> None:
    found = range_of(without(Graph(*WORKED), THESIS))
    assert found is not None
    assert (found.low_key, found.high_key) == (P1, C1)
    assert (round(found.low, 6), round(found.high, 6)) == (0.495214, 0.637156)
    assert range_of({4: same(0.5), 3: same(0.5)}) == Range(0.5, 3, 0.5, 3)
    assert range_of({}) is None, "Nothing was said, and nothing can be taken out."


def test_a_chain_of_fifteen_hundred_is_taken_apart() -> None:
    debate = chain(1500)
    found = standings_without(Graph(*debate), 0)
    assert len(found) == 1500
    for key in (1, 2, *range(30, 46), 1500):  # about 40 down, the effect passes from seen to lost in rounding
        assert_alike(found[key], weighed(without_claim(debate, key)).standing[0])


@pytest.mark.parametrize("author", ["", "ada"])
def test_a_wide_star_is_taken_apart(author: str) -> None:
    debate = star(300, author)
    found = standings_without(Graph(*debate), 0)
    for key in (1, 2, 3, 150, 299, 300):
        assert_alike(found[key], weighed(without_claim(debate, key)).standing[0])
