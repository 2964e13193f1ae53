"""A whole debate is weighed as the method says: links, undercuts, joint premises, damping, citations, at any depth and width."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import isfinite
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.strength.graph import CircleError, Claim, Graph, Place, circle
from debates.strength.semantics import Pair, stand, undercut, weight_of
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
    con,
    debates,
    same,
    slowly,
    star,
    weighed,
    with_claim,
    without_claim,
)

CLOSE = 1e-10


def test_the_long_worked_example() -> None:
    found = weighed(WORKED)
    strengths = {key: round(found.standing[key].strength.energy, 6) for key in (THESIS, P1, P2, C1, R1)}
    assert strengths == {THESIS: 0.546990, P1: 0.700624, P2: 0.583333, C1: 0.486415, R1: 0.7}
    weights = {key: round(found.weight[key, THESIS].energy, 6) for key in (P1, P2, C1, C2)}
    assert weights == {P1: 0.6, P2: 0.333333, C1: 0.601852, C2: 0}
    assert round(found.weight[R1, C1].energy, 6) == 0.575
    thesis = found.standing[THESIS]
    assert round(thesis.pro - thesis.con, 6) == 0.322069, "The bars are the very input of the formula."


@pytest.mark.parametrize(("key", "strength"), [(P1, 0.495214), (C1, 0.637156), (R1, 0.535069)])
def test_the_worked_example_without_an_argument(key: int, strength: float) -> None:
    assert round(weighed(without_claim(WORKED, key)).standing[THESIS].strength.energy, 6) == strength


@given(debates())
def test_any_debate_is_weighed_as_the_slow_and_obvious_way_weighs_it(debate: Debate) -> None:
    found = weighed(debate)
    energy, dfquad = slowly(debate)
    for key, standing in found.standing.items():
        assert standing.strength.energy == pytest.approx(energy.strength(key), abs=CLOSE)
        assert standing.strength.dfquad == pytest.approx(dfquad.strength(key), abs=CLOSE)
        units = energy.units(key)
        assert standing.pro == pytest.approx(sum(w * s for pro, _, w, s in units if pro), abs=CLOSE)
        assert standing.con == pytest.approx(
            sum(w * s for pro, bearing, w, s in units if not pro and not bearing), abs=CLOSE
        )
    for place in energy.places:
        at = place.child, place.parent
        assert found.weight[at].energy == pytest.approx(energy.weight(place), abs=CLOSE)
        assert found.weight[at].dfquad == pytest.approx(dfquad.weight(place), abs=CLOSE)
        assert found.relevance[at].energy == pytest.approx(energy.relevance(place), abs=CLOSE)
        assert found.relevance[at].dfquad == pytest.approx(dfquad.relevance(place), abs=CLOSE)


@given(debates(14))
def test_every_number_is_one(debate: Debate) -> None:
    found = weighed(debate)
    for standing in found.standing.values():
        assert 0 < standing.strength.energy < 1
        assert 0 <= standing.strength.dfquad <= 1
        assert isfinite(standing.bars)
    for pair in (*found.weight.values(), *found.relevance.values(), *found.bearing.values()):
        assert 0 <= pair.energy <= 1
        assert 0 <= pair.dfquad <= 1


@given(debates(), st.randoms(use_true_random=False))
def test_how_a_debate_is_handed_over_makes_no_difference(debate: Debate, dice: Random) -> None:
    claims, places = list(debate[0]), list(debate[1])
    dice.shuffle(claims)
    dice.shuffle(places)
    one, other = weighed(debate), weighed((claims, places))
    assert (one.standing, one.weight, one.relevance, one.bearing) == (
        other.standing,
        other.weight,
        other.relevance,
        other.bearing,
    ), "To the bit, or the nightly comparison would see drift where there is none."


@given(debates())
def test_the_mirror_image_of_a_debate_has_the_mirror_image_of_a_standing(debate: Debate) -> None:
    claims = [replace(c, checks=()) if c.key == 0 else c for c in debate[0]]
    places = [replace(p, bearing=False) if p.parent == 0 else p for p in debate[1]]
    mirrored = [replace(p, pro=not p.pro) if p.parent == 0 else p for p in places]
    one, other = weighed((claims, places)).standing[0], weighed((claims, mirrored)).standing[0]
    assert one.strength.energy + other.strength.energy == pytest.approx(1, abs=1e-12)
    assert one.strength.dfquad + other.strength.dfquad == pytest.approx(1, abs=1e-12)
    assert (one.pro, one.con) == (other.con, other.pro)


@given(debates(), st.data())
def test_a_vote_moves_a_thesis_the_way_of_the_argument(debate: Debate, data: st.DataObject) -> None:
    beneath = [p for p in debate[1] if p.parent == 0]
    if not beneath:
        return
    place = data.draw(st.sampled_from(beneath))
    if len([p for p in debate[1] if p.child == place.child]) > 1:
        return  # it also speaks through others
    claim = next(c for c in debate[0] if c.key == place.child)
    better = replace(claim, holds=claim.holds + 4, count=claim.count + 1)
    before, after = weighed(debate).standing[0], weighed(with_claim(debate, better)).standing[0]
    way = 1 if place.pro else -1
    assert way * (after.strength.energy - before.strength.energy) >= -1e-12
    assert way * (after.strength.dfquad - before.strength.dfquad) >= -1e-12


# ---------------------------------------------------------------------------- undercuts, links, bundles, damping


def voted(key: int, author: str = "") -> Claim:
    """Return a claim that a dozen people have reviewed."""
    return Claim(key, holds=40, count=12, people=12, author=author)


THE_THESIS = Claim(0, thesis=True)


def test_an_undercut_acts_on_the_link_and_not_on_the_claim() -> None:
    claims = [THE_THESIS, voted(1), voted(2)]
    plain = weighed((claims, [Place(1, 0, pro=True)]))
    cut = weighed((claims, [Place(1, 0, pro=True), Place(2, 1, pro=False, bearing=True)]))
    assert cut.standing[1] == plain.standing[1], (
        "True or not, it does not matter here: the claim stands as it stood."
    )
    assert cut.weight[1, 0].energy < plain.weight[1, 0].energy
    strength, weight = cut.standing[2].strength, cut.weight[2, 1]
    left = undercut(0.5, [replace(con(0), weight=weight, strength=strength)])
    assert cut.relevance[1, 0] == left
    assert cut.weight[1, 0] == weight_of(left, 12, 1)
    assert cut.bearing[1] == Pair(left.energy / 0.5, left.dfquad / 0.5)


def test_an_undercut_acts_at_home_and_not_where_the_argument_is_linked() -> None:
    claims = [THE_THESIS, Claim(9, thesis=True), voted(1), voted(2)]
    places = [
        Place(1, 0, pro=True),
        Place(1, 9, pro=True, home=False),
        Place(2, 1, pro=False, bearing=True),
    ]
    found = weighed((claims, places))
    assert found.relevance[1, 0].energy < 0.5
    assert found.relevance[1, 9] == same(0.5), "That it does not bear on one thing says nothing of another."


def test_an_undercut_of_a_thesis_does_nothing() -> None:
    claims = [THE_THESIS, Claim(9, thesis=True), voted(1)]
    places = [Place(1, 0, pro=False, bearing=True), Place(0, 9, pro=True, home=True)]
    found = weighed((claims, places))
    assert found.standing[0].strength == same(0.5)
    assert found.relevance[0, 9] == same(0.5)


def test_a_pro_has_no_bearing_to_attack() -> None:
    claims = [THE_THESIS, voted(1), voted(2)]
    odd = [Place(1, 0, pro=True), Place(2, 1, pro=True, bearing=True)]
    plain = [Place(1, 0, pro=True), Place(2, 1, pro=True)]
    assert weighed((claims, odd)).standing == weighed((claims, plain)).standing


def test_an_authors_second_argument_on_a_side_counts_half() -> None:
    claims = [THE_THESIS, voted(1, "ada"), voted(2, "ada"), voted(3, "ada"), voted(4, "ben"), voted(5)]
    claims += [voted(6), voted(7, "ada")]
    places = [
        Place(1, 0, pro=True, order="3"),
        Place(2, 0, pro=True, order="1"),
        Place(3, 0, pro=False, order="0"),
        Place(4, 0, pro=True, order="2"),
        Place(5, 0, pro=True, order="4"),
        Place(6, 0, pro=True, order="5"),
        Place(7, 1, pro=True, order="0"),
    ]
    weight = weighed((claims, places)).weight
    full = weight_of(same(0.5), 12, 1)
    assert weight[2, 0] == full, "The order decides, not the key."
    assert weight[1, 0] == weight_of(same(0.5), 12, 2)
    assert weight[3, 0] == full, "The other side is counted apart."
    assert weight[4, 0] == weight[5, 0] == weight[6, 0] == full, "Others, and nobody at all, are not damped."
    assert weight[7, 1] == full, "Another parent is another count."


def test_undercuts_of_one_author_are_counted_among_the_cons() -> None:
    claims = [THE_THESIS, voted(1), voted(2, "ben"), voted(3, "ben")]
    places = [
        Place(1, 0, pro=True),
        Place(2, 1, pro=False, order="1"),
        Place(3, 1, pro=False, bearing=True, order="2"),
    ]
    assert weighed((claims, places)).weight[3, 1] == weight_of(same(0.5), 12, 2)


def test_joint_premises_count_once_and_share_their_rank() -> None:
    claims = [THE_THESIS, *(voted(key, "ada") for key in (1, 2, 3, 4)), voted(5, "ben")]
    places = [
        Place(1, 0, pro=True, order="1"),
        Place(2, 0, pro=True, order="2", joint=7),
        Place(3, 0, pro=True, order="3"),
        Place(4, 0, pro=True, order="4", joint=7, matters=12, count=3),
        Place(5, 0, pro=True, order="5", joint=7),
    ]
    found = weighed((claims, places))
    ranked = {
        key: found.weight[key, 0].energy / found.relevance[key, 0].energy * 15 / 12 for key in range(1, 6)
    }
    assert ranked == pytest.approx({1: 1, 2: 1 / 2, 3: 1 / 3, 4: 1 / 2, 5: 1}), (
        "Each author counts for himself."
    )
    weakest = found.weight[2, 0].energy * found.standing[2].strength.energy
    singles = sum(found.weight[key, 0].energy * found.standing[key].strength.energy for key in (1, 3))
    assert found.standing[0].pro == pytest.approx(singles + weakest)


def test_one_number_on_both_sides_makes_two_bundles() -> None:
    claims = [THE_THESIS, voted(1), voted(2)]
    places = [Place(1, 0, pro=True, joint=1), Place(2, 0, pro=False, joint=1)]
    assert weighed((claims, places)).standing[0].strength == same(0.5)


def test_an_argument_in_two_places_counts_in_both() -> None:
    claims = [THE_THESIS, Claim(9, thesis=True), voted(1)]
    places = [Place(1, 0, pro=True), Place(1, 9, pro=False, matters=12, count=3, home=False)]
    found = weighed((claims, places)).standing
    assert found[0].strength.energy > 0.5 > found[9].strength.energy
    assert found[9].con > found[0].pro, "A link has a relevance of its own."


# ------------------------------------------------------------------------------------------- any depth and width


def test_a_chain_of_fifteen_hundred() -> None:
    found = weighed(chain(1500))
    below = same(22 / 26)
    for key in range(1499, -1, -1):
        assert found.standing[key + 1].strength == below
        weight = weight_of(same(0.8), 18, 1)
        below = stand(0.5 if key == 0 else 22 / 26, [replace(con(0), weight=weight, strength=below)]).strength
    assert found.standing[0].strength == below


def test_a_star_of_ten_thousand() -> None:
    found = weighed(star(10_000)).standing[0]
    each = 0.5 * 18 / 21 * 22 / 26
    assert found.pro == pytest.approx(6667 * each)
    assert found.con == pytest.approx(3333 * each)
    assert 0.999 < found.strength.energy < 1


def test_a_star_by_one_author_is_dammed_up() -> None:
    found = weighed(star(10_000, "ada")).standing[0]
    assert found.pro < 0.5 * 18 / 21 * 22 / 26 * 10, "A thousand arguments of one voice are worth some seven."
    assert found.strength.energy < 0.75


# ------------------------------------------------------------------------------------------------ what is refused


def test_a_place_whose_ends_are_not_there_is_left_out() -> None:
    graph = Graph(
        [THE_THESIS, voted(1)], [Place(1, 0, pro=True), Place(2, 0, pro=True), Place(1, 3, pro=True)]
    )
    assert [place.child for place in graph.children[0]] == [1]
    assert [place.parent for place in graph.parents[1]] == [0]


@pytest.mark.parametrize(
    ("places", "keys"),
    [
        ([(1, 2), (2, 3), (3, 1)], {1, 2, 3}),
        ([(1, 1)], {1}),
        ([(1, 0), (2, 1), (1, 2), (3, 2), (4, 3)], {1, 2}),
    ],
)
def test_a_circle_is_refused_by_the_names_of_those_on_it(
    places: list[tuple[int, int]], keys: set[int]
) -> None:
    claims = [THE_THESIS, *(voted(key) for key in (1, 2, 3, 4))]
    with pytest.raises(CircleError) as refused:
        Graph(claims, [Place(child, parent, pro=True, home=False) for child, parent in places])
    assert set(refused.value.keys) == keys, "And of nobody who merely stands above or below it."
    assert isinstance(refused.value, ValueError)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="given twice"):
        Graph([THE_THESIS, voted(0)], [])
    claims = [THE_THESIS, voted(1), voted(2)]
    with pytest.raises(ValueError, match="stands twice"):
        Graph(claims, [Place(1, 0, pro=True), Place(1, 0, pro=False, home=False)])
    with pytest.raises(ValueError, match="two homes"):
        Graph(claims, [Place(1, 0, pro=True), Place(1, 2, pro=True)])


PLACES = [
    Place(child, parent, pro=True, home=False)
    for child, parent in [(1, 0), (2, 1), (3, 2), (4, 1), (4, 3), (5, 0)]
]


def test_a_new_place_would_close_a_circle() -> None:
    assert circle(PLACES, 1, 3) == [3, 2, 1], "3 stands under 2 under 1, which would stand under 3."
    assert circle(PLACES, 1, 4) == [4, 1], "The shortest way up is the clearest."
    assert circle(PLACES, 0, 5) == [5, 0]
    assert circle(PLACES, 2, 2) == [2]


def test_of_two_ways_up_the_shorter_is_named() -> None:
    ways = [(5, 2), (5, 3), (2, 1), (3, 4), (4, 1)]
    for places in (ways, ways[::-1]):
        found = circle([Place(child, parent, pro=True, home=False) for child, parent in places], 1, 5)
        assert found == [5, 2, 1]


def test_a_new_place_closes_no_circle() -> None:
    assert circle(PLACES, 4, 2) is None
    assert circle(PLACES, 5, 4) is None
    assert circle([], 1, 2) is None


@given(debates(), st.data())
def test_what_would_close_a_circle_is_what_a_debate_refuses(debate: Debate, data: st.DataObject) -> None:
    keys = [c.key for c in debate[0]]
    child, parent = data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(keys))
    if any((p.child, p.parent) == (child, parent) for p in debate[1]):
        return
    found = circle(debate[1], child, parent)
    places = [*debate[1], Place(child, parent, pro=True, home=False)]
    if found is None:
        Graph(debate[0], places)
        return
    with pytest.raises(CircleError) as refused:
        Graph(debate[0], places)
    for keys in (found, list(refused.value.keys)):
        assert len(set(keys)) == len(keys)
    assert (found[0], found[-1]) == (parent, child)
    for below, above in pairwise(found):
        assert any((p.child, p.parent) == (below, above) for p in debate[1])


def test_a_circle_of_fifteen_hundred_is_found() -> None:
    claims, places = chain(1500)
    assert circle(places, 0, 1500) == list(range(1500, -1, -1))
    with pytest.raises(CircleError):
        Graph(claims, [*places, Place(0, 1500, pro=True, home=False)])
