"""Read delivery reports and pause mail to addresses that are gone."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forum.notices.actions.take_bounce import take_bounce
from forum.notices.mail.bounces import read_bounce


class Command(BaseCommand):
    """A mail server pipes each report in (`|manage.py readbounces`), or they lie as files in a folder."""

    help = "Read delivery reports (RFC 3464) from files, or one from standard input, and pause mail to dead addresses."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take files; none: standard input."""
        parser.add_argument("files", nargs="*", type=Path, help="one message each, as it came")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and act. Any: what Django gives every command."""
        files: list[Path] = options["files"]
        paused = read = 0
        try:
            reports = [path.read_bytes() for path in files] if files else [sys.stdin.buffer.read()]
        except OSError as fault:
            raise CommandError(f"{fault.filename} cannot be read: {fault.strerror}.") from fault
        for data in reports:
            bounce = read_bounce(data)
            read += bounce is not None
            paused += bounce is not None and take_bounce(bounce)
        self.stdout.write(
            f"{len(reports)} messages read, {read} permanent failures, {paused} addresses paused."
        )
