"""What is searched: one row of stemmed words a text. Its index differs by database and lives in a migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from debates.stemming import stems

if TYPE_CHECKING:
    from debates.models.argument import Argument
    from debates.models.source import Source


class SearchQuerySet(models.QuerySet["SearchEntry"]):
    """Write entries; `debates.search` reads them."""

    def write_argument(self, argument: Argument) -> None:
        """Index an argument's claim and elaboration as they stand."""
        tokens = " ".join(stems(f"{argument.claim} {argument.elaboration}"))
        self.update_or_create(argument=argument, defaults={"tokens": tokens})

    def write_source(self, source: Source) -> None:
        """Index a source's title, authors, container and year as they stand."""
        record = source.record
        names = " ".join(f"{name.given} {name.family} {name.literal}" for name in record.authors)
        tokens = " ".join(
            stems(
                f"{record.title} {names} {record.container} {record.publisher} {record.year or ''} {record.doi} {record.isbn}"
            )
        )
        self.update_or_create(source=source, defaults={"tokens": tokens})


class SearchEntry(models.Model):
    """The words of one argument or source, stemmed in Python so that both databases find the same."""

    argument = models.OneToOneField(
        "debates.Argument", on_delete=models.CASCADE, null=True, related_name="search_entry"
    )
    source = models.OneToOneField(
        "debates.Source", on_delete=models.CASCADE, null=True, related_name="search_entry"
    )
    tokens = models.TextField()

    objects = SearchQuerySet.as_manager()

    class Meta:
        verbose_name = "search entry"
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return self.tokens[:60]


class SearchWord(models.Model):
    """A word that stands in some text, whole and folded: what typing errors are mended by. Words are added, never counted.

    A word may come from a text that is hidden by now, so whoever offers one first asks whether anything listed holds it.
    """

    word = models.CharField(max_length=60, primary_key=True)

    class Meta:
        verbose_name = "word that is searched"
        verbose_name_plural = "words that are searched"

    def __str__(self) -> str:
        return self.word
