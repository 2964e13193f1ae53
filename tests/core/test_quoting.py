"""What a text sets as a quotation is taken, marks that do not match take nothing, and all of it is found exactly or not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.anchoring import Anchor, Target, Targets, anchor
from debates.bibliography.quotation import Outcome, Reason
from debates.bibliography.quoting import NOTHING, Form, as_read, lone_marks, quoted


def words(text: str, *, markdown: bool = True) -> list[str]:
    """Return the words that a text quotes, quotations within quotations too."""
    return [one.words for one in quoted(text, markdown=markdown)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He says “the cranes are old” and goes.", ["the cranes are old"]),
        ('He says "the cranes are old" and goes.', ["the cranes are old"]),
        ("Er sagt „die Kräne sind alt“ und geht.", ["die Kräne sind alt"]),
        ("Er sagt »die Kräne sind alt« und geht.", ["die Kräne sind alt"]),
        ("Il dit «\u00a0les grues sont vieilles\u00a0» et part.", ["les grues sont vieilles"]),
        ("Hän sanoi ”nosturit ovat vanhoja nyt” ja lähti.", ["nosturit ovat vanhoja nyt"]),
        ("He says ‘the cranes are old’, and goes.", ["the cranes are old"]),
        ("He says 'the cranes are old', and goes.", ["the cranes are old"]),
        ("彼は「クレーンは古い」と言う", ["クレーンは古い"]),
        ("(“the cranes are old”)—“so are the ships”", ["the cranes are old", "so are the ships"]),
        ("“… the cranes are old …”", ["… the cranes are old …"]),
        ("“...the cranes are old.”", ["...the cranes are old."]),
        ("only “memory” here", ["memory"]),
    ],
)
def test_every_kind_of_mark_opens_and_closes(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He says “the cranes are old. Then much of his own.", []),
        ("the cranes are old” he says, “and so are the ships”.", ["and so are the ships"]),
        ("He says “the cranes. And “so are the ships” he adds.", ["so are the ships"]),
        ("“the cranes are old“ by a slip", ["the cranes are old"]),
        ('"the cranes are old” by a slip', ["the cranes are old"]),
        ("“the cranes are old ”. More of his own, “and this”", ["the cranes are old", "and this"]),
        ("It isn’t the workers’ fault, nor the dogs’ or the cats’ or ours.", []),
        ("In the ’left’ corner, rock ’n’ roll of the ’20s and all that’s left’.", []),
        ('a 6" plank and a 12" plank', []),
        (
            "‘Tis the workers’ state, so ‘the workers’ council is ours’, he said.",
            ["the workers’ council is ours"],
        ),
        ("”““”” “”", []),
        ("the ‘left’ corner", []),
        ("‘I don’t know that now’, he says", ["I don’t know that now"]),
        ("The ‘old hands say “we know the dogs’. So it is” now.", ["we know the dogs’. So it is"]),
        ("“He said ‘go and do it now’ to me”", ["He said ‘go and do it now’ to me", "go and do it now"]),
    ],
)
def test_marks_that_do_not_match_swallow_nothing(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_marks_without_a_fellow_can_be_told() -> None:
    text = "He says “the cranes are old. So ‘they’ are”, doesn’t he” or “not?"
    assert [text[at - 3 : at + 1] for at in lone_marks(text)] == [" he”", "or “"]
    assert lone_marks("“One” of ‘them’, and `“` in code.\n\n> “ in a block") == []


def test_a_quotation_does_not_run_over_a_paragraph() -> None:
    assert words("He says “the cranes are old.\n\nI say they are not” at all.") == []
    assert words("- “the cranes are old\n- so are the ships”") == []


def test_a_quotation_of_several_paragraphs_opens_each_and_closes_the_last() -> None:
    text = "“The cranes are old.\n\n“So are the ships.\n\n“Nobody minds.” So he says."
    assert words(text) == ["The cranes are old.", "So are the ships.", "Nobody minds."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "> The cranes are old\n> and so are the ships.\n\nNo.",
            ["The cranes are old\nand so are the ships."],
        ),
        (">The cranes are old\nNo, they are not.", ["The cranes are old"]),
        ("I say:\n\n> One of them.\n>\n> Two of them.", ["One of them.", "Two of them."]),
        ("> > The older words.\n> The newer words.", ["The older words.", "The newer words."]),
        ("> The cranes are old.\n> — Lena Marsh, p. 12", ["The cranes are old."]),
        ("5 > 4, and “the cranes are old”", ["the cranes are old"]),
        (">\n> \n", []),
    ],
)
def test_lines_with_a_quote_sign_are_a_quotation(text: str, expected: list[str]) -> None:
    assert words(text) == expected
    if text.startswith(">") and expected:
        assert quoted(text)[0].form == Form.BLOCK


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“the *whole* party, **all** of _it_”", ["the whole party, all of it"]),
        ('“the [whole party](https://example.org/a_(b) "the title of it")”', ["the whole party"]),
        ("“the party[^2] was \\*old\\*”", ["the party was *old*"]),
        ("`“these are no words”` but “these four are words”", ["these four are words"]),
        ("```\n“these are no words”\n> nor these\n```\n\nText", []),
        ("“use `fold` for all texts”", ["use fold for all texts"]),
        ("2 * 3 * 4 and snake_case_name stay, “as they are here”", ["as they are here"]),
    ],
)
def test_of_markdown_the_words_are_taken_as_they_are_read(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_you_say_and_a_paragraph_is_no_quotation() -> None:
    assert words("You say:\n\nThe cranes are old. I do not think so.", markdown=False) == []


def test_a_place_covers_the_words_and_not_the_marks() -> None:
    text = "He says “the cranes are old,” and goes."
    [one] = quoted(text)
    assert text[one.start : one.end] == "the cranes are old,"


@given(st.text(alphabet="ab  ’‘“”„«»\"'`*_[]()>\\\n.,—-~", max_size=80))
def test_no_text_confuses_the_reader(text: str) -> None:
    read = as_read(text)
    assert len(read) == len(text)
    assert all(one in (char, NOTHING) for one, char in zip(read, text, strict=True)), (
        "What is read is never altered."
    )
    found = quoted(text)
    for number, one in enumerate(found):
        assert 0 <= one.start < one.end <= len(text)
        assert one.words == read[one.start : one.end].replace(NOTHING, "")
        if one.within is not None:
            outer = found[one.within]
            assert one.within < number
            assert outer.start <= one.start
            assert one.end <= outer.end


@pytest.mark.parametrize(
    "text",
    [
        *(
            "“" * 20_000,
            "“a" * 10_000,
            "‘a " * 7_000,
            "“a” " * 5_000,
            "“ " * 10_000 + "” " * 10_000,
            "\\“" * 10_000,
        ),
        *("> " * 10_000, ">a\n" * 7_000, "“\n\n" * 5_000, "```\n" * 5_000, "`a" * 10_000),
        *("[" * 20_000, "[a](" * 5_000, "*a" * 10_000, "_a " * 7_000),
    ],
)
def test_no_text_makes_the_reader_crawl(text: str) -> None:
    began = time.monotonic()
    quoted(text)
    assert time.monotonic() - began < 5


PARENT = "The cranes should stay. Lena Marsh calls them “the memory of the harbour, whole and unbroken”. The cranes!"
ARTICLE = [
    "The book has it so: the memory of the harbour, whole and unbroken, stands on the quay.",
    "The cranes were built by men whom nobody remembers. They were painted every spring.",
    "A comment of another’s follows here.",
]


def look(text: str) -> list[Anchor[str]]:
    """Look for what a text quotes in the parent, then in the article, of which the last passage is another's."""
    targets = Targets(
        [
            Target("parent", PARENT, markdown=True),
            Target("p1", ARTICLE[0]),
            Target("p2", ARTICLE[1], follows=True),
            Target("c1.1", ARTICLE[2]),
            Target("itself", text, markdown=True),
        ]
    )
    return anchor(quoted(text), targets, {"parent": 0, "p1": 2, "p2": 2, "c1.1": 2, "itself": None}.get)


