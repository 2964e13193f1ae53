"""Compute how arguments stand after a change, in the transaction of the change; walk up until nothing changes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import Q

from debates.actions.arranging.placing import lock_tree
from debates.actions.weighing.standing_rows import (
    COUNTERS,
    WEIGHTLESS,
    WEIGHTS,
    Row,
    checks_of,
    children_of,
    reviewers_of,
    standing_of,
    store,
    tallies,
    weights_in,
)
from debates.models import Argument, Debate, Link, Rating, Source, Standing, StandingChange, State
from debates.strength.graph import Claim, compute_one
from debates.strength.labels import label_of
from debates.tree import ancestor_paths

ELSEWHERE = StandingChange.Cause.ELSEWHERE
REACHES = ("strength", "second_strength", "bearing", "second_bearing", "stands", "bears")
"""What of an argument's standing that of the claim above follows from."""


def recount(argument: Argument) -> None:
    """Set an argument's counters from the rows of its ratings; the debate's tree must be locked."""
    counters = tallies(Rating.objects.filter(argument=argument)).get(argument.pk)
    Standing.objects.update_or_create(argument=argument, defaults=counters or dict.fromkeys(COUNTERS, 0))


def rescore(
    changed: Iterable[Argument], cause: StandingChange.Cause, argument: Argument | None = None
) -> None:
    """Compute anew how arguments stand, and all above them as far as that changes anything.

    `changed` are those whose own text, ratings or place changed; of one that is gone, what it stood under. `argument` is
    named as the cause in the history of their theses. Their trees must be locked. Where one of them stands in another
    debate, too, that debate follows once the transaction is through, in a transaction of its own.
    """
    due = {one.pk: True for one in changed}
    touched: set[int] = set()
    debates: set[int] = set()
    while due:
        walk = _Walk(due, cause, argument)
        touched |= walk.run()
        debates |= walk.debates
        due = dict.fromkeys(_above_by_link(walk.touched, within=debates), False)
    rescore_soon(_above_by_link(touched, beyond=debates), ELSEWHERE)


def rescore_state(item: Argument | Debate | Source, cause: StandingChange.Cause) -> None:
    """Compute anew what follows from hiding an item or showing it again; an argument’s tree must be locked."""
    if isinstance(item, Argument):
        rescore([item], cause, item)
    elif isinstance(item, Debate):
        rescore_beyond(item)
    else:
        rescore_soon(item.citations.values_list("argument_id", flat=True), cause)


def rescore_beyond(debate: Debate) -> None:
    """Have whatever a debate lends its arguments to by links follow: hidden, they count nowhere, and shown again they do."""
    links = Link.objects.filter(argument__debate=debate, relation=Link.Relation.ANSWERS)
    rescore_soon(links.values_list("parent_id", flat=True), ELSEWHERE)


def rescore_soon(arguments: Iterable[int], cause: StandingChange.Cause) -> None:
    """Have arguments of any debates computed anew once the transaction at hand is through, a transaction a debate.

    Two that wait for each other’s trees would never end, so nobody here waits for two.
    """
    keys = sorted(set(arguments))
    if keys:
        transaction.on_commit(partial(_rescore_each, keys, cause))


def _above_by_link(
    arguments: Iterable[int], within: Iterable[int] = (), beyond: Iterable[int] = ()
) -> list[int]:
    """Return the claims that some arguments reach by a link: in some debates, or in all others."""
    # Also of what is withdrawn or hidden just now: those claims have to learn that it counts no more.
    links = Link.objects.filter(argument__in=list(arguments), relation=Link.Relation.ANSWERS)
    where = Q(parent__debate__in=list(within)) if within else ~Q(parent__debate__in=list(beyond))
    return list(links.filter(where).order_by("pk").values_list("parent_id", flat=True))


def _rescore_each(keys: list[int], cause: StandingChange.Cause) -> None:
    waiting: dict[int, list[Argument]] = {}
    for argument in Argument.objects.filter(pk__in=keys):
        waiting.setdefault(argument.debate_id, []).append(argument)
    for debate, arguments in sorted(waiting.items()):
        with transaction.atomic():
            lock_tree(debate)
            rescore(arguments, cause)


