"""Reports: what members ask the moderators to look at, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.moderation.rules import rule_choices


class Report(models.Model):
    """One member's report of one argument; one open report per member and argument."""

    class Outcome(models.TextChoices):
        """Say what came of it."""

        OPEN = "open", _("open")
        UPHELD = "upheld", _("upheld")
        DECLINED = "declined", _("declined")

    argument = models.ForeignKey(
        "debates.Argument", on_delete=models.CASCADE, related_name="reports", verbose_name=_("argument")
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="reports",
        verbose_name=_("reporter"),
    )
    rule = models.CharField(_("house rule"), max_length=40, choices=rule_choices)
    words = models.TextField(_("in their words"), blank=True, max_length=2000)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    answer = models.CharField(_("what the moderator said"), max_length=1000, blank=True)
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
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["argument", "reporter"],
                condition=models.Q(outcome="open"),
                name="one_open_report_per_member",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()}: {self.argument}"
