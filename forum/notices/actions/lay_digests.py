"""Lay the digests of a day or a week: who gets one, and what belongs into it. Their text is made when they are sent."""

from datetime import UTC, date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from forum.notices.mail.addresses import reachable
from forum.notices.models import Channel, Group, Letter, Notice, Preference
from forum.notices.models.notice import NoticeQuerySet
from forum.notices.models.preference import DEFAULTS, kinds_of

OLDEST = timedelta(days=14)
"""What waited longer, because no digest went out, is no news; it stands in the site."""
AT_ONCE = 500
"""Members whose addresses are asked for in one statement."""


def period_of(kind: str, now: datetime) -> tuple[str, datetime]:
    """Return the key of the period at hand, and its start: midnight of the day, or of the week's Monday, as the site tells time.

    A digest holds what was written before that. It comes once in a period, however often it is asked for, and what
    happens to the clock within a period changes nothing.
    """
    today = timezone.localtime(now).date()
    if kind == Letter.Kind.DAILY:
        return today.isoformat(), _midnight(today)
    year, week, weekday = today.isocalendar()
    return f"{year}-W{week:02}", _midnight(today - timedelta(days=weekday - 1))


def _midnight(day: date) -> datetime:
    # In UTC: there are days without a midnight, and such a time equals none.
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone()).astimezone(UTC)


def lay_digests(kind: Letter.Kind, now: datetime | None = None) -> int:
    """Lay the digests of one kind that are due; return how many are new. Each is a transaction of its own."""
    now = now or timezone.now()
    key, until = period_of(kind, now)
    waiting = Notice.objects.filter(
        letter=None, seen_at=None, created_at__lt=until, created_at__gte=now - OLDEST
    )
    concerned = Q(pk__in=[])
    for group in Group:
        concerned |= Q(kind__in=kinds_of(group)) & _wanting(group, kind)
    due = (
        waiting.filter(concerned)
        .exclude(recipient__letters__key=key)
        .order_by("recipient")
        .values_list("recipient", flat=True)
        .distinct()
    )
    members, made = list(due), 0
    for start in range(0, len(members), AT_ONCE):
        some = members[start : start + AT_ONCE]
        for member in sorted(reachable(some)):
            made += _lay(member, kind, key, waiting.filter(concerned, recipient=member))
    return made


def _wanting(group: str, kind: str) -> Q:
    """Return the condition that a notice's recipient wants its group in such digests, and did when it was written."""
    rows = Preference.objects.filter(group=group)
    wanted = Exists(
        rows.filter(member=OuterRef("recipient"), channel=kind, since__lte=OuterRef("created_at"))
    )
    if DEFAULTS[group] != Channel(kind):
        return Q(wanted)
    return Q(wanted) | ~Q(Exists(rows.filter(member=OuterRef("recipient"))))


def _lay(member: int, kind: Letter.Kind, key: str, notices: NoticeQuerySet) -> bool:
    """Make one member's digest and put the notices into it, both or neither; say whether nobody else had made it."""
    try:
        with transaction.atomic():
            letter = Letter.objects.create(member_id=member, kind=kind, key=key)
            Notice.objects.filter(pk__in=list(notices.values_list("pk", flat=True)), letter=None).update(
                letter=letter
            )
    except IntegrityError:
        return False
    return True
