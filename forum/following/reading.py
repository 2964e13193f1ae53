"""What one request knows of its reader's reading and following: each asked for once, and only where a page draws it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.http import HttpRequest
from django.utils import timezone

from debates.models import Debate
from forum.following.models import Follow, ReadMark
from forum.following.things import Thing, argument_family
from forum.following.unread import News, counts_of, news_in

DRAWN_ON = {"debate", "argument", "branch", "outline", "latest"}
"""The pages, by their routes, that draw what is new in the one debate that they show."""
NOTHING = News()


@dataclass(frozen=True)
class Begun:
    """A debate whose new arguments are drawn: its key, and up to when its reader has read it, None where never."""

    debate: int
    slug: str
    read_to: datetime | None
    level: str
    """What they said of the debate, or on the page of an argument of that."""


class Reading:
    """What one reader has read, as far as a page asks; two statements for a debate, none for visitors."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.member: int | None = request.user.pk if request.user.is_authenticated else None
        self.drawn_at = timezone.now()
        self._counts: dict[int, int] = {}
        self._counted = False

    @cached_property
    def begun(self) -> Begun | None:
        """Return the debate that this page shows, None for visitors and elsewhere; one statement."""
        match = self.request.resolver_match
        if self.member is None or match is None or match.url_name not in DRAWN_ON:
            return None
        debates, said = Debate.objects.listed(), Follow.objects.filter(member=self.member)
        if "slug" in match.kwargs:
            debates = debates.filter(slug=match.kwargs["slug"])
            said = said.filter(debate=OuterRef("pk"))
        else:
            name = match.kwargs["argument_id"]
            debates = debates.filter(arguments__public_id=name)
            said = _own_first(said.filter(argument__in=argument_family(name)), argument__public_id=name)
        marks = ReadMark.objects.filter(member=self.member, debate=OuterRef("pk"))
        row = debates.values_list(
            "pk", "slug", Subquery(marks.values("read_to")[:1]), Subquery(said.values("level")[:1])
        ).first()
        if row is None:
            return None
        debate, slug, read_to, level = row
        return Begun(debate, slug, read_to, level or "")

    @cached_property
    def news(self) -> News:
        """Return what is new in the debate that this page shows; one more statement, where its reader has begun."""
        if self.member is None or self.begun is None or self.begun.read_to is None:
            return NOTHING
        return news_in(self.begun.debate, self.member)

    def new_in(self, debate: int, listed: Collection[int]) -> int:
        """Return how many arguments are new in one of the debates that a page lists; one statement for all of them."""
        if self.member is None:
            return 0
        if not self._counted:
            self._counts, self._counted = counts_of(listed, self.member), True
        return self._counts.get(debate, 0)


def reading_of(request: HttpRequest) -> Reading:
    """Return what a request knows, made when it is first asked for."""
    known: Any = getattr(request, "reading", None)  # Any: requests have no such attribute of their own
    if known is None:
        known = Reading(request)
        request.reading = known  # type: ignore[attr-defined]  # likewise
    reading: Reading = known
    return reading


def level_of(member: int, thing: Thing) -> str:
    """Return what a member said of a thing, nothing where they did not; of what was merged into it only without its own."""
    rows = _own_first(Follow.objects.filter(thing.rows, member=member), **{thing.column: thing.row.pk})
    return rows.values_list("level", flat=True).first() or ""


def _own_first(rows: QuerySet[Follow], **own: object) -> QuerySet[Follow]:
    """Put what was said of the thing itself before what was said of others. Object: a condition of any column."""
    order = Case(When(**own, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(order, "-level", "-pk")
