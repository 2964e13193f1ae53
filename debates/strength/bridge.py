"""What both sides accept, and what parts them. Groups are what people declared themselves on the thesis; nobody is clustered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod, sqrt

ENOUGH = 5
"""People of a group who answered, before anything is said of the group: fewer are known by name."""

type Group = tuple[int, int]
"""How many of a group agree, and how many of it answered."""


def smoothed(group: Group) -> float:
    """Return a group's share of agreement, (A + 1) / (S + 2), by Laplace's rule of succession: never 0 or 1."""
    agree, answered = group
    if not 0 <= agree <= answered:
        raise ValueError(f"{agree} of {answered} people cannot agree.")
    return (agree + 1) / (answered + 2)


def bridge(groups: Sequence[Group]) -> float:
    """Return how far a claim is accepted on all sides, √(Π (A + 1)/(S + 2)) over the groups, within (0, 1).

    A claim that one side holds alone stays low, however many they are. Whether there are people enough, `enough` says.
    """
    if len(groups) < 2:
        raise ValueError("A bridge has two ends: give two groups or more.")
    return sqrt(prod(smoothed(group) for group in groups))


def enough(groups: Sequence[Group], least: int = ENOUGH) -> bool:
    """Tell whether of every group enough people answered for anything to be shown."""
    return all(answered >= least for _, answered in groups)


@dataclass(frozen=True, slots=True)
class Separation:
    """How a claim parts supporters from opponents of a thesis.

    `difference` is supporters' minus opponents' smoothed share of agreement, within (−1, 1); beside it the plain counts.
    """

    difference: float
    supporters: Group
    opponents: Group

    @property
    def size(self) -> float:
        """Return how far apart they are, whoever agrees: what cruxes are sorted by."""
        return abs(self.difference)


def separation(supporters: Group, opponents: Group, least: int = ENOUGH) -> Separation | None:
    """Return how a claim parts the two groups, or None where fewer than `least` people of either answered."""
    difference = smoothed(supporters) - smoothed(opponents)
    if not enough((supporters, opponents), least):
        return None
    return Separation(difference, supporters, opponents)
