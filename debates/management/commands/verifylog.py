"""Say whether the log is what was written into it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from debates.actions.moderating.seal_log import faults_of_log, newest_seal, seal_all, unsealed
from debates.models.log_guard import missing_guards


class Command(BaseCommand):
    """Go through the chain of seals, and look for the triggers."""

    help = "Check every entry of the moderation log against its seal, and the seals against each other; fails on any fault."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --seal and --expect."""
        parser.add_argument("--seal", action="store_true", help="first seal what has no seal yet")
        parser.add_argument(
            "--expect",
            default="",
            metavar="DIGEST",
            help="a seal written down earlier, which must still stand",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and tell. Any: Django's own signature."""
        if options["seal"]:
            self.stdout.write(f"{seal_all()} entries sealed.")
        faults = list(faults_of_log(options["expect"].strip().lower()))
        if left := unsealed():
            faults.append(
                f"{len(left)} entries have no seal, the first is {left[0]}: a server may have been killed as it wrote; "
                "run verifylog --seal."
            )
        if guards := missing_guards(connection):
            faults.append(f"The database does not refuse changes: {', '.join(guards)} missing. Run migrate.")
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"The log has {len(faults)} faults.")
        last = newest_seal()
        self.stdout.write(
            f"The log is whole: {last.number} entries, the last sealed {last.digest}."
            if last
            else "The log is empty."
        )
