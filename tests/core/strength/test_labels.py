"""Objections are open until an objection to them stands: what is left to answer, without any number."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from debates.strength.graph import Claim, Graph, Place
from debates.strength.labels import Label, Labelled, label_of, labels
from tests.core.strength.examples import C1, C2, R1, THESIS, WORKED, Debate, chain, debates

NONE, OPEN, ANSWERED = Label.NONE, Label.OPEN, Label.ANSWERED


def labelled(*places: Place) -> dict[int, Labelled]:
    """Label claims 0 to 5, of which 0 is a thesis and 9 another."""
    claims = [Claim(0, thesis=True), Claim(9, thesis=True), *(Claim(key) for key in range(1, 6))]
    return labels(Graph(claims, places))


def test_an_objection_is_open_until_it_is_answered() -> None:
    found = labelled(Place(1, 0, pro=False))
    assert (found[0].label, found[0].unanswered, found[1].label) == (OPEN, (1,), NONE)
    found = labelled(Place(1, 0, pro=False), Place(2, 1, pro=False))
    assert (found[0].label, found[0].unanswered, found[1].label) == (ANSWERED, (), OPEN)
    found = labelled(Place(1, 0, pro=False), Place(2, 1, pro=False), Place(3, 2, pro=False))
    assert (found[0].label, found[1].label, found[2].label) == (OPEN, ANSWERED, OPEN)


def test_pros_answer_nothing_and_object_to_nothing() -> None:
    found = labelled(Place(1, 0, pro=True), Place(2, 1, pro=False))
    assert found[0].label == NONE
    assert labelled(Place(1, 0, pro=False), Place(2, 1, pro=True))[0].label == OPEN


def test_all_objections_have_to_be_answered() -> None:
    found = labelled(
        Place(1, 0, pro=False, order="2"),
        Place(2, 0, pro=False, order="1"),
        Place(3, 0, pro=False, order="3"),
        Place(4, 3, pro=False),
    )[0]
    assert (found.label, found.unanswered) == (OPEN, (2, 1)), "In their order."


def test_an_objection_to_the_bearing_is_one_and_does_not_fell_the_claim() -> None:
    found = labelled(Place(1, 0, pro=True), Place(2, 1, pro=False, bearing=True))[1]
    assert (found.label, found.unanswered, found.stands, found.bears) == (OPEN, (2,), True, False)


def test_an_objection_that_does_not_bear_is_answered_at_home_only() -> None:
    found = labelled(
        Place(1, 0, pro=False),
        Place(1, 9, pro=False, home=False),
        Place(2, 1, pro=False, bearing=True),
    )
    assert (found[0].label, found[9].label) == (ANSWERED, OPEN)


def test_a_thesis_bears_on_nothing() -> None:
    found = labelled(Place(1, 0, pro=False, bearing=True))[0]
    assert (found.label, found.bears) == (NONE, True)


def test_joint_premises_fall_with_one_of_them() -> None:
    both = Place(1, 0, pro=False, joint=1), Place(2, 0, pro=False, joint=1)
    assert labelled(*both)[0].unanswered == (1, 2)
    assert labelled(*both, Place(3, 2, pro=False))[0].label == ANSWERED


def test_the_worked_example() -> None:
    found = labels(Graph(*WORKED))
    assert found[THESIS].unanswered == (C2,), "C1 is answered, by R1."
    assert (found[C1].unanswered, found[R1].label) == ((R1,), NONE)


def test_a_chain_of_fifteen_hundred() -> None:
    found = labels(Graph(*chain(1500)))
    assert found[0].label == ANSWERED
    assert all(found[key].label == (OPEN if key % 2 else ANSWERED) for key in range(1, 1500))


@given(debates(12))
def test_labels_are_the_grounded_ones(debate: Debate) -> None:
    """Dung: what stands is what the extension defends, and it grows from nothing."""
    claims, places = debate
    plain = [p for p in places if not p.pro and not p.bearing and p.joint is None]
    extension: set[int] = set()
    while True:
        defended = {
            c.key
            for c in claims
            if all(
                any(q.child in extension for q in plain if q.parent == p.child)
                for p in plain
                if p.parent == c.key
            )
        }
        if defended == extension:
            break
        extension = defended
    found = labels(Graph(claims, plain))
    assert {key for key, one in found.items() if one.stands} == extension


@given(debates(12), st.randoms(use_true_random=False))
def test_one_claim_is_labelled_as_all_are(debate: Debate, dice: Random) -> None:
    graph = Graph(*debate)
    found = labels(graph)
    standing = {key for key, one in found.items() if one.stands}
    bearing = {key for key, one in found.items() if one.bears}
    for key in graph.order:
        places = list(graph.children.get(key, []))
        dice.shuffle(places)
        assert label_of(places, graph.claims[key].thesis, standing, bearing) == found[key]
        assert (found[key].label == OPEN) is bool(found[key].unanswered)
