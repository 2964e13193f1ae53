"""Suggested edits in the staff room: the queue of those that a moderator may decide."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from debates.actions.writing.decline_suggestion import decline_suggestion
from debates.actions.writing.take_suggestion import moderators_from, take_suggestion
from debates.models import Suggestion
from debates.models.visibility import Viewer, seen_by
from debates.views.parts.compared import compared
from forum.moderation.admin.arguments import argument_context
from forum.moderation.admin.outcome import OutcomeFilter
from forum.moderation.admin.staffroom import Act, StaffRoomAdmin


def _take(moderator: Viewer, suggestion: Suggestion, reason: str, rule: str) -> bool:
    return take_suggestion(moderator, suggestion, suggestion.revision.number, word=reason)


def _decline(moderator: Viewer, suggestion: Suggestion, reason: str, rule: str) -> bool:
    return decline_suggestion(moderator, suggestion, reason)


def _is_due(suggestion: Suggestion) -> bool:
    """Say whether it waits, and a moderator need not leave it to the author any more."""
    return suggestion.outcome == Suggestion.Outcome.OPEN and moderators_from(suggestion) <= timezone.now()


class SuggestionOutcomeFilter(OutcomeFilter):
    """Show the open ones unless something else is asked for."""

    offered = Suggestion.Outcome.choices
    waiting = Suggestion.Outcome.OPEN


@admin.register(Suggestion)
class SuggestionAdmin(StaffRoomAdmin):
    """Suggested edits, the oldest first; taken here they are taken as they are, with changes on their own page."""

    acts = (
        Act(
            "take",
            _("Take as it is"),
            _take,
            _(
                "The suggested text becomes the newest version; its author and whoever suggested it are told why."
            ),
            _is_due,
        ),
        Act(
            "decline",
            _("Decline"),
            _decline,
            _("The argument stays as it is; its author and whoever suggested the edit are told why."),
            _is_due,
        ),
    )
    list_display = ("short_claim", "member", "why_short", "outcome", "created_at")
    list_filter = (SuggestionOutcomeFilter,)
    search_fields = ("claim", "why", "argument__claim", "member__username")
    list_select_related = ("argument", "member")
    fields = (
        "claim",
        "elaboration",
        "why",
        "member",
        "outcome",
        "word",
        "decided_by",
        "decided_at",
        "created_at",
    )
    ordering = ("created_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Suggestion]:
        """Show the suggestions for what a moderator may read."""
        return Suggestion.objects.filter(
            seen_by(request.user, "argument__author", "debate", of="argument"), argument__merged_into=None
        ).select_related("revision", "argument__debate", "argument__author", "argument__voice")

    def context_of(self, item: Suggestion, request: HttpRequest) -> dict[str, Any]:
        """Return the argument in its context, and what the suggestion would change. Any: template values."""
        return {
            **argument_context(item.argument, request),
            "suggested": item,
            "compared": compared(item.argument, item),
        }

    @admin.display(description=_("argument"), ordering="argument__claim")
    def short_claim(self, suggestion: Suggestion) -> str:
        """Return the beginning of the claim."""
        return Truncator(suggestion.argument.claim).chars(90)

    @admin.display(description=_("why"))
    def why_short(self, suggestion: Suggestion) -> str:
        """Return the beginning of the reason."""
        return Truncator(suggestion.why).chars(80)
