"""Sources and their citations in the staff room; records are mended here, with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from debates.actions.edit_source import edit_source
from debates.actions.hide import hide
from debates.actions.log import LONGEST_REASON
from debates.bibliography.record import Name, Record, RecordError, read_date, read_doi, read_isbn, read_names
from debates.models import Citation, Source
from debates.models.visibility import is_moderator, seen_by
from forum.moderation.admin.acts import APPROVE, RESTORE, can_hide
from forum.moderation.admin.staffroom import Act, StaffRoomAdmin


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """The record of a source in plain fields, and why it is changed."""

    type = forms.CharField(label=_("Kind of work"), max_length=60)
    title = forms.CharField(label=_("Title"), widget=forms.Textarea(attrs={"rows": 2}))
    authors = forms.CharField(
        label=_("Authors"),
        help_text=_("One a line: Family, Given."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    issued = forms.CharField(label=_("Year or date"), required=False)
    container = forms.CharField(label=_("In"), required=False)
    publisher = forms.CharField(label=_("Publisher"), required=False)
    place = forms.CharField(label=_("Place"), required=False)
    url = forms.URLField(label=_("Address on the web"), required=False, assume_scheme="https")
    doi = forms.CharField(label=_("DOI"), required=False)
    isbn = forms.CharField(label=_("ISBN"), required=False)
    incomplete = forms.CharField(
        label=_("What is missing"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    reason = forms.CharField(
        label=_("Reason"), help_text=_("The public log will show it."), max_length=LONGEST_REASON
    )

    class Meta:
        model = Source
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill in the record as it stands. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            record = self.instance.record
            values = {
                name: getattr(record, name)
                for name in ("type", "title", "container", "publisher", "place", "url", "doi", "isbn")
            }
            self.initial = {
                **self.initial,
                **values,
                "authors": "\n".join(name.inverted() for name in record.authors),
                "issued": record.date(),
                "incomplete": self.instance.incomplete,
            }

    def clean(self) -> dict[str, Any]:
        """Read the record, or say at its field what is wrong. Any: cleaned values."""
        data = super().clean() or {}
        old: Record = self.instance.record
        try:
            data["record"] = Record(
                type=data.get("type", old.type),
                title=" ".join(data.get("title", "").split()),
                authors=_names(data.get("authors", ""), old.authors),
                issued=read_date(data["issued"]) if data.get("issued") else (),
                container=data.get("container", ""),
                publisher=data.get("publisher", ""),
                place=data.get("place", ""),
                volume=old.volume,
                issue=old.issue,
                pages=old.pages,
                edition=old.edition,
                url=data.get("url", ""),
                doi=read_doi(data.get("doi", "")),
                isbn=read_isbn(data.get("isbn", "")),
                note=old.note,
                extra=old.extra,
            )
        except RecordError as error:
            self.add_error(error.field, str(error))
        return data


def _names(written: str, old: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return the names as written; what was not touched keeps its shape."""
    return old if written.splitlines() == [name.inverted() for name in old] else read_names(written)


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
    form = SourceForm
    list_display = ("title", "year", "state", "wanting", "citation_count", "added_by", "created_at")
    list_filter = ("state", ("incomplete", admin.EmptyFieldListFilter))
    search_fields = ("title", "doi", "isbn", "public_id")
    fields = (
        "type",
        "title",
        "authors",
        "issued",
        "container",
        "publisher",
        "place",
        "url",
        "doi",
        "isbn",
        "incomplete",
        "reason",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """Show what a moderator may read, with the number of citations."""
        return (
            Source.objects.visible_to(request.user)
            .select_related("added_by")
            .annotate(cited=Count("citations"))
        )

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let moderators mend records."""
        return is_moderator(request.user)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Mend through the action, which logs. Any: a source, the form above."""
        edit_source(
            request.user,
            obj,
            form.cleaned_data["record"],
            form.cleaned_data["incomplete"],
            form.cleaned_data["reason"],
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
        return Citation.objects.filter(
            seen_by(request.user, "argument__author", "debate", of="argument"),
            seen_by(request.user, "source__added_by", of="source"),
        )
