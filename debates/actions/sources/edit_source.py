"""Mend the record of a source; its history keeps who and why, and the log what a moderator did."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.moderating.log import LONGEST_REASON, write_log
from debates.actions.sources.lay_record import lay_record, write_first_version
from debates.actions.sources.set_references import set_later
from debates.bibliography.record import Record
from debates.models import LogEntry, Source
from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused, check_edit_source
from debates.signals import source_moderated


@transaction.atomic
def edit_source(
    editor: Viewer, source: Source, record: Record, incomplete: str, reason: str, seen: int | None = None
) -> bool:
    """Lay a new record on a source; return whether anything changed. A moderator gives a reason, which the log shows.

    `seen` is the number of the version that the editor had before them; another since then is not written over.
    """
    current = Source.objects.select_for_update().get(pk=source.pk)
    check_edit_source(editor, current)
    if current.merged_into_id is not None:
        raise Refused(
            _("This source was merged into another meanwhile; mend the record of that one."), status=409
        )
    if current.record == record and current.incomplete == incomplete:
        return False
    last = current.revisions.order_by("-number").first()
    if seen is not None and last is not None and last.number != seen:
        raise Refused(
            _(
                "The record was mended meanwhile, in another window. Yours is below; compare, then save again."
            ),
            status=409,
        )
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if is_moderator(editor):
        write_log(editor, LogEntry.Act.EDIT_SOURCE, current, reason)
    if last is None:
        write_first_version(current)
    current.edited_at = timezone.now()
    lay_record(current, record, incomplete, editor, reason)
    set_later([current])
    if is_moderator(editor):
        source_moderated.send(
            Source, source=current, act=LogEntry.Act.EDIT_SOURCE, actor=editor, rule="", reason=reason
        )
    return True
