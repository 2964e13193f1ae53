"""Mend the record of a source; the log says who and why."""

from django.db import transaction
from django.utils import timezone

from debates.actions.log import write_log
from debates.bibliography.record import Record
from debates.models import LogEntry, SearchEntry, Source
from debates.models.visibility import Viewer


@transaction.atomic
def edit_source(moderator: Viewer, source: Source, record: Record, incomplete: str, reason: str) -> bool:
    """Lay a new record on a source; return whether anything changed."""
    current = Source.objects.select_for_update().get(pk=source.pk)
    if current.record == record and current.incomplete == incomplete:
        return False
    write_log(moderator, LogEntry.Act.EDIT_SOURCE, current, reason)
    current.take(record)
    current.incomplete, current.edited_at = incomplete, timezone.now()
    current.save()
    SearchEntry.objects.write_source(current)
    return True
