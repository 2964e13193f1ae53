"""What is typed into the search: read without failing, printed and read again, and a sentence for what was not understood."""

from __future__ import annotations

from datetime import date
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.query import (
    EXAMPLES,
    MOST_FILTERS,
    MOST_WORDS,
    VALUES,
    Filter,
    Operator,
    Query,
    Words,
    begun,
    parse,
)


def word(text: str) -> Words:
    """Return a word that must be there."""
    return Words(text)


def phrase(text: str) -> Words:
    """Return a phrase that must be there."""
    return Words(text, phrase=True)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("cranes harbour", [word("cranes"), word("harbour")]),
        ('"the harbour"', [phrase("the harbour")]),
        ("“the  harbour”", [phrase("the harbour")]),
        ("„the harbour“ «cranes»", [phrase("the harbour"), phrase("cranes")]),
        ("-cranes", [Words("cranes", excluded=True)]),
        ('-"the harbour"', [Words("the harbour", phrase=True, excluded=True)]),
        ("−cranes", [Words("cranes", excluded=True)]),
        ("e-mail", [word("e-mail")]),
        ("author:ada", [Filter(Operator.AUTHOR, "ada")]),
        ("author:@ada", [Filter(Operator.AUTHOR, "ada")]),
        ('author:"Ada L"', [Filter(Operator.AUTHOR, "Ada L")]),
        ("author:“Ada L”", [Filter(Operator.AUTHOR, "Ada L")]),
        ("-author:ada", [Filter(Operator.AUTHOR, "ada", excluded=True)]),
        ("AUTHOR:Ada", [Filter(Operator.AUTHOR, "Ada")]),
        ("stance:pro", [Filter(Operator.STANCE, "for")]),
        ("stance:CON", [Filter(Operator.STANCE, "against")]),
        ("is:Unanswered has:quote", [Filter(Operator.IS, "unanswered"), Filter(Operator.HAS, "quote")]),
        ("after:2024-5-3", [Filter(Operator.AFTER, "2024-05-03")]),
        ("doi:https://doi.org/10.1234/ABC", [Filter(Operator.DOI, "10.1234/abc")]),
        ('tag:a"b c"', [Filter(Operator.TAG, "a"), phrase("b c")]),
        ("10:30", [word("10:30")]),
        ("https://example.org/cranes", [word("https://example.org/cranes")]),
        ("Mark 4:12", [word("Mark"), word("4:12")]),
        ("cranes:", [word("cranes:")]),
        ("cranes OR harbour", [word("cranes"), word("OR"), word("harbour")]),
        ("!? … -", []),
        ("", []),
        ("cranes\0harbour\ud800!", [word("cranes"), word("harbour")]),
    ],
)
def test_it_is_read_as_it_is_meant(typed: str, parts: list[Words | Filter]) -> None:
    query = parse(typed)
    assert list(query.parts) == parts
    assert not query.problems


@pytest.mark.parametrize(
    ("typed", "sentence", "rest"),
    [
        ("autor:ada cranes", "did you mean “author:”", "cranes"),
        ("since:2024 cranes", "did you mean “after:”", "cranes"),
        ("note:well cranes", "“note:” is no operator, so “note:well” was searched", "note:well cranes"),
        (
            "stance:maybe cranes",
            "“maybe” is nothing that “stance:” knows; write one of for, against",
            "cranes",
        ),
        ("is:odd cranes", "write one of unanswered, contested", "cranes"),
        ("author: cranes", "“author:” stands alone; write right after the colon", "cranes"),
        ('tag:"" cranes', "“tag:” stands alone", "cranes"),
        ("author:@ cranes", "“author:” stands alone", "cranes"),
        ("before:soon cranes", "“soon” is no date for “before:”", "cranes"),
        ("after:2024-02-30 cranes", "“2024-02-30” is no date", "cranes"),
        ("after:0024 cranes", "is no date", "cranes"),
        ("after:2024-05-03-01 cranes", "is no date", "cranes"),
        ("after:٢٠٢٤ cranes", "is no date", "cranes"),
        ("doi:cranes cranes", "is not a DOI", "cranes"),
        ("doi:https://doi.org/10.1234/a%22b cranes", "holds a mark that no DOI has", "cranes"),
        ('cranes "of the', "before “of the” is never closed", "cranes of the"),
        ('author:"ada cranes', "never closed", "author:ada cranes"),
        ('cranes"', "opens no phrase", "cranes"),
    ],
)
def test_what_is_used_wrongly_gets_a_sentence_and_the_rest_is_searched(
    typed: str, sentence: str, rest: str
) -> None:
    query = parse(typed)
    assert len(query.problems) == 1
    assert sentence in str(query.problems[0])
    assert str(query) == rest


