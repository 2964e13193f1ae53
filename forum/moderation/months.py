"""Count what moderators did, by month. Numbers alone: nothing here says who reported, decided or was decided on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import ngettext

from debates.models import LogEntry
from forum.moderation.models import Report

MONTHS = 12
"""How far back the table goes, the running month included."""


@dataclass
class Month:
    """One row. `reported` counts by the day of the report; everything else by the day of the act."""

    first: date
    reported: int = 0
    upheld: int = 0
    declined: int = 0
    waits: list[timedelta] = field(default_factory=list)
    acts: list[tuple[str, int]] = field(default_factory=list)
    """What was done, as the log calls it, and how often; the most frequent first."""

    @property
    def decided(self) -> int:
        """Return how many reports were decided."""
        return self.upheld + self.declined

    @property
    def has_any(self) -> bool:
        """Say whether anything was reported or done."""
        return bool(self.reported or self.waits or self.acts)

    @property
    def half(self) -> str:
        """Say within which time half of the decided reports were decided; empty where none was."""
        return (
            in_words(timedelta(seconds=median(one.total_seconds() for one in self.waits)))
            if self.waits
            else ""
        )

    @property
    def slowest(self) -> str:
        """Say how long the one waited that waited longest; empty where none was decided."""
        return in_words(max(self.waits)) if self.waits else ""


def in_words(wait: timedelta) -> str:
    """Say how long something took, rounded up to hours, and from two days on to days."""
    hours = max(1, ceil(wait / timedelta(hours=1)))
    if hours < 48:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = ceil(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _firsts(today: date) -> list[date]:
    """Return the first days of the last months, the running one first."""
    whole = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(whole, whole - MONTHS, -1)]


def months_of_moderation() -> list[Month]:
    """Return the last months, the running one first, back to the first in which anything happened; three statements."""
    months = {first: Month(first) for first in _firsts(timezone.localdate())}
    begin = timezone.make_aware(datetime.combine(min(months), datetime.min.time()))
    reports = Report.objects.filter(created_at__gte=begin).annotate(month=TruncMonth("created_at"))
    for row in reports.order_by().values("month").annotate(count=Count("pk")):
        _at(months, row["month"]).reported = row["count"]
    decided = Report.objects.filter(decided_at__gte=begin).exclude(outcome=Report.Outcome.OPEN)
    for report in decided.only("created_at", "decided_at", "outcome").iterator():
        if report.decided_at is None:  # filtered above
            continue
        month = _at(months, report.decided_at)
        month.waits.append(report.decided_at - report.created_at)
        if report.outcome == Report.Outcome.UPHELD:
            month.upheld += 1
        else:
            month.declined += 1
    words = {key: str(said) for key, said in LogEntry.Act.choices}
    entries = LogEntry.objects.filter(at__gte=begin).annotate(month=TruncMonth("at"))
    for row in (
        entries.order_by().values("month", "act").annotate(count=Count("pk")).order_by("-count", "act")
    ):
        _at(months, row["month"]).acts.append((words.get(row["act"], row["act"]), row["count"]))
    shown = list(months.values())
    while len(shown) > 1 and not shown[-1].has_any:  # before the site began, or long quiet
        shown.pop()
    return shown


def _at(months: dict[date, Month], when: datetime) -> Month:
    """Return the month of a time, in the site's own zone; a clock set back must not break the page."""
    first = timezone.localtime(when).date().replace(day=1)
    return months.setdefault(first, Month(first))
