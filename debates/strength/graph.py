"""Apply the method to a debate: every claim in topological order, or one claim from its children's finished rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from debates.strength.semantics import (
    THESIS_BASE,
    WHOLE,
    Arrival,
    Check,
    Pair,
    Standing,
    base_of,
    joined,
    left_by,
    relevance_of,
    stand,
    weight_of,
)

type Order = str | tuple[int | str, ...]
"""What says which of two places under one parent came first; of one kind within a graph. Ties go by the child's key."""


class CircleError(ValueError):
    """Say that claims lead back to themselves, so that they have no answer worth showing. `keys`: those on the circle."""

    def __init__(self, keys: Sequence[int]) -> None:
        super().__init__(f"These claims lead back to themselves: {', '.join(map(str, keys))}.")
        self.keys = tuple(keys)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, with its answers to “does this hold up?” (their sum and number), its voters, and its citations' checks.

    `people` are those who voted on it, whichever question they answered. Without an author nobody's arguments are damped.
    """

    key: int
    thesis: bool = False
    holds: int = 0
    count: int = 0
    people: int = 0
    checks: tuple[Check, ...] = ()
    author: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands under another, and the answers to “does it matter here?” (their sum and number).

    `bearing`: a con that says its parent does not bear on what stands above it. It lowers the weight of the parent's home
    place, and never the parent's strength; under a thesis, which bears on nothing, it does nothing. Without meaning in a pro.
    `home`: where the claim was written; its further places, the links, are out of an undercut's reach.
    `joint`: premises under one parent that bear the same number only work together.
    """

    child: int
    parent: int
    pro: bool
    bearing: bool = False
    matters: int = 0
    count: int = 0
    home: bool = True
    joint: int | None = None
    order: Order = ""

    @property
    def undercuts(self) -> bool:
        """Tell whether it attacks the bearing of its parent rather than the parent."""
        return self.bearing and not self.pro


in_order = attrgetter("order", "child")
"""The key by which places under one parent are sorted."""


@dataclass(frozen=True, slots=True)
class Child:
    """A claim in one of its places, with its finished row: its strength, and what undercuts leave of its home relevance."""

    claim: Claim
    place: Place
    strength: Pair
    bearing: Pair = WHOLE


@dataclass(frozen=True, slots=True)
class Step:
    """What comes of one claim: how it stands, what undercuts leave of its home relevance, and its children's links.

    `relevance` (r', with undercuts taken off) and `weight` are keyed by (child, parent), as in a whole result.
    """

    standing: Standing
    bearing: Pair
    relevance: dict[tuple[int, int], Pair]
    weight: dict[tuple[int, int], Pair]


@dataclass(frozen=True, slots=True)
class Result:
    """What comes of a whole graph; places are keyed by (child, parent), claims by their own keys.

    `relevance` is r', with undercuts taken off; `bearing` the share 1 − h that they leave of a claim's home relevance.
    `order` has children before their parents.
    """

    standing: dict[int, Standing]
    weight: dict[tuple[int, int], Pair]
    relevance: dict[tuple[int, int], Pair]
    bearing: dict[int, Pair]
    order: tuple[int, ...]


