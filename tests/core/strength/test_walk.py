"""One step at a time up from a change comes to what the whole recomputation comes to, to the bit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.strength.graph import Child, Claim, Graph, Place, Result, Step, compute, compute_one
from debates.strength.semantics import WHOLE
from tests.core.strength.examples import (
    ANSWERS,
    C1,
    R1,
    THESIS,
    WORKED,
    Debate,
    chain,
    debates,
    same,
    voted_claims,
    weighed,
    with_claim,
    with_votes,
    without_claim,
)


def step(graph: Graph, key: int, stored: Result) -> Step:
    """Compute one claim of a graph from what is stored of its children, which come in no good order."""
    places = reversed(graph.children.get(key, []))
    rows = [
        Child(graph.claims[p.child], p, stored.standing[p.child].strength, stored.bearing[p.child])
        for p in places
    ]
    return compute_one(graph.claims[key], rows)


def walk_up(graph: Graph, stored: Result, starts: list[int]) -> int:
    """Store one claim after the other, up from some, where anything differs; return how many steps that took."""
    due, steps = set(starts), 0
    for key in graph.order:
        if key not in due:
            continue
        steps += 1
        before = stored.standing[key], stored.bearing[key]
        found = step(graph, key, stored)
        stored.standing[key], stored.bearing[key] = found.standing, found.bearing
        stored.weight.update(found.weight)
        stored.relevance.update(found.relevance)
        if before != (found.standing, found.bearing):
            due |= {place.parent for place in graph.parents.get(key, ())}
    return steps


def assert_as_computed(stored: Result, debate: Debate) -> None:
    """Compare what is stored with the whole recomputation."""
    fresh = weighed(debate)
    assert stored.standing == fresh.standing
    assert (stored.weight, stored.relevance) == (fresh.weight, fresh.relevance)
    assert stored.bearing == fresh.bearing


@given(debates(12))
def test_one_step_is_to_the_bit_what_the_whole_makes_of_it(debate: Debate) -> None:
    graph = Graph(*debate)
    whole = compute(graph)
    for key in graph.order:
        one = step(graph, key, whole)
        assert (one.standing, one.bearing) == (whole.standing[key], whole.bearing[key])
        for place in graph.children.get(key, ()):
            at = place.child, key
            assert (one.weight[at], one.relevance[at]) == (whole.weight[at], whole.relevance[at])


@given(debates(12), st.data())
def test_a_claim_voted_on_anew_is_walked_up(debate: Debate, data: st.DataObject) -> None:
    stored = weighed(debate)
    key = data.draw(st.sampled_from(debate[0])).key
    old = next(c for c in debate[0] if c.key == key)
    new = with_claim(debate, data.draw(voted_claims(key, old.thesis)))
    graph = Graph(*new)
    # Its voters or its author may have changed, of which its own row says nothing: its parents are due in any case.
    walk_up(graph, stored, [key, *(place.parent for place in graph.parents.get(key, ()))])
    assert_as_computed(stored, new)


@given(debates(12), st.data())
def test_a_place_voted_on_anew_is_walked_up(debate: Debate, data: st.DataObject) -> None:
    if not debate[1]:
        return
    stored = weighed(debate)
    place: Place = data.draw(st.sampled_from(debate[1]))
    new = with_votes(debate, (place.child, place.parent), *data.draw(ANSWERS))
    walk_up(Graph(*new), stored, [place.parent])
    assert_as_computed(stored, new)


def test_a_walk_ends_where_nothing_changes_any_more() -> None:
    claims, places = chain(1500, pro=True)
    debate = claims, places
    stored = weighed(debate)
    last = replace(claims[-1], holds=0)
    new = with_claim(debate, last)
    steps = walk_up(Graph(*new), stored, [last.key])
    assert_as_computed(stored, new)
    assert 2 < steps < 100, "What one says 1,500 levels down reaches the thesis no more."


def test_one_step_of_the_worked_example() -> None:
    whole = weighed(WORKED)
    found = step(Graph(*without_claim(WORKED, R1)), C1, whole)
    assert round(found.standing.strength.energy, 6) == 0.565217
    assert found.bearing == WHOLE
    assert (found.weight, found.relevance) == ({}, {})


def test_a_row_that_stands_elsewhere_is_refused() -> None:
    row = Child(Claim(1), Place(1, THESIS, pro=True), same(0.5))
    with pytest.raises(ValueError, match="children of claim 9"):
        compute_one(Claim(9), [row])


def test_a_row_that_comes_twice_is_refused() -> None:
    row = Child(Claim(1), Place(1, THESIS, pro=True), same(0.5))
    with pytest.raises(ValueError, match="twice"):
        compute_one(Claim(THESIS, thesis=True), [row, row])
