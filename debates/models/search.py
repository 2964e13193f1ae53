"""What is searched: one row of stemmed words a text. Its index differs by database and lives in a migration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import models

from debates.stemming import stems, words

if TYPE_CHECKING:
    from debates.models.argument import Argument
    from debates.models.source import Source


class SearchQuerySet(models.QuerySet["SearchEntry"]):
    """Write entries; `debates.search` reads them."""

    def write_argument(self, argument: Argument) -> None:
        """Index an argument's claim and elaboration as they stand."""
        self.write_arguments([argument])

    def write_source(self, source: Source) -> None:
        """Index a source's title, authors, container and year as they stand."""
        self.write_sources([source])

    def write_arguments(self, arguments: Sequence[Argument]) -> None:
        """Index several arguments in two statements; they keep the entries that they have."""
        self._write("argument", [(one, f"{one.claim} {one.elaboration}") for one in arguments])

    def write_sources(self, sources: Sequence[Source]) -> None:
        """Index several sources in two statements; they keep the entries that they have."""
        self._write("source", [(one, said_of(one)) for one in sources])

    def _write(self, of: str, texts: Sequence[tuple[Argument | Source, str]]) -> None:
        entries = [SearchEntry(**{of: one}, tokens=" ".join(stems(text))) for one, text in texts]
        self.bulk_create(entries, update_conflicts=True, unique_fields=[of], update_fields=["tokens"])
        SearchWord.objects.learn(text for _one, text in texts)


def said_of(source: Source) -> str:
    """Return what a source is found by."""
    record = source.record
    names = " ".join(f"{name.given} {name.family} {name.literal}" for name in record.authors)
    return f"{record.title} {names} {record.container} {record.publisher} {record.year or ''} {record.doi} {record.isbn}"


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


class SearchWordQuerySet(models.QuerySet["SearchWord"]):
    """Learn words."""

    def learn(self, texts: Iterable[str]) -> None:
        """Add the words of texts to those that are known; numbers and single letters are not mended."""
        found = {word for text in texts for word in words(text) if len(word) > 1 and not word.isdecimal()}
        # In order, so that two who write at once wait for each other and not in a circle.
        self.bulk_create(
            (SearchWord(word=word) for word in sorted(found)), ignore_conflicts=True, batch_size=500
        )


class SearchWord(models.Model):
    """A word that stands in some text, whole and folded: what typing errors are mended by. Words are added, never counted.

    A word may come from a text that is hidden by now, so whoever offers one first asks whether anything listed holds it.
    """

    word = models.CharField(max_length=60, primary_key=True)

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        verbose_name = "word that is searched"
        verbose_name_plural = "words that are searched"

    def __str__(self) -> str:
        return self.word