class Graph:
    """Claims and the places that they have under each other, known to be free of circles.

    A place is left out when either end is not among the claims. Raise CircleError where claims lead back to themselves, and
    ValueError where a claim is given twice, stands twice under one parent, or has two homes.
    """

    __slots__ = ("children", "claims", "order", "parents")

    claims: dict[int, Claim]
    children: dict[int, list[Place]]
    """The places under each claim that has any, in their order."""
    parents: dict[int, list[Place]]
    """The places of each claim that has any."""
    order: tuple[int, ...]
    """All keys, children before their parents."""

    def __init__(self, claims: Iterable[Claim], places: Iterable[Place]) -> None:
        self.claims = {}
        self.children, self.parents = {}, {}
        for claim in claims:
            if claim.key in self.claims:
                raise ValueError(f"Claim {claim.key} is given twice.")
            self.claims[claim.key] = claim
        seen: set[tuple[int, int]] = set()
        homes: set[int] = set()
        for place in places:
            child, parent = place.child, place.parent
            if child not in self.claims or parent not in self.claims:
                continue
            if (child, parent) in seen:
                raise ValueError(f"Claim {child} stands twice under claim {parent}.")
            if place.home and child in homes:
                raise ValueError(f"Claim {child} has two homes.")
            seen.add((child, parent))
            if place.home:
                homes.add(child)
            self.children.setdefault(parent, []).append(place)
            self.parents.setdefault(child, []).append(place)
        for under in self.children.values():
            under.sort(key=in_order)
        self.order = self._sorted()

    def _sorted(self) -> tuple[int, ...]:
        """Return all keys, children before parents (Kahn, 1962); raise CircleError where there is no such order."""
        waiting = {key: len(self.children.get(key, ())) for key in self.claims}
        order = [key for key, count in waiting.items() if not count]
        for key in order:  # grows as it is read
            for place in self.parents.get(key, ()):
                waiting[place.parent] -= 1
                if not waiting[place.parent]:
                    order.append(place.parent)
        if len(order) < len(self.claims):
            raise CircleError(self._circle({key for key, count in waiting.items() if count}))
        return tuple(order)

    def _circle(self, left: set[int]) -> list[int]:
        """Return one circle among claims each of which still waits for a child, downwards."""
        trail: dict[int, int] = {}
        key = next(key for key in self.claims if key in left)
        while key not in trail:
            trail[key] = len(trail)
            key = next(place.child for place in self.children[key] if place.child in left)
        return list(trail)[trail[key] :]


@dataclass(slots=True)
class Sheet:
    """What is finished so far: claims by key, places by (child, parent)."""

    claims: Mapping[int, Claim]
    strength: dict[int, Pair] = field(default_factory=dict)
    bearing: dict[int, Pair] = field(default_factory=dict)
    relevance: dict[tuple[int, int], Pair] = field(default_factory=dict)
    weight: dict[tuple[int, int], Pair] = field(default_factory=dict)


def compute(graph: Graph) -> Result:
    """Return how every claim of a graph stands. Time grows with the places; depth costs nothing."""
    sheet = Sheet(graph.claims)
    standing: dict[int, Standing] = {}
    for key in graph.order:
        standing[key], sheet.bearing[key] = weigh(graph.claims[key], graph.children.get(key, ()), sheet)
        sheet.strength[key] = standing[key].strength
    return Result(standing, sheet.weight, sheet.relevance, sheet.bearing, graph.order)


def compute_one(claim: Claim, children: Iterable[Child]) -> Step:
    """Return how one claim stands from its children's finished rows: to the bit what `compute` makes of it.

    The children may come in any order, but all of them that count: each one's rank among its author's follows from the rest.
    Of a child's claim, only key, thesis, author and people are read. To walk up after a change: take this step for the claim
    that changed, store `standing` and `bearing`, and go on to each of its parents where either differs, or where its people,
    its author or its place there changed. Raise ValueError where a row stands under another claim, or comes twice.
    """
    rows: dict[int, Child] = {}
    for row in children:
        if row.place.child in rows:
            raise ValueError(f"Claim {row.place.child} stands twice under claim {claim.key}.")
        rows[row.place.child] = row
    places = sorted((row.place for row in rows.values()), key=in_order)
    if any(place.parent != claim.key for place in places):
        raise ValueError(f"Not all of these are children of claim {claim.key}.")
    sheet = Sheet(
        {key: row.claim for key, row in rows.items()},
        {key: row.strength for key, row in rows.items()},
        {key: row.bearing for key, row in rows.items()},
    )
    standing, bearing = weigh(claim, places, sheet)
    return Step(standing, bearing, sheet.relevance, sheet.weight)


