"""Share a list by an address that nobody guesses, and stop sharing it."""

from __future__ import annotations

import secrets

from django.db import transaction

from debates.models.visibility import Viewer
from forum.bookmarks.actions.one_line import wait_in_line
from forum.bookmarks.models import ArgumentList

SECRET_BYTES = 24
"""192 random bits: more than OWASP ASVS 5.0 asks of what replaces a password (11.5.1: 128)."""


@transaction.atomic
def share_list(member: Viewer, shared: ArgumentList) -> bool:
    """Let whoever has its address read a member's own list; return whether it was private before."""
    wait_in_line(member)
    private = ArgumentList.objects.filter(pk=shared.pk, member=member, secret=None)
    return private.update(secret=secrets.token_urlsafe(SECRET_BYTES)) > 0


@transaction.atomic
def stop_sharing(member: Viewer, shared: ArgumentList) -> bool:
    """Make a member's own list private again; its address leads nowhere from then on. Return whether it was shared."""
    wait_in_line(member)
    return (
        ArgumentList.objects.filter(pk=shared.pk, member=member).exclude(secret=None).update(secret=None) > 0
    )
