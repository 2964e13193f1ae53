"""Lay the digests that are due and send what waits: for a timer, as often as one likes."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.notices.actions.lay_digests import lay_digests
from forum.notices.actions.send_letters import send_letters
from forum.notices.management.commands.sendletters import report
from forum.notices.models import Letter


class Command(BaseCommand):
    """Each member gets one a day and one a week at most, however often and from how many places this runs."""

    help = "Lay the daily and weekly digests that are due, and send them; run it every hour or so."

    def handle(self, *args: Any, **options: Any) -> None:
        """Lay and send. Any: what Django gives every command."""
        made = sum(lay_digests(kind) for kind in (Letter.Kind.DAILY, Letter.Kind.WEEKLY))
        self.stdout.write(f"{made} digests laid.")
        report(self, send_letters())
