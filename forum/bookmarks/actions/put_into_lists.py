"""Say in which of one's lists an argument stands; a new entry comes last."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from debates.models import Argument
from debates.models.visibility import Viewer
from debates.permissions import Refused
from forum.bookmarks.actions.one_line import wait_in_line
from forum.bookmarks.merged import merged_into, standing_for
from forum.bookmarks.models import ArgumentList, ListEntry

MOST_ENTRIES = 200
"""Arguments of one list."""


@transaction.atomic
def put_into_lists(member: Viewer, argument: Argument, lists: Collection[ArgumentList]) -> bool:
    """Let an argument stand in these of a member's lists and in no other of theirs; return whether that changed anything.

    Of what was merged, what it was merged into is meant.
    """
    wait_in_line(member)
    standing = standing_for([argument.pk])[argument.pk]
    own = {one.pk: one for one in ArgumentList.objects.filter(member=member)}
    rows = ListEntry.objects.filter(of__in=own, argument__in=merged_into([standing]))
    wanted = {one.pk for one in lists} & own.keys()
    there = set(rows.values_list("of", flat=True))
    rows.exclude(of__in=wanted).delete()
    for key in sorted(wanted - there):
        entries = ListEntry.objects.filter(of=key)
        if entries.count() >= MOST_ENTRIES:
            raise Refused(
                _("The list “%(title)s” has %(most)d arguments, and takes no more; begin another.")
                % {"title": own[key].title, "most": MOST_ENTRIES},
                "lists",
                409,
            )
        last = entries.aggregate(last=Max("place"))["last"] or 0
        ListEntry.objects.create(of_id=key, argument_id=standing, place=last + 1)
    return wanted != there
