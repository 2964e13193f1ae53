"""Paths sort as the tree reads, and trees of any depth are built and walked without recursion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.tree import WIDTH, Node, ancestor_paths, depth_of, grow, path_of, segment, walk

STEPS = st.lists(st.integers(0, 2000), min_size=1, max_size=6)


def path(steps: list[int]) -> str:
    """Return the path of positions from the thesis down."""
    here = ""
    for step in steps:
        here = path_of(here, step)
    return here


@given(st.integers(0, 36**WIDTH - 1), st.integers(0, 36**WIDTH - 1))
def test_segments_sort_as_positions(one: int, other: int) -> None:
    assert (segment(one) < segment(other)) == (one < other)
    assert len(segment(one)) == WIDTH


@given(st.integers(0, 36**WIDTH - 1))
def test_a_segment_tells_its_position(position: int) -> None:
    assert int(segment(position), 36) == position, "The next place is counted from the last path."


@pytest.mark.parametrize("position", [-1, 36**WIDTH])
def test_a_position_that_fits_no_segment_is_refused(position: int) -> None:
    with pytest.raises(ValueError, match="No path segment holds position"):
        segment(position)


@given(STEPS, STEPS)
def test_paths_sort_as_the_tree_reads(one: list[int], other: list[int]) -> None:
    assert (path(one) < path(other)) == (one < other), "Parents before children, siblings in their order."


@given(STEPS)
def test_a_path_knows_its_depth_and_its_ancestors(steps: list[int]) -> None:
    here = path(steps)
    assert depth_of(here) == len(steps) - 1
    assert ancestor_paths(here) == [path(steps[:end]) for end in range(1, len(steps))]


@given(st.sets(st.lists(st.integers(0, 40), min_size=1, max_size=5).map(tuple), max_size=60))
def test_a_grown_forest_is_walked_in_the_order_of_its_paths(leaves: set[tuple[int, ...]]) -> None:
    everything = {leaf[:end] for leaf in leaves for end in range(1, len(leaf) + 1)}
    paths = sorted(path(list(steps)) for steps in everything)
    roots = grow(paths, lambda item: item)
    assert [node.item for node in walk(roots)] == paths, "A page shows each argument once, in its place."
    for node in walk(roots):
        for child in node.children:
            assert child.item[:-WIDTH] == node.item
            assert child.depth == node.depth + 1


@given(st.sets(st.lists(st.integers(0, 5), min_size=1, max_size=5).map(tuple), max_size=40))
def test_nothing_is_lost_where_a_parent_is_missing(some: set[tuple[int, ...]]) -> None:
    paths = sorted(path(list(steps)) for steps in some)
    roots = grow(paths, lambda item: item)
    assert [node.item for node in walk(roots)] == paths, "A reply whose parent is hidden becomes a root."
    for root in roots:
        assert not any(root.item.startswith(other) for other in paths if other != root.item)


def test_a_chain_of_five_thousand_is_grown_and_walked() -> None:
    chain = [segment(0) * length for length in range(1, 5001)]
    roots = grow(chain, lambda item: item)
    assert len(roots) == 1
    walked = list(walk(roots))
    assert len(walked) == 5000, "No recursion: the longest quarrel must not break the page."
    assert walked[-1].depth == 4999


def test_five_thousand_siblings_keep_their_order() -> None:
    children = [path_of("0000", number) for number in range(5000)]
    (root,) = grow(["0000", *children], lambda item: item)
    assert [child.item for child in root.children] == children


def test_an_empty_tree_is_empty() -> None:
    assert grow([], str) == []
    nothing: list[Node[str]] = []
    assert list(walk(nothing)) == []
