"""Who goes out to other sites for us: the guarded connection, made from the settings."""

from django.conf import settings

from debates.lookup.guard import Guard


def guard() -> Guard:
    """Return a guarded connection that says who we are."""
    return Guard(agent=settings.LOOK_UP_AGENT)
