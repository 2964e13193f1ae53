"""A document is cut into numbered passages, and a passage is found again by its digest, wherever it went."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.formats.document import (
    DocumentError,
    Layout,
    Origin,
    find,
    normalise,
    parse_origin,
    passage_digest,
    read_document,
    seal,
    words_of,
)
from tests.seeds.invented import LAYOUT, RAW, invented, texts


def sealed(written: str, raw: str = RAW) -> Origin:
    """Return an origin with the digest that its words have in a document."""
    return seal(parse_origin(written), invented(raw))


class TestCutting:
    """Body and comments become passages."""

    def test_the_body_is_the_lines_that_the_layout_names(self) -> None:
        found = texts(invented())
        assert found["p1"] == "Keep the cranes"
        assert found["p4"] == "The town would not be the town without them."
        assert not any("Weather" in text or "Share" in text for text in found.values()), (
            "What surrounds an article is no part of it."
        )

    def test_headings_are_told_apart(self) -> None:
        kinds = [passage.kind for passage in invented().passages]
        assert kinds == ["heading", *["paragraph"] * 3, *["comment"] * 5]

    def test_comments_are_split_by_their_numbers(self) -> None:
        found = texts(invented())
        assert found["c1.1"] == "Ben says: I like them."
        assert found["c1.2"] == "They creak, though."
        assert found["c2.1"] == "Anonymous: Three reasons speak against it:"

    def test_a_list_within_a_comment_is_no_further_comment(self) -> None:
        found = texts(invented())
        assert found["c2.2"] == "1. Rust.", "Only the next number in the row begins a comment."
        assert found["c2.3"] == "2. Noise."

    def test_the_form_below_the_comments_is_no_comment(self) -> None:
        assert not any("published" in text for text in texts(invented()).values())

    def test_what_is_announced_and_what_is_listed_are_two_things(self) -> None:
        document = invented()
        assert (document.announced_comments, document.listed_comments) == (3, 2)

    @pytest.mark.parametrize(
        ("heading", "announced"),
        [("One thought on “Cranes”", 1), ("12 Comments on cranes", 12), ("2 Responses on x", 2)],
    )
    def test_headings_announce_in_several_ways(self, heading: str, announced: int) -> None:
        document = read_document(f"Text\n{heading}\n 1. Yes.\n", Layout(["1"]))
        assert (document.announced_comments, document.listed_comments) == (announced, 1)

    def test_a_document_without_comments_announces_none(self) -> None:
        assert read_document("Text\n 1. An item of a list.\n", Layout(["1"])).announced_comments is None

    def test_line_ends_of_any_system_read_the_same(self) -> None:
        assert invented(RAW.replace("\n", "\r\n")) == invented(), "A file does not change by being copied."

    def test_empty_lines_are_no_passages(self) -> None:
        assert list(texts(read_document("One\n\n  \nTwo\n", Layout(["1-4"])))) == ["p1", "p2"]


class TestReadingOrder:
    """A scan's lines are put in the order in which they are read."""

    PAGE = "right one\nleft one\nleft two ends in a hy-\nphen here and goes on below\nlast"

    @pytest.mark.parametrize(
        ("lines", "passages"),
        [
            (["2", "1"], ["left one", "right one"]),
            (["2-2", "1, joined"], ["left one right one"]),
            (["3", "4@1-4@1, hyphen", "4@2"], ["left two ends in a hyphen", "here and goes on below"]),
            (["4@3"], ["and goes on below"]),
            (["4@3-4@4"], ["and goes"]),
            (["4@6-5"], ["below", "last"]),
            (["1, joined"], ["right one"]),
        ],
    )
    def test_lines_words_and_joins(self, lines: list[str], passages: list[str]) -> None:
        assert [p.text for p in read_document(self.PAGE, Layout(lines)).passages] == passages

    def test_passages_are_numbered_as_they_are_read(self) -> None:
        found = texts(read_document(self.PAGE, Layout(["5", "1"])))
        assert found == {"p1": "last", "p2": "right one"}

    def test_a_joined_paragraph_counts_once(self) -> None:
        found = texts(read_document(self.PAGE, Layout(["2", "3, joined", "5"])))
        assert found["p2"] == "last", "Numbers follow paragraphs, not lines."

    @pytest.mark.parametrize("span", ["seven", "1–2", "1,2", "-3", "1-2-3", "2, glued", "@3"])
    def test_a_span_that_is_none_gets_a_sentence(self, span: str) -> None:
        with pytest.raises(DocumentError, match=r"names no lines: write 8-32"):
            read_document(self.PAGE, Layout([span]))

    @pytest.mark.parametrize("span", ["0", "6", "4-9", "3-2"])
    def test_a_span_outside_the_document_gets_a_sentence(self, span: str) -> None:
        with pytest.raises(DocumentError, match="reaches outside the document, which has 5 lines"):
            read_document(self.PAGE, Layout([span]))


