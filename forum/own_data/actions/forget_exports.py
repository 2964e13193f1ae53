"""Forget old exports, and give up those whose worker was killed."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from forum.own_data.actions.make_export import fail
from forum.own_data.models import KEPT, Export

GIVEN_UP = timedelta(hours=6)
"""After this one that is still being made has nobody who makes it."""


def forget_exports() -> int:
    """Delete exports that were ready or failed before `KEPT`; return how many."""
    now = timezone.now()
    for export in Export.objects.filter(state=Export.State.MAKING, begun_at__lt=now - GIVEN_UP):
        fail(export)
    old = Export.objects.filter(Q(ended_at__lt=now - KEPT))
    return old.delete()[1].get("own_data.Export", 0)
