"""The acts that debates, arguments and sources share."""

from django.utils.translation import gettext_lazy as _

from debates.actions.moderating.approve import approve
from debates.actions.moderating.lock import lock
from debates.actions.moderating.restore import restore
from debates.actions.moderating.unlock import unlock
from debates.models import Argument, Debate, Source, State
from forum.moderation.admin.staffroom import Act


def can_hide(item: Argument | Debate | Source) -> bool:
    return item.state in (State.PUBLISHED, State.PENDING, State.WITHDRAWN)


RESTORE = Act(
    "restore",
    _("Restore"),
    restore,
    _("It is shown again, to everyone, where it was."),
    lambda item: item.state == State.HIDDEN,
)
APPROVE = Act(
    "approve",
    _("Approve"),
    approve,
    _("What waits is published, and its author is told."),
    lambda item: item.state == State.PENDING,
)
LOCK = Act(
    "lock",
    _("Lock"),
    lock,
    _("It can be read, but nothing below it can be answered or edited."),
    lambda item: item.locked_at is None,
)
UNLOCK = Act(
    "unlock", _("Unlock"), unlock, _("It can be answered again."), lambda item: item.locked_at is not None
)
