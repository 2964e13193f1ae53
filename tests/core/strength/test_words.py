"""The word for how a claim stands: five bands, one word for too little, and no flicker at the edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.strength.words import BANDS, MARGIN, Word, band_of, word_of
from tests.core.strength.examples import UNIT

EDGES = [
    (0.0, "strongly-challenged"),
    (0.25, "strongly-challenged"),
    (0.250001, "leaning-challenged"),
    (0.40, "leaning-challenged"),
    (0.400001, "contested"),
    (0.5, "contested"),
    (0.599999, "contested"),
    (0.60, "leaning-backed"),
    (0.749999, "leaning-backed"),
    (0.75, "strongly-backed"),
    (1.0, "strongly-backed"),
]


@pytest.mark.parametrize(("strength", "word"), EDGES)
def test_the_word_of_a_strength(strength: float, word: str) -> None:
    assert band_of(strength) == word
    assert word_of(strength, people=5, bars=0.3, thesis=False) == word


@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan"), float("inf")])
def test_no_word_for_what_is_no_strength(strength: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        word_of(strength, people=0, bars=0, thesis=False)


@pytest.mark.parametrize(
    ("people", "bars", "thesis", "said"),
    [
        (4, 9.0, False, False),
        (5, 0.0, False, True),
        (4, 9.0, True, False),
        (5, 0.299, True, False),
        (5, 0.3, True, True),
    ],
)
def test_nothing_is_said_of_what_too_few_have_reviewed(
    people: int, bars: float, thesis: bool, said: bool
) -> None:
    word = word_of(0.8, people, bars, thesis, before="strongly-backed")
    assert (word == "strongly-backed") is said
    assert said or word == "unreviewed", "Not even what was said before."


@pytest.mark.parametrize(
    ("before", "strength", "after"),
    [
        ("contested", 0.619, "contested"),
        ("contested", 0.62, "leaning-backed"),
        ("contested", 0.381, "contested"),
        ("contested", 0.38, "leaning-challenged"),
        ("leaning-backed", 0.581, "leaning-backed"),
        ("leaning-backed", 0.58, "contested"),
        ("leaning-backed", 0.769, "leaning-backed"),
        ("leaning-backed", 0.77, "strongly-backed"),
        ("strongly-backed", 0.731, "strongly-backed"),
        ("strongly-backed", 0.73, "leaning-backed"),
        ("strongly-backed", 1.0, "strongly-backed"),
        ("leaning-challenged", 0.419, "leaning-challenged"),
        ("leaning-challenged", 0.42, "contested"),
        ("leaning-challenged", 0.231, "leaning-challenged"),
        ("leaning-challenged", 0.23, "strongly-challenged"),
        ("strongly-challenged", 0.269, "strongly-challenged"),
        ("strongly-challenged", 0.27, "leaning-challenged"),
        ("strongly-challenged", 0.0, "strongly-challenged"),
        ("strongly-backed", 0.59, "contested"),
        ("strongly-backed", 0.1, "strongly-challenged"),
        ("unreviewed", 0.601, "leaning-backed"),
        ("unreviewed", 0.599, "contested"),
        ("", 0.601, "leaning-backed"),
        ("a word of another time", 0.601, "leaning-backed"),
    ],
)
def test_a_word_stays_until_the_value_is_well_outside_its_band(
    before: str, strength: float, after: str
) -> None:
    assert word_of(strength, people=9, bars=1, thesis=True, before=before) == after


@given(UNIT, st.sampled_from(Word))
def test_a_word_once_said_is_said_again_of_the_same_value(strength: float, before: Word) -> None:
    once = word_of(strength, 9, 1, thesis=True, before=before)
    assert word_of(strength, 9, 1, thesis=True, before=once) == once, "A rebuild changes no word."
    assert word_of(strength, 9, 1, thesis=True) == band_of(strength)
    low, high = BANDS[once]
    assert low - MARGIN < strength < high + MARGIN


@given(UNIT)
def test_words_are_as_kind_to_one_side_as_to_the_other(strength: float) -> None:
    order = list(BANDS)
    assert order.index(band_of(strength)) + order.index(band_of(1 - strength)) == 4 or any(
        abs(strength - edge) < 1e-12 for band in BANDS.values() for edge in band
    )
