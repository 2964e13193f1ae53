"""A quotation is found word for word, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.quotation import LONGEST, Outcome, find_quotation, fold

TEXT = [
    "The keeper said “we’re not done” — and he would not re-sign the lease, whatever the council’s clerk wrote.",
    "By 1999 the well-\nknown crane had stood for sixty years; no engi-\nneer had looked at it since the war… or so they said.",
    "The council voted. The council voted again, and the vote was lost.",
]


@pytest.mark.parametrize(
    "quotation",
    [
        "he would not re-sign the lease",
        "“we’re not done” – and he would",
        "we're not done - and he",
        "We're not done",
        "keeper said we’re not",
        "the well-known crane had stood",
        "no engineer had looked at it",
        "since the war... or so they said",
        "The keeper said … re-sign the lease",
        "had stood for sixty years […] since the war",
        "The council voted. The council voted again",
        "the\u00a0council’s   clerk\u200b wrote",
    ],
)
def test_what_typesetting_changes_does_not_matter(quotation: str) -> None:
    assert find_quotation(quotation, TEXT).outcome == Outcome.FOUND, quotation


@pytest.mark.parametrize(
    "quotation",
    [
        "he would re-sign the lease",
        "he would not resign the lease",
        "were not done",
        "he would not re-sign the leases",
        "would not re-sign the lease whatever",
        "eeper said",
        "the lease he would not re-sign",
        "no engineers had looked at it",
        "sixty years, no engineer",
        "re-sign the lease … The keeper said",
        "The keeper said … the vote was lost",
        "he Would not re-sign",
        "the councils clerk wrote",
        "known crane had stood",
    ],
)
def test_other_words_are_not_found_however_like_they_are(quotation: str) -> None:
    assert find_quotation(quotation, TEXT).outcome == Outcome.NOT_FOUND, quotation


def test_a_place_says_which_characters() -> None:
    [[place]] = find_quotation("no engineer had", TEXT).places
    assert TEXT[place.passage][place.start : place.end] == "no engi-\nneer had"


def test_what_stands_twice_is_said_to() -> None:
    match = find_quotation("The council voted", TEXT)
    assert match.outcome == Outcome.SEVERAL
    assert len(match.places) == 2


@pytest.mark.parametrize("quotation", ["a", "…", "“I”", "no."])
def test_too_little_means_nothing(quotation: str) -> None:
    assert find_quotation(quotation, TEXT).outcome == Outcome.TOO_SHORT


def test_too_much_is_a_copy() -> None:
    assert find_quotation("word " * LONGEST, TEXT).outcome == Outcome.TOO_LONG


@given(st.text(max_size=200))
def test_folding_remembers_where_each_character_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origin)
    assert list(folded.origin) == sorted(folded.origin)
    assert all(0 <= index < len(text) for index in folded.origin)


WORD = st.text(alphabet="abcdefghij", min_size=2, max_size=8)


@given(st.lists(WORD, min_size=6, max_size=20), st.data())
def test_every_run_of_words_is_found_where_it_stands(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 3))
    last = data.draw(st.integers(first + 2, len(words)))
    quotation = " ".join(words[first:last])
    match = find_quotation(quotation, [" ".join(words)])
    assert match.outcome in (Outcome.FOUND, Outcome.SEVERAL)


@given(st.lists(WORD, min_size=6, max_size=20, unique=True), st.data())
def test_one_word_changed_is_not_found(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    other = [*words[:at], words[at] + "x", *words[at + 1 :]]
    assert find_quotation(" ".join(other), [" ".join(words)]).outcome == Outcome.NOT_FOUND
