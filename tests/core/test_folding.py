"""What an address says of a folded tree, and the arithmetic of levels, pages and exchanges."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.folding import (
    EXCHANGE_MOST,
    LEVELS_MOST,
    LINES_MOST,
    LINES_WISHED,
    NAMED_MOST,
    SIBLINGS_MOST,
    TOP,
    Fold,
    Folding,
    depth_for,
    exchange_in,
    lines_down_to,
    page_of,
    page_start,
    read_fold,
)
from debates.models.public_id import ALPHABET
from debates.tree import path_of

NAMES = st.text("23456789abcdefghjk", min_size=1, max_size=12)
LISTS = st.lists(NAMES, max_size=8, unique=True).map(tuple)
FOLDS = st.builds(
    Fold,
    depth=st.none() | st.integers(0, LEVELS_MOST),
    open=LISTS,
    shut=LISTS,
    at=NAMES | st.just(""),
    to=NAMES | st.just(""),
    more=st.dictionaries(NAMES, st.integers(1, 9_999), max_size=4).map(lambda pages: tuple(pages.items())),
)
LEVELS = st.lists(st.integers(0, 12_000), min_size=1, max_size=12)
COUNTS = st.integers(0, 500)


def read(address: str) -> Fold:
    """Return what a query says."""
    return read_fold(dict(parse_qsl(address)))


@given(FOLDS)
def test_a_state_is_read_as_it_was_written(fold: Fold) -> None:
    assert read(fold.query) == fold, "An address that is sent to somebody shows them the same page."


@given(st.dictionaries(st.sampled_from(["depth", "open", "shut", "at", "to", "more"]), st.text()))
def test_whatever_is_written_there_reads_as_some_state(data: dict[str, str]) -> None:
    fold = read_fold(data)
    assert read(fold.query) == fold
    assert len(fold.query) < 4_000, "An address is bounded, whoever wrote it."


def test_a_state_is_short_and_readable() -> None:
    fold = Fold(depth=2, open=("abc", "def"), shut=("xyz",), more=(("abc", 100),))
    assert fold.query == "depth=2&open=abc,def&shut=xyz&more=abc:100"


def test_no_line_is_called_as_the_list_of_theses_is() -> None:
    assert not set(TOP) <= set(ALPHABET), "A line of that name would be taken for the top of the page."


@given(FOLDS, NAMES, st.booleans(), st.booleans())
def test_a_line_that_is_turned_is_as_it_was_wished(
    fold: Fold, name: str, to_open: bool, starts: bool
) -> None:
    turned = fold.turned(name, to_open=to_open, starts_open=starts)
    assert (name in turned.open or (starts and name not in turned.shut)) == to_open
    again = turned.turned(name, to_open=starts, starts_open=starts)
    assert name not in again.names - {again.at, again.to} - dict(again.more).keys(), (
        "Only what differs from the depth is named: addresses stay short."
    )


def test_an_address_names_so_many_lines_and_forgets_the_first() -> None:
    fold = Fold()
    for number in range(NAMED_MOST + 1):
        fold = fold.turned(f"a{number}", to_open=True, starts_open=False)
    assert len(fold.open) == NAMED_MOST
    assert (fold.open[0], fold.open[-1]) == ("a1", f"a{NAMED_MOST}")


def test_the_first_page_of_answers_needs_no_word() -> None:
    fold = Fold().paged("abc", 200)
    assert fold.more == (("abc", 200),)
    assert fold.paged("abc", 100).more == (("abc", 100),)
    assert fold.paged("abc", 0) == Fold()


def path(*steps: int) -> str:
    """Return the path of positions from the thesis down."""
    here = ""
    for step in steps:
        here = path_of(here, step)
    return here


def test_a_line_is_drawn_where_all_above_it_are_open() -> None:
    folding = Folding(top=0, depth=1, open=frozenset({path(0, 1)}), shut=frozenset({path(1)}))
    drawn = {
        one: folding.is_drawn(one) for one in (path(0), path(0, 0), path(0, 0, 0), path(0, 1, 0), path(1, 0))
    }
    assert drawn == {
        path(0): True,
        path(0, 0): True,
        path(0, 0, 0): False,
        path(0, 1, 0): True,
        path(1, 0): False,
    }


def test_what_is_folded_on_purpose_is_folded() -> None:
    folding = Folding(top=0, depth=3, open=frozenset({path(0)}), shut=frozenset({path(0)}))
    assert not folding.is_open(path(0)), "Somebody folded it; a wish for a line below must not undo that."


def test_below_a_crowd_each_answer_begins_folded() -> None:
    folding = Folding(top=0, depth=3, open=frozenset({path(0, 7)}), crowded=frozenset({path(0)}))
    assert folding.is_open(path(0))
    assert not folding.is_open(path(0, 3))
    assert folding.is_open(path(0, 7)), "It was opened by name."


def test_a_page_that_begins_lower_counts_its_levels_from_there() -> None:
    folding = Folding(top=2, depth=1)
    assert folding.is_drawn(path(0, 0, 0, 5))
    assert not folding.is_drawn(path(0, 0, 0, 5, 0))


def test_past_the_last_level_only_an_exchange_is_open() -> None:
    last = path(*([0] * (LEVELS_MOST + 1)))
    assert not Folding(top=0, depth=LEVELS_MOST, open=frozenset({last})).is_open(last)
    assert Folding(top=0, depth=LEVELS_MOST, exchanges={last: 4}).is_open(last)
    assert not Folding(top=0, depth=LEVELS_MOST, exchanges={last: 4}, shut=frozenset({last})).is_open(last)


@given(LEVELS, st.none() | st.integers(0, LEVELS_MOST))
def test_a_page_is_never_longer_than_it_may_be(levels: list[int], asked: int | None) -> None:
    depth = depth_for(levels, asked)
    assert 0 <= depth <= (LEVELS_MOST if asked is None else asked)
    assert depth == 0 or lines_down_to(levels, depth) <= LINES_MOST
    if depth > 1 and asked is None:
        assert lines_down_to(levels, depth) <= LINES_WISHED, "Who asks for nothing gets some screens."


@pytest.mark.parametrize(
    ("levels", "depth"),
    [
        ([1], 0),
        ([1, 8, 20], 2),
        ([1, 20, 150, 900], 2),
        ([1, 30, 400, 9_000], 1),
        ([1, 1_000, 9_000], 1),
        ([90, 2_000], 0),
        ([1] * 12, LEVELS_MOST),
        ([1] * 400, LEVELS_MOST),
    ],
    ids=["a thesis", "small", "middling", "large", "a crowd", "many theses", "a chain", "a long chain"],
)
def test_the_depth_follows_the_size(levels: list[int], depth: int) -> None:
    assert depth_for(levels, None) == depth


@given(COUNTS, COUNTS, COUNTS)
def test_pages_hold_each_answer_once(pros: int, cons: int, notes: int) -> None:
    ends = (0, 0, 0)
    for start in range(0, pros + cons + notes, SIBLINGS_MOST):
        spans = page_of(pros, cons, notes, start)
        assert tuple(low for low, _high in spans) == ends, "A page begins where the one before it ended."
        ends = tuple(high for _low, high in spans)  # type: ignore[assignment]  # three spans, three ends
        assert sum(high - low for low, high in spans) == min(SIBLINGS_MOST, pros + cons + notes - start)
    assert ends == (pros, cons, notes)


def test_neither_side_fills_the_first_page() -> None:
    assert page_of(800, 300, 5, 0) == ((0, 50), (0, 50), (0, 0))
    assert page_of(800, 20, 5, 0) == ((0, 80), (0, 20), (0, 0)), (
        "Where one side has no more, the other goes on."
    )
    assert page_of(10, 20, 80, 0) == ((0, 10), (0, 20), (0, 70)), "Notes come last."


@given(st.integers(0, 10_000_000), st.integers(0, 2_000))
def test_whatever_position_is_asked_for_has_a_page(start: int, count: int) -> None:
    begins = page_start(start, count)
    assert begins % SIBLINGS_MOST == 0
    assert begins < max(count, 1)


ADA, BEN, CLEO = 1, 2, -3


@pytest.mark.parametrize(
    ("levels", "answers"),
    [
        ([(1, ADA), (1, BEN), (1, ADA), (1, BEN)], 3),
        ([(1, ADA), (1, BEN)], 0),
        ([(1, ADA), (1, ADA), (1, ADA)], 0),
        ([(1, ADA), (1, BEN), (1, CLEO), (1, BEN)], 0),
        ([(1, ADA), (1, BEN), (1, ADA), (2, BEN), (1, ADA)], 2),
        ([(1, ADA), (1, BEN), (1, ADA), (1, ADA)], 2),
        ([(1, ADA), (1, BEN), (1, ADA), (1, None), (1, BEN)], 2),
        ([(1, ADA if number % 2 else CLEO) for number in range(400)], EXCHANGE_MOST),
        ([], 0),
    ],
    ids=["two", "one answer", "alone", "three", "forks", "twice", "hidden", "very long", "nothing"],
)
def test_an_exchange_lasts_while_two_take_turns(levels: list[tuple[int, int | None]], answers: int) -> None:
    assert exchange_in(levels) == answers
