"""Lock a debate, or the branch below an argument: it can be read, but not answered."""

from django.db import transaction
from django.utils import timezone

from debates.actions.moderating.log import write_log
from debates.models import Argument, Debate, LogEntry
from debates.models.visibility import Viewer


@transaction.atomic
def lock[T: (Argument, Debate)](moderator: Viewer, item: T, reason: str, rule: str = "") -> bool:
    """Lock an item; return whether that changed anything."""
    current = type(item)._default_manager.select_for_update().get(pk=item.pk)
    if current.locked_at is not None:
        return False
    write_log(moderator, LogEntry.Act.LOCK, current, reason, rule)
    current.locked_at = item.locked_at = timezone.now()
    current.save(update_fields=["locked_at"])
    return True
