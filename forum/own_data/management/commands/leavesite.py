"""Let those leave who asked for it a day ago."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.own_data.actions.leave_site import leave_all_due
from forum.own_data.models import GRACE


class Command(BaseCommand):
    """Carry out what is due; meant for an hourly timer. A second run, or two at once, do nothing twice."""

    help = f"Let members leave who asked for it {int(GRACE.total_seconds()) // 3600} hours ago or more."

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry out and count. Any: Django's own signature."""
        left, refused, faults = leave_all_due()
        self.stdout.write(f"{left} left.")
        if refused:
            self.stderr.write(
                f"{refused} may not leave: nobody else holds their office. They wait until somebody does."
            )
        if faults:
            self.stderr.write(
                f"{faults} could not leave because of a fault; the server’s log says which, and the next run tries again."
            )
