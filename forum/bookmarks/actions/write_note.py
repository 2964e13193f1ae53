"""Write the note of a bookmark, which nobody else reads."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from debates.models.visibility import Viewer
from debates.permissions import Refused
from forum.bookmarks.actions.one_line import wait_in_line
from forum.bookmarks.models import NOTE_LENGTH, Bookmark


def check_note(note: str) -> None:
    """Refuse a note that is too long."""
    if len(note) > NOTE_LENGTH:
        raise Refused(
            _("The note has %(length)d characters; shorten it to %(most)d.")
            % {"length": len(note), "most": NOTE_LENGTH},
            "note",
            400,
        )


@transaction.atomic
def write_note(member: Viewer, bookmark: Bookmark, note: str) -> bool:
    """Write the note of a member's own bookmark; return whether it differs from the one before."""
    check_note(note)
    wait_in_line(member)
    rows = Bookmark.objects.filter(pk=bookmark.pk, member=member)
    return rows.exclude(note=note).update(note=note) > 0
