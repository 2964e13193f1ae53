"""Keep the demo where it belongs."""

from django.conf import settings
from django.core.management.base import CommandError


def only_in_demo() -> None:
    """Raise CommandError outside demo mode; everything in this package that writes asks first."""
    if not settings.DEMO:
        raise CommandError(
            "These members have public passwords, and these readers and what they answer are made up: they are made in"
            " demo mode only (COUNTERPOINT_MODE=demo)."
        )
