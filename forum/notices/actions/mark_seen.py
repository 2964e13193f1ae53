"""Mark notices as read."""

from django.utils import timezone

from debates.models.visibility import Viewer
from forum.notices.models import Notice
from forum.notices.models.preference import kinds_of


def mark_seen(member: Viewer, notice_id: int | None = None, group: str = "") -> bool:
    """Mark one notice of a member as read, or all of a group, or all; return whether anything changed."""
    mine = Notice.objects.filter(recipient_id=member.pk, seen_at=None)
    if notice_id is not None:
        mine = mine.filter(pk=notice_id)
    if group:
        mine = mine.filter(kind__in=kinds_of(group))
    return bool(mine.update(seen_at=timezone.now()))
