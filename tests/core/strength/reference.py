"""The slow and obvious way to weigh a debate: recursion, no cache, plain sums; written from the formulas, not from the engine.

It reads the engine's two input records and nothing else of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from debates.strength.graph import Claim, Place

ENERGY, DFQUAD = "quadratic energy", "DF-QuAD"


class Reference:
    """A debate under one of the two semantics."""

    def __init__(self, claims: Sequence[Claim], places: Sequence[Place], semantics: str) -> None:
        self.claims = {claim.key: claim for claim in claims}
        self.places = [p for p in places if p.child in self.claims and p.parent in self.claims]
        self.semantics = semantics

    def under(self, key: int) -> list[Place]:
        """Return the places under a claim, in their order."""
        return sorted((p for p in self.places if p.parent == key), key=lambda p: (p.order, p.child))

    def strength(self, key: int) -> float:
        """Return how a claim stands."""
        claim = self.claims[key]
        agree = claim.holds / 4
        disagree = claim.count - agree
        b = 0.5 if claim.thesis else (agree + 4) / (agree + disagree + 8)
        pros = [w * s for pro, bearing, w, s in self.units(key) if pro]
        cons = [w * s for pro, bearing, w, s in self.units(key) if not pro and not bearing]
        cited = sorted(self.citation(*check) for check in claim.checks)[-3:]
        if self.semantics == ENERGY:
            e = sum(pros) + sum(cited) - sum(cons)
            h = e**2 / (1 + e**2)
            return b + (1 - b) * h if e > 0 else b - b * h
        v_s = 1 - prod(1 - x for x in pros + cited)
        v_a = 1 - prod(1 - x for x in cons)
        return b - b * (v_a - v_s) if v_a >= v_s else b + (1 - b) * (v_s - v_a)

    def units(self, key: int) -> list[tuple[bool, bool, float, float]]:
        """Return what reaches a claim or its bearing: side, whether it is the bearing, weight, strength; bundles joined."""
        found = []
        done = set()
        for place in self.under(key):
            if place in done:
                continue
            mates = [place]
            if place.joint is not None:
                mates = [
                    p
                    for p in self.under(key)
                    if (p.joint, p.pro, self.undercuts(p)) == (place.joint, place.pro, self.undercuts(place))
                ]
            done.update(mates)
            weight = min(self.weight(p) for p in mates)
            found.append(
                (place.pro, self.undercuts(place), weight, min(self.strength(p.child) for p in mates))
            )
        return found

    def undercuts(self, place: Place) -> bool:
        """Tell whether it is a con on the bearing."""
        return not place.pro and place.bearing

    def weight(self, place: Place) -> float:
        """Return w = r'·ρ/k."""
        people = self.claims[place.child].people
        return self.relevance(place) * people / (people + 3) / self.rank(place)

    def relevance(self, place: Place) -> float:
        """Return r' = r·(1 − h): r of the place, and where the child is at home the h of the cons on its bearing."""
        r = (place.matters / 4 + 2) / (place.count + 4)
        if not place.home or self.claims[place.child].thesis:
            return r
        e = sum(w * s for pro, bearing, w, s in self.units(place.child) if bearing)
        return r * (1 - e**2 / (1 + e**2))

    def rank(self, place: Place) -> int:
        """Return k: which of its author's on this side of this parent it is, the premises of one bundle being one."""
        author = self.claims[place.child].author
        if not author:
            return 1
        his: list[Place | int] = []
        for p in self.under(place.parent):
            if p.pro == place.pro and self.claims[p.child].author == author:
                it = p if p.joint is None else p.joint
                if it not in his:
                    his.append(it)
        return his.index(place if place.joint is None else place.joint) + 1

    def citation(self, yes: int, partly: int, no: int) -> float:
        """Return what one checked citation adds."""
        n = yes + partly + no
        s = (yes * 1 + partly * 0.5 + no * 0 + 2) / (n + 4)
        return max(0, 2 * s - 1) * 0.5 * n / (n + 3)
