"""Who may rate, who sees what others say, and the tallies: the one place that every page asks.

A member who may rate an argument sees neither its tallies nor its word and bar until they have said whether it holds
up, or have asked; the tally of a question opens when that question is answered. Staff are no exception. Whoever may not
rate (a visitor, the author, anybody once the branch is locked) sees everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.actions.weighing.rate import check_rate
from debates.models import Argument, Rating
from debates.models.rating import SURE, Holds, Matters
from debates.models.visibility import Viewer
from debates.permissions import may

AGREES = 3
"""From this answer on somebody says that it holds up, or that it matters."""
type Counts = tuple[int, ...]
"""How many gave each of the five answers, the lowest first."""
NONE: Counts = (0,) * (SURE + 1)


def may_rate(viewer: Viewer, argument: Argument, locked: bool | None = None) -> bool:
    """Say whether a viewer may rate an argument; without `locked` that costs a query."""
    return may(check_rate, viewer, argument, locked)


def sees_tallies(rating: Rating | None, *, may_rate: bool) -> bool:
    """Say whether what others say of an argument's holding up is shown: its tally, its word, its bar."""
    return not may_rate or (rating is not None and (rating.holds is not None or rating.asked_at is not None))


@dataclass
class Tally:
    """What members say of one argument; answers given after seeing the others are counted apart."""

    holds: Counts = NONE
    matters: Counts = NONE
    apart: int = 0


@dataclass
class Option:
    """One of five answers as a button; `count` is None where it is not shown."""

    value: int
    words: str
    pressed: bool
    count: int | None


@dataclass
class Question:
    """One of the two questions, with its answers and, where that is shown, a sentence on what was answered."""

    name: str
    words: str
    options: list[Option]
    answered: bool
    sentence: str


@dataclass
class Seen:
    """How one viewer stands to one argument."""

    rating: Rating | None = None
    may_rate: bool = False
    tally: Tally = field(default_factory=Tally)
    open: bool = False
    """Whether the questions are drawn, or only what leads to them."""

    @property
    def sees(self) -> bool:
        """Say whether tally, word and bar are shown."""
        return sees_tallies(self.rating, may_rate=self.may_rate)

    @property
    def sees_matters(self) -> bool:
        """Say whether the tally of the second question is shown."""
        given = self.rating is not None and (
            self.rating.matters is not None or self.rating.asked_at is not None
        )
        return given or not self.may_rate

    @property
    def answered(self) -> bool:
        """Say whether an answer stands that can be taken back."""
        return self.rating is not None and (self.rating.holds is not None or self.rating.matters is not None)

    @property
    def may_ask(self) -> bool:
        """Say whether the viewer can ask to see the others first."""
        return self.may_rate and not self.answered and (self.rating is None or self.rating.asked_at is None)

    @property
    def agrees(self) -> bool:
        """Say whether the one click was given: it holds up, without a doubt."""
        return self.rating is not None and self.rating.holds == Holds.YES

    @cached_property
    def questions(self) -> list[Question]:
        """Return the two questions; counts stand at the answers where the viewer sees them."""
        return [
            holds_question(
                self.rating.holds if self.rating else None, self.tally.holds if self.sees else None
            ),
            matters_question(
                self.rating.matters if self.rating else None,
                self.tally.matters if self.sees_matters else None,
            ),
        ]

    @property
    def apart_words(self) -> str:
        """Return how many answers are kept apart, in words."""
        if not self.tally.apart or not (self.sees and self.sees_matters):
            return ""
        return ngettext(
            "%(count)d member answered after seeing what others say; that is kept apart.",
            "%(count)d members answered after seeing what others say; that is kept apart.",
            self.tally.apart,
        ) % {"count": self.tally.apart}


def holds_question(given: int | None, counts: Counts | None) -> Question:
    """Return the first question with a viewer's answer; None for `counts` keeps the tally closed."""
    words = _("Does this hold up, taken by itself?")
    return _question("holds", words, Holds, given, counts)


