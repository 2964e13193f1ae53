"""Sources and their citations in the staff room; records are mended here, with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from debates.actions.moderating.hide import hide
from debates.actions.sources.edit_source import edit_source
from debates.forms.source import FIELD_ORDER, SourceForm
from debates.models import Citation, Source, SourceMerge
from debates.models.visibility import Viewer, is_moderator, seen_by
from forum.moderation.admin.acts import APPROVE, RESTORE, can_hide
from forum.moderation.admin.staffroom import Act, StaffRoomAdmin


class UnlabelledInput(forms.HiddenInput):
    """A hidden field in a form of the admin, which draws a label for every field: what is hidden can have none."""

    def id_for_label(self, id_: str) -> str:
        """Return no id, so that the label names no field."""
        return ""


class SourceAdminForm(SourceForm, forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """The form of the site's own page, with the number of the version that it was made from."""

    seen = forms.IntegerField(widget=UnlabelledInput, required=False, min_value=0, max_value=10**9)

    class Meta:
        model = Source
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill in the record as it stands. Any: Django's own signature."""
        source = kwargs.get("instance") or Source(data={"type": "document", "title": ""})
        last = source.revisions.order_by("-number").first() if source.pk else None
        kwargs["initial"] = {**(kwargs.get("initial") or {}), "seen": last.number if last else None}
        super().__init__(*args, old=source.record, incomplete=source.incomplete, logged=True, **kwargs)


MERGED_FIELDS = ("title", "year", "url", "doi", "isbn", "state", "merged_into", "added_by", "created_at")


def is_merged(source: object) -> bool:
    """Say whether a row of the list is a source that was merged into another."""
    return isinstance(source, Source) and source.merged_into_id is not None


def readable_citations(viewer: Viewer) -> QuerySet[Citation]:
    """Return the citations that a moderator may read: argument, debate and source."""
    return Citation.objects.filter(
        seen_by(viewer, "argument__author", "debate", of="argument"),
        seen_by(viewer, "source__added_by", of="source"),
    )


@admin.register(Source)
class SourceAdmin(StaffRoomAdmin):
    """Sources; their records are mended here, with a reason."""

    acts = (
        Act(
            "hide",
            _("Hide"),
            hide,
            _(
                "The source, and every citation of it, is shown to nobody but moderators and the one who added it."
            ),
            can_hide,
            wants_rule=True,
        ),
        RESTORE,
        APPROVE,
    )
    form = SourceAdminForm
    change_form_template = "admin/source_change_form.html"
    list_display = (
        "title",
        "year",
        "state",
        "wanting",
        "citation_count",
        "link_state",
        "retraction_nature",
        "merged_into",
        "added_by",
        "created_at",
    )
    list_filter = (
        "state",
        ("incomplete", admin.EmptyFieldListFilter),
        "link_state",
        ("retraction_nature", admin.EmptyFieldListFilter),
        ("merged_into", admin.EmptyFieldListFilter),
    )
    search_fields = ("title", "doi", "isbn", "public_id")
    fields = (*FIELD_ORDER, "reason", "seen")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """Show what a moderator may read, with the number of citations; what was merged as well, to be looked at."""
        return (
            Source.objects.filter(seen_by(request.user, "added_by"))
            .select_related("added_by", "merged_into")
            .defer("formatted")
            .annotate(cited=Count("citations"))
        )

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let moderators mend records, but not what was merged: the record that stands for it is mended."""
        return is_moderator(request.user) and not is_merged(obj)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Return the fields of the record; of what was merged those columns that tell it apart. Any: Django's own type."""
        return MERGED_FIELDS if is_merged(obj) else super().get_fields(request, obj)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return the form of the record; what was merged is only shown and needs none. Any: Django's own types."""
        if is_merged(obj):
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change, **kwargs)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a source with the merges that it took part in. Any: a template's values."""
        item = self.get_object(request, object_id)
        merges = (
            SourceMerge.objects.filter(gone=item).select_related("kept") if isinstance(item, Source) else []
        )
        moved = [pk for merge in merges if merge.undone_at is None for pk, *_rest in merge.citations]
        extra = {
            "merges": merges,
            "moved": readable_citations(request.user).filter(pk__in=moved).select_related("argument"),
            "merged": is_merged(item),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Mend through the action, which logs. Any: a source, the form above."""
        edit_source(
            request.user,
            obj,
            form.cleaned_data["record"],
            form.cleaned_data["incomplete"],
            form.cleaned_data["reason"],
            form.cleaned_data["seen"],
        )

    @admin.display(description=_("incomplete"), boolean=True)
    def wanting(self, source: Source) -> bool:
        """Say whether something is missing in the record."""
        return bool(source.incomplete)

    @admin.display(description=_("citations"), ordering="cited")
    def citation_count(self, source: Any) -> int:
        """Return how often it is cited. Any: a source with the count attached."""
        return int(source.cited)


@admin.register(Citation)
class CitationAdmin(StaffRoomAdmin):
    """Citations, for looking."""

    list_display = ("source", "argument", "locator_label", "locator", "quotation_state")
    list_filter = ("quotation_state",)
    search_fields = ("quotation", "purpose", "source__title", "argument__claim")
    list_select_related = ("source", "argument")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        """Show the citations that a moderator may read: argument, debate and source."""
        return readable_citations(request.user)
