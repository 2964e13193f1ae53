"""Invite somebody."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from forum.accounts.models import Invitation


class Command(BaseCommand):
    """Make an invitation and print its link, which works once."""

    help = "Make an invitation and print its link; it works once, and is shown now and never again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for whom, and for how long."""
        parser.add_argument(
            "address",
            nargs="?",
            default="",
            help="the address that may use it; left out: whoever has the link",
        )
        parser.add_argument("--days", type=int, default=14, help="how long it lasts")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it. Any: Django's own signature."""
        if not 1 <= options["days"] <= 365:
            raise CommandError("An invitation lasts from 1 to 365 days.")
        if options["address"]:
            try:
                validate_email(options["address"])
            except ValidationError as error:
                raise CommandError(f"“{options['address']}” is no e-mail address.") from error
        invitation, token = Invitation.objects.invite(None, options["address"], options["days"])
        scheme = "https" if settings.PRODUCTION else "http"
        host = settings.ALLOWED_HOSTS[0].lstrip(".") if settings.ALLOWED_HOSTS else "localhost"
        self.stdout.write(f"{scheme}://{host}{invitation.link(token)}")
