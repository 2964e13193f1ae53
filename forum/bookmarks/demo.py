"""What Ada keeps in the demo: bookmarks with notes, and a list that she shares."""

from __future__ import annotations

from django.db import transaction

from debates.models import Argument
from forum.accounts.demo import about_a_library
from forum.accounts.demo.mode import only_in_demo
from forum.accounts.models import User
from forum.bookmarks.actions.make_list import make_list
from forum.bookmarks.actions.put_into_lists import put_into_lists
from forum.bookmarks.actions.set_bookmark import keep
from forum.bookmarks.actions.share_list import share_list
from forum.bookmarks.actions.write_note import write_note
from forum.bookmarks.kept import bookmark_at
from forum.bookmarks.models import ArgumentList

NOTES = {
    about_a_library.STAFF_EDITED: "Ask the staff, before anybody answers for them.",
    about_a_library.COSTS: "Which costs? Heating stands elsewhere already.",
    about_a_library.WISH: "",
    about_a_library.ROOF: "Look up what the town has decided.",
}
"""What she keeps, with what she notes of it."""
LIST, SAYS = "Objections to opening on Sundays", "In the order in which they should be answered."


@transaction.atomic
def keep_in_the_demo() -> bool:
    """Let Ada keep and share some arguments of the demonstration, unless she has; return whether she did."""
    only_in_demo()
    ada = User.objects.filter(username="ada").first()
    rows = Argument.objects.listed().filter(debate__question=about_a_library.QUESTION, claim__in=NOTES)
    found = {row.claim: row for row in rows}
    if ada is None or not found or ArgumentList.objects.filter(member=ada).exists():
        return False
    made = make_list(ada, LIST, SAYS)
    for claim, note in NOTES.items():
        if claim in found:
            keep(ada, found[claim])
            row = bookmark_at(ada, found[claim])
            if row is not None:
                write_note(ada, row, note)
            put_into_lists(ada, found[claim], [made])
    return share_list(ada, made)
