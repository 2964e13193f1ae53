"""A text is cut by what lies over it, and nothing of it is lost, doubled or moved."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.runs import Run, cut

texts = st.text(max_size=40)
spans = st.lists(
    st.tuples(st.integers(-5, 50), st.integers(-5, 50), st.sampled_from(["pro", "con", "note"])), max_size=8
)


@given(texts, spans)
def test_every_character_comes_out_once_and_in_order(text: str, over: list[tuple[int, int, str]]) -> None:
    assert "".join(run.text for run in cut(text, over)) == text, "Readers read the text, not what is marked."


@given(texts, spans)
def test_each_character_has_exactly_the_marks_that_lie_over_it(
    text: str, over: list[tuple[int, int, str]]
) -> None:
    marks = [run.marks for run in cut(text, over) for _char in run.text]
    for index in range(len(text)):
        assert marks[index] == {mark for start, end, mark in over if start <= index < end}


@given(texts, spans)
def test_runs_are_as_long_as_they_can_be(text: str, over: list[tuple[int, int, str]]) -> None:
    runs = cut(text, over)
    assert all(run.text for run in runs)
    assert all(one.marks != other.marks for one, other in pairwise(runs))


def test_what_overlaps_is_cut_where_it_begins_and_ends() -> None:
    assert cut("the third crane fell", [(4, 15, "pro"), (10, 20, "con")]) == [
        Run("the ", frozenset()),
        Run("third ", frozenset({"pro"})),
        Run("crane", frozenset({"pro", "con"})),
        Run(" fell", frozenset({"con"})),
    ]
