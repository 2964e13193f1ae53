"""Make the members of the demo."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from forum.accounts.demo.about_a_library import argue_about_a_library
from forum.accounts.demo.about_names import argue_about_names
from forum.accounts.demo.about_this_site import argue_about_this_site
from forum.accounts.demo.members import MEMBERS, make_members


class Command(BaseCommand):
    """Make the demo's members and what they write, once; only ever in demo mode."""

    help = "Make the members of the demo and print their passwords; refuses outside demo mode."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make who is missing, print all, and let them argue once. Any: Django's own signature."""
        speakers = make_members()
        for name, password, purpose, _group in MEMBERS:
            self.stdout.write(f"  {name:<6} {password:<18} {purpose}")
        argue_about_this_site(speakers)
        argue_about_a_library(speakers)
        argue_about_names(speakers)
