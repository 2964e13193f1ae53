"""Sort by votes: the share of agreement that is at least to be expected, so that 1 of 1 does not stand above 95 of 100."""

from math import sqrt

Z = 1.959964
"""Two-sided 95 %."""


def wilson(agreeing: float, count: int, z: float = Z) -> float:
    """Return the lower bound of Wilson's score interval for a share, within [0, 1].

    E. B. Wilson, “Probable inference, the law of succession, and statistical inference”, JASA 22 (1927). `agreeing` of `count`
    people; an answer between agreement and refusal counts as a fraction. Nobody: 0. For sorting only, never for a base, since
    it reads “unknown” as “bad”.
    """
    if not 0 <= agreeing <= count:
        raise ValueError(f"{agreeing} of {count} people cannot agree.")
    if not count:
        return 0.0
    share = agreeing / count
    middle = share + z * z / (2 * count)
    spread = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return max(0.0, (middle - spread) / (1 + z * z / count))  # rounding may take 0 below itself
