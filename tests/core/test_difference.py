"""What was changed between two texts is told in whole words and phrases, of any text and in little time."""

from __future__ import annotations

import random
import time
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.difference import Piece, difference

SOME = [
    "the ",
    "cranes ",
    "of ",
    "a ",
    "harbour",
    ", ",
    ".",
    "\n\n",
    "\r\n",
    "né",
    "ne\u0301",
    "文",
    "化",
    "ส",
    "ำ",
    "🇩🇪",
    "👩‍👧",
]
texts = st.lists(st.sampled_from(SOME), max_size=25).map("".join) | st.text(max_size=40)


def marked(old: str, new: str) -> str:
    """Return a difference on one line: [what is gone] and {what is new}."""
    signs = {"same": "%s", "gone": "[%s]", "new": "{%s}"}
    return "".join(signs[piece.kind] % piece.text for piece in difference(old, new))


@given(texts, texts)
def test_the_pieces_give_both_texts(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


@given(texts, texts)
def test_pieces_alternate_and_none_is_empty(old: str, new: str) -> None:
    kinds = [piece.kind for piece in difference(old, new)]
    assert all(piece.text for piece in difference(old, new))
    for one, next_ in pairwise(kinds):
        assert one != next_, "Two runs of one kind are one run."
        assert (one, next_) != ("new", "gone"), "What is gone stands before what came for it."


@given(texts, texts)
def test_no_piece_begins_within_what_is_read_as_one_letter(old: str, new: str) -> None:
    pieces = difference(old, new)
    for kind in ("new", "gone"):
        side = [piece.text for piece in pieces if piece.kind != kind]
        for before, after in pairwise(side):
            cut = f"{before[-3:]}|{after[:3]}"
            assert not (unicodedata.combining(after[0]) and before[-1] not in "\r\n"), cut
            assert before[-1] != "\u200d" or after[0].isspace(), cut
            assert (before[-1], after[0]) != ("\r", "\n"), "A line end of two characters is one."


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert difference(text, text) == ([Piece("same", text)] if text else [])


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "New words.", "{New words.}"),
        ("Old words.", "", "[Old words.]"),
        (
            "The cranes are the town’s memory.",
            "The cranes are a memory.",
            "The cranes are [the town’s]{a} memory.",
        ),
        ("They do not fall.", "They don’t fall.", "They [do not]{don’t} fall."),
        ("It cost 1,000 crowns.", "It cost 1,200 crowns.", "It cost [1,000]{1,200} crowns."),
        ("The crane fell.", "The crane fell!", "The crane fell[.]{!}"),
        ("One. Two.", "One.\n\nTwo.", "One.[ ]{\n\n}Two."),
        ("naïve", "nai\u0308f", "[naïve]{nai\u0308f}"),
    ],
)
def test_whole_words_are_shown(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


def test_a_short_common_word_does_not_break_a_phrase() -> None:
    assert marked(
        "It was led by men from the middle class.", "It had been led for years by women of the upper class."
    ) == ("It [was led by men from the middle]{had been led for years by women of the upper} class."), (
        "“led” and “the” are common by chance; a reader wants the phrase."
    )


def test_a_long_common_word_stays() -> None:
    assert (
        marked("The old cranes fell.", "Some new cranes stand.")
        == "[The old]{Some new} cranes [fell]{stand}."
    )


def test_changes_stay_in_their_paragraphs() -> None:
    old = "The first is this.\r\n\r\nThe second is that.\r\n\r\nThe third stays."
    new = "A first was here.\r\n\r\nA second was there.\r\n\r\nThe third stays."
    assert marked(old, new).count("\r\n\r\n") == 2
    for piece in difference(old, new):
        assert piece.kind == "same" or "\n" not in piece.text, (
            "Who reads one paragraph sees what became of it."
        )


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            "Alpha one\n\nGamma two",
            "Beta three\n\nDelta four",
            "[Alpha one]{Beta three}\n\n[Gamma two]{Delta four}",
        ),
        (
            "Alpha one.\n\nGamma two.",
            "Beta three.\n\nDelta.\n\nEpsilon.",
            "[Alpha one]{Beta three}.\n\n[Gamma two]{Delta.\n\nEpsilon}.",
        ),
        ("Old\r\nstays.", "Young\nstays.", "[Old\r\n]{Young\n}stays."),
    ],
    ids=["as many lines", "more lines", "another line end"],
)
def test_the_end_of_a_line_keeps_changes_apart(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


def test_a_paragraph_that_stays_is_not_taken_apart() -> None:
    stays = "The cranes of the harbour stand where they stood."
    assert marked(f"Of cranes and harbours.\n\n{stays}\n\nThe end.", f"{stays}\n\nNo end of the cranes.") == (
        f"[Of cranes and harbours.\n\n]{stays}\n\n[The end]{{No end of the cranes}}."
    )


def test_scripts_without_spaces_are_compared_letter_by_letter() -> None:
    assert marked("革命的文化很好", "革命的经济很好") == "革命的[文化]{经济}很好"
    assert marked("สวัสดีครับ", "สวัสดีค่ะ") == "สวัสดี[ครับ]{ค่ะ}", "A vowel sign stays with its letter."


def test_signs_of_several_characters_stay_whole() -> None:
    assert marked("🇩🇪🇫🇷", "🇩🇪🇬🇧") == "🇩🇪[🇫🇷]{🇬🇧}"
    assert marked("ok 👩‍👩‍👧 !", "ok 👩‍👩‍👦 !") == "ok [👩‍👩‍👧]{👩‍👩‍👦} !"
    assert marked("a \u0301b", "a b") == "a[ \u0301]{ }b", "A mark on a space."


def _drawn(words: Sequence[str], weights: Sequence[float], count: int, seed: int) -> str:
    """Return so many words, drawn by weight."""
    return " ".join(random.Random(seed).choices(words, weights, k=count))  # noqa: S311  # a text, not a secret


def _prose(seed: int) -> str:
    """Return about 20,000 characters of words, some of them common."""
    return _drawn([f"word{n}" for n in range(900)], [1 / (n + 1) for n in range(900)], 3_200, seed)


HOSTILE = {
    "another text": (_prose(1), _prose(2)),
    "one word": ("x " * 10_000, "x " * 5_000 + "y " + "x " * 4_000),
    "two words": (
        _drawn("ab", [1, 1], 10_000, 1),
        _drawn("ab", [1, 1], 10_000, 2),
    ),
    "a word between others": (
        " ".join(f"x {n}" for n in range(800)),
        " ".join(f"x a{n}" for n in range(800)),
    ),
    "backwards": (" ".join(map(str, range(3_000))), " ".join(map(str, reversed(range(3_000))))),
    "one letter": ("x" * 20_000, "x" * 9_999 + "y" + "x" * 10_000),
    "stops": ("." * 20_000, "." * 9_999 + "!" + "." * 10_000),
    "spaces": (" \n" * 10_000, "\n " * 10_000),
    "marks": ("\u0301" * 20_000, " \u0301" * 10_000),
    "without spaces": ("革命" * 10_000, "命革" * 9_000 + "文"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long(name: str) -> None:
    old, new = HOSTILE[name]
    began = time.process_time()
    pieces = difference(old, new)
    took = time.process_time() - began
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert took < 1.5, (
        f"{took:.1f} s: anybody may write such a text, and its history must not hold up the others."
    )


def test_a_long_text_is_still_compared_word_by_word() -> None:
    words = _prose(1).split()
    words[100:103], words[2900] = ["three", "other", "words"], "changed"
    pieces = difference(_prose(1), " ".join(words))
    assert [piece.text for piece in pieces if piece.kind == "new"] == ["three other words", "changed"]


def test_a_long_text_without_spaces_is_still_compared_letter_by_letter() -> None:
    letters = [chr(0x4E00 + number) for number in range(900)]
    old = _drawn(letters, [1 / (n + 1) for n in range(900)], 10_000, 1).replace(" ", "")
    pieces = difference(old, f"{old[:50]}経済{old[52:9_000]}文化{old[9_002:]}")
    assert [piece.text for piece in pieces if piece.kind == "new"] == ["経済", "文化"], (
        "Common letters alone must not make a text too long to compare."
    )
