"""Arguments of many debates in an order that follows how they stand, and tells nobody what they may not see yet."""

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Least

from debates.models import Argument, Rating
from debates.models.argument import ArgumentQuerySet
from debates.models.visibility import Viewer
from debates.views.parts.choosing import Choice

BY_STANDING = ("strongest", "contested")
"""The sorts that follow how arguments stand."""


def in_order(choice: Choice, arguments: ArgumentQuerySet, viewer: Viewer) -> QuerySet[Argument]:
    """Return arguments in the chosen order; what a member may still rate blindly comes last, the newest first.

    `Choice.in_order` would put it where it stands among the others, and so say what its page keeps back.
    """
    if choice.sort not in BY_STANDING:
        return choice.in_order(arguments)
    column = (
        F("standing__strength") if choice.sort == "strongest" else Least("standing__pro", "standing__con")
    )
    return strongest_first(arguments, viewer, column)


def strongest_first(
    arguments: ArgumentQuerySet, viewer: Viewer, column: Combinable | None = None
) -> QuerySet[Argument]:
    """Return arguments with the largest of a column of their standing first, where the viewer may know it; else the newest.

    Nobody rates a thesis, a note or their own argument. A locked branch, in which nobody rates, either, is not asked
    for: what stands there only comes later than it could.
    """
    column = column or F("standing__strength")
    if not viewer.is_authenticated:
        return arguments.annotate(shown=column).order_by(F("shown").desc(nulls_last=True), "-pk")
    answered = Rating.objects.filter(
        Q(holds__isnull=False) | Q(asked_at__isnull=False), argument=OuterRef("pk"), member=viewer.pk
    )
    open_to = ~Q(kind=Argument.Kind.ARGUMENT) | Q(author=viewer.pk) | Q(Exists(answered))
    return arguments.annotate(shown=Case(When(open_to, then=column))).order_by(
        F("shown").desc(nulls_last=True), "-pk"
    )
