"""Debates that have to do with one: those that its seed names, and those that share sources, topics or arguments with it.

What two debates share is added up plainly: 3 for each tie between their arguments (one of them stands in both, or two
make the same claim), 2 for each source that both cite, 1 for each topic of both. A reader sees the sum’s parts in words
and never the sum, which only puts the list in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.vary import vary_on_headers

from debates.models import Citation, Debate, DebateTag, Link, RelatedDebate
from debates.models.visibility import listed
from debates.views.asking.fetching import fetch_debate
from debates.views.machines.meta import view_meta

A_TIE, A_SOURCE, A_TOPIC = 3, 2, 1
MOST_FOUND = 5
MOST_TOPICS_SAID = 3
MOST_PAIRS = 400
"""Pairs of debate and topic that are looked at; of a topic of thousands of debates the newest of them."""
ENOUGH = 2
"""The least sum: one topic alone, which may be as wide as “history”, says little."""


@dataclass(frozen=True)
class RelatedView:
    """A debate that has to do with the one at hand, and how, in words."""

    question: str
    url: str
    how: str
    said: bool
    """Whether somebody wrote how; otherwise it was found by what both share."""


@dataclass
class _Shared:
    """What two debates share."""

    ties: int = 0
    sources: int = 0
    topics: list[str] = field(default_factory=list)

    @property
    def sum(self) -> int:
        return A_TIE * self.ties + A_SOURCE * self.sources + A_TOPIC * len(self.topics)

    @property
    def words(self) -> str:
        """Return it in words: shares 3 sources and the topics “trade” and “labour”."""
        parts = [
            ngettext("%(count)d source", "%(count)d sources", self.sources) % {"count": self.sources}
            if self.sources
            else "",
            ngettext("%(count)d argument", "%(count)d arguments", self.ties) % {"count": self.ties}
            if self.ties
            else "",
            self._topics() if self.topics else "",
        ]
        return _("Shares %(what)s.") % {"what": get_text_list([one for one in parts if one], _("and"))}

    def _topics(self) -> str:
        said = [_("“%(name)s”") % {"name": name} for name in sorted(self.topics)[:MOST_TOPICS_SAID]]
        more = len(self.topics) - len(said)
        if more:
            said.append(ngettext("%(count)d more", "%(count)d more", more) % {"count": more})
        words = ngettext("the topic %(names)s", "the topics %(names)s", len(self.topics))
        return words % {"names": get_text_list(said, _("and"))}


@vary_on_headers("HX-Request")
def related(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the debates that have to do with one; in place they come when a reader has come so far down."""
    debate = fetch_debate(request, slug)
    in_place = bool(request.htmx)  # type: ignore[attr-defined]  # django-htmx adds it
    return render(
        request,
        "debates/related.html#related" if in_place else "debates/related.html",
        {
            "debate": debate,
            "related": related_debates(debate),
            "asked": True,
            "meta": None if in_place else view_meta(request, debate, "related", _("Related debates")),
        },
    )


def related_debates(debate: Debate) -> list[RelatedView]:
    """Return the debates that stand in lists and have to do with one; first those that somebody named. Five statements.

    The same for everyone: what is not listed neither shares nor is shared.
    """
    named = RelatedDebate.objects.filter(listed("other__"), debate=debate).select_related("other")
    views = {one.other_id: _view(one.other, one.how, said=True) for one in named.order_by("pk")}
    shared = _shared_with(debate)
    found = sorted(
        (pk for pk, what in shared.items() if pk not in views and what.sum >= ENOUGH),
        key=lambda pk: (-shared[pk].sum, pk),
    )[:MOST_FOUND]
    rows = Debate.objects.listed().in_bulk(found)
    return [
        *views.values(),
        *(_view(rows[pk], shared[pk].words, said=False) for pk in found if pk in rows),
    ]


def _view(debate: Debate, how: str, *, said: bool) -> RelatedView:
    return RelatedView(debate.question, debate.get_absolute_url(), how, said)


def _shared_with(debate: Debate) -> dict[int, _Shared]:
    """Return by the keys of other debates what they share with one; three statements."""
    shared: dict[int, _Shared] = {}
    for pk, count in _sources(debate):
        shared.setdefault(pk, _Shared()).sources = count
    for pk, count in _ties(debate).items():
        shared.setdefault(pk, _Shared()).ties = count
    for pk, name in _topics(debate):
        shared.setdefault(pk, _Shared()).topics.append(name)
    return shared


def _sources(debate: Debate) -> Iterable[tuple[int, int]]:
    """Yield other debates with how many works both cite, those with the most first."""
    cites = Citation.objects.filter(listed("argument__", "debate") & listed("source__"))
    own = cites.filter(argument__debate=debate).order_by().values("source")
    rows = (
        cites.filter(source__in=own)
        .exclude(argument__debate=debate)
        .order_by()
        .values_list("argument__debate")
        .annotate(count=Count("source", distinct=True))
        .order_by("-count", "argument__debate")
    )
    yield from rows[: 4 * MOST_FOUND]


def _ties(debate: Debate) -> Counter[int]:
    """Return how many links lead from a debate into others and back, by their keys."""
    here, there = Q(argument__debate=debate), Q(parent__debate=debate)
    rows: Iterable[Any] = (  # Any: pairs of two columns, one of them computed
        Link.objects.filter(
            (here | there) & ~(here & there), listed("argument__", "debate"), listed("parent__", "debate")
        )
        .annotate(
            other=Case(When(argument__debate=debate, then=F("parent__debate")), default=F("argument__debate"))
        )
        .order_by()
        .values_list("other")
        .annotate(count=Count("pk"))
        .order_by("-count", "other")[: 4 * MOST_FOUND]
    )
    return Counter(dict(rows))


def _topics(debate: Debate) -> Iterable[tuple[int, str]]:
    """Yield other debates with each topic of both. The topics of single arguments do not say what a debate is about."""
    own = DebateTag.objects.filter(content_object=debate).values("tag")
    rows = (
        DebateTag.objects.filter(listed("content_object__"), tag__in=own)
        .exclude(content_object=debate)
        .order_by("-content_object", "tag__name")
        .values_list("content_object", "tag__name")
    )
    yield from rows[:MOST_PAIRS]
