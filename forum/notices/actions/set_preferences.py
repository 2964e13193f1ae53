"""Choose where notices go."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.models.visibility import Viewer
from debates.permissions import Refused
from forum.notices.mail.tokens import DIGESTS
from forum.notices.models import Channel, Group, Preference
from forum.notices.models.preference import DEFAULTS, channels_of


def chosen_by(member_id: int) -> dict[str, str]:
    """Return the channel of every group, in their order: what the member chose, or the default."""
    rows = dict(Preference.objects.filter(member=member_id).values_list("group", "channel"))
    return {group: rows.get(group, DEFAULTS[group]) for group in Group}


@transaction.atomic
def set_preferences(member: Viewer, wanted: Mapping[str, str]) -> bool:
    """Lay a channel on each group named; return whether anything changed. Refuses a channel that a group does not have."""
    for group, channel in wanted.items():
        if group not in Group or channel not in channels_of(group):
            raise Refused(_("Choose one of the places that are offered for each line."), group, 400)
    before = chosen_by(member.pk)
    changed = {group: channel for group, channel in wanted.items() if before[group] != channel}
    for group, channel in changed.items():
        Preference.objects.update_or_create(
            member_id=member.pk, group=group, defaults={"channel": channel, "since": timezone.now()}
        )
    return bool(changed)


def stopped_by(member_id: int, what: str) -> dict[str, str]:
    """Return what stopping a group, or a digest, would change: each group that is mailed so, with its channel."""
    chosen = chosen_by(member_id)
    if what in DIGESTS:
        return {group: channel for group, channel in chosen.items() if channel == what}
    return {what: chosen[what]} if chosen[what] in (Channel.ONCE, *DIGESTS) else {}


def stop_mail(member: Viewer, what: str) -> dict[str, str]:
    """Keep a group, or what a digest brought, in the site only; return what was chosen before, to undo it by."""
    with transaction.atomic():
        before = stopped_by(member.pk, what)
        set_preferences(member, dict.fromkeys(before, Channel.SITE))
    return before
