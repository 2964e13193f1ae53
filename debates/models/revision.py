"""Revisions: every saved state of an argument's text; a reply names the one that it answers."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """One state of an argument: claim, elaboration, stance, tags and citations as they stood, who made it, when."""

    argument = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    claim = models.TextField(_("claim"))
    elaboration = models.TextField(_("elaboration"), blank=True)
    stance = models.CharField(_("stance"), max_length=3, blank=True)
    attacks = models.CharField(_("attacks"), max_length=7, blank=True)
    tags = models.JSONField(_("tags"), default=list)
    citations = models.JSONField(_("citations"), default=list)
    note = models.CharField(_("why"), max_length=300, blank=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="revisions",
        verbose_name=_("editor"),
    )
    editor_name = models.CharField(_("name of the editor"), max_length=150, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        ordering = ["argument", "number"]
        constraints = [models.UniqueConstraint(fields=["argument", "number"], name="revision_once")]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")

    def __str__(self) -> str:
        return f"{self.number}"
