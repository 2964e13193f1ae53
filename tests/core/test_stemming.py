"""The same words are found however they are written."""

from __future__ import annotations

import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.stemming import LONGEST_WORD, stems, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Séance", "seance"),
        ("don’t", "don't"),
        ("don't", "dont"),
        ("REVOLUTION", "revolution"),
        ("revolutions", "revolution"),
        ("workers", "worker"),
        ("ﬁne", "fine"),
        ("naïve", "nai\u0308ve"),
        ("Straße", "strasse"),
        ("co-operate", "co operate"),
        ("snake_case", "snake case"),
        ("Ünïcödé", "unicode"),
    ],
)
def test_they_are_the_same_words(one: str, other: str) -> None:
    assert stems(one) == stems(other), f"Who searches for “{other}” looks for “{one}” too."


@pytest.mark.parametrize(("one", "other"), [("1917", "1918"), ("war", "peace"), ("not", "")])
def test_they_are_other_words(one: str, other: str) -> None:
    assert stems(one) != stems(other)


def test_order_and_repetition_are_kept() -> None:
    assert words("To be, or not to be: 1917!") == ["to", "be", "or", "not", "to", "be", "1917"]


def test_marks_alone_are_no_words() -> None:
    assert stems("… – “” ?! _ ' ’") == []


def test_a_word_without_end_is_cut() -> None:
    assert words("x" * 500) == ["x" * LONGEST_WORD]


@given(st.text(max_size=200))
def test_any_text_gives_the_same_stems_each_time(text: str) -> None:
    first = stems(text)
    assert stems(text) == first
    assert all(stem and " " not in stem and "'" not in stem for stem in first), (
        "Stems go into search queries as they are."
    )


def test_threads_do_not_mix_their_words() -> None:
    """A stemmer works on its own fields; shared by two requests it returns words that nobody wrote."""
    text = (
        "running relational conditional nationalisation revolutionaries committees generously hopefulness "
        * 40
    )
    wanted = stems(text)
    wrong: list[object] = []

    def cut() -> None:
        for _ in range(5):
            try:
                if stems(text) != wanted:
                    wrong.append("other words")
            except Exception as error:  # any is a fault here
                wrong.append(error)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=cut) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert not wrong, f"{len(wrong)} of 20 texts were cut wrong: {wrong[:3]}"
