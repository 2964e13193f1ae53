"""Requests for a source: somebody wants to know what a claim rests on, and others wait with them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SourceRequest(models.Model):
    """A request for a source of one claim; open until a citation arrives."""

    argument = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="source_requests")
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="source_requests", verbose_name=_("who waits")
    )
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    filled_at = models.DateTimeField(_("filled"), null=True, blank=True)

    class Meta:
        ordering = ["opened_at", "pk"]
        verbose_name = _("request for a source")
        verbose_name_plural = _("requests for sources")
        constraints = [
            models.UniqueConstraint(
                fields=["argument"], condition=Q(filled_at=None), name="one_open_request_per_claim"
            )
        ]

    def __str__(self) -> str:
        return f"{self.argument}"
