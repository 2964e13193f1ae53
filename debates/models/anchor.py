"""Anchors: the words of an article that an argument answers; kept so that they are found again in another edition."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from debates.models.document import Document


class AnchorQuerySet(models.QuerySet["Anchor"]):
    """Fetch anchors; who may read the words, the document's reading rule says."""

    def for_arguments(self, ids: Iterable[int]) -> AnchorQuerySet:
        """Return the anchors of arguments that a viewer reads, in the order of the text; one query for a page."""
        return self.filter(argument__in=list(ids)).select_related("document__source", "passage")


class Anchor(models.Model):
    """One run of words in one passage that an argument answers, in the shape of the W3C's TextQuoteSelector.

    `start` and `end` count characters of the passage as it stood. `prefix` and `suffix` are up to 32 characters before and
    after, by which the same words are told apart from others and found again where the text was given anew.
    """

    argument = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="anchors")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="anchors")
    place = models.CharField(_("place"), max_length=20)
    passage = models.ForeignKey(
        "debates.DocumentPassage", on_delete=models.SET_NULL, null=True, blank=True, related_name="anchors"
    )
    start = models.PositiveIntegerField(_("first character"))
    end = models.PositiveIntegerField(_("one past the last character"))
    exact = models.TextField(_("words"))
    prefix = models.CharField(_("before them"), max_length=32, blank=True)
    suffix = models.CharField(_("after them"), max_length=32, blank=True)

    objects = AnchorQuerySet.as_manager()

    class Meta:
        ordering = ["document", "passage__order", "start", "pk"]
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")
        constraints = [
            models.UniqueConstraint(fields=["argument", "document", "place", "start"], name="anchor_once"),
            models.CheckConstraint(name="anchor_has_words", condition=models.Q(end__gt=models.F("start"))),
        ]

    def __str__(self) -> str:
        return self.exact[:60]