class _Walk:
    """Some arguments and all above them in their debates, with what reaches each; read in a fixed number of statements."""

    def __init__(self, due: dict[int, bool], cause: StandingChange.Cause, argument: Argument | None) -> None:
        self.due, self.cause, self.argument = dict(due), cause, argument
        """The keys of arguments to compute, and whether the claim above follows whatever comes of it."""
        above = Q(pk__in=list(due))
        for debate, path in Argument.objects.filter(pk__in=list(due)).values_list("debate_id", "path"):
            above |= Q(debate_id=debate, path__in=ancestor_paths(path))
        nodes = Argument.objects.filter(above).only("debate_id", "parent_id", "kind", "depth", "state")
        self.nodes = sorted(nodes, key=lambda node: -node.depth)
        keys = [node.pk for node in self.nodes]
        self.debates = {node.debate_id for node in self.nodes}
        self.children = children_of(keys)
        self.checks = checks_of(keys)
        self.held = Standing.objects.in_bulk(keys)
        self.fresh: dict[int, Standing] = {}
        self.weights: dict[int, dict[str, float]] = {}
        self.links: dict[int, dict[str, float]] = {}
        self.touched: set[int] = set()

    def run(self) -> set[int]:
        """Compute what is due, the deepest first, and write what came of it; return the keys of what changed."""
        for node in self.nodes:
            if node.pk not in self.due:
                continue
            counts = node.state == State.PUBLISHED and node.kind in (
                Argument.Kind.ARGUMENT,
                Argument.Kind.THESIS,
            )
            if counts:
                self._step(node)
            else:
                self._weigh_nothing(node)
            # What was hidden or became a note counts for nothing, and the claims above have to learn it.
            if self.due[node.pk] or (counts and self._reaches_further(node.pk)):
                self.touched.add(node.pk)
                if node.parent_id is not None:
                    self.due.setdefault(node.parent_id, False)
        self._write()
        return self.touched

    def _step(self, node: Argument) -> None:
        rows = [self._as_it_is_now(row) for row in self.children.get(node.pk, [])]
        held = self.held.get(node.pk)
        claim = Claim(
            node.pk,
            node.kind == Argument.Kind.THESIS,
            held.holds_sum if held else 0,
            held.holds_count if held else 0,
            held.people if held else 0,
            self.checks.get(node.pk, ()),
        )
        step = compute_one(claim, [row.child for row in rows])
        people = reviewers_of(row.child.place.child for row in rows) if claim.thesis else claim.people
        labelled = label_of(
            [row.child.place for row in rows],
            claim.thesis,
            {row.child.place.child for row in rows if row.stands},
            {row.child.place.child for row in rows if row.bears},
        )
        self.fresh[node.pk] = standing_of(claim, step, labelled, held, people)
        for row in rows:
            self._weigh(row, weights_in(step, row.child.place.child, row.child.place.parent))

    def _as_it_is_now(self, row: Row) -> Row:
        """Return a child with what this walk has already made of it."""
        new = self.fresh.get(row.child.place.child)
        return row if new is None else row.with_standing(new)

    def _weigh_nothing(self, node: Argument) -> None:
        """Note that what stands below a claim that does not count has no weight there."""
        for row in self.children.get(node.pk, []):
            if row.held:  # of what was never computed, nothing is stored
                self._weigh(row, WEIGHTLESS)

    def _weigh(self, row: Row, weights: tuple[float, ...]) -> None:
        """Note the weight of a child's place where it is another than the one that is stored."""
        if weights == row.held:
            return
        named = dict(zip(WEIGHTS, weights, strict=True))
        (self.weights if row.link is None else self.links)[row.link or row.child.place.child] = named

    def _reaches_further(self, key: int) -> bool:
        held, new = self.held.get(key), self.fresh[key]
        return held is None or any(getattr(held, name) != getattr(new, name) for name in REACHES)

    def _write(self) -> None:
        """Write what changed, with the history of the theses."""
        for key in self.weights.keys() & self.fresh.keys():
            for name, value in self.weights.pop(key).items():
                setattr(self.fresh[key], name, value)
        store(self.fresh.values())
        Standing.objects.bulk_update(
            [Standing(argument_id=key, **named) for key, named in self.weights.items()], WEIGHTS
        )
        Link.objects.bulk_update([Link(pk=key, **named) for key, named in self.links.items()], WEIGHTS)
        theses = [
            node.pk for node in self.nodes if node.kind == Argument.Kind.THESIS and node.pk in self.fresh
        ]
        write_history({key: self.held.get(key) for key in theses}, self.fresh, self.cause, self.argument)


def write_history(
    before: dict[int, Standing | None],
    after: dict[int, Standing],
    cause: StandingChange.Cause,
    argument: Argument | None = None,
) -> None:
    """Write into the history of theses how their standing changed, and by what."""
    StandingChange.objects.bulk_create(
        StandingChange(
            thesis_id=key,
            before=held.strength if held else None,
            strength=after[key].strength,
            word=after[key].word,
            cause=cause,
            argument=argument,
            method=after[key].method,
        )
        for key, held in before.items()
        if held is None or (held.strength, held.word) != (after[key].strength, after[key].word)
    )
