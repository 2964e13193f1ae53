"""Whether a source's address still answers: one row a visit by the command that checks links."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LinkState(models.TextChoices):
    """Say how an address answered, as `debates.lookup.link` judges it."""

    UNKNOWN = "", _("not visited yet")
    ALIVE = "alive", _("the address answers")
    MOVED = "moved", _("the page has moved")
    BLOCKED = "blocked", _("the site does not let programs in")
    FAILING = "failing", _("the address did not answer lately")
    GONE = "gone", _("the page is gone")
    SOFT_404 = "soft-404", _("the address answers, but the page seems to be gone")


class LinkCheck(models.Model):
    """One visit to a source's address."""

    source = models.ForeignKey("debates.Source", on_delete=models.CASCADE, related_name="link_checks")
    url = models.URLField(_("address"), max_length=2000)
    at = models.DateTimeField(_("when"), default=timezone.now)
    state = models.CharField(_("answer"), max_length=10, choices=LinkState)
    status = models.PositiveIntegerField(_("HTTP status"), null=True, blank=True)
    target = models.CharField(_("where it leads now"), max_length=2000, blank=True)
    reason = models.CharField(_("what happened"), max_length=300, blank=True)

    class Meta:
        ordering = ["source", "-at", "-pk"]
        verbose_name = _("visit to an address")
        verbose_name_plural = _("visits to addresses")

    def __str__(self) -> str:
        return f"{self.url}: {self.state}"
