"""Send what waits to be mailed, such as after the mail server was down."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.notices.actions.send_letters import Run, send_letters


def report(command: BaseCommand, run: Run) -> None:
    """Say what a run came to, and on the error stream what stopped it."""
    command.stdout.write(
        f"{run.sent} letters sent, {run.needless} needless, {run.postponed} postponed, {run.failed} failed."
    )
    if run.unreachable:
        command.stderr.write(f"The mail server could not be reached: {run.unreachable}. What waits stays.")


class Command(BaseCommand):
    """Nothing is sent twice by two of these at once."""

    help = (
        "Send the letters that are due; run it every few minutes: it tries again what a mail server put off."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Send. Any: what Django gives every command."""
        report(self, send_letters())
