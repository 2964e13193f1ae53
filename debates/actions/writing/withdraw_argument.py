"""Withdraw one's own argument; the replies of others stay."""

from django.db import transaction

from debates.actions.arranging.placing import lock_place
from debates.actions.weighing.rescore import rescore
from debates.models import Argument, StandingChange, State
from debates.models.visibility import Viewer
from debates.permissions import check_withdraw


@transaction.atomic
def withdraw_argument(author: Viewer, argument: Argument) -> bool:
    """Withdraw an argument; return whether that changed anything."""
    argument = lock_place(argument)
    if argument.state == State.WITHDRAWN and argument.author_id == author.pk:
        return False
    check_withdraw(author, argument)
    argument.state = State.WITHDRAWN
    argument.save(update_fields=["state"])
    rescore([argument], StandingChange.Cause.GONE, argument)
    return True
