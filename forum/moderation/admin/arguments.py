"""Arguments in the staff room."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from debates.models import Argument, LogEntry
from debates.models.visibility import seen_by
from debates.views.parts.branches import path_cards
from forum.moderation.actions.decide import uphold
from forum.moderation.admin.acts import APPROVE, LOCK, RESTORE, UNLOCK, can_hide
from forum.moderation.admin.staffroom import Act, StaffRoomAdmin
from forum.moderation.models import Report


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
            can_hide,
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
