"""What ties two records together: one merged into the other, or two works that belong together and stay two."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SourceMerge(models.Model):
    """One merge: what it moved, so that it can be undone exactly; who made and who undid it, by name, and why."""

    gone = models.ForeignKey("debates.Source", on_delete=models.PROTECT, related_name="merges_from")
    kept = models.ForeignKey("debates.Source", on_delete=models.PROTECT, related_name="merges_into")
    citations = models.JSONField(_("citations moved"), default=list, blank=True)
    debates = models.JSONField(_("debates moved"), default=list, blank=True)
    document = models.CharField(_("digest of the text moved"), max_length=64, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(_("by"), max_length=150, blank=True)
    reason = models.CharField(_("why"), max_length=1000, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    undone_by_name = models.CharField(_("undone by"), max_length=150, blank=True)
    undone_reason = models.CharField(_("why undone"), max_length=1000, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("merge of sources")
        verbose_name_plural = _("merges of sources")
        constraints = [
            # A source is gone once at a time, whatever two moderators do in the same moment.
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="source_merged_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(gone=F("kept")), name="source_merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"


class SourceRelation(models.Model):
    """Two works that belong together and are not the same: a preprint and its publication, a book and its translation."""

    class Kind(models.TextChoices):
        """Say what the first is to the other."""

        PREPRINT = "preprint", _("preprint of")
        TRANSLATION = "translation", _("translation of")
        EDITION = "edition", _("another edition of")
        PART = "part", _("part of")

    source = models.ForeignKey("debates.Source", on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey("debates.Source", on_delete=models.CASCADE, related_name="relations_from")
    kind = models.CharField(_("relation"), max_length=12, choices=Kind)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        ordering = ["source", "kind", "pk"]
        verbose_name = _("relation of sources")
        verbose_name_plural = _("relations of sources")
        constraints = [
            models.UniqueConstraint(fields=["source", "other"], name="source_relation_once"),
            models.CheckConstraint(condition=~Q(source=F("other")), name="source_relation_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.other_id}"