def matters_question(given: int | None, counts: Counts | None) -> Question:
    """Return the second question with a viewer's answer; None for `counts` keeps the tally closed."""
    words = _("Does it matter here, supposing that it holds?")
    return _question("matters", words, Matters, given, counts)


def _question(
    name: str, words: str, choices: type[Holds | Matters], given: int | None, counts: Counts | None
) -> Question:
    options = [
        Option(one.value, str(one.label), given == one.value, counts[one.value] if counts else None)
        for one in choices
    ]
    return Question(name, words, options, given is not None, tally_words(name, counts) if counts else "")


def tally_words(name: str, counts: Counts) -> str:
    """Return what members answered to a question, “7 of 9 say that it holds up”, in words."""
    everybody = {"agree": sum(counts[AGREES:]), "all": sum(counts)}
    if not everybody["all"]:
        return _("Nobody has answered yet.")
    if name == "holds":
        return _("%(agree)d of %(all)d say that it holds up.") % everybody
    return _("%(agree)d of %(all)d say that it matters much here.") % everybody


def ratings_of(viewer: Viewer, arguments: Iterable[Argument]) -> dict[int, Seen]:
    """Return how a viewer stands to arguments, by key; each needs its debate at hand.

    A visitor costs no query, a member one, and one more where claims above an argument are not among those given.
    """
    shown = list(arguments)
    if not viewer.is_authenticated:
        return {one.pk: Seen() for one in shown}
    debates = {one.debate_id for one in shown}
    own = Rating.objects.filter(member=viewer.pk, argument__debate__in=debates)
    given = {rating.argument_id: rating for rating in own}
    locked = locked_among(shown)
    return {one.pk: Seen(given.get(one.pk), may_rate(viewer, one, one.pk in locked)) for one in shown}


def locked_among(arguments: Sequence[Argument]) -> set[int]:
    """Return the keys of those that stand in a locked branch or debate; asks only for claims that are not at hand."""
    at_hand = {(one.debate_id, one.path) for one in arguments}
    locks = {(one.debate_id, one.path) for one in arguments if one.locked_at is not None}
    far = {(one.debate_id, path) for one in arguments for path in one.ancestor_paths} - at_hand
    if far:
        above = Argument.objects.filter(
            debate__in={debate for debate, _path in far},
            path__in={path for _debate, path in far},
            locked_at__isnull=False,
        )
        locks |= set(above.order_by().values_list("debate_id", "path"))
    return {
        one.pk
        for one in arguments
        if one.debate.locked_at is not None
        or any((one.debate_id, path) in locks for path in (*one.ancestor_paths, one.path))
    }


def tallies_of(arguments: Iterable[Argument]) -> dict[int, Tally]:
    """Return the tallies of arguments, by key, in one query."""
    keys = [one.pk for one in arguments]
    found = {key: Tally() for key in keys}
    answered = Q(holds__isnull=False) | Q(matters__isnull=False)
    groups = (
        Rating.objects.filter(answered, argument__in=keys)
        .order_by()
        .values_list("argument_id", "after_seeing", "holds", "matters")
        .annotate(count=Count("pk"))
    )
    for key, apart, holds, matters, count in groups:
        tally = found[key]
        if apart:
            tally.apart += count
        else:
            tally.holds = plus(tally.holds, holds, count)
            tally.matters = plus(tally.matters, matters, count)
    return found


def plus(counts: Counts, answer: int | None, count: int) -> Counts:
    """Return counts with some more of one answer; None is no answer."""
    return tuple(one + count * (value == answer) for value, one in enumerate(counts))


def seen_open(viewer: Viewer, argument: Argument) -> Seen:
    """Return how a viewer stands to one argument, with the questions and tallies to be drawn."""
    seen = ratings_of(viewer, [argument])[argument.pk]
    seen.open, seen.tally = True, tallies_of([argument])[argument.pk]
    return seen
