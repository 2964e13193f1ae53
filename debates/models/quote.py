"""Quotes: what an argument quotes from the article of its debate or from another argument, and where that stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from debates.bibliography.quoting import NOTHING, as_read
from debates.models.document import Document, closed_to
from debates.models.visibility import Viewer, listed, seen_by


def digest_of(text: str) -> str:
    """Return by what a text is known again."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class QuoteQuerySet(models.QuerySet["Quote"]):
    """Fetch quotes as somebody."""

    def for_arguments(self, ids: Iterable[int], viewer: Viewer) -> QuoteQuerySet:
        """Return what arguments that a viewer reads quote, with the texts that it is quoted from; one query for a page.

        Left out is what the viewer may not know of: a place in an argument or in the text of a source that is not shown to
        them, and what an argument's own passage quotes where that may not be read. `readable` says whether the passage may
        be shown (its document's reading rule); the place alone may always be named. A quotation found in several places has
        a row for each, the first of them first.
        """
        closed = closed_to(viewer)
        found_nowhere = Q(target=None, document=None)
        in_argument = Q(target__isnull=False) & seen_by(viewer, "target__author", "debate", of="target")
        in_document = Q(document__isnull=False) & listed("document__source__")
        lost = Q(document__isnull=False, passage=None, state__in=Quote.PLACED)
        said = Q(said_in=None) | (
            listed("said_in__document__source__") & ~Q(said_in__document__reading__in=closed)
        )
        return (
            self.filter(found_nowhere | in_argument | in_document, said, argument__in=list(ids))
            .exclude(lost)
            .annotate(
                readable=Case(
                    When(document__reading__in=closed, then=Value(value=False)), default=Value(value=True)
                )
            )
            .select_related(
                "passage", "document__source", "target__debate", "target__voice", "target__author"
            )
            .defer("document__outline", "document__layout", "document__source__formatted")
            .order_by("argument_id", "position", "place_number")
        )


class Quote(models.Model):
    """One quotation in an argument's text and one place where it stands; one that was not found is kept, with the reason."""

    class Field(models.TextChoices):
        """Say in which of the argument's texts it stands."""

        CLAIM = "claim", _("claim")
        ELABORATION = "elaboration", _("elaboration")
        ORIGIN = "origin", _("the passage that the argument restates")

    class State(models.TextChoices):
        """Say what became of looking: word for word, or not at all."""

        FOUND = "found", _("found")
        SEVERAL = "found-several", _("found in several places")
        NOT_FOUND = "not-found", _("not found")
        CHANGED = "changed", _("what it was quoted from has changed since")
        NO_TEXT = "no-text", _("not found; the article’s text is not at hand")

    class Reason(models.TextChoices):
        """Say why a quotation was not found (`debates.bibliography.quotation.Reason`)."""

        NEGATION = "negation", _("what it leaves out changes the meaning: it negates")
        GAP = "gap", _("its ellipsis leaves out too much")
        ORDER = "order", _("its pieces stand there in another order, or in different texts")
        INSERTION = "insertion", _("it stands there without the words in square brackets")
        ALTERED = "altered", _("some of its words stand there, but not all of them in a row")
        ELSEWHERE = "elsewhere", _("it comes from elsewhere, or is reworded")

    PLACED = (State.FOUND.value, State.SEVERAL.value)

    argument = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="quotes")
    position = models.PositiveIntegerField(_("number"))
    place_number = models.PositiveIntegerField(_("number of the place"), default=1)
    field = models.CharField(_("where it is quoted"), max_length=11, choices=Field)
    said_in = models.ForeignKey(
        "debates.DocumentPassage",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="quoting",
        verbose_name=_("passage that quotes"),
    )
    """The passage that the argument restates, where its words are the ones that quote."""
    start = models.PositiveIntegerField(_("first character"))
    end = models.PositiveIntegerField(_("one past the last character"))
    words = models.TextField(_("words"))
    state = models.CharField(_("state"), max_length=13, choices=State)
    reason = models.CharField(_("why it was not found"), max_length=9, choices=Reason, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, null=True, blank=True, related_name="quotes"
    )
    passage = models.ForeignKey(
        "debates.DocumentPassage", on_delete=models.SET_NULL, null=True, blank=True, related_name="quoted_by"
    )
    target = models.ForeignKey(
        "debates.Argument",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="quoted_by",
        verbose_name=_("quoted argument"),
    )
    target_field = models.CharField(_("quoted text"), max_length=11, choices=Field, blank=True)
    target_start = models.PositiveIntegerField(_("first character there"), null=True, blank=True)
    target_end = models.PositiveIntegerField(_("one past the last character there"), null=True, blank=True)

    target_digest = models.CharField(_("digest of the quoted text"), max_length=16, blank=True)
    """Of an argument's text as it was looked in: after an edit the indices may point at other words."""

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["argument", "position", "place_number"]
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        constraints = [
            models.UniqueConstraint(fields=["argument", "position", "place_number"], name="quote_once"),
            models.CheckConstraint(name="quote_from_one_text", condition=Q(document=None) | Q(target=None)),
            models.CheckConstraint(
                name="found_quote_has_a_place",
                condition=~Q(state__in=["found", "found-several"])
                | (
                    Q(target_start__isnull=False, target_end__gt=F("target_start"))
                    & ~Q(document=None, target=None)
                ),
            ),
            models.CheckConstraint(
                name="quote_said_in_a_passage",
                condition=Q(field="origin", said_in__isnull=False) | (~Q(field="origin") & Q(said_in=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def is_found(self) -> bool:
        """Say whether this row names a place where the words stand."""
        return self.state in self.PLACED

    def in_context(self, most: int = 240) -> tuple[str, str, str] | None:
        """Return the text before the quoted words, those, and the text after them; at most so many characters a side.

        None where there is no place, where the quoted argument was edited and not looked in again, and where the row did
        not come through `for_arguments` or its passage may not be shown.
        """
        text = self._quoted_text()
        if not text or not self.is_found or self.target_start is None or self.target_end is None:
            return None
        before, after = text[: self.target_start], text[self.target_end :]
        if len(before) > most:
            before = "…" + before[-most:]
        if len(after) > most:
            after = after[:most] + "…"
        words = text[self.target_start : self.target_end]
        return before.replace(NOTHING, ""), words.replace(NOTHING, ""), after.replace(NOTHING, "")

    def _quoted_text(self) -> str:
        """Return the text that is quoted from, as it is read; none where it may not be shown, or nobody asked."""
        if self.passage is not None:
            return self.passage.text if getattr(self, "readable", False) else ""
        if self.target is None:
            return ""
        text = self.target.claim if self.target_field == self.Field.CLAIM else self.target.elaboration
        if digest_of(text) != self.target_digest:
            return ""
        return text if self.target_field == self.Field.CLAIM else as_read(text)
