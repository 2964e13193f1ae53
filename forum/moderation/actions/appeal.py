"""Appeal against a decision, and decide an appeal."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.arranging.placing import lock_place
from debates.actions.moderating.log import check_reason, write_log
from debates.actions.moderating.restore import restore
from debates.actions.writing.text import check_printable
from debates.models import Argument, LogEntry, State
from debates.models.visibility import Viewer
from debates.permissions import Refused, check_moderate
from forum.moderation.models import Appeal
from forum.moderation.signals import appeal_decided

LONGEST = 2000


def decision_on(argument: Argument) -> LogEntry | None:
    """Return the decision by which an argument is hidden; none where it is not, or a program hid it. One query."""
    if argument.state != State.HIDDEN:
        return None
    hidden = LogEntry.objects.filter(item_kind="argument", item_id=argument.public_id, act=LogEntry.Act.HIDE)
    return hidden.first()


def check_appeal(member: Viewer, argument: Argument) -> LogEntry:
    """Return the decision that a member may appeal against; refuses others, what is not hidden, and a second time."""
    if not member.is_authenticated or argument.author_id != member.pk:
        raise Refused(_("Only its author can appeal."))
    entry = decision_on(argument)
    if entry is None:
        raise Refused(
            _("No moderator has hidden this argument, so there is nothing to appeal against."), status=409
        )
    if Appeal.objects.filter(entry_id=entry.pk).exists():
        raise Refused(
            _("You have appealed against this decision; what comes of it stands under your notices."),
            status=409,
        )
    return entry


@transaction.atomic
def appeal(member: Viewer, argument: Argument, words: str) -> Appeal:
    """Appeal against the decision that hid one's argument, once for each decision."""
    argument = lock_place(argument)
    entry = check_appeal(member, argument)
    words = words.strip()
    check_printable("words", words)
    if not words:
        raise Refused(
            _("Say why the decision was wrong: the second moderator reads it beside the reasons."),
            "words",
            400,
        )
    if len(words) > LONGEST:
        raise Refused(
            _("This has %(count)d characters; shorten it to %(most)d.")
            % {"count": len(words), "most": LONGEST},
            "words",
            400,
        )
    return Appeal.objects.create(entry_id=entry.pk, argument=argument, member=member, words=words)


def uphold_appeal(moderator: Viewer, made: Appeal, reason: str) -> bool:
    """Take a decision back: its argument is shown again. Return whether that changed anything."""
    return _decide(moderator, made, reason, Appeal.State.UPHELD)


def decline_appeal(moderator: Viewer, made: Appeal, reason: str) -> bool:
    """Let a decision stand. Return whether that changed anything."""
    return _decide(moderator, made, reason, Appeal.State.DECLINED)


@transaction.atomic
def _decide(moderator: Viewer, made: Appeal, reason: str, outcome: Appeal.State) -> bool:
    check_moderate(moderator)
    argument = lock_place(made.argument)
    current = Appeal.objects.select_for_update(of=("self",)).get(pk=made.pk)
    if current.state != Appeal.State.OPEN:
        return False
    entry = LogEntry.objects.get(pk=current.entry_id)
    if moderator.pk in (entry.actor_id, argument.author_id):
        raise Refused(
            _(
                "An appeal is decided by somebody else than who decided first or wrote the text: leave it to a colleague."
            )
        )
    upheld = outcome == Appeal.State.UPHELD
    write_log(
        moderator,
        LogEntry.Act.UPHOLD_APPEAL if upheld else LogEntry.Act.DECLINE_APPEAL,
        argument,
        reason,
        entry.rule,
    )
    if upheld:
        restore(moderator, argument, reason, entry.rule)
    current.state, current.answer = outcome, check_reason(reason)
    current.decided_by, current.decided_at = moderator, timezone.now()
    current.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    appeal_decided.send(Appeal, appeal=current, first=entry.actor_id)
    return True
