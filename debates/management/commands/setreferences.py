"""Set references in the reader's styles: those that are not set yet, or all again after a style has changed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from debates.actions.sources.lay_record import write_first_version
from debates.actions.sources.set_references import BATCH, set_references
from debates.bibliography.same_work import work_keys
from debates.bibliography.styles import STYLES, available
from debates.models import Source, SourceKey


class Command(BaseCommand):
    """Set what is not set; a second run finds nothing to do."""

    help = "Set the references of sources in every style: those that lack one, or with --all every one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether all are set again."""
        parser.add_argument("--all", action="store_true", help="set every reference again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set them in batches and say how many. Any: Django's own signature."""
        if not available():
            raise CommandError(
                "pandoc is not installed, so no style can be set; pages show references plainly. "
                "Install the package pypandoc-binary, or pandoc itself."
            )
        wanted = [
            source
            for source in Source.objects.order_by("pk").select_related("added_by").iterator()
            if options["all"] or source.formatted.keys() != STYLES.keys()
        ]
        for source in wanted:  # one that was saved before there were keys and versions gets those, too
            SourceKey.objects.write(source, work_keys(source.record))
            write_first_version(source)
        done = 0
        for start in range(0, len(wanted), BATCH):
            done += set_references.call([source.pk for source in wanted[start : start + BATCH]])
            if self.stdout.isatty():
                self.stdout.write(f"\r\033[K{done} of {len(wanted)}", ending="")
                self.stdout.flush()
        if self.stdout.isatty():
            self.stdout.write("\r\033[K", ending="")
        self.stdout.write(f"{done} references set in {len(STYLES)} styles, {len(wanted) - done} left plain.")
