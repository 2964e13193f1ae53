"""Forget old drafts."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.drafts.actions.forget_drafts import AFTERWARDS, KEPT, forget_drafts


class Command(BaseCommand):
    """Delete drafts that nobody goes on with; meant for a daily timer."""

    help = (
        f"Delete drafts that were not touched for {KEPT.days} days, "
        f"and those thrown away or posted more than {AFTERWARDS.days} days ago."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete and count. Any: Django's own signature."""
        self.stdout.write(f"{forget_drafts()} drafts forgotten.")