@pytest.mark.parametrize("operator", Operator)
def test_every_operator_has_an_example_that_is_understood(operator: Operator) -> None:
    query = parse(EXAMPLES[operator])
    assert [one.operator for one in query.filters] == [operator]
    assert not query.problems
    assert len(query.parts) == 1


@pytest.mark.parametrize(
    ("typed", "day"), [("2024", (2024, 1, 1)), ("2024-05", (2024, 5, 1)), ("2024-05-03", (2024, 5, 3))]
)
def test_a_date_begins_with_its_first_day(typed: str, day: tuple[int, int, int]) -> None:
    assert parse(f"after:{typed}").filters[0].day == date(*day)


def test_a_query_without_end_is_cut_and_says_so() -> None:
    words = parse(" ".join(f"w{number}" for number in range(1_000)))
    assert len(words.wanted) == MOST_WORDS
    assert ["Only the first" in str(problem) for problem in words.problems] == [True]
    filters = parse("tag:a " * 100)
    assert len(filters.filters) == MOST_FILTERS
    assert len(filters.problems) == 1
    assert len(parse("x:y " * 100).problems) < 10, "A page of the same sentence helps nobody."


ANYTHING = st.text(
    alphabet=st.one_of(st.sampled_from("ab :-\"“”«»@/.10−'\t\0%"), st.characters()), max_size=60
)
PARTS = st.one_of(
    st.sampled_from([*EXAMPLES.values(), "cranes", '"', "-", ":", "author:", '-tag:"a b"', "stance:maybe"]),
    ANYTHING,
)


@given(
    st.lists(PARTS, max_size=12).flatmap(
        lambda parts: st.sampled_from([" ", ""]).map(lambda by: by.join(parts))
    )
)
def test_nothing_that_is_typed_fails_and_what_is_read_can_be_printed_and_read_again(typed: str) -> None:
    query = parse(typed)
    assert parse(str(query)) == query
    assert sum(len(one.stems) for one in (*query.wanted, *query.unwanted)) <= MOST_WORDS
    last = begun(typed)
    assert begun(last.finished("tag:")).operator is Operator.TAG or '"' in last.finished("tag:")


@given(
    st.lists(
        st.one_of(
            st.builds(Words, st.text(ascii_lowercase, min_size=1), st.booleans(), st.booleans()),
            st.builds(
                Filter,
                st.sampled_from([Operator.AUTHOR, Operator.TAG, Operator.VOICE]),
                st.lists(st.text("abcé1-:.", min_size=1), min_size=1, max_size=3).map(" ".join),
                st.booleans(),
            ),
            st.sampled_from(
                [Filter(operator, value) for operator, values in VALUES.items() for value in values]
            ),
            st.dates(date(1000, 1, 1)).map(lambda day: Filter(Operator.BEFORE, day.isoformat())),
        ),
        max_size=10,
    ).map(tuple)
)
def test_every_query_that_can_be_built_reads_as_it_prints(parts: tuple[Words | Filter, ...]) -> None:
    assert parse(str(Query(parts))) == Query(parts)


@pytest.mark.parametrize(
    ("typed", "before", "operator", "text"),
    [
        ("cra", "", None, "cra"),
        ("old cra", "old ", None, "cra"),
        ("old ", "old ", None, ""),
        ("tag:har", "", Operator.TAG, "har"),
        ("-tag:har", "", Operator.TAG, "har"),
        ('cranes author:"Ada', "cranes ", Operator.AUTHOR, "Ada"),
        ('cranes "of the', "cranes ", None, "of the"),
        ('"of the"', '"of the"', None, ""),
        ('crane"of', "crane ", None, "of"),
        ("foo:bar", "", None, "foo:bar"),
    ],
)
def test_what_is_being_typed_is_known(typed: str, before: str, operator: Operator | None, text: str) -> None:
    last = begun(typed)
    assert (last.before, last.operator, last.text) == (before, operator, text)
