"""Make the members of the demo."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from forum.accounts.groups import MODERATORS, OPENERS
from forum.accounts.models import User

MEMBERS = (
    ("ada", "ada-argues", "writes, and may open debates", OPENERS),
    ("ben", "ben-rebuts", "disagrees with her", OPENERS),
    ("cleo", "cleo-moderates", "moderates, at /admin/", MODERATORS),
    ("dora", "dora-administers", "administers, at /admin/", ""),
)
"""Name, password, what they are for, group. Passwords this plain are for the loopback only."""


class Command(BaseCommand):
    """Make the demo's members, once; only ever in demo mode."""

    help = "Make the members of the demo and print their passwords; refuses outside demo mode."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make who is missing and print all. Any: Django's own signature."""
        if not settings.DEMO:
            raise CommandError(
                "These members have public passwords: they are made in demo mode only (COUNTERPOINT_MODE=demo)."
            )
        for name, password, purpose, group in MEMBERS:
            user = User.objects.filter(username=name).first()
            if user is None:
                user = User.objects.create_user(name, f"{name}@example.org", password)
                if group:
                    user.groups.add(Group.objects.get(name=group))
                user.is_staff = group != OPENERS
                user.is_superuser = not group
                user.save(update_fields=["is_staff", "is_superuser"])
            self.stdout.write(f"  {name:<6} {password:<18} {purpose}")
