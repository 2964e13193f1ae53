"""Hide the sentence with which somebody says that an argument changed their mind; and restore it."""

from django.db import transaction

from debates.actions.arranging.placing import lock_tree
from debates.actions.moderating.log import write_log
from debates.models import Delta, LogEntry, State
from debates.models.visibility import Viewer


@transaction.atomic
def hide_delta(moderator: Viewer, delta: Delta, reason: str, rule: str = "") -> bool:
    """Hide a sentence that can be read; return whether that changed anything. Its member cannot say it anew."""
    return _turn(moderator, delta, LogEntry.Act.HIDE_DELTA, (State.PUBLISHED, State.HIDDEN), reason, rule)


@transaction.atomic
def restore_delta(moderator: Viewer, delta: Delta, reason: str, rule: str = "") -> bool:
    """Publish a hidden sentence again; return whether that changed anything."""
    return _turn(moderator, delta, LogEntry.Act.RESTORE_DELTA, (State.HIDDEN, State.PUBLISHED), reason, rule)


def _turn(
    moderator: Viewer, delta: Delta, act: LogEntry.Act, turn: tuple[State, State], reason: str, rule: str
) -> bool:
    """Turn one state into another and write the log, which names the argument."""
    lock_tree(delta.argument.debate_id)
    current = Delta.objects.select_related("argument").get(pk=delta.pk)
    if current.state != turn[0]:
        return False
    write_log(moderator, act, current.argument, reason, rule)
    current.state = delta.state = turn[1]
    current.save(update_fields=["state"])
    return True
