"""The page of the day: where something happens, what has become contested, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from debates.models import Argument, Citation, StandingChange, State
from debates.models.argument import Stance, in_locked_branch, unanswered
from debates.models.standing import Word
from debates.models.visibility import Viewer, listed
from debates.queues import unchecked, uncited, wanted
from debates.views.machines.meta import site_page_meta
from debates.views.parts.standing_order import strongest_first

A_SECTION, HALF_SECTION = 6, 3
"""Rows of a part of the page that has one list, and of each list where it has two."""
MANY_REPLIES = 2
"""Replies from which on a claim that cites nothing is said to be much discussed."""
SPANS = {
    "day": (timedelta(days=1), gettext_lazy("the last day")),
    "week": (timedelta(days=7), gettext_lazy("the last week")),
    "month": (timedelta(days=30), gettext_lazy("the last month")),
}
DEFAULT = "week"
EVEN = 0.5
"""The strength of a thesis at which both sides weigh the same."""


@dataclass(frozen=True)
class Active:
    """A debate in which something was said, and how much of it on either side."""

    question: str
    url: str
    last: datetime
    pros: int
    cons: int
    notes: int


@dataclass(frozen=True)
class Line:
    """One claim with its debate and what is the matter with it, in words."""

    claim: str
    url: str
    debate: str
    debate_url: str
    about: str = ""


def today(request: HttpRequest) -> HttpResponse:
    """Show what a returning reader looks for first; `?since=` day, week or month. Every part is short, for everyone."""
    since = request.GET.get("since", "")
    since = since if since in SPANS else DEFAULT
    start = timezone.now() - SPANS[since][0]
    return render(
        request,
        "debates/today.html",
        {
            "since": since,
            "span": SPANS[since][1],
            "spans": [(key, words) for key, (_length, words) in SPANS.items()],
            "active": _active(start),
            "turned": _turned(start),
            "both_sides": _both_sides(start),
            "unanswered": _unanswered(request.user),
            "asked_for": _asked_for(),
            "uncited": _uncited(),
            "unchecked": _unchecked(),
            "meta": site_page_meta(
                request,
                "today",
                _("Today"),
                _(
                    "What is being argued, what is newly contested, and what still wants an answer or a source."
                ),
            ),
        },
    )


def _active(start: datetime) -> list[Active]:
    """Return the debates with the most arguments since, with how many for and against: the sides in the claim above."""
    new = Argument.objects.listed().filter(created_at__gte=start).exclude(kind=Argument.Kind.THESIS)
    rows = (
        new.order_by()
        .values("debate__question", "debate__slug")
        .annotate(
            pros=Count("pk", filter=Q(stance=Stance.PRO)),
            cons=Count("pk", filter=Q(stance=Stance.CON)),
            every=Count("pk"),
            last=Max("created_at"),
        )
        .order_by("-every", "-last", "debate__slug")[:A_SECTION]
    )
    return [
        Active(
            row["debate__question"],
            reverse("debate", args=[row["debate__slug"]]),
            row["last"],
            row["pros"],
            row["cons"],
            row["every"] - row["pros"] - row["cons"],
        )
        for row in rows
    ]


def _turned(start: datetime) -> list[Line]:
    """Return the theses that are contested and were not, or whose balance went to the other side, the last first.

    A thesis is not rated, so everybody sees how it stands. What was only loaded or computed anew is no event.
    """
    changes = StandingChange.objects.filter(thesis=OuterRef("pk")).order_by("-pk")
    before = changes.filter(at__lt=start)
    quiet = (StandingChange.Cause.LOADED, StandingChange.Cause.REBUILT)
    now_contested = Q(standing__word=Word.CONTESTED) & (
        Q(was_word__isnull=True) | ~Q(was_word=Word.CONTESTED)
    )
    tipped = Q(standing__strength__gt=EVEN, was_strength__lt=EVEN) | Q(
        standing__strength__lt=EVEN, was_strength__gt=EVEN
    )
    rows = (
        Argument.objects.listed()
        .filter(kind=Argument.Kind.THESIS)
        .exclude(standing__word=Word.UNREVIEWED)
        .annotate(
            changed=Subquery(changes.values("at")[:1]),
            cause=Subquery(changes.values("cause")[:1]),
            was_word=Subquery(before.values("word")[:1]),
            was_strength=Subquery(before.values("strength")[:1]),
        )
        .filter(now_contested | tipped)
        .exclude(cause__in=quiet)
        .select_related("debate", "standing")
        .order_by("-changed", "-pk")
    )
    return [_line(row, _turn(row)) for row in rows[:HALF_SECTION]]


def _turn(thesis: Any) -> str:
    """Return what became of a thesis in words. Any: one with what was before attached."""
    if thesis.standing.word == Word.CONTESTED and thesis.was_word != Word.CONTESTED:
        if thesis.was_word is None:
            return _("Contested from the first.")
        return _("Contested now; before: %(word)s.") % {"word": Word(thesis.was_word).label}
    if thesis.standing.strength > EVEN:
        return _("The balance has gone over to what speaks for it.")
    return _("The balance has gone over to what speaks against it.")


def _both_sides(start: datetime) -> list[Line]:
    """Return the claims that were answered from both sides, the most often first: counts, which tell nobody how they stand."""
    rows = (
        Argument.objects.listed()
        .filter(listed("parent__"), created_at__gte=start)
        .exclude(stance="")
        .order_by()
        .values("parent__claim", "parent__public_id", "debate__question", "debate__slug")
        .annotate(
            pros=Count("pk", filter=Q(stance=Stance.PRO)),
            cons=Count("pk", filter=Q(stance=Stance.CON)),
            every=Count("pk"),
        )
        .filter(pros__gt=0, cons__gt=0)
        .order_by("-every", "-parent__public_id")[:HALF_SECTION]
    )
    return [
        Line(
            row["parent__claim"],
            reverse("argument", args=[row["parent__public_id"]]),
            row["debate__question"],
            reverse("debate", args=[row["debate__slug"]]),
            _("%(pros)d for and %(cons)d against in this time.") % {"pros": row["pros"], "cons": row["cons"]},
        )
        for row in rows
    ]


def _unanswered(viewer: Viewer) -> list[Line]:
    """Return the objections that nobody has answered, here or by a link, and that still can be: the strongest first."""
    rows = (
        Argument.objects.listed()
        .filter(unanswered(), ~in_locked_branch(), stance=Stance.CON)
        .select_related("debate", "parent")
    )
    return [_line(row, _answered_claim(row)) for row in strongest_first(rows, viewer)[:A_SECTION]]


def _answered_claim(objection: Argument) -> str:
    """Return what an objection speaks against, if that can still be read."""
    parent = objection.parent
    if parent is None or not parent.is_published:
        return ""
    return _("Against: “%(claim)s”") % {"claim": parent.claim}


def _asked_for() -> list[Line]:
    """Return the claims of which somebody wants to know what they rest on, the most waited for first."""
    rows: Iterable[Any] = wanted()[:HALF_SECTION]  # Any: requests with the number of those who wait
    return [
        _line(
            row.argument,
            ngettext("%(count)d member waits.", "%(count)d members wait.", row.waiting)
            % {"count": row.waiting},
        )
        for row in rows
    ]


def _uncited() -> list[Line]:
    """Return the claims that cite nothing and have been answered most."""
    replies = Q(children__state=State.PUBLISHED) & ~Q(children__stance="")
    rows: Iterable[Any] = (  # Any: arguments with the number of answers
        uncited()
        .annotate(replies=Count("children", filter=replies))
        .filter(replies__gte=MANY_REPLIES)
        .order_by("-replies", "-pk")[:HALF_SECTION]
    )
    return [
        _line(
            row,
            ngettext("%(count)d answer, no source.", "%(count)d answers, no source.", row.replies)
            % {"count": row.replies},
        )
        for row in rows
    ]


def _unchecked() -> list[Line]:
    """Return the citations that wait longest for somebody to look them up; each leads to where it is checked."""
    return [
        replace(_line(row.argument, _cited(row)), url=reverse("check", args=[row.pk]))
        for row in unchecked()[:A_SECTION]
    ]


def _cited(citation: Citation) -> str:
    return ", ".join(filter(None, [str(citation.source), citation.place]))


def _line(argument: Argument, about: str = "") -> Line:
    debate = argument.debate
    return Line(
        argument.claim, argument.get_absolute_url(), debate.question, debate.get_absolute_url(), about
    )
