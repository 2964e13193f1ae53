"""Undo a merge of two sources: what it moved goes back, if it still stands where the merge put it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.moderating.log import write_log
from debates.actions.sources.lock_sources import lock_sources
from debates.actions.sources.mark_retraction import take_notice_back
from debates.actions.sources.merge_sources import check_texts_of, lock_debates_of
from debates.bibliography.same_work import work_keys
from debates.models import Citation, Debate, Document, LogEntry, Source, SourceKey, SourceMerge
from debates.models.visibility import Viewer
from debates.permissions import Refused
from debates.signals import source_moderated


@transaction.atomic
def undo_merge(moderator: Viewer, merge: SourceMerge, reason: str) -> bool:
    """Part two sources again; return whether that changed anything. Citations made since stay where they were made."""
    lock_debates_of(merge.kept)
    rows = lock_sources([merge.gone_id, merge.kept_id])
    gone, kept = rows[merge.gone_id], rows[merge.kept_id]
    merge = SourceMerge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at is not None:
        return False
    if kept.merged_into_id is not None:
        raise Refused(
            _("“%(source)s” was itself merged into another since; undo that merge first.") % {"source": kept},
            status=409,
        )
    entry = write_log(moderator, LogEntry.Act.UNDO_MERGE, gone, reason)
    moved = {pk: (fingerprint, state) for pk, fingerprint, state in merge.citations}
    Citation.objects.filter(pk__in=moved, source=kept).update(source=gone)
    Debate.objects.filter(pk__in=merge.debates, article=kept).update(article=gone)
    if merge.document:
        # A text that was attached since is a text of the source that it was attached to.
        Document.objects.filter(source=kept, digest=merge.document).update(source=gone)
    take_notice_back(gone, kept)
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    merge.undone_at, merge.undone_by_name = timezone.now(), moderator.get_username()
    merge.undone_reason = entry.reason
    merge.save(update_fields=["undone_at", "undone_by_name", "undone_reason"])
    for one in (gone, kept):
        SourceKey.objects.write(one, work_keys(one.record))
        check_texts_of(one)
    _say_again(gone, moved)
    source_moderated.send(
        Source, source=gone, act=LogEntry.Act.UNDO_MERGE, actor=moderator, rule="", reason=entry.reason
    )
    return True


def _say_again(gone: Source, moved: dict[int, tuple[str, str]]) -> None:
    """Say of a quotation that is not found what was said before: whether it ever was depends on the text it was looked for in.

    One that was edited since has another fingerprint and keeps the answer of today.
    """
    lost = (Citation.Quotation.NOT_FOUND, Citation.Quotation.CHANGED)
    for citation in gone.citations.filter(quotation_state__in=lost):
        fingerprint, state = moved.get(citation.pk, ("", ""))
        if fingerprint == citation.fingerprint and state in lost and state != citation.quotation_state:
            Citation.objects.filter(pk=citation.pk).update(quotation_state=state)
