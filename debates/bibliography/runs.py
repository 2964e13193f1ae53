"""Cut a text into runs by the marks that lie over it, which may overlap. Pure."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Run[M: Hashable]:
    """Characters that stand in a row under the same marks; where there are none, plain text."""

    text: str
    marks: frozenset[M]


def cut[M: Hashable](text: str, spans: Iterable[tuple[int, int, M]]) -> list[Run[M]]:
    """Return the runs of a text, in order: each character in one of them, and two neighbours never marked alike.

    A span is its first character, one past its last, and its mark. What reaches outside the text is cut off there, and what
    covers nothing of it is passed over. The empty text has no runs.
    """
    inside = [(max(start, 0), min(end, len(text)), mark) for start, end, mark in spans]
    inside = [(start, end, mark) for start, end, mark in inside if start < end]
    # (place, change, mark): how many spans of a mark begin less how many end there.
    turns = sorted(
        [(start, 1, mark) for start, _end, mark in inside]
        + [(end, -1, mark) for _start, end, mark in inside],
        key=lambda turn: turn[0],
    )
    places = sorted({0, len(text), *(place for place, _change, _mark in turns)})
    return list(_joined(_pieces(text, places, turns)))


def _pieces[M: Hashable](
    text: str, places: list[int], turns: list[tuple[int, int, M]]
) -> Iterator[tuple[str, frozenset[M]]]:
    """Yield the text between each two places where a span begins or ends, with the marks that are open there."""
    opened: dict[M, int] = {}
    following = iter(turns)
    turn = next(following, None)
    for start, end in pairwise(places):
        while turn is not None and turn[0] <= start:
            _place, change, mark = turn
            opened[mark] = opened.get(mark, 0) + change
            turn = next(following, None)
        yield text[start:end], frozenset(mark for mark, count in opened.items() if count)


def _joined[M: Hashable](pieces: Iterable[tuple[str, frozenset[M]]]) -> Iterator[Run[M]]:
    """Yield the runs; pieces under the same marks that touch are one."""
    parts: list[str] = []
    marks: frozenset[M] = frozenset()
    for text, here in pieces:
        if parts and here != marks:
            yield Run("".join(parts), marks)
            parts = []
        parts.append(text)
        marks = here
    if parts:
        yield Run("".join(parts), marks)
