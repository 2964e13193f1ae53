"""Withdraw one's own argument; the replies of others stay."""

from django.db import transaction

from debates.models import Argument, State
from debates.models.visibility import Viewer
from debates.permissions import check_withdraw


@transaction.atomic
def withdraw_argument(author: Viewer, argument: Argument) -> bool:
    """Withdraw an argument; return whether that changed anything."""
    argument = Argument.objects.select_for_update(of=("self",)).select_related("debate").get(pk=argument.pk)
    if argument.state == State.WITHDRAWN and argument.author_id == author.pk:
        return False
    check_withdraw(author, argument)
    argument.state = State.WITHDRAWN
    argument.save(update_fields=["state"])
    return True
