"""Debates to weigh: the worked example of the method, random ones, and long and wide ones."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from debates.strength.graph import Claim, Graph, Place, Result, compute
from debates.strength.semantics import Arrival, Check, Pair
from tests.core.strength.reference import DFQUAD, ENERGY, Reference

type Debate = tuple[list[Claim], list[Place]]

THESIS, P1, P2, C1, R1, C2 = range(6)
WORKED: Debate = (
    [
        Claim(THESIS, thesis=True),
        Claim(P1, holds=14 * 4, count=18, people=18, checks=((5, 1, 0),)),
        Claim(P2, holds=3 * 4, count=4, people=4),
        Claim(C1, holds=9 * 4, count=15, people=15),
        Claim(R1, holds=10 * 4, count=12, people=12),
        Claim(C2),
    ],
    [
        Place(P1, THESIS, pro=True, matters=4 + 4 + 3 + 3 + 2 + 4, count=6),
        Place(P2, THESIS, pro=True, matters=3 + 3, count=2),
        Place(C1, THESIS, pro=False, matters=4 + 4 + 4 + 3 + 3, count=5),
        Place(R1, C1, pro=False, matters=4 + 3 + 4 + 4, count=4),
        Place(C2, THESIS, pro=False),
    ],
)
"""The long worked example of the method."""


def same(number: float) -> Pair:
    """Return a number that is the same in both opinions."""
    return Pair(number, number)


def pro(strength: float, weight: float = 1.0) -> Arrival:
    """Return a pro as it arrives."""
    return Arrival(pro=True, weight=same(weight), strength=same(strength))


def con(strength: float, weight: float = 1.0) -> Arrival:
    """Return a con as it arrives."""
    return Arrival(pro=False, weight=same(weight), strength=same(strength))


def weighed(debate: Debate) -> Result:
    """Return how everything in a debate stands."""
    return compute(Graph(*debate))


def slowly(debate: Debate) -> tuple[Reference, Reference]:
    """Return a debate under both semantics, the slow and obvious way."""
    return Reference(*debate, ENERGY), Reference(*debate, DFQUAD)


def without_claim(debate: Debate, key: int) -> Debate:
    """Return a debate without one claim and its places."""
    claims, places = debate
    return [c for c in claims if c.key != key], [p for p in places if key not in (p.child, p.parent)]


UNIT = st.floats(0, 1)
CHECKS = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
ARRIVALS = st.lists(
    st.builds(Arrival, st.booleans(), st.builds(Pair, UNIT, UNIT), st.builds(Pair, UNIT, UNIT)), max_size=12
)


ANSWERS = st.sampled_from(
    [(0, 0), (0, 0), (4, 1), (2, 1), (0, 1), (5, 3), (12, 4), (40, 12), (3, 12), (96, 24)]
)
"""The sum and the number of some answers of 0 to 4."""
CHECKED: list[tuple[Check, ...]] = [
    (),
    (),
    ((0, 0, 3),),
    ((5, 1, 0),),
    ((1, 0, 0), (0, 2, 0), (9, 0, 1)),
    ((4, 0, 0), (3, 0, 0), (1, 0, 0), (9, 1, 0)),
]


@st.composite
def voted_claims(draw: st.DrawFn, key: int, thesis: bool) -> Claim:
    """Draw a claim with a key."""
    holds, count = draw(ANSWERS)
    people = count + draw(st.integers(0, 3))
    checks, author = draw(st.sampled_from(CHECKED)), draw(st.sampled_from(["", "ada", "ada", "ben"]))
    return Claim(key, thesis, holds, count, people, checks, author)


KINDS = st.sampled_from(
    [
        (pro, bearing, joint)
        for pro, bearing in [(True, False), (True, True), (False, False), (False, False), (False, True)]
        for joint in (None, None, None, 1, 2)
    ]
)
"""Side, whether it speaks of the bearing, and the bundle."""


@st.composite
def voted_places(draw: st.DrawFn, child: int, parent: int, home: bool) -> Place:
    """Draw a place: any side, undercuts among them, bundles of joint premises."""
    (matters, count), (pro, bearing, joint) = draw(ANSWERS), draw(KINDS)
    return Place(
        child, parent, pro, bearing, matters, count, home, joint, order=str(draw(st.integers(0, 30)))
    )


@st.composite
def debates(draw: st.DrawFn, most: int = 9) -> Debate:
    """Draw a debate without circles, in any order; the thesis has key 0.

    A second thesis may be linked below the first. Keys say nothing about who stands above whom.
    """
    size = draw(st.integers(1, most))
    keys = [0, *draw(st.permutations(range(1, size)))]
    claims, places = [], []
    for number, key in enumerate(keys):
        thesis = number == 0 or draw(st.integers(0, 9)) == 0
        claims.append(draw(voted_claims(key, thesis)))
        above = keys[:number]
        if above and not thesis:
            parent = draw(st.sampled_from(above))
            places.append(draw(voted_places(key, parent, home=True)))
            above = [other for other in above if other != parent]
        for parent in draw(st.sets(st.sampled_from(above), max_size=2)) if above else ():
            places.append(draw(voted_places(key, parent, home=False)))
    return draw(st.permutations(claims)), draw(st.permutations(places))


def chain(length: int, pro: bool = False) -> Debate:
    """Return a thesis with one argument below the other, all alike, of which 18 people say that they hold up."""
    claims = [
        Claim(0, thesis=True),
        *(Claim(key, holds=72, count=18, people=18) for key in range(1, length + 1)),
    ]
    return claims, [Place(key, key - 1, pro, matters=24, count=6) for key in range(1, length + 1)]


def star(size: int, author: str = "") -> Debate:
    """Return a thesis with many arguments right below it, two pros for each con."""
    claims = [Claim(key, holds=72, count=18, people=18, author=author) for key in range(1, size + 1)]
    places = [Place(key, 0, pro=key % 3 > 0, order=f"{key:06}") for key in range(1, size + 1)]
    return [Claim(0, thesis=True), *claims], places


def with_claim(debate: Debate, claim: Claim) -> Debate:
    """Return a debate in which a claim was voted on anew."""
    claims, places = debate
    return [claim if c.key == claim.key else c for c in claims], places


def with_votes(debate: Debate, at: tuple[int, int], matters: int, count: int) -> Debate:
    """Return a debate in which a place was voted on anew."""
    claims, places = debate
    return claims, [
        replace(p, matters=matters, count=count) if (p.child, p.parent) == at else p for p in places
    ]
