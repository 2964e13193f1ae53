"""Write notices, as their recipients chose to hear of them."""

from collections.abc import Iterable

from django.db import transaction

from forum.notices.actions.send_letters import send_later
from forum.notices.mail.addresses import reachable
from forum.notices.models import Channel, Letter, Notice, Preference
from forum.notices.models.preference import DEFAULTS, GROUPS


@transaction.atomic
def write_notices(notices: Iterable[Notice]) -> list[Notice]:
    """Write notices and return them; none that its recipient turned off. What is mailed at once gets its letter with it."""
    written = list(notices)
    if not written:
        return []
    chosen = channels({notice.recipient_id for notice in written})
    written = [one for one in written if _channel(chosen, one) != Channel.OFF]
    Notice.objects.bulk_create(written)
    at_once = [one for one in written if _channel(chosen, one) == Channel.ONCE]
    if at_once:
        _lay_letters(at_once)
    return written


def channels(members: set[int]) -> dict[tuple[int, str], str]:
    """Return what members chose, by member and group; where nothing stands the default holds."""
    rows = Preference.objects.filter(member__in=members).values_list("member", "group", "channel")
    return {(member, group): channel for member, group, channel in rows}


def _channel(chosen: dict[tuple[int, str], str], notice: Notice) -> str:
    group = GROUPS.get(notice.kind)
    if group is None:
        return Channel.SITE
    return chosen.get((notice.recipient_id, group), DEFAULTS[group])


def _lay_letters(notices: list[Notice]) -> None:
    """Make a letter of each notice whose recipient has an address, within the transaction: it goes out with it or not at all."""
    reached = reachable({one.recipient_id for one in notices})
    notices = [one for one in notices if one.recipient_id in reached]
    letters = Letter.objects.bulk_create(
        Letter(member_id=one.recipient_id, kind=Letter.Kind.ONCE, key=f"notice-{one.pk}") for one in notices
    )
    for notice, letter in zip(notices, letters, strict=True):
        notice.letter = letter
    Notice.objects.bulk_update(notices, ["letter"])
    if letters:
        transaction.on_commit(send_later)
