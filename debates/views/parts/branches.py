"""Hang cards into trees: a whole debate, one branch, the way up from an argument; in one pass and without recursion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q

from debates.models import Argument, Debate, State
from debates.models.argument import ArgumentQuerySet, Stance
from debates.models.visibility import Viewer
from debates.tree import Node, ancestor_paths, grow, walk
from debates.views.parts.card import Card, card_of, each_work_once, with_card_rows
from debates.views.parts.conceded import conceded_at
from debates.views.parts.linked import linked_below
from debates.views.parts.ratings import ratings_of
from debates.views.parts.resting import rests_of
from debates.views.parts.standing import standing_view

DRAWN_AT_ONCE = 250
"""Arguments drawn in full on one page; a larger debate shows its first levels and opens branches on demand."""
LEVELS_AT_ONCE = 12
"""Levels drawn below the top of a page; deeper branches continue on a page of their own."""
LEVELS_WHEN_LARGE = 2


def debate_cards(debate: Debate, viewer: Viewer, *, open_levels: int) -> list[Card]:
    """Return the theses of a debate with all below them that is drawn at once."""
    return _draw(
        list(with_card_rows(Argument.objects.filter(debate=debate).visible_to(viewer), viewer)),
        _gaps(debate.pk, viewer),
        viewer,
        open_levels,
    )


def branch_cards(root: Argument, viewer: Viewer, *, open_levels: int = 0) -> Card:
    """Return one argument with all below it that is drawn at once; the viewer must be allowed to read it."""
    rows = list(with_card_rows(Argument.objects.all().subtree_of(root).visible_to(viewer), viewer))
    gaps = _gaps(root.debate_id, viewer).filter(path__startswith=root.path)
    return _draw(rows, gaps, viewer, open_levels)[0]


def path_cards(argument: Argument, viewer: Viewer) -> list[Card]:
    """Return the ancestors of an argument, the thesis first; those that may not be read keep only their place."""
    above = Argument.objects.filter(debate_id=argument.debate_id, path__in=ancestor_paths(argument.path))
    rows = list(with_card_rows(above.visible_to(viewer), viewer))
    cards = {one.path: card_of(one) for one in rows}
    return [cards.get(one.path) or _placeholder(one) for one in above.order_by("path")]


def _gaps(debate_id: int, viewer: Viewer) -> ArgumentQuerySet:
    """Return the arguments whose place is kept while their text is gone: enough columns to draw the place, no more."""
    gone = Q(state__in=[State.HIDDEN, State.WITHDRAWN, State.REMOVED])
    return (
        Argument.objects.filter(gone, debate_id=debate_id, merged_into=None)
        .exclude(pk__in=Argument.objects.filter(debate_id=debate_id).visible_to(viewer).values("pk"))
        .only("path", "state", "kind", "stance", "attacks", "depth", "debate_id", "public_id")
        .order_by("path")
    )


def _placeholder(gap: Argument) -> Card:
    return Card(
        public_id=gap.public_id,
        kind=gap.kind,
        stance=gap.stance,
        attacks=gap.attacks,
        state=gap.state,
        state_words=gap.get_state_display(),
    )


def _draw(rows: Sequence[Argument], gaps: Iterable[Argument], viewer: Viewer, open_levels: int) -> list[Card]:
    """Build the cards of rows and gaps, counts included; gaps without anything below them are left out."""
    gap_rows = list(gaps)
    gap_ids = {gap.pk for gap in gap_rows}
    forest = grow(sorted([*rows, *gap_rows], key=lambda row: row.path), lambda row: row.path)
    nodes = list(walk(forest))
    below: dict[int, int] = {}
    kept: set[int] = set()
    for node in reversed(nodes):  # children come after their parents, so this visits them first
        here = node.item
        below[here.pk] = sum(below[child.item.pk] + child.item.is_published for child in node.children)
        if here.pk not in gap_ids or any(child.item.pk in kept for child in node.children):
            kept.add(here.pk)
    levels = LEVELS_AT_ONCE if len(rows) <= DRAWN_AT_ONCE else LEVELS_WHEN_LARGE
    top = min((node.depth for node in forest), default=0)
    cards: dict[int, Card] = {}
    for node in nodes:
        if node.item.pk in kept and node.depth - top <= levels:
            cards[node.item.pk] = _placeholder(node.item) if node.item.pk in gap_ids else card_of(node.item)
    each_work_once(cards.values())
    _rate(nodes, cards, viewer)
    for key, linked in linked_below(cards.keys(), viewer).items():
        cards[key].linked = linked
    for key, conceded in conceded_at(
        [node.item.pk for node in nodes if _may_be_granted(node, cards)]
    ).items():
        cards[key].conceded = conceded
    for node in nodes:
        card = cards.get(node.item.pk)
        if card is not None:
            _hang(card, node, cards, below, top, levels, open_levels)
    for node in forest:
        if node.item.kind == Argument.Kind.THESIS and node.item.pk in cards:
            cards[node.item.pk].rests = rests_of(row for row in rows if row.path.startswith(node.item.path))
    return [cards[node.item.pk] for node in forest if node.item.pk in cards]


def _may_be_granted(node: Node[Argument], cards: dict[int, Card]) -> bool:
    card = cards.get(node.item.pk)
    return card is not None and not card.placeholder and node.item.stance == Stance.CON


def _together(before: Card, after: Card) -> bool:
    """Say whether two premises that stand one after the other only work together."""
    return bool(after.joint) and after.joint in (before.public_id, before.joint)


def _rate(nodes: Sequence[Node[Argument]], cards: dict[int, Card], viewer: Viewer) -> None:
    """Give the cards their standing, where the viewer may know it, and what the viewer answered."""
    drawn = [node for node in nodes if node.item.pk in cards and not cards[node.item.pk].placeholder]
    seen = ratings_of(viewer, [node.item for node in drawn])
    for node in drawn:
        card, own = cards[node.item.pk], seen[node.item.pk]
        card.seen = own
        if own.sees:
            card.standing = standing_view(node.item, [child.item for child in node.children])


def _hang(
    card: Card,
    node: Node[Argument],
    cards: dict[int, Card],
    below: dict[int, int],
    top: int,
    levels: int,
    open_levels: int,
) -> None:
    """Hang the cards of a node's children on its own card, and count."""
    rank = node.depth - top
    card.below, card.counted = below[node.item.pk], True
    card.pro_count = sum(one.published for one in card.linked_pros)
    card.con_count = sum(one.published for one in card.linked_cons)
    card.level = min(2 + rank, 6)
    card.drawn = rank < levels
    card.open = rank < open_levels
    for child in node.children:
        shown = cards.get(child.item.pk)
        published = child.item.is_published
        if child.item.kind != Argument.Kind.ARGUMENT:
            card.note_count += published
            kind = card.notes
        elif child.item.stance == Stance.PRO:
            card.pro_count += published
            kind = card.pros
        else:
            card.con_count += published
            kind = card.cons
        if shown is not None and card.drawn:
            shown.locked = shown.locked or card.locked
            shown.joint_after = bool(kind) and _together(kind[-1], shown)
            kind.append(shown)
