"""Words are found where they were meant, and again in the next edition; where they are gone, nothing else is taken for them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.selector import Selector, Spot, Texts, select, selector_of

TEXT = (
    "The first crane fell in March. Nobody mended the “first crane”. In the spring gale the third crane fell."
)


def picked(text: str, words: str, before: str = "", after: str = "") -> tuple[str, int] | None:
    """Return the words that are meant, and where they begin."""
    place = select(text, words, before, after)
    return (text[place[0] : place[1]], place[0]) if place else None


class TestSelect:
    """Words in one text."""

    def test_what_copying_changes_does_not_matter(self) -> None:
        assert picked(TEXT, 'Nobody  mended the\n"first crane"') == ("Nobody mended the “first crane", 31)

    def test_another_word_matters(self) -> None:
        assert select(TEXT, "Nobody ever mended the first crane") is None

    def test_of_several_places_the_first_is_meant(self) -> None:
        assert picked(TEXT, "crane fell") == ("crane fell", 10)

    def test_unless_what_stands_around_says_another(self) -> None:
        assert picked(TEXT, "crane fell", before="spring gale the third ", after=".") == ("crane fell", 93)
        assert picked(TEXT, "crane", after="”. In the spring") == ("crane", 56)

    def test_a_word_or_half_of_one_that_somebody_marked_is_found(self) -> None:
        assert picked(TEXT, "In") == ("In", 64)
        assert picked(TEXT, "obody") == ("obody", 32)

    @pytest.mark.parametrize("words", ["", " \n", "\u200b"])
    def test_nothing_stands_nowhere(self, words: str) -> None:
        assert select(TEXT, words) is None

    def test_more_than_is_looked_for_as_a_quotation_is_found_letter_for_letter(self) -> None:
        long = "It fell. " * 2_000
        assert select(f"So: {long}", long) == (4, 4 + len(long.strip()))


LETTERS = st.text("abcde ,.", min_size=0, max_size=60)


@given(LETTERS, st.from_regex(r"[a-e]{5,8}( [a-e]{4,6}){0,3}", fullmatch=True), LETTERS)
def test_what_was_marked_is_found_again_in_the_same_text(before: str, words: str, after: str) -> None:
    text = f"{before} {words} {after}"
    start = len(before) + 1
    selector = selector_of(text, start, start + len(words))
    found = Texts([text]).find(selector, 0)
    assert found is not None, "Nothing changed, so nothing is lost."
    assert text[found.start : found.end].lower() == words.lower()
    again = selector_of(text, found.start, found.end)
    assert _plain(again.prefix).endswith(_plain(selector.prefix)[-8:])
    assert _plain(again.suffix).startswith(_plain(selector.suffix)[:8])


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


class TestAgain:
    """Words in the next edition of several texts."""

    WORDS = selector_of(TEXT, 83, 103)

    def test_they_are_found_where_they_stood(self) -> None:
        assert self.WORDS.exact == "the third crane fell"
        assert Texts(["Before.", TEXT]).find(self.WORDS, 1) == Spot(1, 83, 103)

    def test_they_are_found_where_they_went(self) -> None:
        assert Texts([TEXT, "After."]).find(self.WORDS, 1) == Spot(0, 83, 103)

    def test_the_place_that_looks_alike_counts_more_than_the_number(self) -> None:
        other = "Others say that the third crane fell."
        assert Texts([other, TEXT]).find(self.WORDS, 0) == Spot(1, 83, 103)

    def test_where_both_look_alike_the_number_counts(self) -> None:
        assert Texts([TEXT, TEXT]).find(self.WORDS, 1) == Spot(1, 83, 103)

    def test_they_are_lost_where_they_changed(self) -> None:
        assert Texts([TEXT.replace("third", "second")]).find(self.WORDS, 0) is None

    def test_a_word_or_two_elsewhere_are_others(self) -> None:
        word = Selector("Nobody", "fell in March. ", " mended the")
        assert Texts(["Cut.", "Nobody was hurt."]).find(word, 0) is None
        assert Texts(["Cut.", "It fell in March. Nobody mended it."]).find(word, 0) == Spot(1, 18, 24)
        assert Texts(["Nobody was hurt."]).find(word, 0) == Spot(0, 0, 6), (
            "In its own passage it is the same."
        )

    def test_lines_that_are_broken_anew_are_no_change(self) -> None:
        broken = TEXT.replace(" ", "\n")
        assert Texts([broken]).find(self.WORDS, None) == Spot(0, 83, 103)
