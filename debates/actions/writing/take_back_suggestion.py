"""Take back one's own suggested edit while nobody has decided on it."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.writing.take_suggestion import close
from debates.models import Suggestion
from debates.models.visibility import Viewer
from debates.permissions import Refused


def check_take_back(viewer: Viewer, suggestion: Suggestion) -> None:
    """Refuse where a viewer cannot take a suggested edit back."""
    if not viewer.is_authenticated or suggestion.member_id != viewer.pk:
        raise Refused(_("Only the one who suggested an edit can take it back."))
    if suggestion.outcome != Suggestion.Outcome.OPEN:
        raise Refused(
            _("This was decided already: %(outcome)s.") % {"outcome": suggestion.get_outcome_display()},
            status=409,
        )


@transaction.atomic
def take_back_suggestion(member: Viewer, suggestion: Suggestion) -> bool:
    """Take a suggestion back; return whether that changed anything."""
    current = (
        Suggestion.objects.select_for_update(of=("self",)).select_related("argument").get(pk=suggestion.pk)
    )
    if current.outcome == Suggestion.Outcome.WITHDRAWN and current.member_id == member.pk:
        return False
    check_take_back(member, current)
    close(current, member, Suggestion.Outcome.WITHDRAWN, "")
    return True
