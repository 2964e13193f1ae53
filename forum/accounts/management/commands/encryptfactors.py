"""Put the secrets of second factors under the site's present key."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.accounts.actions.encrypt_factors import encrypt_factors


class Command(BaseCommand):
    """Encrypt anew; run after the site's secret key was changed, while the old one is still among the fallbacks."""

    help = "Encrypt the secrets of second factors with COUNTERPOINT_SECRET_KEY; run it after the key was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Encrypt them. Any: Django's own signature."""
        done, lost = encrypt_factors()
        self.stdout.write(f"{done} encrypted with the present key.")
        if lost:
            self.stdout.write(
                f"{lost} cannot be read: add the key that encrypted them to COUNTERPOINT_SECRET_KEY_FALLBACKS and run "
                "this again, or let their owners back in with `manage.py resetfactors NAME`."
            )
