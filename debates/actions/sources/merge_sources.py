"""Merge two records of one work: every citation is kept, the old address leads to the new one, and it can be undone."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.moderating.log import write_log
from debates.actions.sources.check_quotation import check_quotations_of
from debates.actions.sources.lock_sources import lock_sources
from debates.actions.sources.mark_retraction import carry_notice
from debates.actions.writing.anchor_quotes import anchor_quotes_of
from debates.bibliography.same_work import work_keys
from debates.models import Citation, Debate, Document, LogEntry, Origin, Source, SourceKey, SourceMerge, State
from debates.models.visibility import Viewer
from debates.permissions import Refused
from debates.signals import source_moderated

MOVED = ("pk", "fingerprint", "quotation_state")
"""What is kept of each citation that a merge moves."""


@transaction.atomic
def merge_sources(moderator: Viewer, gone: Source, kept: Source, reason: str) -> SourceMerge:
    """Move everything that rests on one record to another of the same work."""
    if gone.pk == kept.pk:
        raise Refused(_("A source cannot be merged into itself; choose another."), "other", 400)
    lock_debates_of(gone)
    rows = lock_sources([gone.pk, kept.pk])
    gone, kept = rows[gone.pk], rows[kept.pk]
    _check_standing(gone, kept)
    text = _text_to_move(gone, kept)
    entry = write_log(moderator, LogEntry.Act.MERGE_SOURCES, gone, reason)
    citations = [list(row) for row in gone.citations.order_by("pk").values_list(*MOVED)]
    debates = list(gone.debates.order_by("pk").values_list("pk", flat=True))
    Citation.objects.filter(source=gone).update(source=kept)
    Debate.objects.filter(article=gone).update(article=kept)
    if text is not None:
        Document.objects.filter(pk=text.pk).update(source=kept)
    carry_notice(gone, kept)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    if gone.hushed and not kept.hushed:
        kept.hushed = True
        kept.save(update_fields=["hushed"])
    merge = SourceMerge.objects.create(
        gone=gone,
        kept=kept,
        citations=citations,
        debates=debates,
        document=text.digest if text is not None else "",
        by=moderator,
        by_name=moderator.get_username(),
        reason=entry.reason,
    )
    # Whoever names the work by what only the other record knew finds it here from now on.
    SourceKey.objects.write(kept, work_keys(kept.record))
    check_texts_of(kept)
    source_moderated.send(
        Source, source=gone, act=LogEntry.Act.MERGE_SOURCES, actor=moderator, rule="", reason=entry.reason
    )
    return merge


def check_texts_of(source: Source) -> None:
    """Look anew for what is quoted from a source: by citations, and by arguments in the debates that grew from it."""
    check_quotations_of(source)
    for document in Document.objects.filter(source=source, loaded_at__isnull=False):
        anchor_quotes_of(document)


def lock_debates_of(source: Source) -> None:
    """Lock the debates that grew from a source, before the source itself: whoever answers in one locks them in this order."""
    list(Debate.objects.select_for_update().filter(article=source).order_by("pk").values_list("pk"))


def _check_standing(gone: Source, kept: Source) -> None:
    """Refuse what was merged meanwhile, and what is hidden: its citations would come back, or others vanish with it."""
    if gone.merged_into_id is not None or kept.merged_into_id is not None:
        raise Refused(
            _("One of the two was merged meanwhile; look at both again before you go on."), "other", 409
        )
    for one in (gone, kept):
        if one.state != State.PUBLISHED:
            raise Refused(
                _("“%(source)s” is %(state)s; only sources that are published can be merged.")
                % {"source": one, "state": one.get_state_display()},
                "other",
                409,
            )


def _text_to_move(gone: Source, kept: Source) -> Document | None:
    """Return the text that goes along: the only one that there is. Refuse to part arguments from what they come from."""
    text = Document.objects.filter(source=gone).first()
    if text is None or not Document.objects.filter(source=kept).exists():
        return text
    if text.layout or Origin.objects.filter(document=text).exists():
        raise Refused(
            _(
                "Both have a text, and arguments come from that of “%(source)s”; merge the other into this one."
            )
            % {"source": gone},
            "kept",
            409,
        )
    return None
