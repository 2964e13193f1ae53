"""Forget old drafts."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from forum.drafts.models import Draft

KEPT = timedelta(days=180)
AFTERWARDS = timedelta(days=30)
"""How long one that was thrown away can be taken back, and a posted one is known for what it is."""


def forget_drafts() -> int:
    """Delete drafts that nobody has touched for `KEPT`, and those thrown away or posted before `AFTERWARDS`; return how many."""
    now = timezone.now()
    old = Q(changed_at__lt=now - KEPT) | Q(thrown_at__lt=now - AFTERWARDS) | Q(posted_at__lt=now - AFTERWARDS)
    return Draft.objects.filter(old).delete()[0]
