"""Ask for an archive of everything of one's own; it is made when the transaction is through."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from debates.permissions import Refused
from forum.accounts.models import User
from forum.own_data.actions.make_export import make_export
from forum.own_data.models import BETWEEN, Export

WAITS = (Export.State.WAITING, Export.State.MAKING)


def check_ask_for_export(member: User) -> None:
    """Refuse while one is being made, and for a day after one was ready. One query."""
    for export in Export.objects.filter(member=member, state__in=[*WAITS, Export.State.READY]):
        if export.state in WAITS:
            raise Refused(
                _("An export of yours is being made already; look again in a few minutes."), "", 409
            )
        until = (export.ended_at or export.asked_at) + BETWEEN
        if until > timezone.now():
            raise Refused(
                _("Your last export is less than a day old; ask for the next one from %(when)s on.")
                % {"when": date_format(localtime(until), "DATETIME_FORMAT")},
                "",
                409,
            )


@transaction.atomic
def ask_for_export(member: User) -> Export:
    """Write down that a member asks, and have the archive made; refuses as `check_ask_for_export` does."""
    User.objects.select_for_update().get(pk=member.pk)  # two who ask at once find one another
    check_ask_for_export(member)
    export = Export.objects.create(member=member)
    transaction.on_commit(partial(make_export.enqueue, export.pk))
    return export
