"""Forget the keys of old forms."""

from typing import Any

from django.core.management.base import BaseCommand

from debates.actions.writing.form_key import KEPT, forget_old_keys


class Command(BaseCommand):
    """Delete form keys that nobody can still send; meant for a daily timer."""

    help = f"Delete the keys of forms that were sent more than {KEPT.days} days ago."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete and count. Any: Django's own signature."""
        self.stdout.write(f"{forget_old_keys()} keys forgotten.")
