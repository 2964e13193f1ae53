"""The queue of reports in the staff room."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.models import Argument, LogEntry
from debates.models.visibility import Viewer
from forum.moderation.actions.decide import close_gone, decline, uphold
from forum.moderation.admin.arguments import argument_context
from forum.moderation.admin.outcome import OutcomeFilter
from forum.moderation.admin.staffroom import Act, StaffRoomAdmin
from forum.moderation.models import Report
from forum.moderation.things import thing_of


def _uphold(moderator: Viewer, report: Report, reason: str, rule: str) -> bool:
    return _is_open(report) and bool(uphold(moderator, report.thing, reason, rule))


def _decline(moderator: Viewer, report: Report, reason: str, _rule: str) -> bool:
    return _is_open(report) and bool(decline(moderator, report.thing, reason))


def _decline_abusive(moderator: Viewer, report: Report, reason: str, _rule: str) -> bool:
    return _is_open(report) and bool(decline(moderator, report.thing, reason, abusive=True))


def _close_gone(moderator: Viewer, report: Report, reason: str, _rule: str) -> bool:
    return _is_gone(report) and bool(close_gone(moderator, report, reason))


def _is_open(report: Report) -> bool:
    return report.outcome == Report.Outcome.OPEN and report.thing is not None


def _is_gone(report: Report) -> bool:
    return report.outcome == Report.Outcome.OPEN and report.thing is None


class ReportOutcomeFilter(OutcomeFilter):
    """Show the open ones unless something else is asked for."""

    offered = Report.Outcome.choices
    waiting = Report.Outcome.OPEN


@admin.register(Report)
class ReportAdmin(StaffRoomAdmin):
    """Reports, the oldest first; deciding one decides every open report of the same thing."""

    acts = (
        Act(
            "uphold",
            _("Uphold, and hide what can be hidden"),
            _uphold,
            _(
                "An argument or a source is hidden; a citation, member or topic stays as it is, so deal with it first. "
                "Every open report of it is upheld, and its author and the reporters are told why."
            ),
            _is_open,
            wants_rule=True,
        ),
        Act(
            "decline",
            _("Keep it and decline"),
            _decline,
            _("It stays, and the reporters are told why."),
            _is_open,
        ),
        Act(
            "decline_abusive",
            _("Keep it and decline as abusive"),
            _decline_abusive,
            _(
                "It stays, the reporters are told why, and each of these reports counts against who made it: "
                "for three months they may have fewer waiting."
            ),
            _is_open,
        ),
        Act(
            "close_gone",
            _("Close, because it is gone"),
            _close_gone,
            _("What was reported was deleted or edited away; the reporters are told so in your words."),
            _is_gone,
        ),
    )
    list_display = ("about_what", "kind", "rule", "words_short", "reporter", "outcome", "created_at")
    list_filter = (ReportOutcomeFilter, "kind", "rule", "abusive")
    search_fields = ("argument__claim", "words", "reporter__username", "member__username", "topic__name")
    list_select_related = ("argument", "source", "member", "topic", "citation__source", "reporter")
    fields = (
        "kind",
        "rule",
        "passage",
        "words",
        "reporter",
        "outcome",
        "abusive",
        "answer",
        "decided_by",
        "decided_at",
        "created_at",
    )
    ordering = ("created_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        """Show the reports of what a moderator may read."""
        return Report.objects.handled_by(request.user)

    def in_context(self, chosen: QuerySet[Report]) -> QuerySet[Report]:
        """Attach what is reported."""
        return chosen.select_related(
            "argument__debate",
            "argument__author",
            "argument__voice",
            "citation__source",
            "citation__argument",
            "source",
            "member",
            "topic",
            "reporter",
        )

    def context_of(self, item: Report, request: HttpRequest) -> dict[str, Any]:
        """Return what is reported in its context. Any: template values."""
        if isinstance(item.argument, Argument):
            return {**argument_context(item.argument, request), "report": item}
        if item.thing is None:
            return {"item": item, "heading": _t("What was reported does not exist any more."), "report": item}
        shown = thing_of(item.thing)
        return {
            "item": item.thing,
            "heading": shown.heading,
            "report": item,
            "reports": Report.objects.filter(about=item.about)
            .select_related("reporter")
            .order_by("-created_at"),
            "log": LogEntry.objects.filter(item_kind=shown.kind, item_id=shown.name)[:20],
        }

    @admin.display(description=_("what is reported"))
    def about_what(self, report: Report) -> str:
        """Return the beginning of what it is known by."""
        return Truncator(thing_of(report.thing).heading).chars(90) if report.thing else report.about

    @admin.display(description=_("in their words"))
    def words_short(self, report: Report) -> str:
        """Return the beginning of what the reporter says."""
        return Truncator(report.words).chars(80)
