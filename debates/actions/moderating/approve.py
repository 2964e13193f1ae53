"""Approve what waits: publish a pending argument, debate or source."""

from django.db import transaction

from debates.actions.arranging.placing import lock_place
from debates.actions.moderating.log import write_log
from debates.actions.sources.merge_sources import check_texts_of
from debates.actions.weighing.rescore import rescore_state
from debates.actions.writing.anchor_quotes import anchor_quotes
from debates.models import Argument, Debate, LogEntry, Source, StandingChange, State
from debates.models.visibility import Viewer
from debates.signals import argument_moderated, argument_posted, source_moderated


@transaction.atomic
def approve[T: (Argument, Debate, Source)](moderator: Viewer, item: T, reason: str, rule: str = "") -> bool:
    """Publish a pending item; return whether that changed anything."""
    if isinstance(item, Argument):
        lock_place(item)
    current = type(item)._default_manager.select_for_update().get(pk=item.pk)
    if current.state != State.PENDING:
        return False
    write_log(moderator, LogEntry.Act.APPROVE, current, reason, rule)
    current.state = item.state = State.PUBLISHED
    current.save(update_fields=["state"])
    if isinstance(current, Argument):
        anchor_quotes(current)
        argument_moderated.send(
            Argument, argument=current, act=LogEntry.Act.APPROVE, actor=moderator, rule=rule, reason=reason
        )
        argument_posted.send(Argument, argument=current)
    elif isinstance(current, Source):
        check_texts_of(current)
        source_moderated.send(
            Source, source=current, act=LogEntry.Act.APPROVE, actor=moderator, rule=rule, reason=reason
        )
    rescore_state(current, StandingChange.Cause.POSTED)
    return True
