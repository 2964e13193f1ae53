"""Let somebody back in who lost every second factor."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.accounts.actions.reset_factors import reset_factors
from forum.accounts.models import User


class Command(BaseCommand):
    """Remove the second factors of one member, in an emergency; the log says so."""

    help = "Remove all second factors of a member and end their sessions; they sign in with their password, and set up anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the member's name."""
        parser.add_argument("name", help="the member’s name, as it stands on their page")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them. Any: Django's own signature."""
        member = User.objects.filter(username=options["name"]).first()
        if member is None:
            raise CommandError(
                f"There is no member “{options['name']}”; write the name as it stands on their page."
            )
        count = reset_factors(member, by=f"{getpass.getuser()} at the command line")
        self.stdout.write(f"{member.username}: {count} removed; sessions that were listed are ended.")
