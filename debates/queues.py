"""Work queues: what somebody could put right, one queryset a queue. They hold what is listed, and are the same for everyone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery

from debates.duplicates import Duplicate, likely_duplicates
from debates.models import Argument, Citation, CitationCheck, Debate, Link, SourceRequest
from debates.models.argument import ArgumentQuerySet, Stance, in_locked_branch
from debates.models.source import CitationQuerySet
from debates.models.standing import Label
from debates.models.visibility import Viewer, is_moderator, listed


class Queue(StrEnum):
    """Name the queues; the value stands in addresses."""

    UNCITED = "uncited"
    ONE_SIDED = "one-sided"
    OBJECTIONS = "objections"
    UNCHECKED = "unchecked"
    QUOTATIONS = "quotations"
    DUPLICATES = "duplicates"
    STALE = "stale"
    WANTED = "wanted"


def may_work(viewer: Viewer) -> bool:
    """Say whether a viewer has the queues: who moderates, has an argument published, or has checked a citation.

    A low step, so that whoever knows how things go here may help, and nobody works through lists before they have read one.
    """
    if not viewer.is_authenticated:
        return False
    return (
        is_moderator(viewer)
        or Argument.objects.listed().filter(author=viewer.pk).exists()
        or CitationCheck.objects.filter(member=viewer.pk).exists()
    )


# ---------------------------------------------------------------------------------------------- the querysets


def uncited() -> ArgumentQuerySet:
    """Return the claims that cite nothing: arguments, as a thesis rests on what stands below it."""
    cites = Citation.objects.filter(argument=OuterRef("pk"))
    return _open_branches().filter(~Exists(cites), kind=Argument.Kind.ARGUMENT)


def one_sided() -> ArgumentQuerySet:
    """Return the claims that were answered, but from one side only, here and by links; `answered_for` says from which."""
    return (
        _open_branches()
        .exclude(kind=Argument.Kind.NOTE)
        .annotate(answered_for=_answered(Stance.PRO), answered_against=_answered(Stance.CON))
        .exclude(answered_for=F("answered_against"))
    )


def objections() -> ArgumentQuerySet:
    """Return the claims with an objection that nobody has answered, with the objections that stand as `standing_cons`.

    An objection stands while none of those to itself does (`debates.strength.labels`).
    """
    cons = (
        Argument.objects.listed()
        .filter(Q(standing__isnull=True) | ~Q(standing__label=Label.OPEN), stance=Stance.CON)
        .order_by("path")
    )
    return (
        _open_branches()
        .filter(standing__label=Label.OPEN)
        .prefetch_related(Prefetch("children", queryset=cons, to_attr="standing_cons"))
    )


def unchecked() -> CitationQuerySet:
    """Return the listed citations without a check of their present state, the oldest first."""
    answered = CitationCheck.objects.filter(citation=OuterRef("pk"), fingerprint=OuterRef("fingerprint"))
    return (
        listed_citations()
        .filter(~Exists(answered.exclude(verdict=CitationCheck.Verdict.UNAVAILABLE)))
        .order_by("pk")
    )


def found_wanting() -> CitationQuerySet:
    """Return the listed citations of which more members say that the source does not say it than that it does."""
    return listed_citations().doubted()


def quotations() -> CitationQuerySet:
    """Return the listed citations whose words are not, or no longer, in the text of their source."""
    failed = (Citation.Quotation.NOT_FOUND, Citation.Quotation.CHANGED)
    return listed_citations().filter(quotation_state__in=failed).order_by("pk")


def stale() -> ArgumentQuerySet:
    """Return the replies whose claim was edited under them, those that wait longest first."""
    return (
        _open_branches()
        .filter(stale_since__isnull=False)
        .select_related("parent")
        .order_by("stale_since", "pk")
    )


def wanted() -> QuerySet[SourceRequest]:
    """Return the open requests for a source, the most waited for first; `waiting` members each."""
    return (
        SourceRequest.objects.filter(listed("argument__", "debate"), filled_at=None)
        .select_related("argument__debate")
        .annotate(waiting=Count("members"))
        .order_by("-waiting", "opened_at", "pk")
    )


def listed_citations() -> CitationQuerySet:
    """Return the citations that stand in lists: argument, debate and source."""
    return Citation.objects.filter(listed("argument__", "debate") & listed("source__")).select_related(
        "source", "argument__debate", "argument__author", "argument__voice"
    )


def _open_branches() -> ArgumentQuerySet:
    """Return the listed arguments at which something can still be done: neither they nor what they stand in is locked."""
    return Argument.objects.listed().filter(~in_locked_branch()).select_related("debate").order_by("pk")


def _answered(stance: Stance) -> Exists | Q:
    replies = Argument.objects.listed().filter(parent=OuterRef("pk"), stance=stance)
    links = Link.objects.filter(
        listed("argument__", "debate"), parent=OuterRef("pk"), relation=Link.Relation.ANSWERS, stance=stance
    )
    return Q(Exists(replies)) | Q(Exists(links))


# -------------------------------------------------------------------------------------------------- the table


@dataclass(frozen=True)
class _Line:
    """Where the rows of a queue come from, and how they lead to their debate. Any: rows of three models."""

    rows: Callable[[], QuerySet[Any]]
    debate: str = "debate"


LINES: dict[Queue, _Line] = {
    Queue.UNCITED: _Line(uncited),
    Queue.ONE_SIDED: _Line(one_sided),
    Queue.OBJECTIONS: _Line(objections),
    Queue.UNCHECKED: _Line(unchecked, "argument__debate"),
    Queue.QUOTATIONS: _Line(quotations, "argument__debate"),
    Queue.STALE: _Line(stale),
    Queue.WANTED: _Line(wanted, "argument__debate"),
}


def rows_of(queue: Queue, debate: Debate | None = None) -> QuerySet[Any] | list[Duplicate]:
    """Return the rows of a queue, of one debate or of all. Any: arguments, citations or requests.

    Duplicates are looked for within one debate; without one there are none.
    """
    if queue == Queue.DUPLICATES:
        return [] if debate is None else likely_duplicates(debate)
    return _rows(queue, debate)


def _rows(queue: Queue, debate: Debate | None) -> QuerySet[Any]:
    line = LINES[queue]
    rows = line.rows()
    return rows if debate is None else rows.filter(**{line.debate: debate})


class _Counted(Subquery):
    """The number of rows of a queryset, so that several are counted by one statement."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def counts(debate: Debate | None = None, *, pairs: bool = True) -> dict[Queue, int | None]:
    """Return how many rows each queue has: one statement, and two for the duplicates of a debate (None without one).

    Without `pairs` nobody looks for duplicates, which in a large debate takes a third of a second.

    Any: what the database gives, numbers.
    """
    columns = {queue.name.lower(): _Counted(_rows(queue, debate).order_by().values("pk")) for queue in LINES}
    # Any row would do: nothing of its own is asked for, and without a debate there is nothing to count.
    found: Any = Debate.objects.annotate(**columns).order_by("pk").values(*columns).first() or {}
    duplicates = None if debate is None or not pairs else len(likely_duplicates(debate))
    return {
        queue: duplicates if queue == Queue.DUPLICATES else int(found.get(queue.name.lower(), 0))
        for queue in Queue
    }
