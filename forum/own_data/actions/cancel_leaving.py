"""Stay after all."""

from django.db import transaction

from forum.accounts.models import User
from forum.own_data.models import Leaving


@transaction.atomic
def cancel_leaving(member: User) -> bool:
    """Forget that a member leaves; return whether there was anything to forget."""
    return bool(Leaving.objects.filter(member=member).delete()[0])
