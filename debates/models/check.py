"""Checks of citations by people: does the source say this?"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CitationCheck(models.Model):
    """One member's answer about one state of a citation; an edit of claim, quotation or place sets it aside."""

    class Verdict(models.TextChoices):
        """Say what was found."""

        YES = "yes", _("Yes, it says this")
        PARTLY = "partly", _("In part")
        NO = "no", _("No, it does not")
        UNAVAILABLE = "unavailable", _("I cannot get at it")

    citation = models.ForeignKey("debates.Citation", on_delete=models.CASCADE, related_name="checks")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="citation_checks",
        verbose_name=_("by"),
    )
    verdict = models.CharField(_("does the source say this?"), max_length=12, choices=Verdict)
    note = models.CharField(_("note"), max_length=500, blank=True)
    locator = models.CharField(_("better place"), max_length=110, blank=True)
    fingerprint = models.CharField(max_length=64)
    text_digest = models.CharField(_("digest of the text at hand"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("check of a citation")
        verbose_name_plural = _("checks of citations")
        constraints = [
            models.UniqueConstraint(
                fields=["citation", "member", "fingerprint"], name="one_check_per_member_and_state"
            )
        ]

    def __str__(self) -> str:
        return f"{self.verdict} by {self.member_id}"
