"""What was kept of a member's work: what stands, which of their citations were checked, and what they checked."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from debates.models import Argument, Citation, CitationCheck
from debates.models.authorship import signed
from debates.models.visibility import listed as stands
from forum.accounts.models import User


@dataclass(frozen=True)
class Kept:
    """Numbers of one member: nothing in them is an opinion about the member."""

    standing: int
    """Arguments published and not withdrawn."""
    cited: int
    """Citations in them."""
    upheld: int
    """Of those, citations of which somebody else says that the source says this, and nobody that it does not."""
    doubted: int
    """Citations of which somebody else says that the source does not say it."""
    checks: int
    """Citations of others' listed arguments that the member checked, as those stand today."""


def kept_of(member: User, listed: QuerySet[Argument]) -> Kept:
    """Count what stands and what was checked, of what everybody may read. Three queries."""
    current = Q(checks__fingerprint=F("fingerprint")) & ~Q(checks__member=member)
    citations = (
        Citation.objects.filter(argument__in=listed.order_by())
        .order_by()
        .annotate(
            yes=Count("checks", filter=current & Q(checks__verdict="yes")),
            no=Count("checks", filter=current & Q(checks__verdict="no")),
        )
        .aggregate(
            cited=Count("pk"),
            upheld=Count("pk", filter=Q(yes__gt=0, no=0)),
            doubted=Count("pk", filter=Q(no__gt=0)),
        )
    )
    checks = CitationCheck.objects.filter(
        stands("citation__argument__", "debate"),
        signed("citation__argument__"),
        member=member,
        fingerprint=F("citation__fingerprint"),
    ).exclude(citation__argument__author=member)
    return Kept(
        standing=listed.count(),
        cited=citations["cited"],
        upheld=citations["upheld"],
        doubted=citations["doubted"],
        checks=checks.count(),
    )
