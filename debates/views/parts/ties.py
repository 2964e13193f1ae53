"""The ties of an argument to others: where else it stands, and who makes the same claim."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from debates.models import Argument, Link
from debates.models.argument import Stance


@dataclass
class TieView:
    """A tie to an argument of this or another debate."""

    how: str
    claim: str
    url: str
    debate: str


def ties_of(argument: Argument) -> list[TieView]:
    """Return the ties of an argument that came through `with_card_rows`."""
    views = []
    for link in argument.links.all():
        how = (
            _("Makes the same claim as")
            if link.relation == Link.Relation.SAME
            else _("Also speaks for")
            if link.stance == Stance.PRO
            else _("Also speaks against")
        )
        views.append(
            TieView(how, link.parent.claim, link.parent.get_absolute_url(), link.parent.debate.question)
        )
    for link in argument.linked_children.all():
        views.append(
            TieView(
                _("The same claim is made by"),
                link.argument.claim,
                link.argument.get_absolute_url(),
                link.argument.debate.question,
            )
        )
    return views
