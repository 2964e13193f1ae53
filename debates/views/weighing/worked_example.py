"""The worked example of the method: a small invented debate, weighed by the engine, with every step of the reckoning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debates.forms.method import Votes
from debates.models.standing import Label, Word
from debates.strength.graph import Claim, Graph, Place, compute
from debates.strength.labels import labels
from debates.strength.removal import Range, range_of, without
from debates.strength.semantics import (
    CITATION_SHARE,
    THESIS_BASE,
    TOP_ANSWER,
    Check,
    base_of,
    citation_term,
    ramp_of,
    relevance_of,
    share_of,
)
from debates.strength.words import band_of, word_of
from debates.views.parts.standing import Block, bars_in_words, blocks_of

THESIS, P1, P2, C1, R1, C2 = range(6)


@dataclass(frozen=True)
class Part:
    """One argument of the example: where it stands, what it says, and what people answered."""

    key: int
    name: str
    claim: str | Promise
    parent: int
    votes: Votes
    pro: bool


THESIS_CLAIM = gettext_lazy("The old cranes should stay on the harbour quay.")
PARTS = (
    Part(
        P1,
        "P1",
        gettext_lazy("Visitors come to the harbour for the cranes."),
        THESIS,
        Votes(yes=14, no=4, answers=6, points=20, people=18, check=(5, 1, 0)),
        pro=True,
    ),
    Part(
        P2,
        "P2",
        gettext_lazy("Painting them costs less than taking them down."),
        THESIS,
        Votes(yes=3, no=1, answers=2, points=6, people=4),
        pro=True,
    ),
    Part(
        C1,
        "C1",
        gettext_lazy("Their feet are rusting, so that they may fall."),
        THESIS,
        Votes(yes=9, no=6, answers=5, points=18, people=15),
        pro=False,
    ),
    Part(
        R1,
        "R1",
        gettext_lazy("The feet were replaced two winters ago."),
        C1,
        Votes(yes=10, no=2, answers=4, points=15, people=12),
        pro=False,
    ),
    Part(C2, "C2", gettext_lazy("The gulls on them wake the whole quay."), THESIS, Votes(), pro=False),
)


@dataclass(frozen=True)
class Figure:
    """One figure of the reckoning, to six digits, or the word; and the sum that it comes from, if it comes from one."""

    value: str
    sum: str = ""


type Figures = dict[str, Figure]
"""The figures of one claim, by the step in `STEPS`; a step that is not taken has none."""


@dataclass
class Shown:
    """How the thesis stands: its word, its value, its bars, and what is left to answer."""

    word: str
    words: str
    value: str
    second_value: str
    second_words: str
    """The word of the second opinion, where it is another."""
    label: str
    label_words: str
    sentence: str
    blocks: list[Block] = field(default_factory=list)
    kept: str = ""
    """Why the word is not that of the band in which the value lies, where it is not."""


STEPS = {
    "start": gettext_lazy("Base, the same for every thesis"),
    "base": gettext_lazy("Base, from “does it hold up?”"),
    "share": gettext_lazy("Its source, by those who checked"),
    "cited": gettext_lazy("What the checked source adds"),
    "energy": gettext_lazy("What is for it, less what is against"),
    "moved": gettext_lazy("How far that moves it towards an end"),
    "strength": gettext_lazy("Strength"),
    "word": gettext_lazy("Word"),
    "second": gettext_lazy("Second opinion"),
    "relevance": gettext_lazy("Relevance, from “does it matter here?”"),
    "ramp": gettext_lazy("Review, from how many voted"),
    "weight": gettext_lazy("Weight"),
    "reach": gettext_lazy("What reaches the claim above"),
    "without": gettext_lazy("The thesis without this argument"),
}
"""The steps of the reckoning, in their order, in words."""


class Weighed:
    """The example with some answers, weighed by the engine."""

    def __init__(self, votes: Mapping[int, Votes], before: Weighed | None = None) -> None:
        """Take the answers about each argument, and the example as it stood before, whose words stay where they may."""
        self.votes, self.before = votes, before
        claims = [Claim(THESIS, thesis=True)]
        places = []
        for part in PARTS:
            given = votes[part.key]
            if given.gone:
                continue
            checks = (given.check,) if given.check else ()
            held, count = given.yes * TOP_ANSWER, given.yes + given.no
            claims.append(Claim(part.key, holds=held, count=count, people=given.people, checks=checks))
            places.append(Place(part.key, part.parent, part.pro, matters=given.points, count=given.answers))
        self.graph = Graph(claims, places)
        self.result = compute(self.graph)
        self.gone = without(self.graph, THESIS)

    @cached_property
    def people(self) -> int:
        """Return who reviewed the thesis: here all who voted are taken to have voted on the busiest argument below it."""
        return max((self.graph.claims[place.child].people for place in self._under(THESIS)), default=0)

    @cached_property
    def range(self) -> Range | None:
        """Return the range of the thesis with any one argument gone."""
        return range_of(self.gone)

    def _under(self, key: int) -> list[Place]:
        return self.graph.children.get(key, [])

    def word(self, key: int = THESIS, *, second: bool = False) -> Word:
        """Return the word of a claim, by either opinion."""
        found, thesis = self.result.standing[key], key == THESIS
        strength = found.strength.dfquad if second else found.strength.energy
        people = self.people if thesis else self.graph.claims[key].people
        before = (
            self.before.word(key, second=second) if self.before and key in self.before.graph.claims else ""
        )
        return Word(word_of(strength, people, found.bars, thesis, before))

    def shown(self) -> Shown:
        """Return how the thesis stands, as the page shows it."""
        found = self.result.standing[THESIS]
        pros, cons = self._reaches(pro=True), self._reaches(pro=False)
        word, second, band = self.word(), self.word(second=True), Word(band_of(found.strength.energy))
        label = Label(labels(self.graph)[THESIS].label)
        kept = ""
        if word not in (band, Word.UNREVIEWED):
            kept = _(
                "By its value it would be “%(band)s”; “%(word)s” stood before, and the edge is near."
            ) % {
                "band": band.label,
                "word": word.label,
            }
        return Shown(
            word=word,
            words=str(word.label),
            value=six(found.strength.energy),
            second_value=six(found.strength.dfquad),
            second_words=str(second.label) if second != word else "",
            label="" if label == Label.NONE else label,
            label_words="" if label == Label.NONE else str(label.label),
            sentence=bars_in_words(found.pro, len(pros), found.con, len(cons), found.cited),
            blocks=blocks_of(pros, cons, found.cited),
            kept=kept,
        )

    def _reaches(self, *, pro: bool) -> list[float]:
        """Return with how much each argument on one side reaches the thesis, the strongest first."""
        reach = [self.reach(place) for place in self._under(THESIS) if place.pro == pro]
        return sorted((one for one in reach if one > 0), reverse=True)

    def reach(self, place: Place) -> float:
        """Return w·s of an argument in its place."""
        weight = self.result.weight[place.child, place.parent].energy
        return weight * self.result.standing[place.child].strength.energy

    def figures(self, key: int) -> Figures:
        """Return every step of the reckoning of a claim."""
        if key not in self.graph.claims:
            return {}
        word = {"word": Figure(str(self.word(key).label))}
        if key != THESIS:
            return self._base(key) | self._strength(key, self._base_of(key)) | word | self._weight(key)
        second = Figure(six(self.result.standing[THESIS].strength.dfquad))
        start = {"start": Figure(six(THESIS_BASE)), "second": second}
        return start | self._strength(THESIS, THESIS_BASE) | word

    def _base_of(self, key: int) -> float:
        return base_of(self.graph.claims[key].holds, self.graph.claims[key].count)

    def _base(self, key: int) -> Figures:
        given = self.votes[key]
        said = f"({given.yes} + 4) / ({given.yes} + {given.no} + 8)"
        return {"base": Figure(six(self._base_of(key)), said)}

    def _cited(self, check: Check) -> Figures:
        """Return what checking its source adds to a claim."""
        yes, partly, no = check
        count, adds = yes + partly + no, citation_term(*check)
        share = six((yes + partly / 2 + 2) / (count + 4))
        said = f"(2 · {share} − 1) · {CITATION_SHARE} · {count} / ({count} + 3)" if adds else ""
        return {
            "share": Figure(share, f"({yes} + {partly} / 2 + 2) / ({count} + 4)"),
            "cited": Figure(six(adds), said),
        }

    def _strength(self, key: int, base: float) -> Figures:
        """Return how the strength of a claim comes about from its base; with nothing for or against it, that is all."""
        found, checks = self.result.standing[key], self.graph.claims[key].checks
        if not checks and not self._under(key):
            return {"strength": Figure(six(base))}
        figures = self._cited(checks[0]) if checks else {}
        energy = found.pro + found.cited - found.con
        moved = six(share_of(energy))
        figures["energy"] = Figure(six(energy), self._sum(key))
        figures["moved"] = Figure(moved, f"({six(energy)})² / (1 + ({six(energy)})²)")
        way = f"+ (1 − {six(base)})" if energy > 0 else f"− {six(base)}"
        figures["strength"] = Figure(six(found.strength.energy), f"{six(base)} {way} · {moved}")
        return figures

    def _sum(self, key: int) -> str:
        """Return the energy of a claim as a sum of what reaches it; a single term is none."""
        terms = [(place.pro, six(self.reach(place))) for place in self._under(key)]
        if cited := self.result.standing[key].cited:
            terms.append((True, six(cited)))
        if len(terms) < 2:
            return ""
        first, *rest = sorted(terms, key=lambda term: not term[0])
        said = first[1] if first[0] else f"−{first[1]}"
        return said + "".join(f" {'+' if pro else '−'} {term}" for pro, term in rest)

    def _weight(self, key: int) -> Figures:
        """Return what an argument weighs in its place; nothing where what it answers is gone."""
        given, place = self.votes[key], self.graph.parents.get(key, [None])[0]
        relevance, ramp = relevance_of(given.points, given.answers), ramp_of(given.people)
        figures = {
            "relevance": Figure(six(relevance), f"({given.points}/4 + 2) / ({given.answers} + 4)"),
            "ramp": Figure(six(ramp), f"{given.people} / ({given.people} + 3)"),
        }
        if place is None:
            return figures
        weight = self.result.weight[key, place.parent].energy
        strength = self.result.standing[key].strength.energy
        figures["weight"] = Figure(six(weight), f"{six(relevance)} · {six(ramp)}")
        figures["reach"] = Figure(six(self.reach(place)), f"{six(weight)} · {six(strength)}")
        if key in self.gone:
            figures["without"] = Figure(six(self.gone[key].energy))
        return figures


def six(number: float) -> str:
    """Return a number to six digits, with a true minus, and never as minus nothing."""
    return f"{round(number, 6) + 0.0:.6f}".replace("-", "−")