def weigh(claim: Claim, places: Sequence[Place], sheet: Sheet) -> tuple[Standing, Pair]:
    """Return how a claim stands whose children, in their order, are finished, and what undercuts leave of its relevance."""
    return settle(claim, *gather(places, sheet)) if places else settle(claim, {}, {})


type Gathered = dict[int | tuple[int, bool], Arrival]
"""What reaches a claim: single arguments by their keys, joint premises by their number and side."""


def gather(places: Sequence[Place], sheet: Sheet) -> tuple[Gathered, Gathered]:
    """Return what reaches a claim from the places under it, in their order, and what reaches its bearing."""
    arrivals: Gathered = {}
    against: Gathered = {}
    bundles: dict[tuple[int, bool, bool], list[Arrival]] = {}
    for place, rank in zip(places, ranks(places, sheet.claims), strict=True):
        arrival = arrive(place, sheet.claims[place.child], rank, sheet)
        if place.joint is not None:
            bundles.setdefault((place.joint, place.pro, place.undercuts), []).append(arrival)
        else:
            (against if place.undercuts else arrivals)[place.child] = arrival
    for (joint, pro, undercuts), bundle in bundles.items():
        (against if undercuts else arrivals)[joint, pro] = joined(bundle)
    return arrivals, against


def settle(claim: Claim, arrivals: Gathered, against: Gathered) -> tuple[Standing, Pair]:
    """Return how a claim stands under what reaches it, and what is left of its relevance by what reaches its bearing."""
    base = THESIS_BASE if claim.thesis else base_of(claim.holds, claim.count)
    left = left_by(against.values()) if against else WHOLE
    return stand(base, arrivals.values(), claim.checks), left


def arrive(place: Place, child: Claim, rank: int, sheet: Sheet) -> Arrival:
    """Return a finished child as it reaches its parent; enters the relevance and the weight of its place into the sheet."""
    plain = relevance_of(place.matters, place.count)
    left = sheet.bearing[child.key] if place.home and not child.thesis else WHOLE
    relevance = Pair(plain * left.energy, plain * left.dfquad)
    weight = weight_of(relevance, child.people, rank)
    sheet.relevance[child.key, place.parent] = relevance
    sheet.weight[child.key, place.parent] = weight
    return Arrival(place.pro, weight, sheet.strength[child.key])


def ranks(places: Sequence[Place], claims: Mapping[int, Claim]) -> list[int]:
    """Return for each place of one parent, in their order, the how-manieth (from 1) of its author on its side it is.

    What an author has in one bundle of joint premises counts once. Whose author is unknown is always the first.
    """
    so_far: dict[tuple[str, bool], int] = {}
    shared: dict[tuple[str, bool, int], int] = {}
    found: list[int] = []
    for place in places:
        author = claims[place.child].author
        if not author:
            found.append(1)
            continue
        rank = None if place.joint is None else shared.get((author, place.pro, place.joint))
        if rank is None:
            rank = so_far[author, place.pro] = so_far.get((author, place.pro), 0) + 1
            if place.joint is not None:
                shared[author, place.pro, place.joint] = rank
        found.append(rank)
    return found


def circle(places: Iterable[Place], child: int, parent: int) -> list[int] | None:
    """Return the circle that a new place of a child under a parent would close, or None where it closes none.

    It is the shortest way up from the parent to the child: each key stands under the next, and the child would stand under
    the first. A claim under itself is a circle of one.
    """
    above: dict[int, list[int]] = {}
    for place in places:
        above.setdefault(place.child, []).append(place.parent)
    came: dict[int, int | None] = {parent: None}
    queue = deque([parent])
    while queue and child not in came:
        here = queue.popleft()
        for up in above.get(here, ()):
            if up not in came:
                came[up] = here
                queue.append(up)
    if child not in came:
        return None
    path = [child]
    while (before := came[path[-1]]) is not None:
        path.append(before)
    return path[::-1]
