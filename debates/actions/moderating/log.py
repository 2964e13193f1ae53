"""Write what a moderator did into the log, in the transaction that did it."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.moderating.seal_log import seal
from debates.models import Argument, Debate, LogEntry, Source
from debates.models.visibility import Viewer
from debates.permissions import Refused, check_moderate

LONGEST_REASON = 1000


def check_reason(reason: str) -> str:
    """Return the reason without outer space, or refuse an empty or overlong one."""
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(
            _("Give a reason: the author, the reporters and the public log will read it."), "reason", 400
        )
    if len(reason) > LONGEST_REASON:
        raise Refused(
            _("The reason has %(count)d characters; shorten it to %(most)d.")
            % {"count": len(reason), "most": LONGEST_REASON},
            "reason",
            400,
        )
    return reason


def append(**content: Any) -> LogEntry:
    """Write one entry, to be sealed once it is committed. Any: the fields of LogEntry.

    Sealed at once, two acts would wait for each other while each holds what the other needs. A server killed in between
    leaves an entry without a seal, which `verifylog --seal` finds.
    """
    entry = LogEntry.objects.create(**content)
    transaction.on_commit(partial(seal, [entry.pk]), robust=True)
    return entry


def write_log(
    moderator: Viewer, act: LogEntry.Act, item: Argument | Debate | Source, reason: str, rule: str = ""
) -> LogEntry:
    """Write one entry; refuses who is no moderator and what has no reason."""
    check_moderate(moderator)
    return append(
        act=act,
        actor_id=moderator.pk,
        actor_name=moderator.get_username(),
        item_kind=type(item).__name__.lower(),
        item_id=item.slug if isinstance(item, Debate) else item.public_id,
        item_url=item.get_absolute_url(),
        rule=rule,
        reason=check_reason(reason),
    )
