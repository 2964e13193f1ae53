"""What the made-up readers answer: by chance, the same at every run, and the same for either side.

Nothing here knows what an argument says or whose it is. How far it convinces is drawn from its name alone; how a reader
answers follows from that and from whether the argument speaks for what that reader thinks, with as many readers on one side
of every thesis as on the other. So no side of the debates is favoured: neither the documents' authors nor who disputes with
them. What comes of it for a thesis is chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from debates.models.rating import LAST_POINT, SURE

SEED = 1
"""Another number makes other readers of the same kind."""
ON_EITHER_SIDE = 9
"""Readers who agree with a thesis, and as many who disagree; the rest have not decided."""
MIDDLE = LAST_POINT // 2


class Chance:
    """Numbers drawn by a name: the same name draws the same numbers on every machine and with every Python.

    Only `random()` is used, whose numbers Python promises to keep; of `sample`, `shuffle` or `gauss` it does not.
    """

    def __init__(self, name: str) -> None:
        self._random = Random(f"{SEED} {name}")  # noqa: S311  # no secret is made of it

    def happens(self, share: float) -> bool:
        """Say whether something happens that does in this share of all cases."""
        return self._random.random() < share

    def between(self, low: float, high: float) -> float:
        """Return a number between two."""
        return low + (high - low) * self._random.random()

    def count(self, low: int, high: int) -> int:
        """Return a whole number from one to another, both included."""
        return low + int((high - low + 1) * self._random.random())

    def some[T](self, choices: Sequence[T], count: int) -> list[T]:
        """Return so many of some choices, or all where there are no more, in an order by chance."""
        drawn = sorted((self._random.random(), turn) for turn in range(len(choices)))
        return [choices[turn] for _, turn in drawn[:count]]

    def near(self, middle: float, most: int) -> int:
        """Return a whole number from 0 to `most` near a middle: a spread of one or so either way."""
        off = self._random.random() - self._random.random()
        return min(most, max(0, round(middle + 1.5 * off)))


@dataclass(frozen=True)
class Latent:
    """How an argument strikes the readers, which nobody sees but in their answers.

    `holds` and `matters` lie between 0 (no) and 1 (yes); `parts` is how much farther, in answers, those whose side it
    speaks for go than those whom it contradicts; `people` is how many of the readers answer.
    """

    holds: float
    matters: float
    parts: float
    people: int


@dataclass(frozen=True)
class Answer:
    """What one reader answers about one argument; `matters` is None where they leave that out."""

    reader: int
    holds: int
    matters: int | None
    after_seeing: bool


@dataclass(frozen=True)
class View:
    """What one reader thinks of a thesis before reading, and on leaving if they say so then."""

    reader: int
    before: int
    after: int | None

    @property
    def lean(self) -> int:
        """Return 1 for who came agreeing, −1 for who came disagreeing, 0 for who had not decided."""
        return (self.before > MIDDLE) - (self.before < MIDDLE)

    @property
    def moved(self) -> bool:
        """Say whether they left with another opinion."""
        return self.after is not None and self.after != self.before


def latent(name: str) -> Latent:
    """Return how an argument of that name strikes the readers: some are new, some little reviewed, most have been read."""
    chance = Chance(f"latent {name}")
    kind = chance.between(0, 1)
    people = chance.count(0, 2) if kind < 0.18 else chance.count(3, 4) if kind < 0.28 else chance.count(6, 22)
    parts = chance.between(1.5, 3.0) if chance.happens(0.35) else chance.between(0, 0.6)
    return Latent(chance.between(0.05, 0.95), chance.between(0.15, 0.95), parts, people)


def views(name: str, readers: int, drift: float = 0) -> list[View]:
    """Return what the readers think of a thesis: as many on either side, and on leaving as many moved this way as that.

    A `drift` moves all of them by so many points: only for what is made up itself.
    """
    chance = Chance(f"views {name}")
    leans = [1] * ON_EITHER_SIDE + [-1] * ON_EITHER_SIDE
    found = []
    for turn, reader in enumerate(chance.some(range(readers), readers)):
        lean = leans[turn] if turn < len(leans) else 0
        before = MIDDLE + lean * chance.count(1, 3)
        after = chance.near(before + drift, LAST_POINT) if chance.happens(0.8) else None
        found.append(View(reader, before, after))
    return found


def answers(name: str, of: Latent, side: int, leans: Sequence[int]) -> Iterator[Answer]:
    """Yield what readers answer about an argument of that name.

    `side` is 1 where it speaks for its thesis in the end, −1 where against it; `leans` has each reader's own.
    """
    chance = Chance(f"answers {name}")
    for reader in chance.some(range(len(leans)), of.people):
        felt = of.holds * SURE + of.parts / 2 * side * leans[reader]
        holds, matters = chance.near(felt, SURE), chance.near(of.matters * SURE, SURE)
        left_out = chance.happens(0.1)
        yield Answer(reader, holds, None if left_out else matters, chance.happens(0.06))
