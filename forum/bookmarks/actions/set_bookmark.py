"""Keep an argument, or take its bookmark away: one row for a member and an argument, whatever is sent at once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.models import Argument
from debates.models.visibility import Viewer
from debates.permissions import Refused
from forum.bookmarks.actions.one_line import wait_in_line
from forum.bookmarks.merged import merged_into
from forum.bookmarks.models import UNDONE_WITHIN, Bookmark

MOST = 2_000
"""Bookmarks of one member; so many are looked through for every page with cards on it."""


def check_keep(viewer: Viewer) -> None:
    """Refuse who cannot keep anything: any member may keep what they may read."""
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to keep bookmarks."), status=401)


@transaction.atomic
def keep(member: Viewer, argument: Argument) -> bool:
    """Bookmark an argument; return whether that changed anything. What was taken away within a day comes back, note and all."""
    check_keep(member)
    wait_in_line(member)
    _forget_old(member)
    rows = Bookmark.objects.filter(member=member, argument__in=merged_into([argument.pk]))
    if rows.standing().exists():
        return False
    if rows.update(removed_at=None):
        return True
    if Bookmark.objects.filter(member=member).standing().count() >= MOST:
        raise Refused(
            _("You have %(most)d bookmarks, and more cannot be kept; take one away first.") % {"most": MOST},
            status=409,
        )
    Bookmark.objects.create(member=member, argument=argument)
    return True


@transaction.atomic
def drop(member: Viewer, argument: Argument) -> bool:
    """Take the bookmark of an argument away, and those of what was merged into it; return whether that changed anything.

    For a day it can be put back, with its note. What is hidden can be dropped, too.
    """
    check_keep(member)
    wait_in_line(member)
    _forget_old(member)
    rows = Bookmark.objects.filter(member=member, argument__in=merged_into([argument.pk])).standing()
    return rows.update(removed_at=timezone.now()) > 0


def _forget_old(member: Viewer) -> None:
    Bookmark.objects.filter(member=member, removed_at__lt=timezone.now() - UNDONE_WITHIN).delete()
