"""Who may leave at once: not the last who administers or moderates, for then nobody could hear a report."""

from django.utils.translation import gettext as _

from debates.models.visibility import MODERATE
from debates.permissions import Refused
from forum.accounts.models import User


def check_leave(member: User) -> None:
    """Refuse the last administrator and the last moderator. Two queries, and none for who holds no office."""
    if not member.has_office:
        return
    others = User.objects.filter(is_active=True, leaving=None).exclude(pk=member.pk)
    if member.is_superuser and not others.filter(is_superuser=True).exists():
        raise Refused(
            _("You are the only administrator: make somebody else one first, so that the site has a keeper."),
            "",
            409,
        )
    if not User.objects.with_perm(MODERATE, include_superusers=True).filter(pk__in=others).exists():
        raise Refused(
            _("You are the only moderator: make somebody else one first, so that reports are read."), "", 409
        )
