"""Restore what was hidden."""

from django.db import transaction

from debates.actions.arranging.placing import lock_place
from debates.actions.moderating.log import write_log
from debates.actions.sources.merge_sources import check_texts_of
from debates.actions.weighing.rescore import rescore_state
from debates.actions.writing.anchor_quotes import anchor_quotes
from debates.models import Argument, Debate, LogEntry, Source, StandingChange, State
from debates.models.visibility import Viewer
from debates.signals import argument_moderated, source_moderated


@transaction.atomic
def restore[T: (Argument, Debate, Source)](moderator: Viewer, item: T, reason: str, rule: str = "") -> bool:
    """Publish a hidden item again; return whether that changed anything."""
    if isinstance(item, Argument):
        lock_place(item)
    current = type(item)._default_manager.select_for_update().get(pk=item.pk)
    if current.state != State.HIDDEN:
        return False
    write_log(moderator, LogEntry.Act.RESTORE, current, reason, rule)
    current.state = item.state = State.PUBLISHED
    current.save(update_fields=["state"])
    if isinstance(current, Argument):
        anchor_quotes(current)
        argument_moderated.send(
            Argument, argument=current, act=LogEntry.Act.RESTORE, actor=moderator, rule=rule, reason=reason
        )
    elif isinstance(current, Source):
        check_texts_of(current)
        source_moderated.send(
            Source, source=current, act=LogEntry.Act.RESTORE, actor=moderator, rule=rule, reason=reason
        )
    rescore_state(current, StandingChange.Cause.SHOWN)
    return True
