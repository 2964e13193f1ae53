"""Appeals: an author says why a decision was wrong, and another moderator looks once more."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PROMISED = timedelta(days=7)
"""Within this time an appeal is decided; afterwards it stands at the head of the queue."""


class Appeal(models.Model):
    """One appeal against one decision, which the log names by its number; never a second against the same."""

    class State(models.TextChoices):
        """Say what came of it."""

        OPEN = "open", _("open")
        UPHELD = "upheld", _("upheld")
        DECLINED = "declined", _("declined")

    entry_id = models.BigIntegerField(_("decision, by its number in the log"), unique=True)
    argument = models.ForeignKey(
        "debates.Argument", on_delete=models.CASCADE, related_name="appeals", verbose_name=_("argument")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="appeals",
        verbose_name=_("who appeals"),
    )
    words = models.TextField(_("why it was wrong"), max_length=2000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField(_("what the second moderator said"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")

    def __str__(self) -> str:
        return f"{self.argument_id}: {self.state}"

    @property
    def due_at(self) -> datetime:
        """Return until when it is to be decided."""
        return self.created_at + PROMISED

    @property
    def is_overdue(self) -> bool:
        """Say whether it waits longer than was promised."""
        return self.state == self.State.OPEN and self.due_at < timezone.now()
