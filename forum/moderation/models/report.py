"""Reports: what members ask the moderators to look at, and what came of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.visibility import Viewer, seen_by
from forum.moderation.rules import rule_choices

LONGEST_PASSAGE = 500


class ReportQuerySet(models.QuerySet["Report"]):
    """Fetch reports."""

    def open(self) -> ReportQuerySet:
        """Keep what waits for a decision."""
        return self.filter(outcome=Report.Outcome.OPEN)

    def handled_by(self, moderator: Viewer) -> ReportQuerySet:
        """Keep the reports of what a moderator may read; drafts of others stay closed to them, too."""
        arguments = seen_by(moderator, "argument__author", "debate", of="argument")
        return self.filter(Q(argument=None) | arguments)


class Report(models.Model):
    """One member's report of one thing; one stays open per member and thing.

    `about` names the thing for good; the columns beside it lead there as long as it exists. A citation has its argument, too.
    """

    class Outcome(models.TextChoices):
        """Say what came of it."""

        OPEN = "open", _("open")
        UPHELD = "upheld", _("upheld")
        DECLINED = "declined", _("declined")

    class Kind(models.TextChoices):
        """Name what can be reported."""

        ARGUMENT = "argument", _("argument")
        CITATION = "citation", _("citation")
        SOURCE = "source", _("source")
        MEMBER = "member", _("member")
        TOPIC = "topic", _("topic")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ARGUMENT)
    about = models.CharField(_("about"), max_length=40, default="")
    argument = models.ForeignKey(
        "debates.Argument",
        on_delete=models.SET_NULL,
        null=True,
        related_name="reports",
        verbose_name=_("argument"),
    )
    citation = models.ForeignKey("debates.Citation", on_delete=models.SET_NULL, null=True, related_name="+")
    source = models.ForeignKey(
        "debates.Source",
        on_delete=models.SET_NULL,
        null=True,
        related_name="reports",
        verbose_name=_("source"),
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="reports_of",
        verbose_name=_("member"),
    )
    topic = models.ForeignKey(
        "debates.Tag", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("topic")
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="reports",
        verbose_name=_("reporter"),
    )
    rule = models.CharField(_("house rule"), max_length=40, choices=rule_choices)
    passage = models.CharField(_("the words it is about"), max_length=LONGEST_PASSAGE, blank=True)
    words = models.TextField(_("in their words"), blank=True, max_length=2000)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    abusive = models.BooleanField(_("abusive"), default=False)
    """Declined as one that was made to harm; such reports count against whoever makes them."""
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

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["about", "reporter"], condition=Q(outcome="open"), name="one_open_report_per_member"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()}: {self.about}"

    @property
    def thing(self) -> Any:
        """Return what is reported; none where it does not exist any more. Any: one of five models, by its kind."""
        return getattr(self, self.kind)
