"""Suspend a member, and readmit one."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.moderating.log import append, check_reason
from debates.models import LogEntry
from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused, check_moderate
from forum.accounts.models import User


@transaction.atomic
def suspend(moderator: Viewer, member: User, reason: str, rule: str = "") -> bool:
    """Keep a member from signing in; what they wrote stays. Return whether that changed anything."""
    return _set_active(moderator, member, reason, rule, active=False)


@transaction.atomic
def readmit(moderator: Viewer, member: User, reason: str, rule: str = "") -> bool:
    """Let a suspended member in again; return whether that changed anything."""
    return _set_active(moderator, member, reason, rule, active=True)


def _set_active(moderator: Viewer, member: User, reason: str, rule: str, *, active: bool) -> bool:
    check_moderate(moderator)
    reason = check_reason(reason)
    current = User.objects.select_for_update().get(pk=member.pk)
    if current.is_active == active:
        return False
    if current.has_left:
        raise Refused(
            _("This member has left the site; nobody is let in under the number that stays."), "", 409
        )
    if current.pk == moderator.pk:
        raise Refused(_("You cannot suspend yourself; ask a colleague."))
    if (current.is_superuser or is_moderator(current)) and not moderator.is_superuser:
        raise Refused(_("Only an administrator can suspend a moderator or an administrator."))
    append(
        act=LogEntry.Act.READMIT if active else LogEntry.Act.SUSPEND,
        actor_id=moderator.pk,
        actor_name=moderator.get_username(),
        item_kind="member",
        item_id=current.get_username(),
        item_url=current.get_absolute_url(),
        rule=rule,
        reason=reason,
    )
    current.is_active = member.is_active = active
    current.save(update_fields=["is_active"])
    return True
