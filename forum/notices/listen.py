"""Listen to the debates and write notices: who answers, checks, grants and rates, and what moderators decide."""

from typing import Any

from debates.models import Argument, Citation, CitationCheck, Concession, Delta, LogEntry, Source
from forum.accounts.models import User
from forum.moderation.models import Appeal, Report
from forum.notices.actions.write_notices import write_notices
from forum.notices.models import Notice

KINDS = {
    LogEntry.Act.HIDE: Notice.Kind.HIDDEN,
    LogEntry.Act.RESTORE: Notice.Kind.RESTORED,
    LogEntry.Act.APPROVE: Notice.Kind.APPROVED,
}
SOURCE_KINDS = {
    LogEntry.Act.HIDE: Notice.Kind.SOURCE_HIDDEN,
    LogEntry.Act.RESTORE: Notice.Kind.SOURCE_RESTORED,
    LogEntry.Act.APPROVE: Notice.Kind.SOURCE_APPROVED,
    LogEntry.Act.EDIT_SOURCE: Notice.Kind.SOURCE_EDITED,
    LogEntry.Act.MERGE_SOURCES: Notice.Kind.SOURCE_MERGED,
    LogEntry.Act.UNDO_MERGE: Notice.Kind.SOURCE_PARTED,
}


def tell_moderated(argument: Argument, act: LogEntry.Act, rule: str, reason: str, **_signal: Any) -> None:
    """Tell the author what a moderator did with their text, by which rule and why. Any: a signal's words."""
    kind = KINDS.get(act)
    if kind is not None and argument.author_id is not None:
        write_notices(
            [Notice(recipient_id=argument.author_id, kind=kind, argument=argument, rule=rule, reason=reason)]
        )


def tell_adder(source: Source, act: LogEntry.Act, actor: Any, rule: str, reason: str, **_signal: Any) -> None:
    """Tell whoever added a source what a moderator did with it, by which rule and why. Any: a member, a signal's words."""
    kind = SOURCE_KINDS.get(act)
    if kind is not None and source.added_by_id is not None and source.added_by_id != actor.pk:
        write_notices(
            [Notice(recipient_id=source.added_by_id, kind=kind, source=source, rule=rule, reason=reason)]
        )


def tell_cited(citation: Citation, member: Any, verdict: str, note: str, **_signal: Any) -> None:
    """Tell the author of a citation that somebody found the source not to say it. Any: a member, a signal's words."""
    author = citation.argument.author_id
    if (
        author is not None
        and author != member.pk
        and verdict in (CitationCheck.Verdict.NO, CitationCheck.Verdict.PARTLY)
    ):
        write_notices(
            [
                Notice(
                    recipient_id=author,
                    kind=Notice.Kind.CITATION_CHECKED,
                    argument=citation.argument,
                    reason=note,
                )
            ]
        )


def tell_waiting(argument: Argument, members: list[Any], **_signal: Any) -> None:
    """Tell all who waited for a source that one is cited now. Any: members, a signal's words."""
    write_notices(
        Notice(recipient=member, kind=Notice.Kind.SOURCE_ARRIVED, argument=argument) for member in members
    )


def tell_reporter(report: Report, **_signal: Any) -> None:
    """Tell a reporter what came of their report. Any: a signal's words."""
    kind = (
        Notice.Kind.REPORT_UPHELD if report.outcome == Report.Outcome.UPHELD else Notice.Kind.REPORT_DECLINED
    )
    if report.reporter_id is not None:
        write_notices(
            [
                Notice(
                    recipient_id=report.reporter_id,
                    kind=kind,
                    argument_id=report.argument_id,
                    source_id=None if report.argument_id else report.source_id,
                    reason=report.answer,
                    rule=report.rule,
                )
            ]
        )


def tell_appealed(appeal: Appeal, first: int | None, **_signal: Any) -> None:
    """Tell who appealed, and who decided first, what a second moderator found. Any: a signal's words."""
    upheld = appeal.state == Appeal.State.UPHELD
    told = {
        appeal.member_id: Notice.Kind.APPEAL_UPHELD if upheld else Notice.Kind.APPEAL_DECLINED,
        first: Notice.Kind.OVERRULED if upheld else Notice.Kind.CONFIRMED,
    }
    there = set(
        User.objects.filter(pk__in=[key for key in told if key is not None]).values_list("pk", flat=True)
    )
    write_notices(
        Notice(recipient_id=key, kind=kind, argument_id=appeal.argument_id, reason=appeal.answer)
        for key, kind in told.items()
        if key in there
    )


def tell_conceded(concession: Concession, **_signal: Any) -> None:
    """Tell an author that the other side grants their objection, or the claim that it is against. Any: a signal's words."""
    objection = concession.argument
    above = objection.parent.author_id if objection.parent is not None else None
    by_objector = concession.member_id == objection.author_id
    recipient = above if by_objector else objection.author_id
    if recipient is not None and recipient != concession.member_id:
        write_notices(
            [
                Notice(
                    recipient_id=recipient,
                    kind=Notice.Kind.GRANTED if by_objector else Notice.Kind.CONCEDED,
                    argument=objection,
                    concession=concession,
                )
            ]
        )


def tell_mind_changed(delta: Delta, **_signal: Any) -> None:
    """Tell an author that their argument changed somebody's mind. Any: a signal's words."""
    author = delta.argument.author_id
    if author is not None and author != delta.member_id:
        write_notices(
            [
                Notice(
                    recipient_id=author,
                    kind=Notice.Kind.MIND_CHANGED,
                    argument_id=delta.argument_id,
                    delta=delta,
                )
            ]
        )
