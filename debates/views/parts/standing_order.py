"""Arguments of many debates in an order that follows how they stand, and tells nobody what they may not see yet."""

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Least

from debates.models import Argument, Rating, State
from debates.models.argument import ArgumentQuerySet
from debates.models.visibility import Viewer
from debates.views.parts.choosing import Choice

BY_STANDING = ("strongest", "contested")
"""The sorts that follow how arguments stand."""


def in_order(choice: Choice, arguments: ArgumentQuerySet, viewer: Viewer) -> QuerySet[Argument]:
    """Return a flat list of arguments in the chosen order; at random is by date: pages of a list are not shuffled.

    What a member may still rate blindly comes last where the order follows how arguments stand, the newest first: in its
    place among the others it would say what its page keeps back.
    """
    match choice.sort:
        case "strongest":
            return strongest_first(arguments, viewer)
        case "contested":
            return strongest_first(arguments, viewer, Least("standing__pro", "standing__con"))
        case "unanswered":
            answers = Argument.objects.filter(
                parent=OuterRef("pk"), state=State.PUBLISHED, kind=Argument.Kind.ARGUMENT
            )
            return arguments.annotate(answered=Exists(answers)).order_by("answered", "-created_at", "-pk")
        case "posted":
            return arguments.order_by("created_at", "pk")
        case _newest:
            return arguments.order_by("-created_at", "-pk")


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
