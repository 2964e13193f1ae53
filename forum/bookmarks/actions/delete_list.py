"""Delete a list; the arguments and the bookmarks stay."""

from __future__ import annotations

from django.db import transaction

from debates.models.visibility import Viewer
from forum.bookmarks.actions.one_line import wait_in_line
from forum.bookmarks.models import ArgumentList


@transaction.atomic
def delete_list(member: Viewer, gone: ArgumentList) -> bool:
    """Delete a member's own list; return whether it was there."""
    wait_in_line(member)
    return ArgumentList.objects.filter(pk=gone.pk, member=member).delete()[0] > 0
