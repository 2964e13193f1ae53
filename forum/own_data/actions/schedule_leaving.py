"""Ask to leave: nothing changes for a day, and it can be taken back."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.permissions import Refused
from forum.accounts.models import User
from forum.own_data.letters import tell_leaving
from forum.own_data.models import GRACE, Leaving
from forum.own_data.office import check_leave


@transaction.atomic
def schedule_leaving(member: User, texts: str) -> bool:
    """Write down that a member leaves, and what becomes of their texts; return whether that changed anything.

    Another choice takes the place of the first, and the day begins anew: nobody should lose words by a click of today.
    """
    if texts not in Leaving.Texts.values:
        raise Refused(_("Choose what becomes of your texts: one of the three that are shown."), "texts", 422)
    User.objects.select_for_update().get(pk=member.pk)
    check_leave(member)
    leaving = Leaving.objects.filter(member=member).first()
    if leaving is not None and leaving.texts == texts:
        return False
    now = timezone.now()
    leaving, _made = Leaving.objects.update_or_create(
        member=member, defaults={"texts": texts, "asked_at": now, "due_at": now + GRACE}
    )
    transaction.on_commit(partial(tell_leaving, leaving))
    return True
