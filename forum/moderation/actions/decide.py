"""Decide what is reported: hide it and uphold the reports, or keep it and decline them."""

from django.db import transaction
from django.utils import timezone

from debates.actions.moderating.hide import hide
from debates.actions.moderating.log import write_log
from debates.models import Argument, LogEntry
from debates.models.visibility import Viewer
from debates.permissions import check_moderate
from forum.moderation.models import Report
from forum.moderation.signals import report_decided


@transaction.atomic
def uphold(moderator: Viewer, argument: Argument, reason: str, rule: str = "") -> int:
    """Hide an argument and uphold every open report of it; return how many there were."""
    check_moderate(moderator)
    reports = list(
        Report.objects.select_for_update(of=("self",)).filter(argument=argument, outcome=Report.Outcome.OPEN)
    )
    hide(moderator, argument, reason, rule or (reports[0].rule if reports else ""))
    return _close(reports, moderator, Report.Outcome.UPHELD, reason)


@transaction.atomic
def decline(moderator: Viewer, argument: Argument, reason: str) -> int:
    """Keep an argument as it is and decline every open report of it; return how many there were."""
    check_moderate(moderator)
    reports = list(
        Report.objects.select_for_update(of=("self",)).filter(argument=argument, outcome=Report.Outcome.OPEN)
    )
    if reports:
        write_log(moderator, LogEntry.Act.DECLINE, argument, reason, reports[0].rule)
    return _close(reports, moderator, Report.Outcome.DECLINED, reason)


def _close(reports: list[Report], moderator: Viewer, outcome: Report.Outcome, answer: str) -> int:
    for report in reports:
        report.outcome, report.answer = outcome, answer
        report.decided_by, report.decided_at = moderator, timezone.now()
        report.save(update_fields=["outcome", "answer", "decided_by", "decided_at"])
        report_decided.send(Report, report=report)
    return len(reports)
