"""Form keys: what is sent twice is done once."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class FormKey(models.Model):
    """The key of a form that was carried out, the digest of what it sent, and what came of it."""

    key = models.UUIDField(unique=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    result = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "form key"
        verbose_name_plural = "form keys"

    def __str__(self) -> str:
        return str(self.key)
