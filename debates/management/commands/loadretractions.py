"""Mark retracted sources from a data file of notices."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from debates.actions.sources.mark_retraction import mark_retractions
from debates.lookup.retraction import RetractionError, read_retractions

MOST_SHOWN = 10


class Command(BaseCommand):
    """Read the notices; a second run changes nothing."""

    help = (
        "Mark sources whose DOI stands in a file of retraction notices: the Retraction Watch data as Crossref"
        " publishes them (CSV), or answers of Crossref's interface (JSON)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="the file of notices")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read it line by line and say what came of it. Any: Django's own signature."""
        path: Path = options["file"]
        bad: list[RetractionError] = []
        try:
            with path.open("rb") as file:
                read, changed = mark_retractions(read_retractions(file, bad.append))
        except OSError as error:
            raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error
        except RetractionError as error:
            raise CommandError(f"{path}: {error}") from error
        for fault in bad[:MOST_SHOWN]:
            self.stdout.write(f"  {fault}")
        if len(bad) > MOST_SHOWN:
            self.stdout.write(f"  … and {len(bad) - MOST_SHOWN} more lines.")
        self.stdout.write(f"{read} notices read, {len(bad)} lines left out, {changed} sources changed.")
