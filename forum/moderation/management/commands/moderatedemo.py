"""Show in the demo what becomes of reports and appeals."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.moderation.demo import show_moderation


class Command(BaseCommand):
    """Let the demo's members report, decide and appeal, once; only ever in demo mode."""

    help = "Let the members of the demo report, decide and appeal; refuses outside demo mode."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it where it was not done. Any: Django's own signature."""
        show_moderation()
