"""Arguments of many debates in an order that follows how they stand, and tells nobody what they may not see yet."""

from django.db.models import Case, F, QuerySet, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Least

from debates.models import Argument
from debates.models.argument import ArgumentQuerySet, answered, standing_known_to
from debates.models.visibility import Viewer
from debates.views.parts.choosing import Choice

BY_STANDING = ("strongest", "contested")
"""The sorts that follow how arguments stand."""
REACH = F("standing__weight") * F("standing__strength")
"""How much of its strength reaches the claim above: what answers to one claim are put in order by (docs/strength.md)."""


def in_order(
    choice: Choice, arguments: ArgumentQuerySet, viewer: Viewer, strongest: Combinable | None = None
) -> QuerySet[Argument]:
    """Return a flat list of arguments in the chosen order; at random is by date: pages of a list are not shuffled.

    `strongest` is the column that the order of that name goes by, their strength alone where none is given: arguments
    on different claims share nothing that they could weigh on.

    What a member may still rate blindly comes last where the order follows how arguments stand, the newest first: in its
    place among the others it would say what its page keeps back.
    """
    match choice.sort:
        case "strongest":
            return strongest_first(arguments, viewer, strongest)
        case "contested":
            return strongest_first(arguments, viewer, Least("standing__pro", "standing__con"))
        case "unanswered":
            return arguments.annotate(answered=answered()).order_by("answered", "-created_at", "-pk")
        case "posted":
            return arguments.order_by("created_at", "pk")
        case _newest:
            return arguments.order_by("-created_at", "-pk")


def strongest_first(
    arguments: ArgumentQuerySet, viewer: Viewer, column: Combinable | None = None
) -> QuerySet[Argument]:
    """Return arguments with the largest of a column of their standing first, where the viewer may know it; else the newest.

    What stands in a locked branch comes later than it could (`standing_known_to`).
    """
    column = column or F("standing__strength")
    if not viewer.is_authenticated:
        return arguments.annotate(shown=column).order_by(F("shown").desc(nulls_last=True), "-pk")
    return arguments.annotate(shown=Case(When(standing_known_to(viewer), then=column))).order_by(
        F("shown").desc(nulls_last=True), "-pk"
    )
