"""Every state of a source's record: who wrote it, when, and why it was changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.bibliography.record import Record, record_from_csl


class SourceRevision(models.Model):
    """A source's record as it stood from one moment on; numbers begin with 1."""

    source = models.ForeignKey("debates.Source", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    data = models.JSONField(_("record (CSL-JSON)"))
    incomplete = models.TextField(_("what is missing"), blank=True)
    note = models.CharField(_("why"), max_length=1000, blank=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    editor_name = models.CharField(_("name"), max_length=150, blank=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["source", "number"]
        verbose_name = _("version of a source")
        verbose_name_plural = _("versions of sources")
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="source_revision_once")]

    def __str__(self) -> str:
        return f"{self.source_id}/{self.number}"

    @property
    def record(self) -> Record:
        """Return the record as it stood."""
        return record_from_csl(self.data)
