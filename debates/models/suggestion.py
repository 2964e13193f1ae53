"""Suggested edits: somebody offers a better wording, the author takes it or says why not."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Suggestion(models.Model):
    """One suggested edit of an argument's claim and elaboration, and what came of it; its credit stays."""

    class Outcome(models.TextChoices):
        """Say what came of it."""

        OPEN = "open", _("waiting for an answer")
        TAKEN = "taken", _("taken")
        CHANGED = "changed", _("taken with changes")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")

    argument = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="suggestions")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=_("by"),
    )
    revision = models.ForeignKey("debates.Revision", on_delete=models.CASCADE, related_name="suggestions")
    claim = models.TextField(_("claim"))
    elaboration = models.TextField(_("elaboration"), blank=True)
    why = models.CharField(_("why"), max_length=500)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    word = models.CharField(_("a word on it"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    result = models.ForeignKey(
        "debates.Revision", on_delete=models.SET_NULL, null=True, blank=True, related_name="credits"
    )
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("suggested edit")
        verbose_name_plural = _("suggested edits")
        constraints = [
            models.UniqueConstraint(
                fields=["argument", "member"],
                condition=Q(outcome="open"),
                name="one_open_suggestion_per_member",
            )
        ]

    def __str__(self) -> str:
        return f"{self.argument_id} by {self.member_id}"
