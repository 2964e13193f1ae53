"""Claims with more answers than a page of lines draws: a hundred at a time, for and against in turns, notes last."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Least, RowNumber

from debates.folding import SIBLINGS_MOST, TOP, Fold, page_of, page_start
from debates.models import Argument
from debates.models.argument import ArgumentQuerySet, Stance, answered
from debates.models.visibility import Viewer
from debates.views.parts.choosing import Choice
from debates.views.parts.standing_order import REACH, strongest_first


@dataclass(frozen=True)
class Crowd:
    """A claim with more answers than a page draws: how many of each side, and where the page begins."""

    parent: int | None
    path: str
    name: str
    pros: int
    cons: int
    notes: int
    start: int

    @property
    def count(self) -> int:
        """Return how many answers it has."""
        return self.pros + self.cons + self.notes

    @property
    def drawn(self) -> Q:
        """Return the condition for those that stand on the page; `place` is the turn of each on its side."""
        sides = zip(("pro", "con", ""), page_of(self.pros, self.cons, self.notes, self.start), strict=True)
        page = Q()
        for stance, (low, high) in sides:
            if low < high:
                page |= Q(stance=stance, place__gt=low, place__lte=high)
        parent = Q(parent__isnull=True) if self.parent is None else Q(parent=self.parent)
        return parent & page


def crowds_among(answers: ArgumentQuerySet, fold: Fold) -> list[Crowd]:
    """Return the claims that have too many of these answers, each with the page that an address asks for; one statement."""
    starts = dict(fold.more)
    rows = (
        answers.order_by()
        .values_list("parent_id", "parent__path", "parent__public_id")
        .annotate(
            pros=Count("pk", filter=Q(stance=Stance.PRO)),
            cons=Count("pk", filter=Q(stance=Stance.CON)),
            notes=Count("pk", filter=Q(stance="")),
            count=Count("pk"),
        )
        .filter(count__gt=SIBLINGS_MOST)
    )
    return [
        Crowd(
            parent, path or "", name or TOP, pros, cons, notes, page_start(starts.get(name or TOP, 0), count)
        )
        for parent, path, name, pros, cons, notes, count in rows
    ]


def on_pages(
    placed: ArgumentQuerySet, crowds: Collection[Crowd], choice: Choice, viewer: Viewer
) -> list[int]:
    """Return the keys of the answers that stand on the pages of crowded claims, in the chosen order; one statement."""
    page = Q()
    for crowd in crowds:
        page |= crowd.drawn
    beside = Q(parent__in=[crowd.parent for crowd in crowds if crowd.parent is not None])
    if any(crowd.parent is None for crowd in crowds):
        beside |= Q(parent__isnull=True)
    rows, order = _in_order(placed.filter(beside), choice, viewer)
    turn = Window(RowNumber(), partition_by=[F("parent_id"), F("stance")], order_by=[*order, F("path").asc()])
    return list(rows.order_by().annotate(place=turn).filter(page).values_list("pk", flat=True))


def _in_order(rows: ArgumentQuerySet, choice: Choice, viewer: Viewer) -> tuple[QuerySet[Argument], list[Any]]:
    """Return answers with what orders them where not all are fetched; a random order is made of a page only.

    As everywhere an order by standing tells a member nothing of what they may still rate blindly. Any: expressions of a
    query.
    """
    match choice.sort:
        case "strongest":
            return strongest_first(rows, viewer, REACH), [F("shown").desc(nulls_last=True)]
        case "contested":
            weaker = Least("standing__pro", "standing__con")
            return strongest_first(rows, viewer, weaker), [F("shown").desc(nulls_last=True)]
        case "newest":
            return rows, [F("created_at").desc()]
        case "unanswered":
            return rows.annotate(answered=answered()), [F("answered").asc()]
        case _posted:
            return rows, []
