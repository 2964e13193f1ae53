"""What counts people rather than arguments: opinions before and after, what both sides accept, and the order of a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.strength.bridge import Separation, bridge, enough, separation
from debates.strength.opinion import shift, student
from debates.strength.wilson import wilson

# ------------------------------------------------------------------------------------------- common ground, cruxes


@pytest.mark.parametrize(
    ("groups", "score"),
    [([(6, 10), (9, 10)], 0.6972), ([(1, 10), (10, 10)], 0.3909), ([(0, 0), (0, 0)], 0.5)],
)
def test_a_bridge_stands_on_both_sides(groups: list[tuple[int, int]], score: float) -> None:
    assert round(bridge(groups), 4) == score
    assert bridge(groups) == bridge(groups[::-1])


def test_a_bridge_needs_two_ends() -> None:
    with pytest.raises(ValueError, match="two ends"):
        bridge([(3, 4)])


def test_nothing_is_said_of_a_group_of_four() -> None:
    assert enough([(0, 5), (5, 5)])
    assert not enough([(0, 5), (4, 4)])
    assert separation((4, 4), (0, 50)) is None
    assert separation((40, 50), (0, 4)) is None
    assert separation((5, 5), (0, 5)) is not None


def test_a_crux_parts_supporters_from_opponents() -> None:
    found = separation((9, 10), (2, 10))
    assert found == Separation(10 / 12 - 3 / 12, (9, 10), (2, 10)), "The plain counts are kept."
    other = separation((2, 10), (9, 10))
    assert other is not None
    assert other.difference == -found.difference
    assert other.size == found.size
    alike = separation((50, 100), (5, 10))
    assert alike is not None
    assert alike.size == 0


@pytest.mark.parametrize("group", [(5, 4), (-1, 4), (0, -1)])
def test_more_than_all_cannot_agree(group: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="cannot agree"):
        bridge([group, (1, 2)])
    with pytest.raises(ValueError, match="cannot agree"):
        separation((5, 5), group)
    with pytest.raises(ValueError, match="cannot agree"):
        wilson(*group)


# ------------------------------------------------------------------------------------------------ before and after


def test_opinions_that_moved() -> None:
    found = shift([(3, 4), (3, 5), (2, 2), (6, 5), (0, 2), (4, 5)])
    assert found is not None
    assert (found.n, found.up, found.down, found.moved, found.direction) == (6, 4, 1, 5, 1)
    assert found.mean == pytest.approx(5 / 6)
    assert found.interval is not None
    # By hand: s = √(41/30) = 1.169045, t(5) = 2.570582; 0.833333 ± 2.570582 · 1.169045 / √6
    assert found.interval == pytest.approx((-0.393500, 2.060167), abs=1e-3)


def test_nothing_is_said_of_four_people() -> None:
    assert shift([(0, 6)] * 4) is None
    assert shift([]) is None


def test_where_all_changed_alike_no_interval_pretends_to_know() -> None:
    found = shift([(2, 3)] * 5)
    assert found is not None
    assert (found.mean, found.interval, found.direction) == (1, None, 1)
    still = shift([(2, 2), (3, 3), (4, 4), (5, 5), (6, 6)])
    assert still is not None
    assert (still.mean, still.moved, still.direction, still.interval) == (0, 0, 0, None)


def test_an_interval_ends_where_the_scale_ends() -> None:
    found = shift([(0, 6), (0, 6), (0, 6), (0, 6), (0, 0)])
    assert found is not None
    assert found.interval is not None
    assert found.interval[1] == 6
    found = shift([(6, 0), (6, 0), (6, 0), (6, 0), (6, 6)])
    assert found is not None
    assert found.interval is not None
    assert found.interval[0] == -6


@pytest.mark.parametrize("pair", [(-1, 3), (3, 7)])
def test_an_opinion_off_the_scale_is_refused(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="from 0 to 6"):
        shift([pair])


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=5, max_size=40))
def test_turning_the_thesis_round_turns_the_shift_round(pairs: list[tuple[int, int]]) -> None:
    one, other = shift(pairs), shift([(6 - before, 6 - after) for before, after in pairs])
    assert one is not None
    assert other is not None
    assert (one.up, one.down, one.direction) == (other.down, other.up, -other.direction)
    if one.interval and other.interval:
        low, high = one.interval
        assert -6 <= low <= one.mean <= high <= 6
        assert (-high, -low) == pytest.approx(other.interval)


@pytest.mark.parametrize(
    ("freedom", "quantile"), [(4, 2.776445), (5, 2.570582), (9, 2.262157), (29, 2.045230), (99, 1.984217)]
)
def test_students_t_as_the_tables_have_it(freedom: int, quantile: float) -> None:
    assert student(freedom) == pytest.approx(quantile, abs=1e-3)


def test_students_t_is_not_given_where_it_would_be_coarse() -> None:
    with pytest.raises(ValueError, match="coarse"):
        student(3)


# --------------------------------------------------------------------------------------------------------- sorting


@pytest.mark.parametrize(
    ("agreeing", "count", "bound"),
    [(0, 0, 0.0), (1, 1, 0.206549), (95, 100, 0.888251), (5, 10, 0.236593), (0, 10, 0.0), (2.5, 5, 0.170372)],
)
def test_the_lower_bound_of_wilson(agreeing: float, count: int, bound: float) -> None:
    assert wilson(agreeing, count) == pytest.approx(bound, abs=1e-4)


def test_rounding_takes_no_bound_below_nothing() -> None:
    assert all(wilson(0, count) >= 0 for count in range(100))


@given(st.integers(0, 300), st.integers(0, 300))
def test_one_who_agrees_raises_and_one_who_does_not_lowers(agreeing: int, others: int) -> None:
    bound = wilson(agreeing, agreeing + others)
    assert 0 <= bound < 1
    assert wilson(agreeing + 1, agreeing + 1 + others) > bound
    assert wilson(agreeing, agreeing + others + 1) <= bound
