"""Hang cards into trees: a whole debate, one branch, the way up from an argument; in one pass and without recursion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat

from debates.models import Argument, Debate, State
from debates.models.argument import ArgumentQuerySet, Stance
from debates.models.visibility import Viewer
from debates.tree import Node, ancestor_paths, grow, walk
from debates.views.parts.card import Card, card_of, each_work_once, with_card_rows
from debates.views.parts.choosing import Choice
from debates.views.parts.conceded import conceded_at
from debates.views.parts.extent import (
    DRAWN_AT_ONCE,
    Extent,
    Rest,
    Scope,
    Sizes,
    chosen_among,
    extent_of,
    sizes_of,
)
from debates.views.parts.linked import linked_below
from debates.views.parts.ratings import ratings_of
from debates.views.parts.resting import rests_of
from debates.views.parts.standing import counted_in_words, held_of, standing_view

NOTHING = Rest()
AS_POSTED = Choice(sort="posted")


def debate_cards(
    debate: Debate,
    viewer: Viewer,
    *,
    open_levels: int,
    choice: Choice = AS_POSTED,
    sizes: Sizes | None = None,
    at_once: int = DRAWN_AT_ONCE,
) -> list[Card]:
    """Return the theses of a debate with all below them that is drawn at once."""
    scope = Scope(debate.pk)
    sizes = sizes or sizes_of(scope, viewer)
    return _draw(extent_of(scope, sizes, at_once), viewer, open_levels, choice)


def branch_cards(
    root: Argument,
    viewer: Viewer,
    *,
    open_levels: int = 0,
    choice: Choice = AS_POSTED,
    sizes: Sizes | None = None,
) -> Card:
    """Return one argument with all below it that is drawn at once; the viewer must be allowed to read it.

    It is drawn whatever a filter keeps of its branch, and alone where that is nothing.
    """
    scope = Scope(root.debate_id, root.path)
    sizes = sizes or sizes_of(scope, viewer)
    return _draw(extent_of(scope, sizes), viewer, open_levels, choice)[0]


def path_cards(argument: Argument, viewer: Viewer) -> list[Card]:
    """Return the ancestors of an argument, the thesis first; those that may not be read keep only their place."""
    above = Argument.objects.filter(debate_id=argument.debate_id, path__in=ancestor_paths(argument.path))
    rows = list(with_card_rows(above.visible_to(viewer), viewer))
    cards = {one.path: card_of(one, viewer) for one in rows}
    return [cards.get(one.path) or _placeholder(one) for one in above.order_by("path")]


def _gaps(scope: Scope, viewer: Viewer) -> ArgumentQuerySet:
    """Return the arguments whose place is kept while their text is gone, because something below it can be read.

    They come with enough columns to draw the place, no more.
    """
    gone = Q(state__in=[State.HIDDEN, State.WITHDRAWN, State.REMOVED])
    visible = scope.among(Argument.objects.visible_to(viewer)).order_by()
    below = visible.filter(path__gt=OuterRef("path"), path__lt=Concat(OuterRef("path"), Value("~")))
    return (
        scope.among(Argument.objects.filter(gone, Exists(below), merged_into=None))
        .exclude(pk__in=visible.values("pk"))
        .only("path", "state", "kind", "stance", "attacks", "depth", "debate_id", "public_id", "parent_id")
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


def _draw(extent: Extent, viewer: Viewer, open_levels: int, choice: Choice) -> list[Card]:
    """Build the cards of a scope, counts included; gaps without anything below them are left out."""
    scope = extent.scope
    visible = scope.among(Argument.objects.visible_to(viewer))
    chosen = chosen_among(visible, choice, scope)
    rows = list(with_card_rows(extent.rows(visible, choice, chosen, viewer), viewer))
    gap_rows = list(_gaps(scope, viewer).filter(depth__lte=extent.last))
    gap_ids = {gap.pk for gap in gap_rows}
    forest = grow(sorted([*rows, *gap_rows], key=lambda row: row.path), lambda row: row.path)
    nodes = list(walk(forest))
    below, kept = _below(nodes, extent), set[int]()
    for node in reversed(nodes):  # children come after their parents, so this visits them first
        path = node.item.path
        stays = node.item.pk not in gap_ids or (below[path].count > 0 and not extent.whole)
        wanted = chosen is None or chosen.reaches(path)
        if any(child.item.pk in kept for child in node.children) or (stays and wanted):
            kept.add(node.item.pk)
    cards = {
        node.item.pk: _placeholder(node.item) if node.item.pk in gap_ids else card_of(node.item, viewer)
        for node in nodes
        if node.item.pk in kept
    }
    each_work_once(cards.values())
    _rate(nodes, cards, viewer, extent)
    for key, linked in linked_below(cards.keys(), viewer).items():
        cards[key].linked = linked
    grantable = [node.item.pk for node in nodes if _may_be_granted(node, cards)]
    for key, conceded in conceded_at(grantable, viewer).items():
        cards[key].conceded = conceded
    for node in nodes:
        card = cards.get(node.item.pk)
        if card is None:
            continue
        rest = below[node.item.path]
        card.below, card.levels_below = rest.count, max(rest.deepest - node.depth, 0)
        card.passing = chosen is not None and not chosen.holds(node.item.path)
        rank = node.depth - scope.top
        card.level, card.open = min(2 + rank, 6), rank < open_levels
        card.drawn = rank < extent.levels
        _hang(card, node, cards, rest.answers)
        if rest.answers is not None and card.standing is not None:
            card.standing.sentence = counted_in_words(node.item, card.pro_count, card.con_count)
    for card in cards.values():
        card.pros, card.cons = choice.ranked(card.pros), choice.ranked(card.cons)
        card.notes = choice.ranked(card.notes)
    theses = [
        node.item for node in forest if node.item.kind == Argument.Kind.THESIS and node.item.pk in cards
    ]
    for pk, rests in rests_of(theses, rows if extent.whole else None).items():
        cards[pk].rests = rests
    return [cards[node.item.pk] for node in forest if node.item.pk in cards]


def _below(nodes: Sequence[Node[Argument]], extent: Extent) -> dict[str, Rest]:
    """Return by paths what stands below each argument, drawn or not."""
    found: dict[str, Rest] = {}
    for node in reversed(nodes):
        path, known = node.item.path, extent.rests.get(node.item.path, NOTHING)
        if node.depth >= extent.last or (extent.crowded and node.depth == extent.last - 1):
            found[path] = replace(known, answers=known.answers or Counter()) if not extent.whole else NOTHING
            continue
        count, deepest = 0, node.depth
        for child in node.children:
            rest = found[child.item.path]
            count += rest.count + child.item.is_published
            if child.item.is_published or rest.count:
                deepest = max(deepest, child.depth, rest.deepest)
        found[path] = Rest(count, deepest)
    return found


def _may_be_granted(node: Node[Argument], cards: dict[int, Card]) -> bool:
    card = cards.get(node.item.pk)
    return card is not None and not card.placeholder and node.item.stance == Stance.CON


def _rate(nodes: Sequence[Node[Argument]], cards: dict[int, Card], viewer: Viewer, extent: Extent) -> None:
    """Give the cards their standing, where the viewer may know it, and what the viewer answered.

    Where not all answers were fetched, a bar is drawn without its parts.
    """
    drawn = [node for node in nodes if node.item.pk in cards and not cards[node.item.pk].placeholder]
    seen = ratings_of(viewer, [node.item for node in drawn])
    for node in drawn:
        card, own = cards[node.item.pk], seen[node.item.pk]
        card.seen = own
        if own.sees:
            fetched = extent.whole or node.depth < extent.last - extent.crowded
            card.standing = standing_view(
                node.item, [child.item for child in node.children] if fetched else None
            )
            held = held_of(node.item)
            if held is not None:
                card.weight, card.contest = held.weight * held.strength, min(held.pro, held.con)


def _hang(card: Card, node: Node[Argument], cards: dict[int, Card], answers: Counter[str] | None) -> None:
    """Hang the cards of a node's children on its own card, and count; `answers` are counted where not all were fetched."""
    card.counted = True
    card.pro_count = sum(one.published for one in card.linked_pros)
    card.con_count = sum(one.published for one in card.linked_cons)
    counts = Counter(child.item.stance for child in node.children if child.item.is_published)
    if answers is not None:
        card.more_answers = max(answers.total() - counts.total(), 0) if card.drawn else 0
        counts = answers
    card.pro_count += counts[Stance.PRO]
    card.con_count += counts[Stance.CON]
    card.note_count = counts[""]
    for child in node.children:
        shown = cards.get(child.item.pk)
        if shown is not None and card.drawn:
            shown.locked = shown.locked or card.locked
            if child.item.kind != Argument.Kind.ARGUMENT:
                card.notes.append(shown)
            else:
                (card.pros if child.item.stance == Stance.PRO else card.cons).append(shown)
