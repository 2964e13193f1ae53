"""Take back the withdrawal of one's own argument."""

from django.db import transaction

from debates.actions.anchor_quotes import anchor_quotes
from debates.models import Argument, State
from debates.models.visibility import Viewer
from debates.permissions import check_reinstate


@transaction.atomic
def reinstate_argument(author: Viewer, argument: Argument) -> bool:
    """Publish a withdrawn argument again; return whether that changed anything."""
    argument = Argument.objects.select_for_update(of=("self",)).select_related("debate").get(pk=argument.pk)
    check_reinstate(author, argument)
    if argument.state == State.PUBLISHED:
        return False
    argument.state = State.PUBLISHED
    argument.save(update_fields=["state"])
    anchor_quotes(argument)
    return True
