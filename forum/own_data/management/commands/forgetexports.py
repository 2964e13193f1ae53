"""Forget old exports."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.own_data.actions.forget_exports import GIVEN_UP, forget_exports
from forum.own_data.models import KEPT


class Command(BaseCommand):
    """Delete exports that were kept long enough; meant for a daily timer."""

    help = (
        f"Delete exports of members' own data that were made more than {KEPT.days} days ago, and give up those "
        f"that have been in the making for {int(GIVEN_UP.total_seconds()) // 3600} hours."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete and count. Any: Django's own signature."""
        self.stdout.write(f"{forget_exports()} exports forgotten.")
