"""Debates in the staff room."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from debates.actions.moderating.hide import hide
from debates.models import Debate
from forum.moderation.admin.acts import APPROVE, LOCK, RESTORE, UNLOCK, can_hide
from forum.moderation.admin.staffroom import Act, StaffRoomAdmin


@admin.register(Debate)
class DebateAdmin(StaffRoomAdmin):
    """Debates."""

    acts = (
        Act(
            "hide",
            _("Hide"),
            hide,
            _(
                "The debate and everything in it is shown to nobody but moderators and whoever wrote in it, who see their own."
            ),
            can_hide,
            wants_rule=True,
        ),
        RESTORE,
        APPROVE,
        LOCK,
        UNLOCK,
    )
    list_display = (
        "question",
        "state",
        "anonymous",
        "locked_at",
        "opened_by",
        "argument_count",
        "created_at",
    )
    list_filter = ("state", "anonymous", ("locked_at", admin.EmptyFieldListFilter))
    search_fields = ("question", "slug")
    fields = (
        "question",
        "summary",
        "slug",
        "article",
        "state",
        "anonymous",
        "opened_by",
        "locked_at",
        "created_at",
    )

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
