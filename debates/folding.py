"""Fold a tree to what one page draws: what an address says of it, and the arithmetic of levels, pages and exchanges.

An address says `depth=2` (answers are drawn down to two levels below the first lines; without it a depth is chosen by
size), `open=ID,ID` and `shut=ID,ID` (lines that are otherwise than the depth says), `at=ID` (the line that the page
begins with), `to=ID` (the line that it leads to, whose ancestors are open) and `more=ID:100` (the answers to a line
from the hundred-and-first on). Lists are bounded, and what cannot be read is left out. Pure: no Django, no database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from debates.tree import WIDTH, ancestor_paths, depth_of

LINES_WISHED = 200
"""Lines that a page begins with, about: some screens, and a debate of ten thousand as quick as one of a hundred."""
LINES_MOST = 1000
"""Lines that one page draws when somebody asks for more; also of those that are opened one by one."""
LEVELS_MOST = 6
"""Levels that are indented; what stands deeper is an exchange of two, or goes on on a page of its own."""
SIBLINGS_MOST = 100
"""Answers to one claim on a page."""
EXCHANGE_LEAST, EXCHANGE_MOST = 2, 50
"""Answers that make an exchange, and how many of them one page draws."""
NAMED_MOST = 60
"""Lines that an address names in one list; who opens more folds the first of them."""
TOP = "top"
"""What `more=` calls the list of theses; no public id is spelled so."""
NAME = re.compile(r"[0-9a-z]{1,12}", re.ASCII)


@dataclass(frozen=True)
class Fold:
    """What an address says of how a tree is folded, by public ids."""

    depth: int | None = None
    open: tuple[str, ...] = ()
    shut: tuple[str, ...] = ()
    at: str = ""
    to: str = ""
    more: tuple[tuple[str, int], ...] = ()

    @property
    def query(self) -> str:
        """Return it as an address writes it, without a question mark; empty where it says nothing."""
        said = {
            "depth": "" if self.depth is None else str(self.depth),
            "at": self.at,
            "open": ",".join(self.open),
            "shut": ",".join(self.shut),
            "more": ",".join(f"{name}:{start}" for name, start in self.more),
            "to": self.to,
        }
        return urlencode({name: words for name, words in said.items() if words}, safe=",:")

    @property
    def names(self) -> set[str]:
        """Return all the public ids that it names."""
        paged = (name for name, _start in self.more if name != TOP)
        return {name for name in (*self.open, *self.shut, *paged, self.at, self.to) if name}

    def turned(self, name: str, *, to_open: bool, starts_open: bool) -> Fold:
        """Return the state in which one line is open or folded; `starts_open` is how it is when it is not named."""
        opened, folded = _without(self.open, name), _without(self.shut, name)
        if to_open and not starts_open:
            opened = (*opened, name)[-NAMED_MOST:]
        elif starts_open and not to_open:
            folded = (*folded, name)[-NAMED_MOST:]
        return replace(self, open=opened, shut=folded)

    def paged(self, name: str, start: int) -> Fold:
        """Return the state in which the answers to one line are drawn from a position on, counted from 0."""
        others = tuple(one for one in self.more if one[0] != name)
        return replace(self, more=(*others, (name, start))[-NAMED_MOST:] if start else others)


def read_fold(data: Mapping[str, object]) -> Fold:
    """Return what the values of an address say; whatever somebody else wrote there is left out."""

    def word(name: str) -> str:
        return str(data.get(name, ""))[: (NAMED_MOST + 1) * 20]

    depth = number_in(word("depth"))
    pairs = [one.partition(":") for one in word("more").split(",")]
    pages = [(name, start) for name, _colon, at in pairs if NAME.fullmatch(name) and (start := number_in(at))]
    return Fold(
        depth=None if depth is None else min(depth, LEVELS_MOST),
        open=_names(word("open")),
        shut=_names(word("shut")),
        at=next(iter(_names(word("at"))), ""),
        to=next(iter(_names(word("to"))), ""),
        more=tuple(dict(pages).items())[:NAMED_MOST],
    )


def number_in(written: str) -> int | None:
    """Return a whole number from 0 up to some millions, None for anything else."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= 7 else None


def _names(written: str) -> tuple[str, ...]:
    found = dict.fromkeys(one for one in written.split(",") if NAME.fullmatch(one))
    return tuple(found)[:NAMED_MOST]


def _without(names: Sequence[str], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)


