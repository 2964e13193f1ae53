"""Compute how all arguments stand anew, or only look whether what is stored has drifted."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from debates.actions.weighing.rescore_debates import find_drift, rescore_debate
from debates.models import Debate, StandingChange

SHOWN = 20
"""Drifts named one by one; more would bury the sum."""


class Command(BaseCommand):
    """Rescore every debate, one transaction each."""

    help = "Compute how all arguments stand anew from ratings and checks; --check only compares, and fails on any drift."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check and addresses of debates."""
        parser.add_argument("debates", nargs="*", help="addresses of debates (slugs); all when none is given")
        parser.add_argument("--check", action="store_true", help="write nothing; fail when anything differs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run. Any: Django's own signature."""
        debates = Debate.objects.order_by("pk")
        if options["debates"]:
            debates = debates.filter(slug__in=options["debates"])
            if unknown := set(options["debates"]) - set(debates.values_list("slug", flat=True)):
                raise CommandError(f"There is no debate “{min(unknown)}”; give the last part of its address.")
        found = 0
        for debate in debates:
            if options["check"]:
                drifts = find_drift(debate.pk)
            else:
                drifts = rescore_debate(debate.pk, StandingChange.Cause.REBUILT)
            found += len(drifts)
            self.stdout.write(
                f"{debate.slug}: {len(drifts)} values {'differ' if options['check'] else 'written'}"
            )
            for drift in drifts[:SHOWN] if options["check"] else []:
                self.stdout.write(
                    f"  argument {drift.argument}, {drift.column}: stored {drift.stored!r}, computed {drift.computed!r}"
                )
        if options["check"] and found:
            raise CommandError(
                f"{found} stored values differ from the computed ones; run rescore without --check."
            )
