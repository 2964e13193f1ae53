"""The word for how a claim stands. Never true or false: it says how the arguments lie that were posted and reviewed so far."""

from __future__ import annotations

from enum import StrEnum

ENOUGH_PEOPLE = 5
"""Reviewers from whom on a word is said at all."""
ENOUGH_BARS = 0.3
"""Length of a thesis's bars together from which on a word is said: its base of 0.5 is no evidence."""
MARGIN = 0.02
"""How far outside its band a value lies when the word changes, so that a word does not flicker with every vote."""


class Word(StrEnum):
    """How a claim stands, in a word."""

    STRONGLY_BACKED = "strongly-backed"
    LEANING_BACKED = "leaning-backed"
    CONTESTED = "contested"
    LEANING_CHALLENGED = "leaning-challenged"
    STRONGLY_CHALLENGED = "strongly-challenged"
    UNREVIEWED = "unreviewed"


BANDS = {
    Word.STRONGLY_CHALLENGED: (0.0, 0.25),
    Word.LEANING_CHALLENGED: (0.25, 0.40),
    Word.CONTESTED: (0.40, 0.60),
    Word.LEANING_BACKED: (0.60, 0.75),
    Word.STRONGLY_BACKED: (0.75, 1.0),
}
"""The band of each word. An edge belongs to the word that is farther from the middle."""


def band_of(strength: float) -> Word:
    """Return the word of a strength within [0, 1], whatever was said before."""
    if not 0 <= strength <= 1:
        raise ValueError(f"A strength lies between 0 and 1, which {strength} does not.")
    for word in (Word.STRONGLY_BACKED, Word.LEANING_BACKED):
        if strength >= BANDS[word][0]:
            return word
    for word in (Word.STRONGLY_CHALLENGED, Word.LEANING_CHALLENGED):
        if strength <= BANDS[word][1]:
            return word
    return Word.CONTESTED


def word_of(strength: float, people: int, bars: float, thesis: bool, before: str = "") -> Word:
    """Return the word of a claim: `strength` within [0, 1], and `people` who reviewed it.

    Nobody reviews a thesis: its people are those who reviewed what counts for and against it, and `bars`, the length of its
    bars together, says how much that comes to. Under five people, or for a thesis with less than 0.3, it is too little
    reviewed to say, at once and whatever was said before.

    `before` is the word that stood so far. It stays while the value lies less than 0.02 outside its band; then the value is
    named by the band in which it lies, however many bands that skips. After “too little reviewed”, after nothing, and after a
    word that is none of ours, there is nothing to stay with.
    """
    fresh = band_of(strength)
    if people < ENOUGH_PEOPLE or (thesis and bars < ENOUGH_BARS):
        return Word.UNREVIEWED
    for word, (low, high) in BANDS.items():
        # Rounded, for 0.40 + 0.02 is a little more than 0.42 to a computer.
        if word == before and round(low - MARGIN, 9) < strength < round(high + MARGIN, 9):
            return word
    return fresh
