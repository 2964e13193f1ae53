"""Lay one side of a debate out as a partition: a column a level, and every branch as long as it has arguments.

A horizontal icicle plot (J. B. Kruskal and J. M. Landwehr, “Icicle plots: better displays for hierarchical clustering”,
The American Statistician 37:2, 1983), kept so coarse that every piece has room for a line of text: what is too small is
gathered with its siblings into one piece, and what is too small even together stays with the claim that it answers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from debates.tree import Node, grow, walk

PRO, CON = "pro", "con"
ORDER = {PRO: 0, CON: 1}
"""The sides of one claim in reading order; what takes no side comes last."""
GROWTH = 1.25
"""How much coarser the next try is, where there are too many pieces."""


@dataclass(frozen=True, slots=True)
class Twig:
    """One argument as the drawing needs it; `weight` is 1, or 0 for a place whose text is not shown."""

    key: int
    path: str
    side: str
    weight: int = 1


@dataclass(slots=True)
class Piece:
    """A rectangle: `level` its column, from 0; `start` and `span` in arguments, from the top of the drawing.

    Without a `key` it stands for several together that answer `parent` (None: the claim at the top). `merged` counts
    what has no piece of its own: in such a piece all that it stands for, in another what lies below it undrawn. `below`
    is all that lies below it, drawn or not.
    """

    key: int | None
    parent: int | None
    level: int
    start: int
    span: int
    merged: int = 0
    below: int = 0


@dataclass(slots=True)
class Plan:
    """The pieces of one side, each before what answers it; `height` in arguments; `merged` is too little for a piece."""

    pieces: list[Piece]
    height: int
    merged: int = 0


def partition(twigs: Iterable[Twig], *, levels: int, least: int = 1) -> Plan:
    """Lay out what answers one claim; `twigs` come in path order, those whose parent is not among them at the top.

    Drawn are `levels` columns and one more for what is gathered; no piece is shorter than `least` arguments. A piece
    lies within the span of the one that it answers, for before against, otherwise in the order given. One pass and no
    recursion.
    """
    roots = grow(twigs, lambda twig: twig.path)
    sizes = _sizes(roots)
    plan = Plan([], sum(sizes[root.item.key] for root in roots))
    todo: list[tuple[Piece, list[Node[Twig]]]] = []

    def settle(parent: int | None, children: Iterable[Node[Twig]], level: int, start: int) -> int:
        """Give some siblings their places, to be drawn next; return how many arguments found none."""
        found: list[tuple[Piece, list[Node[Twig]]]] = []
        gathered = 0
        for child in _in_order(children):
            key, size = child.item.key, sizes[child.item.key]
            if level >= levels or size < least:
                gathered += size
            else:
                piece = Piece(key, parent, level, start, size, below=size - child.item.weight)
                found.append((piece, child.children))
                start += size
        if gathered >= least:
            found.append((Piece(None, parent, level, start, gathered, merged=gathered), []))
            gathered = 0
        todo.extend(reversed(found))
        return gathered

    plan.merged = settle(None, roots, 0, 0)
    while todo:
        piece, children = todo.pop()
        plan.pieces.append(piece)
        if piece.key is not None:
            piece.merged = settle(piece.key, children, piece.level + 1, piece.start)
    return plan


def coarse_enough(
    sides: Sequence[Sequence[Twig]], *, levels: int, most: int, least: int = 1
) -> tuple[int, list[Plan]]:
    """Lay several sides out with the least size, `least` or more, at which they have at most `most` pieces together.

    Return that size and the plans, in the order of the sides.
    """
    while True:
        plans = [partition(twigs, levels=levels, least=least) for twigs in sides]
        # Coarse enough at the latest when `least` is more than the largest side holds: then nothing is drawn.
        if sum(len(plan.pieces) for plan in plans) <= most:
            return least, plans
        least = max(least + 1, int(least * GROWTH))


def _sizes(roots: Sequence[Node[Twig]]) -> dict[int, int]:
    """Return by keys how many arguments each branch holds, its own claim included."""
    sizes: dict[int, int] = {}
    for node in reversed(list(walk(roots))):  # children come after their parents, so this visits them first
        sizes[node.item.key] = node.item.weight + sum(sizes[child.item.key] for child in node.children)
    return sizes


def _in_order(siblings: Iterable[Node[Twig]]) -> list[Node[Twig]]:
    return sorted(siblings, key=lambda node: ORDER.get(node.item.side, len(ORDER)))
