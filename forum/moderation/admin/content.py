"""Debates, arguments, sources, citations and tags in the staff room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from debates.actions.approve import approve
from debates.actions.edit_source import edit_source
from debates.actions.hide import hide
from debates.actions.lock import lock
from debates.actions.log import LONGEST_REASON
from debates.actions.restore import restore
from debates.actions.unlock import unlock
from debates.bibliography.record import Name, Record, RecordError, read_date, read_doi, read_isbn, read_names
from debates.models import Argument, Citation, Debate, LogEntry, Source, State, Tag
from debates.models.visibility import is_moderator, seen_by
from debates.views.card import path_cards
from forum.moderation.actions.decide import uphold
from forum.moderation.admin.staffroom import Act, StaffRoomAdmin
from forum.moderation.models import Report


def _can_hide(item: Argument | Debate | Source) -> bool:
    return item.state in (State.PUBLISHED, State.PENDING)


RESTORE = Act(
    "restore",
    _("Restore"),
    restore,
    _("It is shown again, to everyone, where it was."),
    lambda item: item.state == State.HIDDEN,
)
APPROVE = Act(
    "approve",
    _("Approve"),
    approve,
    _("What waits is published, and its author is told."),
    lambda item: item.state == State.PENDING,
)
LOCK = Act(
    "lock",
    _("Lock"),
    lock,
    _("It can be read, but nothing below it can be answered or edited."),
    lambda item: item.locked_at is None,
)
UNLOCK = Act(
    "unlock", _("Unlock"), unlock, _("It can be answered again."), lambda item: item.locked_at is not None
)


@admin.register(Argument)
class ArgumentAdmin(StaffRoomAdmin):
    """Arguments, with their state and the reports that wait."""

    acts = (
        Act(
            "hide",
            _("Hide"),
            uphold,
            _(
                "Its text is shown to nobody but its author and moderators; answers stay. Open reports of it are upheld."
            ),
            _can_hide,
            wants_rule=True,
        ),
        RESTORE,
        APPROVE,
        LOCK,
        UNLOCK,
    )
    list_display = ("short_claim", "side", "short_debate", "by", "state", "open_reports", "created_at")
    ordering = ("-created_at", "-pk")
    list_filter = (
        "state",
        "kind",
        "stance",
        ("debate", admin.RelatedOnlyFieldListFilter),
        ("locked_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("claim", "elaboration", "public_id", "author__username")
    date_hierarchy = "created_at"
    list_select_related = ("debate", "author", "voice")
    fields = (
        "claim",
        "elaboration",
        "kind",
        "stance",
        "attacks",
        "state",
        "debate",
        "author",
        "voice",
        "locked_at",
        "created_at",
        "edited_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Argument]:
        """Show what a moderator may read, with the number of open reports."""
        return Argument.objects.visible_to(request.user).annotate(
            reports_open=Count("reports", filter=Q(reports__outcome=Report.Outcome.OPEN))
        )

    @admin.display(description=_("claim"), ordering="claim")
    def short_claim(self, argument: Argument) -> str:
        """Return the beginning of the claim."""
        return Truncator(argument.claim).chars(90)

    @admin.display(description=_("side"), ordering="stance")
    def side(self, argument: Argument) -> str:
        """Return its stance, or its kind where it takes none."""
        return argument.get_stance_display() if argument.stance else argument.get_kind_display()

    @admin.display(description=_("by"), ordering="author__username")
    def by(self, argument: Argument) -> str:
        """Return the member or the voice."""
        return argument.author.get_username() if argument.author else str(argument.voice or "")

    @admin.display(description=_("debate"), ordering="debate")
    def short_debate(self, argument: Argument) -> str:
        """Return the beginning of the debate's question."""
        return Truncator(argument.debate.question).chars(40)

    @admin.display(description=_("open reports"), ordering="reports_open")
    def open_reports(self, argument: Any) -> int:
        """Return how many reports wait. Any: an argument with the count attached."""
        return int(argument.reports_open)

    def context_of(self, item: Argument, request: HttpRequest) -> dict[str, Any]:
        """Return the argument with all that stands above it, its answers, reports and record. Any: template values."""
        return argument_context(item, request)


