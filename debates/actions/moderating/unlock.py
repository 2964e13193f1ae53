"""Unlock a debate or a branch."""

from django.db import transaction

from debates.actions.moderating.log import write_log
from debates.models import Argument, Debate, LogEntry
from debates.models.visibility import Viewer


@transaction.atomic
def unlock[T: (Argument, Debate)](moderator: Viewer, item: T, reason: str, rule: str = "") -> bool:
    """Unlock an item; return whether that changed anything."""
    current = type(item)._default_manager.select_for_update().get(pk=item.pk)
    if current.locked_at is None:
        return False
    write_log(moderator, LogEntry.Act.UNLOCK, current, reason, rule)
    current.locked_at = item.locked_at = None
    current.save(update_fields=["locked_at"])
    return True
