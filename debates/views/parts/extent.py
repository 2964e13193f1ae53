"""How much of a tree a page draws: all of a small one, of a large one the first answers; and what the rest amounts to.

Fetched is what is drawn, and of what is not drawn only how much there is: a page of ten thousand arguments costs little
more than one of a hundred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Max, Q
from django.db.models.functions import Substr

from debates.models import Argument, State
from debates.models.argument import ArgumentQuerySet
from debates.models.visibility import NOBODY, Viewer, seen_by
from debates.tree import WIDTH, ancestor_paths, depth_of
from debates.views.parts.choosing import Choice
from debates.views.parts.standing_order import REACH, in_order

DRAWN_AT_ONCE = 120
"""Arguments drawn in full on one page; a larger debate shows its first levels and opens branches on demand."""
DRAWN_WHEN_ASKED = 1_000
"""Arguments drawn in full for a reader who asks for every branch."""
LEVELS_AT_ONCE = 12
"""Levels drawn below the top of a page; deeper branches continue on a page of their own."""
LEVELS_WHEN_LARGE = 2
A_SIDE_WHEN_LARGE = 40
"""Answers of one side to one claim that the page of a large debate draws; the others are in its outline."""


@dataclass(frozen=True)
class Scope:
    """What a page is about: a debate, or one branch of it; `path` is that of its root, empty for a whole debate."""

    debate: int
    path: str = ""

    @property
    def top(self) -> int:
        """Return the depth at which it begins."""
        return depth_of(self.path) if self.path else 0

    def among(self, arguments: ArgumentQuerySet) -> ArgumentQuerySet:
        """Keep what is in it: one range of the index over (debate, path)."""
        inside = arguments.filter(debate_id=self.debate)
        return inside.filter(path__gte=self.path, path__lt=self.path + "~") if self.path else inside


@dataclass(frozen=True)
class Sizes:
    """How many arguments of a scope a viewer may read, by depth, stance and state."""

    rows: tuple[tuple[int, str, str, int], ...]

    def published(self, stance: str | None = None) -> int:
        """Return how many are published; of one stance, if one is named."""
        return sum(
            count
            for _depth, of, state, count in self.rows
            if state == State.PUBLISHED and stance in (None, of)
        )

    @property
    def deepest(self) -> int:
        """Return the depth of the deepest that the viewer may read."""
        return max((depth for depth, _stance, _state, _count in self.rows), default=0)

    def down_to(self, depth: int) -> int:
        """Return how many stand at a depth and above it."""
        return sum(count for at, _stance, _state, count in self.rows if at <= depth)


def sizes_of(scope: Scope, viewer: Viewer = NOBODY) -> Sizes:
    """Return how many arguments a page could draw for a viewer; one statement over the index.

    What is hidden, withdrawn or removed is only counted for those who may read it: the shape of a page must not tell the
    others how much of it there is.
    """
    rows = scope.among(Argument.objects.filter(seen_by(viewer, "author"), merged_into=None)).order_by()
    return Sizes(tuple(rows.values_list("depth", "stance", "state").annotate(count=Count("pk"))))


@dataclass(frozen=True)
class Rest:
    """What is not drawn below an argument: how many published ones, how deep they reach, and its own answers by stance.

    `answers` counts every published answer right below, drawn or not; None where all of them were fetched.
    """

    count: int = 0
    deepest: int = 0
    answers: Counter[str] | None = None


@dataclass
class Extent:
    """What one page draws of a scope."""

    scope: Scope
    levels: int
    """Levels below the top."""
    whole: bool
    """Whether nothing is left out."""
    crowded: bool
    """Whether a claim may have more answers than are drawn."""
    rests: dict[str, Rest] = field(default_factory=dict)
    """By the paths of claims: what of their branches is not drawn."""

    @property
    def last(self) -> int:
        """Return the depth of the last level that is drawn."""
        return self.scope.top + self.levels

    def rows(
        self, visible: ArgumentQuerySet, choice: Choice, chosen: Chosen | None, viewer: Viewer
    ) -> ArgumentQuerySet:
        """Return the arguments that are drawn; where a claim has too many answers, the first of each side in order."""
        inside = visible.filter(depth__lte=self.last)
        return inside.filter(pk__in=self._first(inside, choice, chosen, viewer)) if self.crowded else inside

    def _first(
        self, inside: ArgumentQuerySet, choice: Choice, chosen: Chosen | None, viewer: Viewer
    ) -> list[int]:
        """Return the keys of the first answers of each side, and of theirs."""
        taken: Counter[tuple[int, str]] = Counter()
        keys: set[int] = set()
        rows = in_order(choice, inside.order_by(), viewer, strongest=REACH)
        light = rows.values_list("pk", "parent_id", "path", "stance")
        for pk, parent, path, stance in sorted(
            light, key=lambda row: len(row[2])
        ):  # a stable sort: by level, in order
            if chosen is not None and not chosen.reaches(path):
                continue
            if path != self.scope.path and len(path) > WIDTH:
                if parent not in keys or taken[parent, stance] == A_SIDE_WHEN_LARGE:
                    continue
                taken[parent, stance] += 1
            keys.add(pk)
        return list(keys)


class Chosen:
    """The paths of what a filter keeps, asked for each argument: is it one of them, does one of them stand below it?"""

    def __init__(self, paths: Iterable[str], top: str = "") -> None:
        """Take the paths, and that of the top of the page; empty for a whole debate."""
        self.paths, self.top = set(paths), top
        self.above = {above for path in self.paths for above in ancestor_paths(path)}

    def holds(self, path: str) -> bool:
        """Say whether an argument was chosen."""
        return path in self.paths

    def reaches(self, path: str) -> bool:
        """Say whether it is drawn: chosen, on the way to what was, a thesis, or the top of the page."""
        return path in self.paths or path in self.above or path == self.top or len(path) == WIDTH


def chosen_among(visible: ArgumentQuerySet, choice: Choice, scope: Scope) -> Chosen | None:
    """Return what a filter keeps of a scope; None where there is none."""
    return (
        Chosen(choice.among(visible).values_list("path", flat=True), scope.path) if choice.filters else None
    )


def extent_of(scope: Scope, sizes: Sizes, at_once: int = DRAWN_AT_ONCE) -> Extent:
    """Return what a page draws of a scope, all of it up to so many arguments; two statements where that is not all."""
    top = scope.top
    if sizes.down_to(sizes.deepest) <= at_once:
        levels, crowded = LEVELS_AT_ONCE, False
    else:
        levels = LEVELS_WHEN_LARGE
        while levels > 1 and sizes.down_to(top + levels) > DRAWN_AT_ONCE:
            levels -= 1
        crowded = sizes.down_to(top + levels) > DRAWN_AT_ONCE
    whole = not crowded and sizes.deepest <= top + levels
    extent = Extent(scope, levels, whole, crowded)
    if not whole:
        extent.rests = _rests(scope, extent.last)
    return extent


def _rests(scope: Scope, last: int) -> dict[str, Rest]:
    """Return what the branches of the last level hold, and how many answers its claims and those above have."""
    published = scope.among(Argument.objects.filter(state=State.PUBLISHED)).order_by()
    answers: dict[str, Counter[str]] = {}
    above = (
        published.filter(depth__gte=last, depth__lte=last + 1)
        .values_list("parent__path", "stance")
        .annotate(count=Count("pk"))
    )
    for path, stance, count in above:
        if path is not None:  # a thesis stands under nothing
            answers.setdefault(path, Counter())[stance] += count
    below = (
        published.filter(depth__gte=last)
        .annotate(root=Substr("path", 1, WIDTH * (last + 1)))
        .values_list("root")
        .annotate(
            under=Count("pk", filter=Q(depth__gt=last)),
            here=Count("pk", filter=Q(depth=last)),
            deepest=Max("depth"),
        )
    )
    counts: Counter[str] = Counter()
    depths: dict[str, int] = {}
    for root, under, here, deepest in below:
        counts[root], depths[root] = under, deepest
        parent = root[:-WIDTH]
        if parent:
            counts[parent] += under + here
            depths[parent] = max(depths.get(parent, 0), deepest)
    paths = {*counts, *answers}
    return {path: Rest(counts[path], depths.get(path, 0), answers.get(path)) for path in paths}
