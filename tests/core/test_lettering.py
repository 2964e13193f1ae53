"""A text is set as large as its frame allows, loses no word, and is cut only where nothing else helps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from debates.layout.lettering import CUT, set_in

SIZES = (60, 40, 20)
WORDS = st.lists(st.text("abcdefg", min_size=1, max_size=14), max_size=40)


def typewriter(words: str) -> float:
    """Measure letters that are all half an em wide."""
    return len(words) / 2


@given(WORDS, st.integers(200, 1200), st.integers(60, 400))
def test_lines_lie_within_the_frame(words: list[str], width: int, height: int) -> None:
    lettering = set_in(" ".join(words), typewriter, width, height, SIZES)
    assert lettering.height <= height
    assert all(typewriter(line) * lettering.size <= width for line in lettering.lines)
    whole = "".join(words)
    said = "".join(lettering.lines).replace(" ", "")
    assert said == whole or (said.endswith(CUT) and whole.startswith(said.removesuffix(CUT)))


@given(WORDS, st.integers(200, 1200), st.integers(60, 400))
def test_a_smaller_size_is_taken_only_where_a_larger_one_does_not_fit(
    words: list[str], width: int, height: int
) -> None:
    text = " ".join(words)
    chosen = set_in(text, typewriter, width, height, SIZES).size
    for larger in SIZES[: SIZES.index(chosen)]:
        alone = set_in(text, typewriter, width, 10_000, (larger,))
        broken = "".join(alone.lines).replace(" ", "") != "".join(words) or any(
            typewriter(word) * larger > width for word in words
        )
        assert broken or alone.height > height, f"It would have fitted at {larger}."


def test_lines_are_about_equally_long() -> None:
    lettering = set_in("one two three four five six seven", typewriter, 300, 400, (20,))
    assert lettering.lines == ("one two three four", "five six seven")


def test_a_word_wider_than_the_frame_is_broken_at_the_smallest_size() -> None:
    lettering = set_in("a" * 50, typewriter, 200, 400, SIZES)
    assert lettering.size == 20
    assert "".join(lettering.lines) == "a" * 50


def test_no_text_takes_no_room() -> None:
    assert set_in("", typewriter, 200, 400, SIZES).lines == ()
