"""The strongest answers to some claims, each with the best answer to it: fetched by rank, however many there are.

An answer reaches a claim with its weight times its strength (docs/strength.md). A member who may still rate an answer
must not learn from an order how it stands, so for them those that they have answered, and their own, come first by
strength, and the others after these as they were posted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Case, Count, F, When, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, RowNumber

from debates.models import Argument, Debate, State
from debates.models.argument import ArgumentQuerySet, Stance, standing_known_to
from debates.models.visibility import Viewer


@dataclass
class Point:
    """An answer to a claim, with the best answer against it."""

    argument: Argument
    answer: Argument | None = None
    answers: int = 0
    """How many speak against it."""


@dataclass
class Strongest:
    """The strongest on one side of a claim."""

    count: int = 0
    points: list[Point] = field(default_factory=list)

    @property
    def more(self) -> int:
        """Return how many are left out."""
        return self.count - len(self.points)


def strongest_of(
    debate: Debate, claims: Collection[int], viewer: Viewer, most: int
) -> dict[tuple[int, str], Strongest]:
    """Return the `most` strongest on each side of some claims, by claim and stance, in three statements.

    Everything returned is published and may be read, has its debate, and its standing where there is one.
    """
    sides = {(key, stance): Strongest() for key in claims for stance in (Stance.PRO.value, Stance.CON.value)}
    counts = (
        _answers(debate, claims, viewer)
        .order_by()
        .values_list("parent_id", "stance")
        .annotate(count=Count("pk"))
    )
    for parent, stance, count in counts:
        sides[parent or 0, stance].count = count
    points: dict[int, Point] = {}
    for one in _ranked(_answers(debate, claims, viewer), viewer, ["parent_id", "stance"], most, debate):
        points[one.pk] = Point(one)
        sides[one.parent_id or 0, one.stance].points.append(points[one.pk])
    against = _answers(debate, points, viewer).filter(stance=Stance.CON)
    against = against.annotate(together=Window(Count("pk"), partition_by=[F("parent_id")]))
    for one in _ranked(against, viewer, ["parent_id"], 1, debate):
        point = points[one.parent_id or 0]
        point.answer, point.answers = one, one.together  # type: ignore[attr-defined]  # annotated above
    return sides


def _answers(debate: Debate, claims: Iterable[int], viewer: Viewer) -> ArgumentQuerySet:
    return Argument.objects.visible_to(viewer).filter(
        debate=debate,
        parent__in=list(claims),
        kind=Argument.Kind.ARGUMENT,
        state=State.PUBLISHED,
    )


def _ranked(
    answers: ArgumentQuerySet, viewer: Viewer, among: list[str], most: int, debate: Debate
) -> list[Argument]:
    """Return the first few answers of each group, the strongest first."""
    seen = Case(When(standing_known_to(viewer), then=1), default=0)
    ranked = answers.annotate(seen=seen, reach=_reach()).annotate(
        rank=Window(
            RowNumber(),
            partition_by=[F(name) for name in among],
            order_by=[F("seen").desc(), _when_seen().desc(), F("path").asc()],
        )
    )
    rows = (
        ranked.filter(rank__lte=most)
        .select_related("standing")
        .defer("elaboration", "elaboration_html")
        .order_by("rank", "path")
    )
    found = list(rows)
    for one in found:
        one.debate = debate
    return found


def _reach() -> Combinable:
    return Coalesce(F("standing__weight") * F("standing__strength"), 0.0)


def _when_seen() -> Case:
    return Case(When(seen=1, then=F("reach")), default=0.0)