class TestOrigins:
    """An origin is written in a seed, and read back."""

    @pytest.mark.parametrize(
        "written", ["p7", "c3.2", "p7[12-40]", "c3.2[1-1] 0123456789abcdef", "p7 0123456789abcdef"]
    )
    def test_it_is_read_as_it_is_written(self, written: str) -> None:
        assert str(parse_origin(written)) == written

    @pytest.mark.parametrize(
        "written",
        ["", "7", "p", "c3", "p7[12]", "p7 [1-2]", "p7[1-2]abc", "p7 0123", "p7 0123456789ABCDEF", "p٧"],
    )
    def test_what_is_none_gets_a_sentence(self, written: str) -> None:
        with pytest.raises(DocumentError, match="is not an origin: write a place"):
            parse_origin(written)

    @pytest.mark.parametrize("written", ["p7[0-3]", "p7[4-3]"])
    def test_words_are_counted_forwards_from_one(self, written: str) -> None:
        with pytest.raises(DocumentError, match="counts its words backwards"):
            parse_origin(written)


class TestFinding:
    """A sealed passage is found where it stands, found where it moved to, and never taken for another."""

    def test_where_it_stands(self) -> None:
        found = find(sealed("p4[2-4]"), invented())
        assert found is not None
        assert (found.passage.place, found.first, found.last, found.moved) == ("p4", 2, 4, False)
        assert words_of(found.passage, found.first, found.last) == "town would not"

    def test_after_the_passage_moved(self) -> None:
        origin = sealed("p4[2-4]")
        longer = RAW.replace("The cranes have", "A new first paragraph.\nThe cranes have")
        found = find(origin, invented(longer, ["3-7"]))
        assert found is not None
        assert (found.passage.place, found.moved) == ("p5", True)

    def test_after_the_words_moved_within_the_passage(self) -> None:
        origin = sealed("p4[2-4]")
        found = find(origin, invented(RAW.replace("The town would", "Surely then the town would")))
        assert found is not None
        assert (found.passage.place, found.first, found.last, found.moved) == ("p4", 4, 6, True)

    def test_a_whole_passage_that_became_a_comment(self) -> None:
        origin = sealed("p4")
        raw = RAW.replace("They creak, though.", "The town would not be the town without them.").replace(
            "\nThe town would not be the town without them.\nShare", "\nGone.\nShare"
        )
        found = find(origin, invented(raw))
        assert found is not None
        assert found.passage.place == "c1.2"

    def test_one_word_more_makes_it_another_sentence(self) -> None:
        origin = sealed("p4")
        assert find(origin, invented(RAW.replace("would not be", "would be"))) is None, (
            "“would” and “would not” must never pass for one another."
        )

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("ninety", "nineteen"),
            ("have stood", "had stood"),
            ("years.", "years?"),
            ("The cranes have", "the cranes have"),
        ],
    )
    def test_any_other_word_is_another(self, old: str, new: str) -> None:
        origin = sealed("p2")
        assert find(origin, invented(RAW.replace(old, new))) is None

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("“nobody”", '"nobody"'),
            ("“nobody”", "‘nobody’"),
            ("“nobody”", "«nobody»"),
            ("today – and", "today — and"),
            ("today – and", "today - and"),
            ("down...", "down…"),
            ("would build", "would  build"),
            ("would build", "would\u00a0build"),
            ("tear", "te\u00adar"),
        ],
    )
    def test_marks_that_copying_changes_make_no_other(self, old: str, new: str) -> None:
        found = find(sealed("p3"), invented(RAW.replace(old, new)))
        assert found is not None, f"“{old}” and “{new}” are the same words, set in another way."

    def test_a_place_that_is_not_there_cannot_be_sealed(self) -> None:
        with pytest.raises(DocumentError, match="The document has no passage p9"):
            sealed("p9")

    def test_words_that_are_not_there_cannot_be_sealed(self) -> None:
        with pytest.raises(DocumentError, match="Passage p1 has 3 words, and the origin asks for word 4"):
            sealed("p1[2-4]")

    def test_the_digest_is_short_and_the_same_everywhere(self) -> None:
        assert len(passage_digest("The town.")) == 16
        assert passage_digest("The  town.") == passage_digest("The town.")


WORDS = st.lists(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")),
        min_size=1,
        max_size=8,
    ),
    min_size=1,
    max_size=20,
).map(" ".join)


@given(paragraphs=st.lists(WORDS, min_size=1, max_size=6), data=st.data())
def test_whatever_is_sealed_is_found(paragraphs: list[str], data: st.DataObject) -> None:
    """Over any text: what was sealed is found with its digest, in place unless equal words stand elsewhere."""
    document = read_document("\n".join(paragraphs), Layout([f"1-{len(paragraphs)}"]))
    if not document.passages:
        return
    passage = data.draw(st.sampled_from(document.passages))
    count = len(passage.text.split())
    first = data.draw(st.none() | st.integers(1, count))
    last = data.draw(st.integers(first, count)) if first is not None else None
    origin = seal(Origin(passage.place, first, last, ""), document)
    found = find(origin, document)
    assert found is not None
    assert found.passage == passage
    assert (found.first, found.last, found.moved) == (first or 1, last or count, False)
    assert parse_origin(str(origin)) == origin
    assert seal(origin, document) == origin


@given(WORDS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_the_layout_of_the_invented_document_is_what_the_tests_think() -> None:
    assert read_document(RAW, LAYOUT) == invented()
