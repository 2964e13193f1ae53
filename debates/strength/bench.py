"""A bench for trying things on a claim: all that is below it, computed once; then what if one argument were otherwise?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from heapq import heappop, heappush

from debates.strength.graph import Graph, Place, Sheet, arrive, gather, ranks, settle, weigh
from debates.strength.semantics import Pair, Standing

SETTLED = 1e-15
"""A change that stands for none: what rounding leaves of a difference may otherwise travel up a chain without end."""


class Bench:
    """A target with all that is below it. Every trial is taken back, so that each starts from what is.

    `order` has the keys, children before parents and the target last; `standing` is how the target stands.
    """

    def __init__(self, graph: Graph, target: int) -> None:
        self.graph, self.target = graph, target
        below = _below(graph, target)
        self.order = [key for key in graph.order if key in below]
        self._turn = {key: turn for turn, key in enumerate(self.order)}
        self._sheet = Sheet(graph.claims)
        self._pans: dict[int, _Pan] = {}
        for key in self.order:
            self._pans[key] = pan = _Pan(graph, key, self._sheet)
            self.standing, self._sheet.bearing[key] = settle(pan.claim, pan.arrivals, pan.against)
            self._sheet.strength[key] = self.standing.strength

    def without(self, gone: int) -> Standing:
        """Return how the target stands without an argument that is below it.

        Walks up from the argument in topological order, no farther than something changes.
        """
        found = self.standing
        kept: dict[int, tuple[Pair, Pair]] = {}
        queue = self._turns_above(gone)
        done = -1
        while queue:
            turn = heappop(queue)
            if turn == done:
                continue
            key, done = self.order[turn], turn
            standing, bearing = self._pans[key].without(gone, kept, self._sheet)
            if key == self.target:
                found = standing
                break
            before = self._sheet.strength[key], self._sheet.bearing[key]
            if _differ(before[0], standing.strength) or _differ(before[1], bearing):
                kept[key] = before
                self._sheet.strength[key], self._sheet.bearing[key] = standing.strength, bearing
                for above in self._turns_above(key):
                    heappush(queue, above)
        for key, (strength, bearing) in kept.items():
            self._sheet.strength[key], self._sheet.bearing[key] = strength, bearing
        return found

    def reviewed(self, child: int, people: int) -> Standing:
        """Return how the target stands if so many people had voted on an argument directly under it, and as those did."""
        return self._pans[self.target].reviewed(child, people, self._sheet)

    def _turns_above(self, key: int) -> list[int]:
        """Return the turns, sorted, of the claims on the bench that a claim stands under."""
        places = self.graph.parents.get(key, ())
        return sorted(self._turn[place.parent] for place in places if place.parent in self._turn)


class _Pan:
    """What reaches one claim, kept, so that a change of one child need not ask all the others again."""

    def __init__(self, graph: Graph, key: int, sheet: Sheet) -> None:
        self.claim = graph.claims[key]
        self.claims = graph.claims
        self.places = graph.children.get(key, [])
        self.arrivals, self.against = gather(self.places, sheet)
        self.at = {place.child: place for place in self.places}
        self.bundled = any(place.joint is not None for place in self.places)
        self.rank = dict(zip(self.at, ranks(self.places, graph.claims), strict=True))
        self.of_one: dict[tuple[str, bool], list[int]] = {}
        """The children of each author on each side, in their order."""
        for place in self.places:
            self.of_one.setdefault(self._author(place), []).append(place.child)

    def _author(self, place: Place) -> tuple[str, bool]:
        """Return whose argument on which side it is."""
        return self.claims[place.child].author, place.pro

    def without(self, gone: int, changed: Collection[int], sheet: Sheet) -> tuple[Standing, Pair]:
        """Return what comes of the claim without a child, if that is one, and with what the sheet now says of the changed."""
        if self.bundled:
            return weigh(self.claim, [place for place in self.places if place.child != gone], sheet)
        again = {child: self.rank[child] for child in changed if child in self.at}
        arrivals, against = self.arrivals.copy(), self.against.copy()
        if gone in self.at:
            (against if self.at[gone].undercuts else arrivals).pop(gone)
            author = self._author(self.at[gone])
            if author[0]:  # the author's later ones move up
                for child in self.of_one[author][self.rank[gone] :]:
                    again[child] = self.rank[child] - 1
        for child, rank in again.items():
            place = self.at[child]
            (against if place.undercuts else arrivals)[child] = arrive(place, self.claims[child], rank, sheet)
        return settle(self.claim, arrivals, against)

    def reviewed(self, child: int, people: int, sheet: Sheet) -> Standing:
        """Return how the claim stands if so many people had voted on a child."""
        place, claim = self.at[child], replace(self.claims[child], people=people)
        if self.bundled:
            claims = {key: self.claims[key] for key in self.at} | {child: claim}
            return weigh(self.claim, self.places, Sheet(claims, sheet.strength, sheet.bearing))[0]
        if place.undercuts:
            return settle(self.claim, self.arrivals, {})[0]
        arrivals = self.arrivals | {child: arrive(place, claim, self.rank[child], sheet)}
        return settle(self.claim, arrivals, {})[0]


def _differ(one: Pair, other: Pair) -> bool:
    return abs(one.energy - other.energy) > SETTLED or abs(one.dfquad - other.dfquad) > SETTLED


def _below(graph: Graph, target: int) -> set[int]:
    """Return the keys of the target and of all that stands below it."""
    below = {target}
    stack = [target]
    while stack:
        for place in graph.children.get(stack.pop(), ()):
            if place.child not in below:
                below.add(place.child)
                stack.append(place.child)
    return below
