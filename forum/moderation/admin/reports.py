"""The queue of reports in the staff room."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from debates.models.visibility import Viewer, seen_by
from forum.moderation.actions.decide import decline, uphold
from forum.moderation.admin.arguments import argument_context
from forum.moderation.admin.staffroom import Act, StaffRoomAdmin
from forum.moderation.models import Report


def _uphold(moderator: Viewer, report: Report, reason: str, rule: str) -> bool:
    return bool(uphold(moderator, report.argument, reason, rule))


def _decline(moderator: Viewer, report: Report, reason: str, rule: str) -> bool:
    return bool(decline(moderator, report.argument, reason))


def _is_open(report: Report) -> bool:
    return report.outcome == Report.Outcome.OPEN


class OutcomeFilter(admin.SimpleListFilter):
    """Show what is open unless something else is asked for: it is a queue."""

    title = _("outcome")
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer every outcome, and all. Any: Django's own signature, lazy translations."""
        return [*Report.Outcome.choices, ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        """Leave out Django's own “all”, which would mean “open” here. Any: Django's own signature."""
        for choice in super().choices(changelist):
            if choice["query_string"] != changelist.get_query_string(remove=[self.parameter_name]):
                yield choice | {
                    "selected": choice["selected"]
                    or (self.value() is None and choice["query_string"].endswith("=open"))
                }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        """Keep what is asked for."""
        wanted = self.value() or Report.Outcome.OPEN
        return queryset if wanted == "all" else queryset.filter(outcome=wanted)


@admin.register(Report)
class ReportAdmin(StaffRoomAdmin):
    """Reports, the oldest first; deciding one decides every open report of the same argument."""

    acts = (
        Act(
            "uphold",
            _("Hide the argument and uphold"),
            _uphold,
            _(
                "The argument is hidden, every open report of it is upheld, and its author and the reporters are told why."
            ),
            _is_open,
            wants_rule=True,
        ),
        Act(
            "decline",
            _("Keep the argument and decline"),
            _decline,
            _("The argument stays, and the reporters are told why."),
            _is_open,
        ),
    )
    list_display = ("argument_claim", "rule", "words_short", "reporter", "outcome", "created_at")
    list_filter = (OutcomeFilter, "rule")
    search_fields = ("argument__claim", "words", "reporter__username")
    list_select_related = ("argument", "reporter")
    fields = ("rule", "words", "reporter", "outcome", "answer", "decided_by", "decided_at", "created_at")
    ordering = ("created_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        """Show the reports of what a moderator may read."""
        return Report.objects.filter(seen_by(request.user, "argument__author", "debate", of="argument"))

    def in_context(self, chosen: QuerySet[Report]) -> QuerySet[Report]:
        """Attach the arguments."""
        return chosen.select_related("argument__debate", "argument__author", "argument__voice", "reporter")

    def context_of(self, item: Report, request: HttpRequest) -> dict[str, Any]:
        """Return the reported argument in its context. Any: template values."""
        return argument_context(item.argument, request)

    @admin.display(description=_("argument"), ordering="argument__claim")
    def argument_claim(self, report: Report) -> str:
        """Return the beginning of the claim."""
        return Truncator(report.argument.claim).chars(90)

    @admin.display(description=_("in their words"))
    def words_short(self, report: Report) -> str:
        """Return the beginning of what the reporter says."""
        return Truncator(report.words).chars(80)
