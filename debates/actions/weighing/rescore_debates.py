"""Compute whole debates anew: after a load, in the night, when the method changed, and to find any drift."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from debates.actions.arranging.placing import lock_tree
from debates.actions.weighing.rescore import write_history
from debates.actions.weighing.standing_rows import (
    COUNTERS,
    STORED,
    WEIGHTS,
    standing_of,
    store,
    weights_in,
)
from debates.actions.weighing.standing_whole import reviewers_below, whole
from debates.models import Argument, Link, Standing, StandingChange
from debates.strength.graph import Claim, Graph, Step, compute
from debates.strength.labels import labels

DRIFT = 1e-9
"""How far a stored number may lie from the computed one."""


@dataclass(frozen=True)
class Drift:
    """One stored value that is not what it should be; `stored` is None where there is none."""

    argument: int
    column: str
    stored: object
    computed: object


@transaction.atomic
def rescore_debate(debate_id: int, cause: StandingChange.Cause) -> list[Drift]:
    """Compute a debate anew and write it where anything differs; return what differed.

    Claims of other debates that its arguments stand under, too, are not carried on: whoever rescores all does all.
    """
    lock_tree(debate_id)
    computed = _Computed(debate_id)
    drifts = list(computed.drifts())
    if drifts:
        computed.write(cause)
    return drifts


@transaction.atomic
def find_drift(debate_id: int) -> list[Drift]:
    """Return what is stored of a debate’s standings and is not what it should be; write nothing."""
    lock_tree(debate_id)  # a vote counted half-way would look like drift
    return list(_Computed(debate_id).drifts())


class _Computed:
    """A debate computed anew, beside what is stored of it."""

    def __init__(self, debate_id: int) -> None:
        read = whole(debate_id)
        claims, counters, links = read.claims, read.counters, read.links
        graph = Graph(claims, read.places)
        result, labelled, people = compute(graph), labels(graph), reviewers_below(debate_id)
        own = set(Argument.objects.filter(debate=debate_id).values_list("pk", flat=True))
        self.held = Standing.objects.in_bulk(own)
        self.held_links = Link.objects.in_bulk([key for (_, parent), key in links.items() if parent in own])
        self.theses = [claim.key for claim in claims if claim.thesis and claim.key in own]
        self.fresh: dict[int, Standing] = {}
        self.links: dict[int, dict[str, float]] = {}
        for claim in claims:
            if claim.key in own:
                step = Step(
                    result.standing[claim.key], result.bearing[claim.key], result.relevance, result.weight
                )
                reviewers = people.get(claim.key, 0) if claim.thesis else claim.people
                held = self._counted(claim, counters.get(claim.key, {}))
                self.fresh[claim.key] = standing_of(claim, step, labelled[claim.key], held, reviewers)
        for child, parent in result.weight:
            weights = weights_in(result, child, parent)
            key = links.get((child, parent))
            if key is not None and parent in own:
                total, count = read.link_counters[key]
                self.links[key] = {
                    "matters_sum": total,
                    "matters_count": count,
                    **dict(zip(WEIGHTS, weights, strict=True)),
                }
            elif key is None and child in own:
                for name, value in zip(WEIGHTS, weights, strict=True):
                    setattr(self.fresh[child], name, value)

    def _counted(self, claim: Claim, counters: dict[str, int]) -> Standing:
        """Return the held row, or a new one, with its counters counted anew."""
        held = self.held.get(claim.key)
        row = Standing(argument_id=claim.key)
        if held is not None:
            row.word, row.second_word = held.word, held.second_word
        for name in COUNTERS:
            setattr(row, name, counters.get(name, 0))
        return row

    def drifts(self) -> Iterator[Drift]:
        """Yield what differs, by argument and column."""
        for key, new in self.fresh.items():
            held = self.held.get(key)
            for column in STORED:
                stored, computed = getattr(held, column, None), getattr(new, column)
                if differ(stored, computed):
                    yield Drift(key, column, stored, computed)
        for link, columns in self.links.items():
            row = self.held_links[link]
            for column, computed in columns.items():
                if differ(stored := getattr(row, column), computed):
                    yield Drift(row.argument_id, f"link {link}: {column}", stored, computed)

    def write(self, cause: StandingChange.Cause) -> None:
        """Write everything, with the history of the theses."""
        store(self.fresh.values())
        rows = [Link(pk=key, **columns) for key, columns in self.links.items()]
        Link.objects.bulk_update(rows, ["matters_sum", "matters_count", *WEIGHTS])
        write_history({key: self.held.get(key) for key in self.theses}, self.fresh, cause)


def differ(stored: object, computed: object) -> bool:
    """Say whether a stored value is another than the computed one, numbers beyond what rounding may do."""
    if isinstance(stored, float) and isinstance(computed, float):
        return not abs(stored - computed) <= DRIFT  # also where either is not a number
    return stored != computed
