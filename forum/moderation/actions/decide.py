"""Decide what is reported: uphold the reports, hiding it where it can be hidden, or keep it and decline them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from debates.actions.moderating.hide import hide
from debates.actions.moderating.log import append, check_reason
from debates.models import Argument, Citation, LogEntry, Source
from debates.models.visibility import Viewer
from debates.permissions import check_moderate
from forum.moderation.models import Report
from forum.moderation.signals import report_decided
from forum.moderation.things import Reportable, thing_of


@transaction.atomic
def uphold(moderator: Viewer, item: Reportable, reason: str, rule: str = "") -> int:
    """Uphold every open report of something, and hide an argument or a source; return how many there were.

    A citation, a member and a topic are dealt with by other acts (an edit, a suspension, another name), before or after.
    """
    check_moderate(moderator)
    reports = _open_reports(thing_of(item).about)
    rule = rule or (reports[0].rule if reports else "")
    hidden = False
    match item:  # apart, because `hide` is typed for either and not for both
        case Argument():
            hidden = hide(moderator, item, reason, rule)
        case Source():
            hidden = hide(moderator, item, reason, rule)
    if reports and not hidden:  # what was hidden before is not hidden again, and yet decided
        _log(moderator, LogEntry.Act.UPHOLD, item, reason, rule)
    return _close(reports, moderator, Report.Outcome.UPHELD, reason)


@transaction.atomic
def decline(moderator: Viewer, item: Reportable, reason: str, *, abusive: bool = False) -> int:
    """Keep something as it is and decline every open report of it; return how many there were.

    `abusive` reports were made to harm, and count against who made them.
    """
    check_moderate(moderator)
    reports = _open_reports(thing_of(item).about)
    if reports:
        _log(moderator, LogEntry.Act.DECLINE, item, reason, reports[0].rule)
    return _close(reports, moderator, Report.Outcome.DECLINED, reason, abusive=abusive)


@transaction.atomic
def close_gone(moderator: Viewer, report: Report, reason: str) -> int:
    """Close every open report of what does not exist any more; return how many there were."""
    check_moderate(moderator)
    reports = _open_reports(report.about)
    if reports:
        append(
            act=LogEntry.Act.DECLINE,
            actor_id=moderator.pk,
            actor_name=moderator.get_username(),
            item_kind=report.kind,
            item_id="",
            rule=report.rule,
            reason=check_reason(reason),
        )
    return _close(reports, moderator, Report.Outcome.DECLINED, reason)


def _open_reports(about: str) -> list[Report]:
    return list(Report.objects.select_for_update(of=("self",)).filter(about=about).open())


def _log(moderator: Viewer, act: LogEntry.Act, item: Reportable, reason: str, rule: str) -> None:
    """Write an act on the reports of something. A citation is named by its argument: that has an address.

    Whoever was reported without reason is not named: that somebody complained would stay in public for good.
    """
    thing = thing_of(item.argument if isinstance(item, Citation) else item)
    named = act != LogEntry.Act.DECLINE or thing.kind != Report.Kind.MEMBER
    append(
        act=act,
        actor_id=moderator.pk,
        actor_name=moderator.get_username(),
        item_kind=thing.kind,
        item_id=thing.name if named else "",
        item_url=thing.url if named else "",
        rule=rule,
        reason=check_reason(reason),
    )


def _close(
    reports: list[Report], moderator: Viewer, outcome: Report.Outcome, answer: str, *, abusive: bool = False
) -> int:
    for report in reports:
        report.outcome, report.answer, report.abusive = outcome, check_reason(answer), abusive
        report.decided_by, report.decided_at = moderator, timezone.now()
        report.save(update_fields=["outcome", "answer", "abusive", "decided_by", "decided_at"])
        report_decided.send(Report, report=report)
    return len(reports)
