"""Weigh a claim: from votes and checks to numbers, and from the children's numbers to the claim's own.

Two semantics side by side. *Quadratic energy*: Potyka, “Continuous dynamical systems for weighted bipolar argumentation”,
KR 2018, with weighted edges. *DF-QuAD*: Rago, Toni, Aurisicchio and Baroni, KR 2016: the second opinion, never mixed in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import fsum, prod

METHOD = 1
"""The version of the method, stored with every score. Any change of a number or a rule below is a new version."""
THESIS_BASE = 0.5
"""A thesis starts in the middle: what readers think of it is shown apart."""
TOP_ANSWER = 4
"""Answers go from 0 (not at all) to 4 (fully)."""
BEST_CITATIONS = 3
"""Checked citations that count, the best ones: a fourth proves diligence, not the claim."""
CITATION_SHARE = 0.5
"""What one perfect citation, checked by everybody, adds to the energy."""

type Check = tuple[int, int, int]
"""How many checkers of one citation answered that it says so: yes, partly, no."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The two opinions about one thing: quadratic energy, and DF-QuAD."""

    energy: float
    dfquad: float


@dataclass(frozen=True, slots=True)
class Arrival:
    """One child, or one bundle of joint premises already joined, as it reaches its parent.

    The weight is a pair, too: where there is an undercut, its strength differs between the two opinions.
    """

    pro: bool
    weight: Pair
    strength: Pair


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands: its strength within [0, 1], and the lengths of its bars.

    `pro` and `con` are Σ w·s over the arguments, `cited` what checked citations add to the side of the pros; the energy is
    `pro + cited − con`, so that the bars are the formula's very input.
    """

    strength: Pair
    pro: float
    con: float
    cited: float = 0.0

    @property
    def bars(self) -> float:
        """Return the length of all bars together: how much there is to go by."""
        return self.pro + self.cited + self.con


WHOLE = Pair(1.0, 1.0)
"""All of it, in either opinion."""


def base_of(holds: int, count: int) -> float:
    """Return the base strength of an argument, (A + 4) / (A + D + 8), from answers to “does this hold up?”.

    Of `count` answers from 0 to 4, `holds` is the sum; A = holds/4 and D = count − A. With no answers it is 0.5.
    """
    agreed = _fraction(holds, count)
    return (agreed + 4) / (count + 8)


def relevance_of(matters: int, count: int) -> float:
    """Return the relevance of a link, (Σ/4 + 2) / (n + 4), from answers of 0 to 4 to “does it matter here?”."""
    return (_fraction(matters, count) + 2) / (count + 4)


def _fraction(total: int, count: int) -> float:
    """Return a sum of answers in whole agreements; raise ValueError where so few people cannot have given it."""
    if not 0 <= total <= TOP_ANSWER * count:
        raise ValueError(f"{count} answers of 0 to {TOP_ANSWER} do not add up to {total}.")
    return total / TOP_ANSWER


def ramp_of(people: int) -> float:
    """Return the review ramp, n / (n + 3): what nobody has looked at weighs nothing."""
    if people < 0:
        raise ValueError(f"{people} people cannot have voted.")
    return people / (people + 3)


def share_of(energy: float) -> float:
    """Return h = E² / (1 + E²), the share of the way from the base to the end that an energy moves a strength."""
    return energy * energy / (1 + energy * energy)


def left_by(arrivals: Iterable[Arrival]) -> Pair:
    """Return what undercuts leave of a link, 1 − h with E = Σ w·s over them, in either opinion.

    Both opinions use the one formula, each with its own strengths, for DF-QuAD knows no undercuts.
    """
    them = list(arrivals)
    return Pair(
        1 - share_of(fsum(each.weight.energy * each.strength.energy for each in them)),
        1 - share_of(fsum(each.weight.dfquad * each.strength.dfquad for each in them)),
    )


def undercut(relevance: float, arrivals: Iterable[Arrival]) -> Pair:
    """Return r' = r·(1 − h), the relevance that is left when cons say that a claim does not bear on its parent.

    Every arrival is taken for such a con, whatever its side.
    """
    left = left_by(arrivals)
    return Pair(relevance * left.energy, relevance * left.dfquad)


def weight_of(relevance: Pair, people: int, rank: int) -> Pair:
    """Return the weight of a link, r'·ρ/k, for the author's k-th argument (from 1) on this side of this parent."""
    if rank < 1:
        raise ValueError(f"An author's arguments are counted from 1, not from {rank}.")
    ramp = ramp_of(people)
    return Pair(relevance.energy * ramp / rank, relevance.dfquad * ramp / rank)


def joined(arrivals: Sequence[Arrival]) -> Arrival:
    """Return joint premises as the one argument that they are: the weakest strength and the weakest weight among them."""
    if len({each.pro for each in arrivals}) != 1:
        raise ValueError("Joint premises are one or more, and all on one side.")
    return Arrival(
        arrivals[0].pro,
        Pair(min(each.weight.energy for each in arrivals), min(each.weight.dfquad for each in arrivals)),
        Pair(min(each.strength.energy for each in arrivals), min(each.strength.dfquad for each in arrivals)),
    )


def citation_term(yes: int, partly: int, no: int) -> float:
    """Return what one checked citation adds to the energy, within [0, 0.5): max(0, 2s − 1)·0.5·n/(n + 3).

    The share s = (yes + partly/2 + 2) / (n + 4). Unchecked, or found not to say it: nothing.
    """
    if min(yes, partly, no) < 0:
        raise ValueError("A citation cannot have been checked by fewer than nobody.")
    count = yes + partly + no
    share = (yes + partly / 2 + 2) / (count + 4)
    return max(0.0, 2 * share - 1) * CITATION_SHARE * ramp_of(count)


def citation_terms(checks: Iterable[Check]) -> tuple[float, ...]:
    """Return the terms of the citations that count, the best three, greatest first; what adds nothing is left out."""
    terms = sorted((citation_term(*check) for check in checks), reverse=True)
    return tuple(term for term in terms[:BEST_CITATIONS] if term > 0)


def citations_term(checks: Iterable[Check]) -> float:
    """Return what the checked citations of a claim add to its energy together, within [0, 1.5)."""
    return fsum(citation_terms(checks))


def stand(base: float, arrivals: Collection[Arrival], checks: Sequence[Check] = ()) -> Standing:
    """Return how a claim with this base strength stands under what reaches it.

    A citation that counts adds its term to the energy, and is one more supporter (its w·s being the term) in DF-QuAD's v_s.
    Sums are exactly rounded (`fsum`), so that the order of the arrivals does not matter to them.
    Raise ValueError for a base, weight or strength outside [0, 1], or not finite.
    """
    if not arrivals and not checks:
        return Standing(Pair(base, base), 0.0, 0.0)
    pros: list[float] = []
    cons: list[float] = []
    unsupported: list[float] = []
    unattacked: list[float] = []
    for each in arrivals:
        weight, strength = each.weight, each.strength
        if each.pro:
            pros.append(weight.energy * strength.energy)
            unsupported.append(1 - weight.dfquad * strength.dfquad)
        else:
            cons.append(weight.energy * strength.energy)
            unattacked.append(1 - weight.dfquad * strength.dfquad)
    cited = citation_terms(checks) if checks else ()
    unsupported += [1 - term for term in cited]
    return balance(base, fsum(pros), fsum(cons), fsum(cited), prod(unattacked) - prod(unsupported))


def balance(base: float, pro: float, con: float, cited: float, second: float) -> Standing:
    """Return how a claim stands with these bars, and with `second` = v_s − v_a by the second opinion."""
    energy = pro + cited - con
    share = share_of(energy)
    found = Pair(
        base + (1 - base) * share if energy > 0 else base - base * share,
        base + (1 - base) * second if second > 0 else base + base * second,
    )
    if not (0 <= found.energy <= 1 and 0 <= found.dfquad <= 1):  # also where either is not a number
        raise ValueError(f"A strength lies between 0 and 1, which {found} does not.")
    return Standing(found, pro, con, cited)
