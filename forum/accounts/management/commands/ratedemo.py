"""Let the made-up readers of the demo answer."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.accounts.demo.ratings import rate_debates


class Command(BaseCommand):
    """Let made-up readers rate what is seeded, once; only ever in demo mode."""

    help = "Let made-up readers rate the seeded debates and the demonstrations; refuses outside demo mode."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rate where nobody of them has yet. Any: Django's own signature."""
        count = rate_debates()
        self.stdout.write(f"Made-up readers answered in {count} debates." if count else "unchanged")