def argument_context(argument: Argument, request: HttpRequest) -> dict[str, Any]:
    """Return what a moderator wants to see of an argument before deciding. Any: template values."""
    return {
        "item": argument,
        "heading": argument.claim,
        "argument": argument,
        "path": path_cards(argument, request.user),
        "answers": Argument.objects.filter(parent=argument).visible_to(request.user).order_by("path")[:20],
        "citations": argument.citations.filter(
            seen_by(request.user, "source__added_by", of="source")
        ).select_related("source"),
        "reports": argument.reports.select_related("reporter").order_by("-created_at"),
        "log": LogEntry.objects.filter(item_kind="argument", item_id=argument.public_id)[:20],
        "author_hidden": Argument.objects.filter(author=argument.author, state="hidden").count()
        if argument.author
        else 0,
        "author_all": Argument.objects.filter(author=argument.author).count() if argument.author else 0,
    }


@admin.register(Debate)
class DebateAdmin(StaffRoomAdmin):
    """Debates."""

    acts = (
        Act(
            "hide",
            _("Hide"),
            hide,
            _("The debate and everything in it is shown to nobody but moderators."),
            _can_hide,
            wants_rule=True,
        ),
        RESTORE,
        APPROVE,
        LOCK,
        UNLOCK,
    )
    list_display = ("question", "state", "locked_at", "opened_by", "argument_count", "created_at")
    list_filter = ("state", ("locked_at", admin.EmptyFieldListFilter))
    search_fields = ("question", "slug")
    fields = ("question", "summary", "slug", "article", "state", "opened_by", "locked_at", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Debate]:
        """Show what a moderator may read, with the number of arguments."""
        return (
            Debate.objects.visible_to(request.user)
            .select_related("opened_by")
            .annotate(arguments_all=Count("arguments"))
        )

    @admin.display(description=_("arguments"), ordering="arguments_all")
    def argument_count(self, debate: Any) -> int:
        """Return how many arguments it holds. Any: a debate with the count attached."""
        return int(debate.arguments_all)


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
            _("The source, and every citation of it, is shown to nobody but moderators."),
            _can_hide,
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

    list_display = ("source", "argument", "locator_label", "locator", "check_state")
    list_filter = ("check_state",)
    search_fields = ("quotation", "purpose", "source__title", "argument__claim")
    list_select_related = ("source", "argument")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        """Show the citations that a moderator may read: argument, debate and source."""
        return Citation.objects.filter(
            seen_by(request.user, "argument__author", "debate", of="argument"),
            seen_by(request.user, "source__added_by", of="source"),
        )


@admin.register(Tag)
class TagAdmin(StaffRoomAdmin):
    """Tags, for looking; an administrator renames topics."""

    list_display = ("name", "kind", "argument_count", "debate_count")
    list_filter = ("kind",)
    search_fields = ("name",)
    fields = ("name", "kind")
    readonly_fields = ("kind",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        """Count what carries each tag; leave out a topic that only texts carry which a moderator may not read."""
        arguments = Argument.objects.filter(argument_tags__tag=OuterRef("pk"))
        debates = Debate.objects.filter(debate_tags__tag=OuterRef("pk"))
        rows: QuerySet[Tag] = Tag.objects.filter(
            Q(kind=Tag.Kind.REBUTTAL)
            | Exists(arguments.visible_to(request.user))
            | Exists(debates.visible_to(request.user))
            | ~(Exists(arguments) | Exists(debates))
        ).annotate(
            in_arguments=Count("argument_tags", distinct=True), in_debates=Count("debate_tags", distinct=True)
        )
        return rows

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let administrators rename topics; the vocabulary of rebuttals belongs to the code."""
        return bool(request.user.is_superuser) and (not isinstance(obj, Tag) or obj.kind == Tag.Kind.TOPIC)

    @admin.display(description=_("arguments"), ordering="in_arguments")
    def argument_count(self, tag: Any) -> int:
        """Return how many arguments carry it. Any: a tag with the count attached."""
        return int(tag.in_arguments)

    @admin.display(description=_("debates"), ordering="in_debates")
    def debate_count(self, tag: Any) -> int:
        """Return how many debates carry it. Any: a tag with the count attached."""
        return int(tag.in_debates)
