"""Write what is searched anew: all entries, and all words that typing errors are mended by."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from debates.models import Argument, SearchEntry, SearchWord, Source
from debates.models.search import said_of
from debates.stemming import words

A_BATCH = 500


class Command(BaseCommand):
    """Index every argument and source, a batch a transaction; members may go on writing meanwhile."""

    help = (
        "Write what is searched anew, in batches; after a change of how words are folded or stemmed. Stopped half-way, it goes on"
        " with --arguments-after and --sources-after, which every line of its report names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to go on."""
        parser.add_argument(
            "--arguments-after", type=int, default=0, help="the key of the last argument done"
        )
        parser.add_argument("--sources-after", type=int, default=0, help="the key of the last source done")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run. Any: Django's own signature."""
        whole = not options["arguments_after"] and not options["sources_after"]
        known = set(SearchWord.objects.values_list("word", flat=True)) if whole else set()
        last = self._arguments(options["arguments_after"], options["sources_after"])
        self._sources(last, options["sources_after"])
        if whole:
            self._forget(known)

    def _arguments(self, last: int, sources: int) -> int:
        """Index the arguments after a key; return the key of the last."""
        done, rows = 0, Argument.objects.only("claim", "elaboration")
        while True:
            # Locked, so that nobody changes a text between its reading and the writing of its words.
            with transaction.atomic():
                batch = list(rows.select_for_update().filter(pk__gt=last).order_by("pk")[:A_BATCH])
                SearchEntry.objects.write_arguments(batch)
            if not batch:
                return last
            last, done = batch[-1].pk, done + len(batch)
            self._say(f"{done} arguments", last, sources)

    def _sources(self, arguments: int, last: int) -> None:
        """Index the sources after a key."""
        done, rows = 0, Source.objects.only("data")
        while True:
            with transaction.atomic():
                batch = list(rows.select_for_update().filter(pk__gt=last).order_by("pk")[:A_BATCH])
                SearchEntry.objects.write_sources(batch)
            if not batch:
                return
            last, done = batch[-1].pk, done + len(batch)
            self._say(f"{done} sources", arguments, last)

    def _say(self, done: str, arguments: int, sources: int) -> None:
        self.stdout.write(
            f"{done} written; go on from here with --arguments-after {arguments} --sources-after {sources}"
        )

    def _forget(self, known: set[str]) -> None:
        """Take away the words that were known before and stand in no text any more."""
        for claim, elaboration in Argument.objects.values_list("claim", "elaboration").iterator():
            known.difference_update(words(f"{claim} {elaboration}"))
        for source in Source.objects.only("data").iterator():
            known.difference_update(words(said_of(source)))
        gone = sorted(known)
        for start in range(0, len(gone), A_BATCH):
            SearchWord.objects.filter(word__in=gone[start : start + A_BATCH]).delete()
        self.stdout.write(f"{len(gone)} words forgotten that stand in no text any more")
