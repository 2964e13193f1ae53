"""A map's pieces stand beside what they answer, never over one another, and nothing is lost."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from debates.layout.partition import Piece, Plan, Twig, coarse_enough, partition
from debates.tree import ancestor_paths, path_of

TOP = path_of("", 0)


@st.composite
def twigs(draw: st.DrawFn) -> list[Twig]:
    """Draw a side of any shape: arguments, notes, and places whose text is gone, in path order."""
    paths = [TOP]
    for parent in draw(st.lists(st.integers(0, 40), max_size=60)):
        above = paths[parent % len(paths)]
        taken = sum(path.startswith(above) and len(path) == len(above) + 4 for path in paths)
        paths.append(path_of(above, taken))
    sides, weights = st.sampled_from(["pro", "con", ""]), st.sampled_from([1, 1, 1, 0])
    return [
        Twig(number, path, draw(sides), draw(weights)) for number, path in enumerate(sorted(paths[1:]), 1)
    ]


SHAPES = {"levels": st.integers(1, 6), "least": st.integers(1, 8)}


def drawn(plan: Plan, given: list[Twig]) -> list[tuple[Piece, Twig]]:
    """Return the pieces of single arguments with these."""
    by_key = {twig.key: twig for twig in given}
    return [(piece, by_key[piece.key]) for piece in plan.pieces if piece.key is not None]


@given(twigs(), SHAPES["levels"], SHAPES["least"])
def test_nothing_is_lost(given: list[Twig], levels: int, least: int) -> None:
    plan = partition(given, levels=levels, least=least)
    single = sum(twig.weight for _piece, twig in drawn(plan, given))
    gathered = sum(piece.merged for piece in plan.pieces)
    assert single + gathered + plan.merged == sum(twig.weight for twig in given) == plan.height


@given(twigs(), SHAPES["levels"], SHAPES["least"])
def test_pieces_of_a_column_follow_one_another(given: list[Twig], levels: int, least: int) -> None:
    plan = partition(given, levels=levels, least=least)
    for level in range(levels + 1):
        column = [piece for piece in plan.pieces if piece.level == level]
        for one, other in pairwise(column):
            assert one.start + one.span <= other.start, "Two pieces stand over one another."
    assert all(piece.start >= 0 and piece.start + piece.span <= plan.height for piece in plan.pieces)
    assert all(piece.span >= least for piece in plan.pieces), "No line of words fits into this piece."
    assert all(piece.level < levels + (piece.key is None) for piece in plan.pieces)


@given(twigs(), SHAPES["levels"], SHAPES["least"])
def test_a_piece_stands_beside_the_claim_that_it_answers(given: list[Twig], levels: int, least: int) -> None:
    plan = partition(given, levels=levels, least=least)
    by_key = {piece.key: piece for piece in plan.pieces if piece.key is not None}
    for piece in plan.pieces:
        if piece.parent is None:
            assert piece.level == 0
            continue
        above = by_key[piece.parent]
        assert piece.level == above.level + 1
        assert above.start <= piece.start
        assert piece.start + piece.span <= above.start + above.span, "It reaches beyond the claim it answers."


@given(twigs(), SHAPES["levels"], SHAPES["least"])
def test_a_piece_is_as_long_as_its_branch_has_arguments(given: list[Twig], levels: int, least: int) -> None:
    for piece, twig in drawn(partition(given, levels=levels, least=least), given):
        below = sum(other.weight for other in given if twig.path in ancestor_paths(other.path))
        assert (piece.below, piece.span) == (below, below + twig.weight)


@given(twigs(), SHAPES["levels"], SHAPES["least"])
def test_for_comes_before_against_and_otherwise_the_order_stays(
    given: list[Twig], levels: int, least: int
) -> None:
    by_parent: dict[int | None, list[Twig | None]] = {}
    by_key = {twig.key: twig for twig in given}
    for piece in partition(given, levels=levels, least=least).pieces:
        own = by_key[piece.key] if piece.key is not None else None
        by_parent.setdefault(piece.parent, []).append(own)
    order = ["pro", "con", ""]
    for siblings in by_parent.values():
        shown = [twig for twig in siblings if twig is not None]
        assert shown == sorted(shown, key=lambda twig: (order.index(twig.side), twig.path))
        assert None not in siblings[:-1], "What is gathered comes last."


@given(twigs(), st.integers(0, 30))
def test_a_map_has_no_more_pieces_than_it_may(given: list[Twig], most: int) -> None:
    least, plans = coarse_enough([given, given[: len(given) // 2]], levels=3, most=most)
    assert sum(len(plan.pieces) for plan in plans) <= most
    assert plans[0] == partition(given, levels=3, least=least)


def test_pieces_come_in_reading_order_at_any_depth() -> None:
    path, chain = TOP, []
    for number in range(400):
        path = path_of(path, 0)
        chain.append(Twig(number, path, "pro"))
    plan = partition(chain, levels=400)
    assert [piece.key for piece in plan.pieces] == list(range(400))
    assert partition(chain, levels=4).pieces[-1].merged == 396


def test_a_small_side_stands_as_it_is_drawn() -> None:
    """Draw a claim with two answers, and one that is gone, whose only answer fills its place."""
    first, gone = path_of(TOP, 0), path_of(TOP, 1)
    given = [
        Twig(1, first, "pro"),
        Twig(2, path_of(first, 0), "con"),
        Twig(3, path_of(first, 1), "pro"),
        Twig(4, gone, "pro", weight=0),
        Twig(5, path_of(gone, 0), "con"),
    ]
    places = [
        (piece.key, piece.level, piece.start, piece.span) for piece in partition(given, levels=3).pieces
    ]
    assert places == [(1, 0, 0, 3), (3, 1, 0, 1), (2, 1, 1, 1), (4, 0, 3, 1), (5, 1, 3, 1)]
    coarse = partition(given, levels=3, least=2)
    places = [(piece.key, piece.level, piece.start, piece.span) for piece in coarse.pieces]
    assert places == [(1, 0, 0, 3), (None, 1, 0, 2)], (
        "Two that are as long as the least piece together make one."
    )
    assert coarse.merged == 1
