"""Appeals in the staff room: the oldest first, since each has its day by which it is to be decided."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from debates.models import LogEntry
from debates.models.visibility import Viewer, seen_by
from forum.moderation.actions.appeal import decline_appeal, uphold_appeal
from forum.moderation.admin.arguments import argument_context
from forum.moderation.admin.outcome import OutcomeFilter
from forum.moderation.admin.staffroom import Act, StaffRoomAdmin
from forum.moderation.models import Appeal


def _uphold(moderator: Viewer, made: Appeal, reason: str, _rule: str) -> bool:
    return uphold_appeal(moderator, made, reason)


def _decline(moderator: Viewer, made: Appeal, reason: str, _rule: str) -> bool:
    return decline_appeal(moderator, made, reason)


def _is_open(made: Appeal) -> bool:
    return made.state == Appeal.State.OPEN


class StateFilter(OutcomeFilter):
    """Show the open ones unless something else is asked for."""

    title = _("state")
    parameter_name = "state"
    offered = Appeal.State.choices
    waiting = Appeal.State.OPEN


@admin.register(Appeal)
class AppealAdmin(StaffRoomAdmin):
    """What authors say against decisions; whoever decided first, or wrote the text, cannot decide here."""

    acts = (
        Act(
            "uphold",
            _("Uphold, and show it again"),
            _uphold,
            _("The argument is shown again; its author and whoever decided first are told why."),
            _is_open,
        ),
        Act(
            "decline",
            _("Decline, and let the decision stand"),
            _decline,
            _("The argument stays hidden; its author and whoever decided first are told why."),
            _is_open,
        ),
    )
    list_display = ("short_claim", "words_short", "first_reason", "state", "overdue", "created_at")
    list_filter = (StateFilter,)
    search_fields = ("argument__claim", "words", "member__username")
    list_select_related = ("argument", "member")
    fields = ("words", "member", "state", "answer", "decided_by", "decided_at", "created_at")
    ordering = ("created_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appeal]:
        """Show the appeals for what a moderator may read, with the reason of the decision."""
        first = LogEntry.objects.filter(pk=models.OuterRef("entry_id")).values("reason")
        return (
            Appeal.objects.filter(seen_by(request.user, "argument__author", "debate", of="argument"))
            .select_related("argument__debate", "argument__author", "argument__voice", "member")
            .annotate(reason=models.Subquery(first))
        )

    def context_of(self, item: Appeal, request: HttpRequest) -> dict[str, Any]:
        """Return the argument in its context, with what its author says and what was decided first. Any: template values."""
        return {
            **argument_context(item.argument, request),
            "appeal": item,
            "decision": LogEntry.objects.filter(pk=item.entry_id).first(),
        }

    @admin.display(description=_("argument"), ordering="argument__claim")
    def short_claim(self, made: Appeal) -> str:
        """Return the beginning of the claim."""
        return Truncator(made.argument.claim).chars(90)

    @admin.display(description=_("why it was wrong"))
    def words_short(self, made: Appeal) -> str:
        """Return the beginning of what the author says."""
        return Truncator(made.words).chars(80)

    @admin.display(description=_("reason of the decision"))
    def first_reason(self, made: Any) -> str:
        """Return the beginning of the first reason. Any: an appeal with the reason attached."""
        return Truncator(made.reason or "").chars(80)

    @admin.display(description=_("overdue"), boolean=True)
    def overdue(self, made: Appeal) -> bool:
        """Say whether it waits longer than was promised."""
        return made.is_overdue
