"""Order a tree of arguments by paths: fixed-width segments that sort as the tree reads. Pure: no Django, no database."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
WIDTH = 4
"""Characters a segment: 36⁴, that is 1,679,616 replies to one argument."""
MAX_DEPTH = 500
"""Levels below a thesis. A path of 500 segments is 2,000 characters, and an index row of PostgreSQL holds 2,700."""


def segment(position: int) -> str:
    """Return the path segment of the child at a position, counted from 0."""
    if not 0 <= position < len(ALPHABET) ** WIDTH:
        raise ValueError(f"No path segment holds position {position}.")
    digits = []
    for _ in range(WIDTH):
        position, digit = divmod(position, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def path_of(parent_path: str, position: int) -> str:
    """Return the path of the child at a position under a parent (an empty path for a thesis)."""
    return parent_path + segment(position)


def depth_of(path: str) -> int:
    """Return how many levels lie above; a thesis has depth 0."""
    return len(path) // WIDTH - 1


def ancestor_paths(path: str) -> list[str]:
    """Return the paths of all ancestors, the thesis first, the path itself left out."""
    return [path[:end] for end in range(WIDTH, len(path), WIDTH)]


@dataclass
class Node[T]:
    """One argument in a drawn tree, with its children in order."""

    item: T
    depth: int
    children: list["Node[T]"] = field(default_factory=list)


def grow[T](items: Iterable[T], path: Callable[[T], str]) -> list[Node[T]]:
    """Build the forest of items that come in path order; one whose parent is absent becomes a root.

    One pass and no recursion, so a chain of any length works.
    """
    roots: list[Node[T]] = []
    open_nodes: list[tuple[str, Node[T]]] = []
    for item in items:
        here = path(item)
        while open_nodes and not here.startswith(open_nodes[-1][0]):
            open_nodes.pop()
        node = Node(item, depth_of(here))
        (open_nodes[-1][1].children if open_nodes else roots).append(node)
        open_nodes.append((here, node))
    return roots


def walk[T](roots: Sequence[Node[T]]) -> Iterable[Node[T]]:
    """Yield every node before its children, without recursion."""
    stack = list(reversed(roots))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))
