"""Throw a draft away, and take it back."""

from django.db import transaction
from django.utils import timezone

from forum.drafts.models import Draft


@transaction.atomic
def throw_away(draft: Draft) -> bool:
    """Take a draft out of the list; it can be taken back until old drafts are forgotten. Say whether it stood there."""
    return bool(Draft.objects.filter(pk=draft.pk, thrown_at=None).update(thrown_at=timezone.now()))


@transaction.atomic
def take_back(draft: Draft) -> bool:
    """Put a draft that was thrown away into the list again; say whether it was away."""
    return bool(Draft.objects.filter(pk=draft.pk).exclude(thrown_at=None).update(thrown_at=None))
