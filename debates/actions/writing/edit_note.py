"""For a while an author edits freely; afterwards with a sentence that says what was changed."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.writing.text import check_printable
from debates.models import Argument, Link, LinkRating, Quote, Rating, State
from debates.permissions import Refused

FREELY = timedelta(minutes=15)
"""How long after posting: a slip is seen in the first minutes, and what others go by is not rewritten in silence."""
LONGEST_NOTE = 300


def free_until(argument: Argument) -> datetime | None:
    """Return until when an argument may be edited without a note, None where a note is needed by now; one query at most."""
    until = argument.created_at + FREELY
    if timezone.now() >= until or relied_on(argument):
        return None
    return until


def relied_on(argument: Argument) -> bool:
    """Say whether anybody but its author has answered, rated or quoted an argument; one query."""
    answers = Argument.objects.filter(parent=OuterRef("pk")).exclude(state=State.DRAFT)
    places = Link.objects.filter(parent=OuterRef("pk"), relation=Link.Relation.ANSWERS)
    quotes = Quote.objects.filter(target=OuterRef("pk"))
    given = Q(holds__isnull=False) | Q(matters__isnull=False)
    elsewhere = LinkRating.objects.filter(link__argument=OuterRef("pk"), matters__isnull=False)
    own = argument.author_id
    said = (
        answers.exclude(author=own),
        places.exclude(added_by=own),
        quotes.exclude(argument__author=own),
        Rating.objects.filter(given, argument=OuterRef("pk")),
        elsewhere,
    )
    anything = Q()
    for one in said:
        anything |= Q(Exists(one))
    return Argument.objects.filter(anything, pk=argument.pk).exists()


def check_note(argument: Argument, note: str) -> str:
    """Return a note without outer space, or refuse one that is missing where it is needed, or too long to be kept."""
    check_printable("note", note)
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        sentence = _("The note has %(count)d characters; shorten it to %(most)d.")
        raise Refused(sentence % {"count": len(note), "most": LONGEST_NOTE}, "note", 400)
    if not note and free_until(argument) is None:
        raise Refused(
            _(
                "Say in a sentence what you change: it was posted more than a quarter of an hour ago, or somebody has"
                " answered, rated or quoted it."
            ),
            "note",
            409,
        )
    return note
