"""Cruxes, the claims that part supporters from opponents of a thesis; and common ground, what both sides accept.

Sides are what members declared themselves on the thesis, in their latest opinion. To agree with a claim is to say that it
holds up. Nothing is said of a side of which fewer than five answered. What others say of a claim is left out for a member
who may still rate it: even its place in one of the lists would tell.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import BooleanField, Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from debates.models import Argument, Debate, Opinion, Rating
from debates.models.rating import counted
from debates.models.visibility import Viewer
from debates.strength.bridge import ENOUGH, Group, Separation, bridge, separation
from debates.tree import WIDTH
from debates.views.asking.fetching import fetch_debate
from debates.views.machines.meta import view_meta
from debates.views.parts.ratings import AGREES, ratings_of

SUPPORTER, OPPONENT = 4, 2
"""From this point of an opinion on somebody supports a thesis; up to this one they oppose it."""
LEAST_APART = 0.25
"""How far apart the two sides must be, as smoothed shares, for a claim to be called a crux."""
MOST = 7
"""Claims shown in each list."""


@dataclass
class Parting:
    """What the two sides of a thesis say of one claim."""

    argument: Argument
    parts: Separation
    accepted: float
    """The bridge score, within (0, 1)."""

    @property
    def words(self) -> str:
        """Return the plain counts."""
        return _(
            "%(for)d of %(all_for)d supporters say that it holds up, %(against)d of %(all_against)d opponents."
        ) % {
            "for": self.parts.supporters[0],
            "all_for": self.parts.supporters[1],
            "against": self.parts.opponents[0],
            "all_against": self.parts.opponents[1],
        }

    @property
    def is_shared(self) -> bool:
        """Say whether more than half of either side say that it holds up."""
        return all(agree * 2 > answered for agree, answered in (self.parts.supporters, self.parts.opponents))


@dataclass
class ThesisCruxes:
    """A thesis with what parts its two sides and what they share."""

    thesis: Argument
    supporters: int = 0
    opponents: int = 0
    cruxes: list[Parting] = field(default_factory=list)
    common: list[Parting] = field(default_factory=list)
    unread: list[Argument] = field(default_factory=list)
    """Claims with answers enough that the viewer may still rate: left out of both lists."""
    compared: int = 0
    """Claims that enough of both sides have rated."""

    @property
    def missing(self) -> str:
        """Say what is missing before anything can be shown, if something is."""
        if min(self.supporters, self.opponents) < ENOUGH:
            return _(
                "Nothing can be said yet: %(for)d supporters and %(against)d opponents have said what they think of "
                "this thesis; from %(enough)d of each on their answers are compared."
            ) % {"for": self.supporters, "against": self.opponents, "enough": ENOUGH}
        if not self.compared:
            return _(
                "Nothing can be said yet: no claim has been rated by %(enough)d supporters and %(enough)d opponents."
            ) % {"enough": ENOUGH}
        return ""


def cruxes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show for each thesis of a debate what parts its two sides, and what both accept."""
    debate = fetch_debate(request, slug)
    return render(
        request,
        "debates/cruxes.html",
        {
            "debate": debate,
            "theses": cruxes_of(request.user, debate),
            "enough": ENOUGH,
            "meta": view_meta(request, debate, "cruxes", _("Cruxes and common ground")),
        },
    )


def cruxes_of(viewer: Viewer, debate: Debate) -> list[ThesisCruxes]:
    """Return what parts and what joins the two sides of each thesis, in a fixed number of queries."""
    shown = Argument.objects.filter(debate=debate).listed()
    theses = {one.path: ThesisCruxes(one) for one in shown.filter(kind=Argument.Kind.THESIS).order_by("path")}
    for path, supporters, opponents in sides_of(debate):
        if path in theses:
            theses[path].supporters, theses[path].opponents = supporters, opponents
    partings = {key: parts for key, groups in answers_of(debate).items() if (parts := separation(*groups))}
    claims = list(shown.filter(pk__in=partings).select_related("debate").order_by("path"))
    seen = ratings_of(viewer, claims)
    for claim in claims:
        of, parts = theses.get(claim.path[:WIDTH]), partings[claim.pk]
        if of is None:  # its thesis is hidden
            continue
        of.compared += 1
        if not seen[claim.pk].sees:
            of.unread.append(claim)
            continue
        one = Parting(claim, parts, bridge((parts.supporters, parts.opponents)))
        if parts.size >= LEAST_APART:
            of.cruxes.append(one)
        if one.is_shared:
            of.common.append(one)
    for of in theses.values():
        of.cruxes = sorted(of.cruxes, key=lambda one: -one.parts.size)[:MOST]
        of.common = sorted(of.common, key=lambda one: -one.accepted)[:MOST]
    return list(theses.values())


def sides_of(debate: Debate) -> list[tuple[str, int, int]]:
    """Return the path of each thesis with the number of its supporters and opponents, in one query."""
    opinions = Opinion.objects.filter(thesis__debate=debate).annotate(latest=Coalesce("after", "before"))
    counts = (
        opinions.order_by()
        .values_list("thesis__path")
        .annotate(
            supporters=Count("pk", filter=Q(latest__gte=SUPPORTER)),
            opponents=Count("pk", filter=Q(latest__lte=OPPONENT)),
        )
    )
    return [(path, supporters, opponents) for path, supporters, opponents in counts]


def answers_of(debate: Debate) -> dict[int, tuple[Group, Group]]:
    """Return what supporters and opponents of its thesis say of each claim, by key, in one query.

    The thesis of a claim is the one whose path begins the claim's. Answers given after seeing the others do not count.
    """
    declared = (
        Opinion.objects.filter(
            thesis__debate=OuterRef("argument__debate"),
            thesis__path=Substr(OuterRef("argument__path"), 1, WIDTH),
            member=OuterRef("member"),
        )
        .annotate(latest=Coalesce("after", "before"))
        .values("latest")[:1]
    )
    rated = Rating.objects.filter(
        counted(),
        argument__debate=debate,
        argument__kind=Argument.Kind.ARGUMENT,
        holds__isnull=False,
    ).annotate(declared=Subquery(declared))
    rows = (
        rated.filter(Q(declared__gte=SUPPORTER) | Q(declared__lte=OPPONENT))
        .annotate(
            supports=Case(
                When(declared__gte=SUPPORTER, then=True), default=False, output_field=BooleanField()
            )
        )
        .order_by()
        .values_list("argument_id", "supports")
        .annotate(agree=Count("pk", filter=Q(holds__gte=AGREES)), all=Count("pk"))
    )
    found: dict[int, tuple[Group, Group]] = {}
    for key, supports, agree, everybody in rows:
        supporters, opponents = found.get(key, ((0, 0), (0, 0)))
        if supports:
            supporters = (agree, everybody)
        else:
            opponents = (agree, everybody)
        found[key] = (supporters, opponents)
    return found
