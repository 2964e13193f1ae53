"""Why a claim stands as it does: how it would stand with one argument taken out, for each in turn.

To take an argument out is to take out all its places: what stands below it reaches nothing through it any more, its author's
later arguments move up in rank, and its bundle of joint premises is weighed without it. Nothing is estimated: each number is
what the whole recomputation gives, but for rounding; only the paths up from the argument are walked, and no farther than
something changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from debates.strength.bench import Bench
from debates.strength.graph import Graph
from debates.strength.semantics import Pair, Standing


@dataclass(frozen=True, slots=True)
class Effect:
    """What one argument does: the strength of the target without it, and what it adds (below 0: takes) by being there."""

    without: Pair
    effect: Pair


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the greatest strength with any one argument taken out, and which one that is."""

    low: float
    low_key: int
    high: float
    high_key: int


def without(graph: Graph, target: int) -> dict[int, Pair]:
    """Return the strength of the target without each argument below it, by the key of what is taken out."""
    return {key: standing.strength for key, standing in standings_without(graph, target).items()}


def standings_without(graph: Graph, target: int) -> dict[int, Standing]:
    """Return how the target stands, bars and all, without each argument below it."""
    bench = Bench(graph, target)
    return {key: bench.without(key) for key in bench.order if key != target}


def direct_effects(graph: Graph, target: int) -> dict[int, Effect]:
    """Return what each argument directly under the target does to it, in their order.

    As exact as `without`, and cheap: what stands directly under the target seldom stands elsewhere below it too, so that the
    walk up is mostly one step.
    """
    bench = Bench(graph, target)
    now = bench.standing.strength
    effects: dict[int, Effect] = {}
    for place in graph.children.get(target, ()):
        then = bench.without(place.child).strength
        effects[place.child] = Effect(then, Pair(now.energy - then.energy, now.dfquad - then.dfquad))
    return effects


def range_of(strengths: Mapping[int, Pair]) -> Range | None:
    """Return the range over what `without` found, by quadratic energy; None where there was nothing to take out.

    Of several arguments that lead to one strength, that with the smallest key is named.
    """
    if not strengths:
        return None
    low = min(strengths, key=lambda key: (strengths[key].energy, key))
    high = min(strengths, key=lambda key: (-strengths[key].energy, key))
    return Range(strengths[low].energy, low, strengths[high].energy, high)
