"""Make an archive that was asked for: a task, once, and a failure that is told."""

import structlog
from django.db import transaction
from django.tasks import task
from django.utils import timezone

from forum.own_data.archive.write_archive import write_archive
from forum.own_data.models import Export, ExportPart

log = structlog.get_logger(__name__)


@task
def make_export(export_id: int) -> int:
    """Make an archive; return its bytes, 0 where another worker has it already or it is gone.

    It is not made in one transaction: a long one would hold up the database, and parts of one that broke off are deleted here
    or by `forget_exports`.
    """
    begun = Export.objects.filter(pk=export_id, state=Export.State.WAITING).update(
        state=Export.State.MAKING, begun_at=timezone.now()
    )
    if not begun:
        return 0
    export = Export.objects.select_related("member").get(pk=export_id)
    try:
        size = write_archive(export)
    except Exception:
        log.exception("export_failed", export=export_id)
        fail(export)
        raise
    done = Export.objects.filter(pk=export_id, state=Export.State.MAKING).update(
        state=Export.State.READY, ended_at=timezone.now(), size=size
    )
    return size if done else 0


@transaction.atomic
def fail(export: Export) -> bool:
    """Note that an export could not be made, and delete what there is of it; return whether that changed anything."""
    ExportPart.objects.filter(export=export).delete()
    waits = (Export.State.WAITING, Export.State.MAKING)
    failed = Export.objects.filter(pk=export.pk, state__in=waits)
    return bool(failed.update(state=Export.State.FAILED, ended_at=timezone.now()))
