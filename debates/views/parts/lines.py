"""The lines of an outline: one an argument, with its counts, what is open below it, and the links that turn it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Count, F, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Coalesce, Concat, RowNumber
from django.urls import reverse

from debates.folding import LEVELS_MOST, SIBLINGS_MOST, TOP, Fold
from debates.models import Argument, Link, State
from debates.models.argument import Stance
from debates.models.authorship import shown_author
from debates.models.visibility import listed, reads, seen_by
from debates.tree import Node, grow, walk
from debates.views.parts.card import Card
from debates.views.parts.crowds import Crowd
from debates.views.parts.line_rows import END, Reading
from debates.views.parts.line_texts import card_of_line
from debates.views.parts.ratings import ratings_of
from debates.views.parts.standing import held_of, standing_view

LINKED_MOST = 5
"""Lines from elsewhere that one page draws below a claim."""


@dataclass(frozen=True)
class LinkedLine:
    """An argument that answers here as in a further place: its claim, its side there, and where its home is."""

    card: Card
    url: str
    home: str
    """The question of its own debate; empty where that is the debate that it is drawn in."""
    home_url: str


@dataclass
class Line:
    """One argument of an outline."""

    card: Card
    level: int
    open: bool = False
    foldable: bool = False
    """Whether anything can be shown below it."""
    below: int = 0
    """How many published arguments stand in its branch; of those that a filter keeps, where one is set."""
    turn_url: str = ""
    """The same page with this line opened, or folded."""
    continue_url: str = ""
    """Where its branch goes on, where it stands too deep to go on here."""
    children: list[Line] = field(default_factory=list)
    exchange: list[Line] = field(default_factory=list)
    """What follows in turns of two, drawn without further indents."""
    speakers: tuple[str, str] = ("", "")
    linked: list[LinkedLine] = field(default_factory=list)
    linked_more: int = 0
    first: int = 0
    """The numbers of the first and last answer on this page, where one page does not hold them all."""
    last: int = 0
    all: int = 0
    earlier: int = 0
    earlier_url: str = ""
    later_url: str = ""
    later: int = 0
    """How many answers come after this page."""
    paged: bool = False
    """Whether somebody has just turned its page: the focus goes to what came."""
    is_target: bool = False

    @property
    def gone(self) -> bool:
        """Say whether only its place is drawn."""
        return self.card.placeholder


def address(reading: Reading, fold: Fold, anchor: str = "") -> str:
    """Return a page of the same outline in another state; what is chosen by sorts and filters stays."""
    query = "&".join(one for one in (fold.query, reading.choice.query) if one)
    path = reverse("outline", args=[reading.debate.slug])
    return f"{path}{'?' if query else ''}{query}{'#a-' if anchor else ''}{anchor}"


class Outline:
    """Draw the lines of what was read, each with its addresses."""

    def __init__(self, reading: Reading, paged: str = "") -> None:
        self.reading, self.choice, self.paged = reading, reading.choice, paged
        self.folding, self.crowds = reading.folding, reading.crowds

    @property
    def state(self) -> Fold:
        """Return the state with its depth named, so that it means the same when the debate has grown."""
        return replace(self.reading.fold, depth=self.reading.depth)

    def lines(self) -> list[Line]:
        """Return the first lines, each with what is drawn below it."""
        rows = self.reading.rows
        top = self.reading.scope.path
        forest = [node for node in grow(rows, lambda row: row.path) if not top or node.item.path == top]
        forest = [node for node in forest if top or node.item.depth == 0]
        nodes = list(walk(forest))
        lines = {node.item.pk: self._line(node.item) for node in nodes}
        answers = self._answers(lines)
        below = self._below(node for node in nodes if not lines[node.item.pk].open or self._crowd(node))
        links = self._links(lines)
        for node in reversed(nodes):  # children come after their parents, so this visits them first
            self._count(node, lines, answers, below, links)
        self._rate([node.item for node in nodes], lines)
        for node in nodes:
            self._hang(node, lines)
        roots = [lines[node.item.pk] for node in forest]
        return [one for one in roots if not one.gone or one.below or one.children]

    def _crowd(self, node: Node[Argument]) -> bool:
        return node.item.path in self.crowds

    def _line(self, row: Argument) -> Line:
        level = self.folding.level(row.path)
        return Line(
            card=card_of_line(row, self.reading.viewer),
            level=min(level, LEVELS_MOST),
            open=self.folding.is_open(row.path),
            is_target=bool(self.reading.fold.to) and row.public_id == self.reading.fold.to,
        )

    def _answers(self, keys: Iterable[int]) -> dict[int, Counter[str]]:
        """Return how many answers of each side lines have, published ones; under "kept" those that only some may read."""
        rows = (
            self.reading.visible.filter(parent__in=list(keys))
            .order_by()
            .values_list("parent_id", "stance", "state")
            .annotate(count=Count("pk"))
        )
        found: dict[int, Counter[str]] = {}
        for parent, stance, state, count in rows:
            side = stance if state == State.PUBLISHED else "kept"
            found.setdefault(parent or 0, Counter())[side] += count
        return found

    def _below(self, nodes: Iterable[Node[Argument]]) -> dict[int, int]:
        """Return how many published arguments stand in the branches of lines; one statement over the index."""
        shown = Argument.objects.filter(debate=self.reading.debate, state=State.PUBLISHED)
        if self.reading.chosen is not None:
            shown = self.reading.chosen.filter(debate=self.reading.debate, state=State.PUBLISHED)
        inside = (
            shown.filter(path__gt=OuterRef("path"), path__lt=Concat(OuterRef("path"), Value(END)))
            .order_by()
            .values("debate")
            .annotate(count=Count("pk"))
            .values("count")
        )
        keys = [node.item.pk for node in nodes]
        rows = (
            self.reading.placed.filter(pk__in=keys).order_by().annotate(inside=Coalesce(Subquery(inside), 0))
        )
        return dict(rows.values_list("pk", "inside"))

    def _links(self, keys: Iterable[int]) -> dict[int, list[Link]]:
        """Return the first that answer lines from elsewhere, with how many there are of each side; one statement."""
        rows = (
            Link.objects.filter(
                seen_by(self.reading.viewer, "argument__author", "debate", of="argument"),
                # Said this way SQLite begins with the few links, and not with all arguments that were never merged.
                ~Q(argument__merged_into__isnull=False),
                parent__in=list(keys),
                relation=Link.Relation.ANSWERS,
            )
            .select_related("argument__debate", "argument__author", "argument__voice")
            .defer("argument__elaboration", "argument__elaboration_html", "argument__debate__summary")
            .annotate(
                place=Window(RowNumber(), partition_by=[F("parent_id")], order_by=[F("created_at"), F("pk")]),
                pros=_of_side(Stance.PRO),
                cons=_of_side(Stance.CON),
                all=Window(Count("pk"), partition_by=[F("parent_id")]),
            )
            .filter(place__lte=LINKED_MOST)
            .order_by("parent_id", "place")
        )
        found: dict[int, list[Link]] = {}
        for link in rows:
            found.setdefault(link.parent_id, []).append(link)
        return found

    def _count(
        self,
        node: Node[Argument],
        lines: dict[int, Line],
        answers: dict[int, Counter[str]],
        below: dict[int, int],
        links: dict[int, list[Link]],
    ) -> None:
        """Give a line its counts, those below it included; links count like answers, as on every page."""
        row = node.item
        line, own, linked = lines[row.pk], answers.get(row.pk, Counter()), links.get(row.pk, [])
        card = line.card
        card.counted = True
        card.pro_count, card.con_count, card.note_count = own[Stance.PRO], own[Stance.CON], own[""]
        if linked:
            card.pro_count += linked[0].pros  # type: ignore[attr-defined]  # annotated
            card.con_count += linked[0].cons  # type: ignore[attr-defined]  # annotated
        if row.pk in below:
            line.below = below[row.pk]
        else:
            shown = [child.item for child in node.children]
            line.below = sum(lines[child.pk].below for child in shown) + sum(
                child.is_published and not lines[child.pk].card.passing for child in shown
            )
        if self.reading.chosen is not None:
            line.foldable = bool(line.below)
            return
        line.foldable = bool(line.below or own.total() or linked)
        if line.open and linked:
            line.linked = [_linked_line(link, self.reading) for link in linked]
            line.linked_more = linked[0].all - len(linked)  # type: ignore[attr-defined]  # annotated

    def _rate(self, rows: list[Argument], lines: dict[int, Line]) -> None:
        """Give the cards what they are ordered by, where the order follows how arguments stand and the reader may know it."""
        if not self.reading.by_standing:
            return
        seen = ratings_of(self.reading.viewer, rows)
        for row in rows:
            held = held_of(row)
            if held is not None and seen[row.pk].sees:
                card = lines[row.pk].card
                card.standing = standing_view(row)
                card.weight, card.contest = held.weight * held.strength, min(held.pro, held.con)

    def _hang(self, node: Node[Argument], lines: dict[int, Line]) -> None:
        """Give a line what is drawn below it, in the chosen order, and its addresses."""
        line, row = lines[node.item.pk], node.item
        level = self.folding.level(row.path)
        shown = [lines[child.item.pk] for child in node.children]
        shown = [one for one in shown if not one.gone or one.below or one.foldable]
        if level > LEVELS_MOST:
            line.open = bool(node.children)  # it stands in an exchange, which one line turns
            if not line.open and line.foldable:
                line.continue_url = address(self.reading, Fold(at=row.public_id))
            return
        if level == LEVELS_MOST and row.path not in self.folding.exchanges:
            line.open = False
            line.continue_url = address(self.reading, Fold(at=row.public_id)) if line.foldable else ""
            return
        if level == LEVELS_MOST and line.open:
            line.exchange = [lines[one.item.pk] for one in walk(node.children)]
            line.speakers = (line.card.by, shown[0].card.by) if shown else ("", "")
        else:
            line.children = self._ordered(shown)
        if line.foldable:
            turned = self.state.turned(
                row.public_id, to_open=not line.open, starts_open=self.folding.starts_open(row.path)
            )
            line.turn_url = address(self.reading, turned, row.public_id)
        crowd = self.crowds.get(row.path)
        if crowd is not None:
            self.page(line, crowd)

    def _ordered(self, lines: list[Line]) -> list[Line]:
        """Return answers in the chosen order: for, against, and notes last; joint premises stay together."""
        at = {line.card.public_id: line for line in lines}
        sides: dict[str, list[Card]] = {Stance.PRO: [], Stance.CON: [], "": []}
        for line in lines:
            sides[line.card.stance].append(line.card)
        return [at[card.public_id] for cards in sides.values() for card in self.choice.ranked(cards)]

    def theses(self) -> Line | None:
        """Return what says which theses are drawn, where one page does not hold them all."""
        crowd = self.crowds.get("")
        if crowd is None:
            return None
        line = Line(Card(), 0)
        self.page(line, crowd)
        return line

    def page(self, line: Line, crowd: Crowd) -> None:
        """Say which answers of a crowd are drawn, and where the others are."""
        fold, anchor = self.state, "" if crowd.name == TOP else crowd.name
        line.first, line.all = crowd.start + 1, crowd.count
        line.last = min(crowd.start + SIBLINGS_MOST, crowd.count)
        line.later = crowd.count - line.last
        line.earlier = max(crowd.start - SIBLINGS_MOST, 0)
        if crowd.start:
            line.earlier_url = address(self.reading, fold.paged(crowd.name, line.earlier), anchor)
        if line.later:
            line.later_url = address(self.reading, fold.paged(crowd.name, line.last), anchor)
        line.paged = self.paged == crowd.name


def _of_side(stance: str) -> Window:
    """Return how many published links of a side stand below the same claim, as part of a query."""
    side = Q(stance=stance) & listed("argument__", "debate")
    return Window(Count("pk", filter=side), partition_by=[F("parent_id")])


def _linked_line(link: Link, reading: Reading) -> LinkedLine:
    argument = link.argument
    elsewhere = argument.debate_id != reading.debate.pk
    # One's own argument can be read although its debate no longer can: that is not named then.
    named = elsewhere and reads(reading.viewer, argument.debate.state, argument.debate.opened_by_id)
    here = f"{reverse('outline', args=[reading.debate.slug])}?to={argument.public_id}#a-{argument.public_id}"
    return LinkedLine(
        card=Card(
            claim=argument.claim,
            stance=link.stance,
            attacks=link.attacks,
            by=shown_author(argument, reading.viewer).name,
            voice=argument.voice is not None,
            rebuttal=False,
            kind=Argument.Kind.ARGUMENT,
        ),
        url=argument.get_absolute_url() if elsewhere else here,
        home=argument.debate.question if named else "",
        home_url=argument.debate.get_absolute_url() if named else "",
    )
