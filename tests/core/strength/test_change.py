"""What would change the word of a claim: one argument taken out, or one new argument reviewed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from debates.strength.change import REVIEWED, Turn, change
from debates.strength.graph import Graph
from debates.strength.words import Word, word_of
from tests.core.strength.examples import (
    C1,
    C2,
    P1,
    P2,
    R1,
    THESIS,
    WORKED,
    Debate,
    debates,
    star,
    weighed,
    with_claim,
    with_votes,
    without_claim,
)


def test_the_worked_example() -> None:
    found = change(Graph(*WORKED), THESIS, people=18)
    assert found.word == Word.CONTESTED
    assert [(turn.key, turn.word, round(turn.strength.energy, 6)) for turn in found.removed] == [
        (C1, Word.LEANING_BACKED, 0.637156)
    ]
    assert found.reviewed == ()


def test_a_new_argument_may_change_the_word_once_it_is_reviewed() -> None:
    debate = with_votes(with_claim(WORKED, replace(WORKED[0][C2], holds=8, count=2, people=2)), (C2, 0), 8, 2)
    found = change(Graph(*debate), THESIS, people=18)
    assert (found.word, found.reviewed) == (Word.CONTESTED, ()), "It would lower the thesis within its band."
    alone = without_claim(without_claim(debate, P1), P2)
    found = change(Graph(*alone), THESIS, people=18)
    reviewed = with_claim(alone, replace(debate[0][C2], people=REVIEWED))
    strength = weighed(reviewed).standing[THESIS].strength
    assert found.word == Word.CONTESTED
    assert found.reviewed == (Turn(C2, strength, Word.LEANING_CHALLENGED),)


def test_an_argument_that_five_have_reviewed_is_new_no_more() -> None:
    alone = with_votes(without_claim(without_claim(WORKED, P1), P2), (C2, 0), 8, 2)
    for people, new in ((4, [C2]), (5, [])):
        debate = with_claim(alone, replace(WORKED[0][C2], holds=8, count=2, people=people))
        found = change(Graph(*debate), THESIS, before="contested", people=18)
        assert found.word == Word.CONTESTED
        assert [turn.key for turn in found.reviewed] == new


def test_an_argument_is_not_reviewed_by_those_who_review_what_is_said_of_it() -> None:
    debate = with_claim(WORKED, replace(WORKED[0][C1], people=4))
    debate = with_claim(debate, replace(WORKED[0][R1], people=0))
    found = change(Graph(*debate), C1)
    assert (found.word, found.reviewed) == (Word.UNREVIEWED, ())


def test_the_greatest_change_comes_first() -> None:
    found = change(Graph(*without_claim(WORKED, C1)), THESIS, people=18)
    assert found.word == Word.LEANING_BACKED
    assert [turn.key for turn in found.removed] == [P1, P2]


def test_the_word_that_stands_decides_what_would_change_it() -> None:
    debate = without_claim(WORKED, P2)
    at = weighed(debate).standing[THESIS].strength.energy
    assert 0.5 < at < 0.58
    assert change(Graph(*WORKED), THESIS, before="leaning-backed", people=18).word == Word.CONTESTED
    near = without_claim(WORKED, C1)
    assert change(Graph(*near), THESIS, before="strongly-backed", people=18).word == Word.LEANING_BACKED


def test_a_thesis_that_too_few_reviewed_is_said_nothing_of_until_a_new_argument_is_reviewed() -> None:
    found = change(Graph(*WORKED), THESIS)
    assert (found.word, found.removed) == (Word.UNREVIEWED, ())
    assert {turn.key for turn in found.reviewed} == {P2, C2}, (
        "Then twelve people will have reviewed something."
    )


@given(debates(10))
def test_what_would_change_it_is_what_changes_it(debate: Debate) -> None:
    graph = Graph(*debate)
    for target in graph.order:
        claim = graph.claims[target]

        def named(other: Debate, so_far: str, target: int = target, thesis: bool = claim.thesis) -> Word:
            standing = weighed(other).standing[target]
            return word_of(standing.strength.energy, 9, standing.bars, thesis, so_far)

        found = change(graph, target, "contested", people=9)
        assert found.word == named(debate, "contested")
        removed = {turn.key: turn.word for turn in found.removed}
        for key in graph.order:
            if key != target:
                word = named(without_claim(debate, key), found.word)
                assert removed.get(key, found.word) == word
        reviewed = {turn.key: turn.word for turn in found.reviewed}
        right_below = {place.child for place in graph.children.get(target, [])}
        elsewhere = {p.child for p in debate[1] if p.parent != target}
        assert set(reviewed) <= right_below
        for key in right_below - elsewhere:  # one that stands elsewhere, too, is reviewed here only
            child = graph.claims[key]
            if child.people < 5:
                then = with_claim(debate, replace(child, people=REVIEWED))
                assert reviewed.get(key, found.word) == named(then, found.word)
            else:
                assert key not in reviewed


def test_a_wide_star() -> None:
    found = change(Graph(*star(300)), 0, people=18)
    assert (found.word, found.removed, found.reviewed) == (Word.STRONGLY_BACKED, (), ())
