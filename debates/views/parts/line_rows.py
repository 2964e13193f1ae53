"""The lines of an outline: which rows one page draws of a tree, fetched in a constant number of statements.

No more rows are fetched than lines are drawn, whatever the size of the debate; what is folded is only counted. A debate
of ten thousand arguments costs a page little more than one of a hundred.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, Substr

from debates.folding import (
    EXCHANGE_MOST,
    LEVELS_MOST,
    LINES_MOST,
    NAME,
    SIBLINGS_MOST,
    Fold,
    Folding,
    depth_for,
    exchange_in,
)
from debates.models import Argument, Debate, State
from debates.models.argument import ArgumentQuerySet
from debates.models.visibility import Viewer, seen_by
from debates.tree import WIDTH, ancestor_paths, depth_of
from debates.views.parts.choosing import Choice
from debates.views.parts.crowds import Crowd, crowds_among, on_pages
from debates.views.parts.extent import Scope
from debates.views.parts.line_texts import with_line_texts
from debates.views.parts.standing_order import BY_STANDING

END = "~"
"""Sorts behind every path below the one that it follows."""
STEPS_AT_EITHER_END = 2
"""Steps of a path that are named at its beginning and at its end; between them it is only counted."""


@dataclass
class Named:
    """A line that an address names: its row, how many answers it has, and how many the claim above it."""

    key: int
    name: str
    path: str
    answers: int
    beside: int


@dataclass
class Reading:
    """What a page is to draw of one debate, for one reader; the statements that find it out, each asked once."""

    debate: Debate
    viewer: Viewer
    choice: Choice
    fold: Fold
    piece: str = ""
    """The public id of the one line that is drawn with what stands below it; empty for a whole page."""

    def turned(self, fold: Fold) -> Reading:
        """Return the same lines in another state that names no others; what was asked is not asked again."""
        other = replace(self, fold=fold)
        other.placed, other.named, other.sizes = self.placed, self.named, self.sizes
        return other

    @cached_property
    def chosen(self) -> ArgumentQuerySet | None:
        """Return what a filter keeps; None where everything is shown."""
        return self.choice.among(self.visible) if self.choice.filters else None

    @cached_property
    def placed(self) -> ArgumentQuerySet:
        """Return the rows that have a place: what may be read, and what is gone while something below it can be read.

        Nothing else is counted, either: pages and depths would tell how much was hidden or removed.
        """
        gone = Q(state__in=[State.HIDDEN, State.WITHDRAWN, State.REMOVED])
        rows = Argument.objects.filter(debate=self.debate, merged_into=None)
        end = Concat(OuterRef("path"), Value(END))
        if self.chosen is not None:
            way = self.chosen.filter(path__gte=OuterRef("path"), path__lt=end)
            return rows.filter(self._readable | gone, Exists(way.order_by()))
        below = self.visible.filter(path__gt=OuterRef("path"), path__lt=end)
        return rows.filter(self._readable | (gone & Q(Exists(below.order_by()))))

    @property
    def _readable(self) -> Q:
        return seen_by(self.viewer, "author", "debate")

    @property
    def visible(self) -> ArgumentQuerySet:
        """Return the rows that may be read."""
        return Argument.objects.filter(debate=self.debate).visible_to(self.viewer)

    @cached_property
    def named(self) -> dict[str, Named]:
        """Return the lines that the address names, by public id; unknown ones are left out."""
        names = {name for name in (*self.fold.names, self.piece) if NAME.fullmatch(name)}
        if not names:
            return {}
        found = (
            self.placed.filter(public_id__in=names)
            .order_by()
            .annotate(
                answers=_counted(self.placed.filter(parent=OuterRef("pk")), "parent"),
                beside=_counted(self.placed.filter(parent=OuterRef("parent")), "parent"),
            )
            .values_list("pk", "public_id", "path", "answers", "beside")
        )
        return {row[1]: Named(*row) for row in found}

    @property
    def root(self) -> Named | None:
        """Return the line that the page begins with; None where it begins with the theses."""
        return self.named.get(self.fold.at)

    @property
    def target(self) -> Named | None:
        """Return the line that the page leads to."""
        return self.named.get(self.fold.to)

    @property
    def top(self) -> int:
        """Return the depth of the first lines."""
        return depth_of(self.root.path) if self.root else 0

    @property
    def scope(self) -> Scope:
        """Return the part of the debate that is drawn."""
        root = self.named.get(self.piece) or self.root
        return Scope(self.debate.pk, root.path if root else "")

    @cached_property
    def above(self) -> list[Argument]:
        """Return, in order, what is named of the path to the chosen line, and what has to be open above it."""
        chosen = self.target or self.root
        if chosen is None or (self.piece and self.target is None):
            return []
        paths = [*ancestor_paths(chosen.path), chosen.path]
        told = {*paths[:STEPS_AT_EITHER_END], *paths[-STEPS_AT_EITHER_END - 1 :]}
        within = {path for path in paths if 0 <= depth_of(path) - self.top < LEVELS_MOST}
        return list(self._with_texts(self.placed.filter(path__in=told | within)).order_by("path"))

    @cached_property
    def sizes(self) -> dict[int, tuple[int, int]]:
        """Return by depths how many rows the page could draw, and how many of them are published; one statement."""
        root = self.root
        rows = Scope(self.debate.pk, root.path if root else "").among(self.placed).order_by()
        shown = Count("pk", filter=Q(state=State.PUBLISHED))
        found = rows.values_list("depth").annotate(count=Count("pk"), shown=shown)
        return {depth: (count, shown) for depth, count, shown in found}

    @property
    def levels(self) -> list[int]:
        """Return how many rows there are at each level, the first lines first."""
        deepest = max(self.sizes, default=self.top)
        return [self.sizes.get(depth, (0, 0))[0] for depth in range(self.top, deepest + 1)]

    @property
    def published(self) -> int:
        """Return how many published arguments there are, drawn or folded."""
        return sum(shown for _count, shown in self.sizes.values())

    @cached_property
    def depth(self) -> int:
        """Return the depth to which the page is open."""
        if self.chosen is not None and self.fold.depth is None:
            # Few matches are all shown, however deep they stand.
            return depth_for(self.levels, LEVELS_MOST)
        return depth_for(self.levels, self.fold.depth)

    @cached_property
    def _named_folding(self) -> Folding:
        """Return what the address alone says of what is open."""
        return Folding(
            top=self.top,
            depth=self.depth,
            open=self._open(),
            shut=frozenset(self.named[name].path for name in self.fold.shut if name in self.named),
            led=self.target.path if self.target else "",
        )

    @cached_property
    def _may_be_crowds(self) -> list[Crowd]:
        """Return the claims with too many answers for one page, among those that may be drawn."""
        answers = Q(self._within(self._named_folding), depth__gt=self.top)
        if not self.scope.path:
            answers |= Q(depth=0)
        return crowds_among(self.scope.among(self.placed).filter(answers), self.fold)

    @cached_property
    def folding(self) -> Folding:
        """Return what is open; crowds and exchanges included."""
        crowded = frozenset(crowd.path for crowd in self._may_be_crowds)
        folding = replace(self._named_folding, crowded=crowded)
        return replace(folding, exchanges=self._exchanges(folding))

    def starts_open(self, line: Named) -> bool:
        """Say whether a line that can be turned is open when the address does not name it."""
        level = depth_of(line.path) - self.top
        if level == LEVELS_MOST or line.path in ancestor_paths(self.target.path if self.target else ""):
            return True
        return level < self.depth and line.beside <= SIBLINGS_MOST

    def _open(self) -> frozenset[str]:
        """Return what is open by name, the first named first, while there is room."""
        room, found = LINES_MOST, set()
        for name in self.fold.open:
            line = self.named.get(name)
            if line is not None and room > 0:
                room -= min(line.answers, SIBLINGS_MOST)
                found.add(line.path)
        return frozenset(found)

    @cached_property
    def _keys(self) -> dict[str, int]:
        """Return the keys of the lines at hand, by path."""
        lines = {one.path: one.key for one in self.named.values()}
        return lines | {one.path: one.pk for one in self.above}

    def _opened(self, folding: Folding) -> list[int]:
        """Return the keys of the lines that are open by name and drawn."""
        return [
            self._keys[path]
            for path in folding.opened
            if path in self._keys
            and path not in folding.crowded
            and folding.is_open(path)
            and self._is_drawn(folding, path)
        ]

    def _within(self, folding: Folding) -> Q:
        """Return the condition for what the depth alone draws, and what was opened."""
        by_depth = Q(depth__lte=self.top + min(self.depth, LEVELS_MOST))
        for path in (*folding.shut, *folding.crowded):
            by_depth &= ~Q(path__gt=path, path__lt=path + END) if path else Q(depth=-1)
        return by_depth | Q(parent__in=self._opened(folding))

    @cached_property
    def crowds(self) -> dict[str, Crowd]:
        """Return the claims with too many answers for one page that are drawn and open, by path."""
        folding = self.folding
        return {
            crowd.path: crowd
            for crowd in self._may_be_crowds
            if not crowd.path or (folding.is_open(crowd.path) and self._is_drawn(folding, crowd.path))
        }

    def _exchanges(self, folding: Folding) -> dict[str, int]:
        """Return how many answers follow in turns, by the paths of the lines at the last level; one statement."""
        last = self.top + LEVELS_MOST
        if len(self.levels) <= LEVELS_MOST:
            return {}
        under = [path for path in folding.opened if folding.level(path) == LEVELS_MOST - 1]
        if folding.depth < LEVELS_MOST and not under:
            return {}
        rows = self.scope.among(self.placed).filter(depth__gte=last, depth__lte=last + EXCHANGE_MOST)
        if folding.depth < LEVELS_MOST:
            below = Q()
            for path in under:
                below |= Q(path__gt=path, path__lt=path + END)
            rows = rows.filter(below)
        groups = (
            rows.order_by()
            .annotate(
                first=Substr("path", 1, WIDTH * (last + 1)),
                speaker=Case(
                    When(self._readable, then=Coalesce(-F("voice_id"), F("author_id"))),
                    output_field=IntegerField(null=True),
                ),
            )
            .values_list("first", "depth")
            .annotate(count=Count("pk"), by=Min("speaker"))
        )
        found: dict[str, dict[int, tuple[int, int | None]]] = {}
        for first, depth, count, by in groups:
            found.setdefault(first, {})[depth] = (count, by)
        lasting = {
            first: exchange_in([at.get(last + step, (0, None)) for step in range(EXCHANGE_MOST + 1)])
            for first, at in found.items()
        }
        return {first: answers for first, answers in lasting.items() if answers}

    @cached_property
    def rows(self) -> list[Argument]:
        """Return the rows that are drawn, in the order of their paths."""
        folding = self.folding
        wanted = self._within(folding)
        if self.scope.path:
            wanted |= Q(path=self.scope.path)
        if self.crowds:
            wanted |= Q(pk__in=on_pages(self.placed, self.crowds.values(), self.choice, self.viewer))
        if self.target is not None:  # also where it stands on another page of a crowd
            wanted |= Q(pk__in=[one.pk for one in self.above] + [self.target.key])
        for path, answers in folding.exchanges.items():
            if folding.is_open(path) and self._is_drawn(folding, path):
                deepest = depth_of(path) + answers
                wanted |= Q(path__gt=path, path__lt=path + END, depth__lte=deepest)
        found = self._with_texts(self.scope.among(self.placed).filter(wanted, depth__gte=self.top))
        return [row for row in found.order_by("path") if self._is_drawn(folding, row.path)]

    def _with_texts(self, rows: ArgumentQuerySet) -> ArgumentQuerySet:
        return with_line_texts(rows, self.viewer, self.chosen, standing=self.by_standing)

    def _is_drawn(self, folding: Folding, path: str) -> bool:
        """Say whether a line is drawn; what stands above a piece is on the page already."""
        return folding.is_drawn(path, self.scope.path)

    @property
    def by_standing(self) -> bool:
        """Say whether the order follows how arguments stand."""
        return self.choice.sort in BY_STANDING


def _counted(rows: ArgumentQuerySet, by: str) -> Coalesce:
    """Return how many rows share what `by` names, as part of another query."""
    count = rows.order_by().values(by).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0)
