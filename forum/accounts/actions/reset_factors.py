"""Take away the second factors of somebody who lost them all: the way back in, for whoever runs the server."""

import structlog
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from forum.accounts.models import User

log = structlog.stdlib.get_logger("forum.accounts")


@transaction.atomic
def reset_factors(member: User, *, by: str) -> int:
    """Remove every factor of a member and end their sessions; return how many factors there were, and log it.

    `by` says in the log who did: nobody is signed in where this is called.
    """
    count, _rows = Authenticator.objects.filter(user=member).delete()
    for session in UserSession.objects.filter(user=member):
        session.end()
    log.warning("second factors removed", member=member.username, member_id=member.pk, factors=count, by=by)
    return count
