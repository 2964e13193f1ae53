"""What reading changed: the opinions before and after of those who gave both. Never mixed into how a claim stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

TOP = 6
"""Opinions go from 0 (wholly against) to 6 (wholly for), in seven points."""
ENOUGH = 5
"""People who answered both times, before anything is said."""
Z = 1.959964
"""Two-sided 95 % of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How opinions moved: of `n` people who answered twice, how many went up (towards the thesis) and how many down.

    `mean` is the mean change in points, within [−6, 6], `interval` its 95 % interval, or None where all changed alike and
    nothing shows how far others might differ. It speaks of people like those who answered, and they chose to.
    """

    n: int
    up: int
    down: int
    mean: float
    interval: tuple[float, float] | None

    @property
    def moved(self) -> int:
        """Return how many changed their opinion at all."""
        return self.up + self.down

    @property
    def direction(self) -> int:
        """Return 1 where opinions went towards the thesis on the whole, −1 where away from it, 0 where neither."""
        return (self.mean > 0) - (self.mean < 0)


def shift(pairs: Sequence[tuple[int, int]]) -> Shift | None:
    """Return how opinions moved from (before, after) pairs of 0 to 6, or None under five of them.

    The interval is Student's t for the mean of paired differences (Student, “The probable error of a mean”, Biometrika 6, 1908),
    cut off at the ends of the scale.
    """
    for pair in pairs:
        if not all(0 <= answer <= TOP for answer in pair):
            raise ValueError(f"Opinions go from 0 to {TOP}, which {pair} does not.")
    if len(pairs) < ENOUGH:
        return None
    changes = [after - before for before, after in pairs]
    mean, spread = fmean(changes), stdev(changes)
    reach = student(len(changes) - 1) * spread / sqrt(len(changes))
    return Shift(
        n=len(changes),
        up=sum(change > 0 for change in changes),
        down=sum(change < 0 for change in changes),
        mean=mean,
        interval=(max(-float(TOP), mean - reach), min(float(TOP), mean + reach)) if spread else None,
    )


def student(freedom: int) -> float:
    """Return the two-sided 95 % quantile of Student's t, from 4 degrees of freedom on right to a thousandth.

    Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.5: an expansion around the normal quantile.
    """
    if freedom < ENOUGH - 1:
        raise ValueError(f"Too coarse for {freedom} degrees of freedom.")
    z, v = Z, freedom
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4)
    )