@dataclass(frozen=True)
class Folding:
    """Which lines are open, by paths: `top` is the depth of the first lines, `depth` how many levels are open.

    Under a claim that is `crowded` each answer begins folded. Of the lines at the last level those are open that begin
    an exchange.
    """

    top: int
    depth: int
    open: frozenset[str] = frozenset()
    shut: frozenset[str] = frozenset()
    crowded: frozenset[str] = frozenset()
    led: str = ""
    """The path of the line that the page leads to: what stands above it begins open."""
    exchanges: Mapping[str, int] = field(default_factory=dict)
    """How many answers follow, by the paths of the lines at the last level that begin an exchange."""

    @property
    def opened(self) -> frozenset[str]:
        """Return what may be open though the depth alone would fold it."""
        return self.open.union(ancestor_paths(self.led))

    def level(self, path: str) -> int:
        """Return how many levels a line stands below the first lines."""
        return depth_of(path) - self.top

    def starts_open(self, path: str) -> bool:
        """Say whether a line is open when the address does not name it."""
        level = self.level(path)
        if level >= LEVELS_MOST:
            return path in self.exchanges
        if path in ancestor_paths(self.led):
            return True
        return level < self.depth and path[:-WIDTH] not in self.crowded

    def is_open(self, path: str) -> bool:
        """Say whether what answers a line is drawn; that it is folded on purpose goes first."""
        if path in self.shut:
            return False
        return self.starts_open(path) or (path in self.open and self.level(path) < LEVELS_MOST)

    def is_drawn(self, path: str, below: str = "") -> bool:
        """Say whether all the lines above a line are open; of those above the line `below` nothing is asked.

        Below the last level everything follows the line that begins the exchange.
        """
        last = min(len(path), WIDTH * (self.top + LEVELS_MOST + 1) + 1)
        ends = range(max(WIDTH * (self.top + 1), len(below)), last, WIDTH)
        return all(self.is_open(path[:end]) for end in ends)


def lines_down_to(levels: Sequence[int], depth: int) -> int:
    """Return how many lines a page draws at most that is open down to a depth; `levels` counts what stands at each level."""
    drawn = above = 0
    for level, count in enumerate(levels[: min(depth, LEVELS_MOST) + 1]):
        # What answers one claim is bounded, so lines are bounded by the level above them, too.
        above = min(count, SIBLINGS_MOST * (above if level else 1))
        drawn += above
    if depth >= LEVELS_MOST:
        drawn += min(sum(levels[LEVELS_MOST + 1 :]), EXCHANGE_MOST * above)
    return drawn


def depth_within(levels: Sequence[int], most: int) -> int:
    """Return the greatest depth, down to the deepest line, at which a page draws no more than so many lines."""
    deepest = min(len(levels) - 1, LEVELS_MOST)
    return max((depth for depth in range(deepest + 1) if lines_down_to(levels, depth) <= most), default=0)


def depth_for(levels: Sequence[int], asked: int | None) -> int:
    """Return the depth to which a page is open: what was asked for as far as it can be drawn, or by size.

    Without a wish the answers to the theses are shown where that is possible at all.
    """
    most = depth_within(levels, LINES_MOST)
    if asked is not None:
        return min(asked, most)
    return min(max(depth_within(levels, LINES_WISHED), 1), most)


type Span = tuple[int, int]
"""Positions from the first, included, to the second, left out."""


def page_of(pros: int, cons: int, notes: int, start: int) -> tuple[Span, Span, Span]:
    """Return which answers of each side stand on the page of a crowded claim that begins at a position.

    For and against take turns, so that no side fills the first page; notes come last.
    """
    before, after = (_taken(pros, cons, notes, at) for at in (start, start + SIBLINGS_MOST))
    return (before[0], after[0]), (before[1], after[1]), (before[2], after[2])


def _taken(pros: int, cons: int, notes: int, first: int) -> tuple[int, int, int]:
    """Return how many of each side are among the first answers."""
    first = min(first, pros + cons + notes)
    sided = min(first, pros + cons)
    pro = min(pros, max(-(-sided // 2), sided - cons))
    return pro, sided - pro, first - sided


def page_start(start: int, count: int) -> int:
    """Return the beginning of the page of answers that a position stands on, or of the last page."""
    return min(start, max(count - 1, 0)) // SIBLINGS_MOST * SIBLINGS_MOST


def exchange_in(levels: Sequence[tuple[int, int | None]]) -> int:
    """Return how many answers make an exchange of two; 0 where there is none.

    `levels` holds, from the line that begins it downwards, how many lines stand at each level of its branch and who
    spoke, where there is one line: an exchange lasts while two people, in turns, give the only answer.
    """
    speakers: list[int] = []
    for count, speaker in levels:
        if count != 1 or speaker is None:
            break
        if len(speakers) == 1 and speaker == speakers[0]:
            break
        if len(speakers) > 1 and speaker != speakers[-2]:
            break
        speakers.append(speaker)
    answers = len(speakers) - 1
    return min(answers, EXCHANGE_MOST) if answers >= EXCHANGE_LEAST else 0
