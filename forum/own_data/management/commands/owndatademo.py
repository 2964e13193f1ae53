"""Show in the demo what one can do with one's own data."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.own_data.demo import show_own_data


class Command(BaseCommand):
    """Make an export for Ada, and let somebody leave, once; only ever in demo mode."""

    help = "Make an export of the demo's Ada and let a made-up member leave; refuses outside demo mode."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make both where they are missing. Any: Django's own signature."""
        show_own_data()
