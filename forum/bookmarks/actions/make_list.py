"""Make a list of arguments; it is private until it is shared."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from debates.models.visibility import Viewer
from debates.permissions import Refused
from forum.bookmarks.actions.one_line import wait_in_line
from forum.bookmarks.models import NOTE_LENGTH, TITLE_LENGTH, ArgumentList

MOST_LISTS = 50
"""Lists of one member."""


def check_words(title: str, description: str) -> None:
    """Refuse a list without a title, and words that are too long."""
    if not title.strip():
        raise Refused(_("Give the list a title, by which you find it again."), "title", 400)
    for words, most, field in ((title, TITLE_LENGTH, "title"), (description, NOTE_LENGTH, "description")):
        if len(words) > most:
            raise Refused(
                _("This has %(length)d characters; shorten it to %(most)d.")
                % {"length": len(words), "most": most},
                field,
                400,
            )


@transaction.atomic
def make_list(member: Viewer, title: str, description: str = "") -> ArgumentList:
    """Make a list and return it; of one title a member has one list, which is returned where it is there already."""
    check_words(title, description)
    wait_in_line(member)
    title = " ".join(title.split())
    own = ArgumentList.objects.filter(member=member)
    known = own.filter(title=title).first()
    if known is not None:
        return known
    if own.count() >= MOST_LISTS:
        raise Refused(
            _("You have %(most)d lists, and more cannot be made; delete one first.") % {"most": MOST_LISTS},
            "title",
            409,
        )
    return ArgumentList.objects.create(member=member, title=title, description=description)
