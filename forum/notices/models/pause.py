"""Addresses that mail cannot reach."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Pause(models.Model):
    """That a mail server said an address takes no mail. Nothing is sent there until its owner asks for it again."""

    address = models.EmailField(_("address"), max_length=254)
    said = models.CharField(_("what the mail server said"), max_length=500, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("address that takes no mail")
        verbose_name_plural = _("addresses that take no mail")
        constraints = [models.UniqueConstraint(Lower("address"), name="pause_once")]

    def __str__(self) -> str:
        return self.address
