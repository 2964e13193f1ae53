"""What makes two records the same work: a row for every identifier, address and title that a source answers to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from debates.bibliography.named import record_named
from debates.bibliography.same_work import work_keys

if TYPE_CHECKING:
    from debates.bibliography.identifiers import Identifier
    from debates.bibliography.same_work import WorkKey
    from debates.models.source import Source


class SourceKeyQuerySet(models.QuerySet["SourceKey"]):
    """Write a source's keys and find the sources that share them."""

    def write(self, source: Source, keys: Iterable[WorkKey]) -> None:
        """Lay down the keys of a source in place of what was there; it also answers to those of what was merged into it."""
        wanted = {(key.kind, key.value) for key in keys}
        wanted |= set(self.filter(source__merged_into=source).values_list("kind", "value"))
        present = {(row.kind, row.value): row.pk for row in self.filter(source=source)}
        if gone := [pk for pair, pk in present.items() if pair not in wanted]:
            self.filter(pk__in=gone).delete()
        self.bulk_create(
            SourceKey(source=source, kind=kind, value=value)
            for kind, value in sorted(wanted - present.keys())
        )

    def matching(self, keys: Iterable[WorkKey]) -> SourceKeyQuerySet:
        """Keep the rows that name the same work as any of the keys."""
        values: dict[str, set[str]] = {}
        for key in keys:
            values.setdefault(key.kind, set()).add(key.value)
        # One list a kind: SQLite counts each OR as a level of depth, and a paste may hold hundreds of works.
        asked = models.Q()
        for kind, of_kind in values.items():
            asked |= models.Q(kind=kind, value__in=of_kind)
        return self.filter(asked) if asked else self.none()

    def named(self, identifier: Identifier) -> SourceKeyQuerySet:
        """Keep the rows that an identifier names."""
        return self.matching(work_keys(record_named(identifier)))


class SourceKey(models.Model):
    """One thing by which a work is known: `kind` and `value` as `debates.bibliography.same_work` makes them."""

    source = models.ForeignKey("debates.Source", on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(_("kind"), max_length=10)
    value = models.CharField(_("value"), max_length=500)

    objects = SourceKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a source")
        verbose_name_plural = _("keys of sources")
        constraints = [models.UniqueConstraint(fields=["source", "kind", "value"], name="source_key_once")]
        indexes = [models.Index(fields=["kind", "value"], name="source_key_value")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
