"""What happened to a source: every version of its record, and what was merged into it and parted again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from debates.bibliography.record import TYPES, Record
from debates.forms.source import FIELD_ORDER, SourceForm, shown_in_form
from debates.forms.ties import UndoForm
from debates.models import Citation, Source, SourceMerge, SourceRevision
from debates.models.authorship import shown_adder
from debates.models.source import family_of
from debates.models.visibility import Viewer, is_moderator, listed, reads
from debates.views.sources.source import fetch_source

A_PAGE = 50


@dataclass(frozen=True)
class Change:
    """What one field said before and says since."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """One thing that happened: a new version of a record, or a merge."""

    at: datetime
    by: str
    why: str
    number: int = 0
    of: str = ""
    """Whose version it is, where that is not the source of the page."""
    changes: list[Change] = field(default_factory=list)
    merge: SourceMerge | None = None
    gone: str = ""
    kept: str = ""
    may_undo: bool = False


def source_history(request: HttpRequest, source_id: str) -> HttpResponse:
    """Show everything that happened to a source, the newest first."""
    source = fetch_source(request.user, source_id)
    if source.public_id != source_id:
        return redirect("source_history", source.public_id)
    family = family_of(source.pk)
    merges = list(
        SourceMerge.objects.filter(Q(gone_id__in=family) | Q(kept_id__in=family)).select_related(
            "gone", "kept"
        )
    )
    named = _readable(source, merges, request.user)
    events = [*_versions(source, named, request.user), *_merges(source, merges, named, request.user)]
    events.sort(key=lambda event: (event.at, event.number), reverse=True)
    page = Paginator(events, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "debates/source_history.html",
        {"source": source, "page": page, "form": UndoForm()},
    )


def changes_since(source: Source, number: int) -> list[Change]:
    """Return what was changed in a record since one of its versions; nothing where that is not known."""
    seen = source.revisions.filter(number=number).first()
    last = source.revisions.order_by("-number").first()
    return changes_between(seen, last) if seen is not None and last is not None else []


def changes_between(before: SourceRevision | None, after: SourceRevision) -> list[Change]:
    """Return what differs between two versions, field by field; without an earlier one, all that the later says."""
    old, new = _said(before) if before is not None else {}, _said(after)
    return [
        Change(_label(name), old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys([*new, *old])
        if old.get(name, "") != new.get(name, "")
    ]


def _said(revision: SourceRevision) -> dict[str, str]:
    """Return what a version says, by field: those of the form in its order, then what has no field there."""
    record = revision.record
    values = {**shown_in_form(record), "incomplete": revision.incomplete}
    said = {name: values[name] for name in FIELD_ORDER}
    said["type"] = _(TYPES.get(record.type, record.type))
    return {**said, **_beyond(record)}


def _beyond(record: Record) -> dict[str, str]:
    """Return what a record holds that the form has no field for, as CSL-JSON writes it."""
    ours = Record(type="", title="", extra=record.extra).as_csl()
    return {
        f"csl:{key}": value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in sorted(ours.items())
        if key in record.extra
    }


def _label(name: str) -> str | Promise:
    if name.startswith("csl:"):
        return name.removeprefix("csl:")
    return SourceForm.base_fields[name].label or name


def _readable(source: Source, merges: Iterable[SourceMerge], viewer: Viewer) -> set[int]:
    """Return the keys of the sources among these merges whose words a viewer may read.

    For one that stands by itself that is asked as everywhere. One that is gone is read by moderators and by who added
    it; by others as long as something that it brought along is shown: a title is somebody's words, too.
    """
    merges = list(merges)
    involved = {one.pk: one for merge in merges for one in (merge.gone, merge.kept)}
    found = set(Source.objects.visible_to(viewer).filter(pk__in=involved).values_list("pk", flat=True)) | {
        source.pk
    }
    active = {merge.gone_id: merge for merge in merges if merge.undone_at is None}
    brought = {moved[0] for merge in active.values() for moved in merge.citations}
    shown = set(
        Citation.objects.filter(listed("argument__", "debate"), pk__in=brought).values_list("pk", flat=True)
    )
    for pk, merge in active.items():
        gone = involved[pk]
        own = is_moderator(viewer) or (viewer.is_authenticated and gone.added_by_id == viewer.pk)
        used = gone.seed is not None or any(moved[0] in shown for moved in merge.citations)
        if reads(viewer, gone.state, gone.added_by_id) and (own or used):
            found.add(pk)
    return found


def _versions(source: Source, named: set[int], viewer: Viewer) -> Iterable[Event]:
    """Yield the versions of a source, and of what was merged into it where that may be read."""
    rows = (
        SourceRevision.objects.filter(Q(source_id__in=family_of(source.pk)), source__in=named)
        .select_related("source")
        .order_by("source", "number")
    )
    before: SourceRevision | None = None
    for row in rows:
        if before is not None and before.source_id != row.source_id:
            before = None
        yield Event(
            at=row.created_at,
            by=shown_adder(row.source, row.editor_name, row.editor_id, viewer),
            why=row.note,
            number=row.number,
            of="" if row.source_id == source.pk else str(row.source),
            changes=changes_between(before, row),
        )
        before = row


def _merges(
    source: Source, merges: Iterable[SourceMerge], named: set[int], viewer: Viewer
) -> Iterable[Event]:
    """Yield the merges that a source and what was merged into it took part in, those that were undone too."""
    for merge in merges:
        yield Event(
            at=merge.at,
            by=merge.by_name,
            why=merge.reason,
            merge=merge,
            gone=_name(merge.gone, named),
            kept=_name(merge.kept, named),
            may_undo=merge.undone_at is None and merge.kept_id == source.pk and is_moderator(viewer),
        )


def _name(source: Source, named: set[int]) -> str:
    """Return what a source is called, to those who may read it."""
    return (
        f"{source} ({source.public_id})"
        if source.pk in named
        else _("a source that is not shown to everyone")
    )
