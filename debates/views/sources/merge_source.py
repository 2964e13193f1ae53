"""Merge a source with another record of the same work."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from debates.actions.sources.merge_sources import merge_sources as act
from debates.bibliography.record import TYPES, Record
from debates.forms.source import FIELD_ORDER, SourceForm, shown_in_form
from debates.forms.ties import MergeForm, OtherForm
from debates.models import Source
from debates.models.visibility import Viewer
from debates.permissions import Refused, check_moderate
from debates.views.asking.kept import kept_form, members_only
from debates.views.sources.source import fetch_source

MOST_ALIKE = 20


@dataclass(frozen=True)
class FieldPair:
    """What the two records say in one field."""

    label: object  # a lazy translation
    values: list[str]

    @property
    def differ(self) -> bool:
        """Say whether the two are not the same."""
        return len(set(self.values)) > 1


@members_only
def merge_source(request: HttpRequest, source_id: str) -> HttpResponse:
    """Choose the other record, look at both side by side, then merge them, with a reason.

    The other one comes as `?other=`, so that every step has an address.
    """
    check_moderate(request.user)
    source = fetch_source(request.user, source_id)
    if source.public_id != source_id:
        return redirect("merge_source", source.public_id)
    data = request.POST if request.method == "POST" else kept_form(request)
    asked = data if data is not None else request.GET
    if "other" not in asked:
        return _choose(request, source, OtherForm(viewer=request.user, source=source))
    choice = OtherForm(asked, viewer=request.user, source=source)
    if not choice.is_valid():
        return _choose(request, source, choice, status=422 if request.method == "POST" else 200)
    other: Source = choice.cleaned_data["other"]
    pair = _with_counts(request.user, source, other)
    initial = {"other": other.public_id, "kept": max(pair, key=lambda one: one.cited).public_id}
    form = MergeForm(data, initial=initial, viewer=request.user, source=source, pair=pair)
    refusal = None
    if request.method == "POST" and form.is_valid():
        kept, gone = (source, other) if form.cleaned_data["kept"] == source.public_id else (other, source)
        try:
            act(request.user, gone, kept, form.cleaned_data["reason"])
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Merged. The other address leads here, and the history can undo it."))
            return redirect(kept)
    return render(
        request,
        "debates/merge_source.html",
        {
            "source": source,
            "other": other,
            "pair": pair,
            "fields": _side_by_side([one.record for one in pair]),
            "form": form,
            "refusal": refusal,
        },
        status=refusal.status if refusal else 422 if request.method == "POST" else 200,
    )


def _choose(request: HttpRequest, source: Source, form: OtherForm, status: int = 200) -> HttpResponse:
    """Offer the sources that seem to be the same work, and a field for the address of any other."""
    alike = (
        Source.objects.visible_to(request.user)
        .same_work(source.record)
        .exclude(pk=source.pk)
        .annotate(cited=Count("citations"))
        .order_by("-cited", "pk")[:MOST_ALIKE]
    )
    return render(
        request,
        "debates/merge_source.html",
        {"source": source, "alike": list(alike), "form": form, "other": None},
        status=status,
    )


def _with_counts(viewer: Viewer, source: Source, other: Source) -> list[Any]:
    """Return the two, the one of the page first. Any: sources with the number of their citations as `cited`."""
    rows = (
        Source.objects.visible_to(viewer)
        .filter(pk__in=[source.pk, other.pk])
        .select_related("added_by")
        .annotate(cited=Count("citations"))
    )
    return sorted(rows, key=lambda one: one.pk != source.pk)


def _side_by_side(records: list[Record]) -> list[FieldPair]:
    """Return the fields that either record fills, with what each says."""
    shown = [shown_in_form(record) | {"type": _(TYPES.get(record.type, record.type))} for record in records]
    return [
        FieldPair(SourceForm.base_fields[name].label, [one[name] for one in shown])
        for name in FIELD_ORDER
        if name in shown[0] and any(one[name] for one in shown)
    ]
