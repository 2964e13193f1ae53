"""Let Ada keep arguments in the demo."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.bookmarks.demo import keep_in_the_demo


class Command(BaseCommand):
    """Let a member of the demo bookmark and share arguments, once; only ever in demo mode."""

    help = "Let Ada keep and share arguments of the demonstration; refuses outside demo mode."

    def handle(self, *args: Any, **options: Any) -> None:
        """Keep what she does not keep yet. Any: Django's own signature."""
        self.stdout.write("Ada keeps and shares arguments." if keep_in_the_demo() else "unchanged")
