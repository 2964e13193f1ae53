"""A quotation is found word for word, or not at all."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.folding import fold
from debates.bibliography.quotation import (
    LONGEST,
    FoldedText,
    Outcome,
    Place,
    Reason,
    find_quotation,
)

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
        "he would not re-sign … the council’s clerk",
        "the well-known crane […] for sixty years",
        "… would not re-sign the lease …",
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
        "The keeper said … re-sign the lease",
        "had stood for sixty years […] since the war",
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


def test_a_place_covers_letters_that_were_composed() -> None:
    text = "Her re\u0301sume\u0301 lay there."
    [[place]] = find_quotation("Her r\u00e9sum\u00e9", [text]).places
    assert text[place.start : place.end] == "Her re\u0301sume\u0301", "The accent belongs to the last letter."


def test_an_elided_quotation_has_a_place_for_each_piece() -> None:
    [pieces] = find_quotation(
        "it had stood … and the vote", ["For long it had stood.", "Then and the vote."]
    ).places
    assert pieces == (Place(0, 9, 21), Place(1, 5, 17))


def test_a_text_is_folded_once_and_searched_often() -> None:
    text = FoldedText(TEXT)
    for quotation in ("no engineer had", "The council voted", "not there at all"):
        assert text.find(quotation) == find_quotation(quotation, TEXT)


def test_two_texts_in_one_are_not_stitched_together() -> None:
    passages = ["It ends with the word harbour.", "Here begins the second text."]
    assert FoldedText(passages).find("the word harbour … begins the second").places
    assert not FoldedText(passages, begins={1}).find("the word harbour … begins the second").places


@pytest.mark.parametrize(
    ("quotation", "reason"),
    [
        ("The keeper said … re-sign the lease", Reason.NEGATION),
        ("The keeper said … the vote was lost", Reason.GAP),
        ("the vote was lost … The keeper said", Reason.ORDER),
        ("would not [ever] re-sign the lease", Reason.INSERTION),
        ("he would not re-sign the contract", Reason.ALTERED),
        ("nothing of this was ever written", Reason.ELSEWHERE),
        ("three words only", Reason.ELSEWHERE),
    ],
)
def test_what_is_not_found_has_a_reason(quotation: str, reason: Reason) -> None:
    text = FoldedText(TEXT)
    assert text.find(quotation).outcome == Outcome.NOT_FOUND
    assert text.why_not(quotation) == reason


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("a" * 1_000_000, "a" * LONGEST),
        ("a " * 500_000, "a " * 4_000 + "b"),
        ("aa bb " * 170_000, "aa bb … cc dd"),
        ("aa' " * 250_000, "aa’ aa " * 1_000),
        ("- " * 500_000, "- a - a - a - a"),
        ("." * 500_000, "a" + ". " * 4_000 + "aaa"),
        ("e\u0301" * 300_000, "\u00e9" * 5_000),
    ],
)
def test_no_text_makes_the_search_crawl(text: str, quotation: str) -> None:
    began = time.monotonic()
    find_quotation(quotation, [text])
    assert time.monotonic() - began < 20, (
        "A search that looks at every letter of every word takes minutes here."
    )


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


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_every_way_of_composing_letters_folds_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)).text == fold(unicodedata.normalize("NFC", text)).text


@given(st.text(alphabet="ab'’“\"-–…. \n\u00ad\u200b1\u0301", max_size=60), st.data())
def test_what_is_found_is_there(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    quotation = text[start : data.draw(st.integers(start, len(text)))]
    for [place, *more] in find_quotation(quotation, [text]).places:
        covered = text[place.start : (more[-1] if more else place).end]
        if not more:
            assert spoken(covered) == spoken(quotation), (
                "A place covers all letters of the quotation, and no other."
            )


def spoken(text: str) -> str:
    """Return the letters and digits of a text, in one case, since the first may be of another."""
    return "".join(char for char in unicodedata.normalize("NFC", text) if char.isalnum()).lower()


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
