"""What would change it: the single steps after which a claim would be called by another word."""

from __future__ import annotations

from dataclasses import dataclass

from debates.strength.bench import Bench
from debates.strength.graph import Graph
from debates.strength.semantics import Pair, Standing
from debates.strength.words import ENOUGH_PEOPLE, Word, word_of

REVIEWED = 12
"""People who count as a full review: the ramp then stands at 0.8."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One argument, and how the target would stand, and be called, if something happened to it."""

    key: int
    strength: Pair
    word: Word


@dataclass(frozen=True, slots=True)
class Change:
    """What the target is called now, and what would change that: arguments taken out, or new ones reviewed.

    In either list the greatest change of strength comes first.
    """

    word: Word
    removed: tuple[Turn, ...]
    reviewed: tuple[Turn, ...]


def change(graph: Graph, target: int, before: str = "", people: int | None = None) -> Change:
    """Return what would change the word of a target. `before` is the word that stands by it, if any.

    `people` are those who reviewed it; unless given, those who voted on it, which for a thesis is nobody.

    Two kinds of step are tried, one argument at a time. *Removed*: any argument below the target, taken out. *Reviewed*: an
    argument directly under it that fewer than five people have reviewed, had twelve done so and answered as those did. What
    they would answer nobody knows: it measures how much is open, and forecasts nothing. A thesis would then have been
    reviewed by twelve people or more, too.
    """
    claim = graph.claims[target]
    people = claim.people if people is None else people
    bench = Bench(graph, target)

    def named(standing: Standing, by: int, so_far: str) -> Word:
        return word_of(standing.strength.energy, by, standing.bars, claim.thesis, so_far)

    now = named(bench.standing, people, before)

    def turns(found: dict[int, Standing], by: int) -> tuple[Turn, ...]:
        words = {key: named(standing, by, now) for key, standing in found.items()}
        other = [Turn(key, found[key].strength, word) for key, word in words.items() if word != now]
        here = bench.standing.strength.energy
        return tuple(sorted(other, key=lambda turn: (-abs(turn.strength.energy - here), turn.key)))

    fresh = [
        place.child
        for place in graph.children.get(target, ())
        if graph.claims[place.child].people < ENOUGH_PEOPLE
    ]
    return Change(
        now,
        turns({key: bench.without(key) for key in bench.order if key != target}, people),
        turns(
            {key: bench.reviewed(key, REVIEWED) for key in fresh},
            max(people, REVIEWED) if claim.thesis else people,
        ),
    )
