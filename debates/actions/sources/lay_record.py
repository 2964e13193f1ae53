"""Lay a record on a source: columns, keys, version and search, in the transaction of whoever changes it."""

from debates.bibliography.record import Record
from debates.bibliography.same_work import work_keys
from debates.models import SearchEntry, Source, SourceKey, SourceRevision
from debates.models.visibility import Viewer


def lay_record(
    source: Source, record: Record, incomplete: str, editor: Viewer | None, note: str = ""
) -> None:
    """Write a record and what follows from it; the caller has the references set (`set_references`) afterwards."""
    source.take(record)
    source.incomplete, source.formatted = incomplete, {}
    source.save()
    SourceKey.objects.write(source, work_keys(record))
    known = editor is not None and editor.is_authenticated
    last = source.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    SourceRevision.objects.create(
        source=source,
        number=last + 1,
        data=source.data,
        incomplete=incomplete,
        note=note,
        editor=editor if known else None,
        editor_name=editor.get_username() if known and editor is not None else "",
    )
    SearchEntry.objects.write_source(source)


def write_first_version(source: Source) -> bool:
    """Give a source that is older than the history its first version, as it stands; return whether it wanted one."""
    _version, made = SourceRevision.objects.get_or_create(
        source=source,
        number=1,
        defaults={
            "data": source.data,
            "incomplete": source.incomplete,
            "editor_id": source.added_by_id,
            "editor_name": source.added_by.get_username() if source.added_by else "",
            "created_at": source.created_at,
        },
    )
    return made
