"""Change what a list is called and what it says of itself."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from debates.models.visibility import Viewer
from debates.permissions import Refused
from forum.bookmarks.actions.make_list import check_words
from forum.bookmarks.actions.one_line import wait_in_line
from forum.bookmarks.models import ArgumentList


@transaction.atomic
def edit_list(member: Viewer, edited: ArgumentList, title: str, description: str) -> bool:
    """Give a member's own list its title and description; return whether that changed anything."""
    check_words(title, description)
    wait_in_line(member)
    title = " ".join(title.split())
    own = ArgumentList.objects.filter(member=member)
    if own.filter(title=title).exclude(pk=edited.pk).exists():
        raise Refused(_("You have another list with this title; choose a different one."), "title", 409)
    rows = own.filter(pk=edited.pk).exclude(title=title, description=description)
    return rows.update(title=title, description=description) > 0