def test_what_is_answered_is_meant_before_the_article() -> None:
    [found] = look("You write “the memory of the harbour, whole and unbroken”.")
    assert found.outcome == Outcome.FOUND
    assert [spot.key for spot in found.spots] == ["parent"]
    [spot] = found.spots
    assert PARENT[spot.start : spot.end] == "the memory of the harbour, whole and unbroken"


def test_the_article_is_quoted_where_the_parent_has_nothing_of_it() -> None:
    [found] = look("It says “built by men whom nobody remembers.”")
    assert [spot.key for spot in found.spots] == ["p2"]


def test_the_quoter_may_close_with_a_comma_and_with_nothing_else() -> None:
    assert look("“The cranes were built by men,” it says.")[0].outcome == Outcome.FOUND
    assert look("“The cranes were built by men!” it says.")[0].outcome == Outcome.NOT_FOUND


def test_an_elided_quotation_goes_from_a_passage_to_the_next_and_not_to_another_text() -> None:
    [found] = look("“stands on the quay … The cranes were built by men”")
    assert [spot.key for spot in found.spots] == ["p1"]
    [missed] = look("“painted every spring … A comment of another’s”")
    assert (missed.outcome, missed.reason) == (Outcome.NOT_FOUND, Reason.ORDER)


def test_a_word_or_two_are_a_quotation_only_of_what_is_answered() -> None:
    assert [spot.key for one in look("This “memory” again.") for spot in one.spots] == ["parent"]
    assert look("They were “painted every spring” once.") == [], (
        "That stands in the article; it may be a turn of phrase."
    )
    assert look("A “memorial” it is not.") == [], (
        "Words held at arm's length are no quotation that is missing."
    )
    assert look("So “the” end.") == []
    assert look("The “cranes” again.") == [], "It stands there twice; nobody can say which is meant."


def test_what_is_not_found_says_why_and_does_not_find_itself() -> None:
    [missed] = look("You write “the memory of the harbour, whole and broken”.")
    assert (missed.outcome, missed.reason, missed.spots) == (Outcome.NOT_FOUND, Reason.ALTERED, ())
    [foreign] = look("Somebody said “nothing of all that ever happened”.")
    assert foreign.reason == Reason.ELSEWHERE


def test_a_quotation_inside_one_that_is_not_found_still_counts() -> None:
    both = look("“He wrote that ‘the cranes were built by men’ and left”")
    assert [one.outcome for one in both] == [Outcome.NOT_FOUND, Outcome.FOUND]
    assert len(look("“He wrote that ‘nothing of it is here now’ and left”")) == 1
    assert len(look("“The cranes were built ‘by men whom nobody remembers’.”")) == 1


def test_a_target_in_markdown_is_looked_in_as_it_is_read() -> None:
    [found] = anchor(
        quoted("“every child in town”"),
        Targets([Target("it", "Every *child* in town.", markdown=True)]),
        {"it": 0}.get,
    )
    assert [(spot.start, spot.end) for spot in found.spots] == [(0, 21)]


def test_a_copy_is_not_a_quotation() -> None:
    assert [one.outcome for one in look("> " + "word " * 3_000)] == [Outcome.TOO_LONG]
