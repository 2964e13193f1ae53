"""On which sides somebody argued, debate by debate: counts of what everybody may read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from debates.models import Argument

MOST = 50
"""Debates that are named; who argued in more has the others in the list of arguments."""


@dataclass(frozen=True)
class Sides:
    """What somebody argued in one debate: how many arguments for, against and otherwise."""

    slug: str
    question: str
    pro: int
    con: int
    other: int

    def get_absolute_url(self) -> str:
        """Return the debate's address."""
        return reverse("debate", args=[self.slug])


def sides_of(listed: QuerySet[Argument]) -> list[Sides]:
    """Count listed arguments by debate and stance, the debates with most of them first. One query."""
    rows = (
        listed.order_by()
        .values("debate__slug", "debate__question")
        .annotate(
            pro=Count("pk", filter=Q(stance="pro")),
            con=Count("pk", filter=Q(stance="con")),
            all=Count("pk"),
        )
        .order_by("-all", "debate__question")[:MOST]
    )
    return [
        Sides(
            row["debate__slug"],
            row["debate__question"],
            row["pro"],
            row["con"],
            row["all"] - row["pro"] - row["con"],
        )
        for row in rows
    ]
