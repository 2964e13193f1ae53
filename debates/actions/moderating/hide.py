"""Hide an argument, a debate or a source: its text is seen by nobody but its author and the moderators."""

from django.db import transaction

from debates.actions.arranging.placing import lock_place
from debates.actions.moderating.log import write_log
from debates.actions.weighing.rescore import rescore_state
from debates.models import Argument, Debate, LogEntry, Source, StandingChange, State
from debates.models.visibility import Viewer
from debates.signals import argument_moderated, source_moderated


@transaction.atomic
def hide[T: (Argument, Debate, Source)](moderator: Viewer, item: T, reason: str, rule: str = "") -> bool:
    """Hide an item, also a withdrawn one, whose author could publish it again; return whether that changed anything."""
    if isinstance(item, Argument):
        lock_place(item)
    current = type(item)._default_manager.select_for_update().get(pk=item.pk)
    if current.state not in (State.PUBLISHED, State.PENDING, State.WITHDRAWN):
        return False
    write_log(moderator, LogEntry.Act.HIDE, current, reason, rule)
    current.state = item.state = State.HIDDEN
    current.save(update_fields=["state"])
    if isinstance(current, Argument):
        argument_moderated.send(
            Argument, argument=current, act=LogEntry.Act.HIDE, actor=moderator, rule=rule, reason=reason
        )
    elif isinstance(current, Source):
        source_moderated.send(
            Source, source=current, act=LogEntry.Act.HIDE, actor=moderator, rule=rule, reason=reason
        )
    rescore_state(current, StandingChange.Cause.GONE)
    return True
