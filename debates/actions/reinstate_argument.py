"""Take back the withdrawal of one's own argument."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.models import Argument, State
from debates.models.visibility import Viewer
from debates.permissions import Refused


@transaction.atomic
def reinstate_argument(author: Viewer, argument: Argument) -> bool:
    """Publish a withdrawn argument again; return whether that changed anything."""
    argument = Argument.objects.select_for_update(of=("self",)).get(pk=argument.pk)
    if argument.author_id != author.pk:
        raise Refused(_("Only its author can take back a withdrawal."))
    if argument.state == State.PUBLISHED:
        return False
    if argument.state != State.WITHDRAWN:
        raise Refused(
            _("This argument is %(state)s; only a withdrawn one can be taken back.")
            % {"state": argument.get_state_display()},
            status=409,
        )
    argument.state = State.PUBLISHED
    argument.save(update_fields=["state"])
    return True
