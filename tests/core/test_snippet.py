"""Words are marked where they stand, a long text is cut between words, and nothing of it is lost or changed."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.snippet import Piece, excerpt, marked
from debates.stemming import stems

TEXT = (
    "Many words come first. " * 20 + "The “cranes” of the town’s harbour stand there. " + "More words. " * 40
)


def said(pieces: list[Piece]) -> str:
    """Return pieces as one text, what is marked in brackets."""
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Cranes, a crane; craning.", "crane", "[Cranes], a [crane]; [craning]."),
        ("The town’s clock.", "towns", "The [town’s] clock."),
        ("Une séance, une se\u0301ance.", "seance", "Une [séance], une [se\u0301ance]."),
        ("STRASSE und Straße", "strasse", "[STRASSE] und [Straße]"),
        ("snake_case", "case", "snake_[case]"),
        ("東京 grows", "東京", "[東京] grows"),
        ("हिन्दी grows", "हिन्दी", "[हिन्दी] grows"),
        ("🏗\ufe0fcranes", "crane", "🏗\ufe0f[cranes]"),
        ("None of it.", "crane", "None of it."),
        ("<b>cranes</b>", "crane", "<b>[cranes]</b>"),
    ],
)
def test_words_are_marked_in_every_form(text: str, query: str, shown: str) -> None:
    assert said(marked(text, [(stem,) for stem in stems(query)])) == shown


def test_a_phrase_is_marked_as_a_whole_and_its_words_alone_are_not() -> None:
    pieces = marked("The old harbour. An old crane, an old harbour.", [("old", "harbour")])
    assert said(pieces) == "The [old harbour]. An old crane, an [old harbour]."


def test_the_part_that_says_most_is_shown() -> None:
    terms = [(stem,) for stem in stems("first crane harbour")]
    pieces = excerpt(TEXT, terms)
    assert "[cranes]” of the town’s [harbour]" in said(pieces)
    assert pieces[0].text == "… "
    assert pieces[-1].text == " …"
    assert len(said(pieces)) < 320


def test_of_a_text_that_holds_nothing_nothing_is_shown() -> None:
    assert excerpt(TEXT, [("eleph",)]) == []
    assert excerpt(TEXT, []) == []


def test_a_text_without_spaces_is_cut_where_its_sentences_end() -> None:
    text = "港の起重機は町の記憶だ。" * 60
    assert len(said(excerpt(text, [tuple(stems("港の起重機は町の記憶だ"))]))) < 400


def test_a_mark_that_sits_on_a_space_is_not_cut_from_it() -> None:
    text = "Words before. " * 10 + "crane" + " \u0301word" * 60
    assert "\u0301" not in said(excerpt(text, [("crane",)], 120)).split(" …")[-1][:1]
    assert all(
        not unicodedata.combining(piece.text[0])
        for piece in excerpt(" \u0301ab" * 90 + " crane", [("crane",)])
    )


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "crane",
                "cranes",
                "harbour",
                "old",
                "the",
                "’",
                "\u0301",
                "\u200d",
                "。",
                "e\u0301",
                "🏗\ufe0f",
                "한",
            ]
        ),
        st.sampled_from([" ", " ", ". ", "\n\n"]),
        st.text(max_size=4),
    ),
    max_size=120,
).map("".join)


@given(TEXTS, st.integers(80, 200))
def test_nothing_is_changed_and_no_letter_loses_its_marks(text: str, length: int) -> None:
    terms = [("crane",), ("old", "harbour"), ("the",)]
    whole = marked(text, terms)
    assert "".join(piece.text for piece in whole) == text
    assert all(one.marked != other.marked for one, other in pairwise(whole))
    wanted = {stem for term in terms for stem in term}
    for piece in whole:
        assert not piece.marked or set(stems(piece.text)) & wanted
    pieces = excerpt(text, terms, length)
    assert bool(pieces) == any(piece.marked for piece in whole)
    body = [piece.text for piece in pieces if piece.text not in ("… ", " …")]
    shown = "".join(body)
    assert shown in text
    at = text.find(shown)
    for place in (at, at + len(shown)):
        if 0 < place < len(text) and shown:
            assert text[place - 1].isspace() or text[place].isspace() or text[place - 1] == "。", (
                "An excerpt cuts no word."
            )
    for piece in [*whole, *pieces]:
        if piece.text != text[: len(piece.text)]:
            assert not unicodedata.combining(piece.text[0]), "No letter loses the mark that sits on it."
