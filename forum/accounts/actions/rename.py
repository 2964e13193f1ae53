"""Take another name; the old one stays one's own and leads to the new page."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.permissions import Refused
from forum.accounts.models import TAKEN, FormerName, User, check_free
from forum.accounts.names import check_name, settled

BETWEEN = timedelta(days=30)
"""How long a name stays before another follows: each one given up is taken from everybody else."""


@transaction.atomic
def rename(member: User, name: str) -> bool:
    """Give a member another name; return whether that changed anything.

    Going back to a name of one's own is allowed at any time, and so is another spelling of the present one.
    """
    name = settled(name.strip())
    current = User.objects.select_for_update().get(pk=member.pk)
    old = current.username
    if name == old:
        return False
    try:
        check_name(name)
        if len(name) < 2:
            raise ValidationError(_("A name has two characters or more."))
        check_free(name, current)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), "name", 422) from error
    back = current.former_names.filter(username=name)
    current.username = name
    gives_up = FormerName(username=old, member=current)
    gives_up.skeleton = current.skeleton
    _check_pace(current, gives_up, going_back=back.exists())
    back.delete()
    looks_as_before = current.skeleton
    try:
        with transaction.atomic():
            current.save(update_fields=["username"])
    except IntegrityError:  # somebody else was quicker, since the name was found free
        raise Refused(str(TAKEN), "name", 422) from None
    if current.skeleton != looks_as_before:  # another spelling of one name needs no keeping
        FormerName.objects.filter(member=current, skeleton=current.skeleton).delete()
        gives_up.save()
    member.username, member.skeleton = current.username, current.skeleton
    return True


def _check_pace(member: User, gives_up: FormerName, *, going_back: bool) -> None:
    last = member.former_names.order_by("-given_up_at").first()
    if last is None or going_back:
        return
    until = last.given_up_at + BETWEEN
    if until > timezone.now():
        raise Refused(
            _("You took another name less than a month ago; the next can follow on %(day)s.")
            % {"day": until.date().isoformat()},
            "name",
            409,
        )
