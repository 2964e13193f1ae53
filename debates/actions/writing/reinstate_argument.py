"""Take back the withdrawal of one's own argument."""

from django.db import transaction

from debates.actions.arranging.placing import lock_place
from debates.actions.weighing.rescore import rescore
from debates.actions.writing.anchor_quotes import anchor_quotes
from debates.models import Argument, StandingChange, State
from debates.models.visibility import Viewer
from debates.permissions import check_reinstate


@transaction.atomic
def reinstate_argument(author: Viewer, argument: Argument) -> bool:
    """Publish a withdrawn argument again; return whether that changed anything."""
    argument = lock_place(argument)
    check_reinstate(author, argument)
    if argument.state == State.PUBLISHED:
        return False
    argument.state = State.PUBLISHED
    argument.save(update_fields=["state"])
    anchor_quotes(argument)
    rescore([argument], StandingChange.Cause.SHOWN, argument)
    return True
