"""The exports that members asked for, and who is about to leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=7)
"""How long an export can be fetched, and a failed one is told of."""
BETWEEN = timedelta(days=1)
"""How long after one export was ready the next may be asked for."""
GRACE = timedelta(hours=24)
"""Between asking to leave and leaving."""


def make_token() -> str:
    """Return a name that nobody guesses: 192 bits."""
    return token_urlsafe(24)


class Export(models.Model):
    """One archive of everything of one member. Its bytes stand in the database: whoever made it, all processes have it."""

    class State(models.TextChoices):
        """Say how far it has come."""

        WAITING = "waiting", _("waiting")
        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    token = models.CharField(max_length=40, unique=True, default=make_token, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports", verbose_name=_("member")
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ready, or failed"), null=True, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state__in=["waiting", "making"]),
                name="one_export_waits_per_member",
            )
        ]
        indexes = [models.Index(fields=["asked_at"], name="export_age")]

    def __str__(self) -> str:
        return f"export {self.pk} of {self.member_id}: {self.state}"

    @property
    def kept_until(self) -> datetime:
        """Return when it is forgotten."""
        return (self.ended_at or self.asked_at) + KEPT

    @property
    def can_be_fetched(self) -> bool:
        """Say whether it is there to be fetched."""
        return self.state == Export.State.READY and self.kept_until > timezone.now()

    def bytes(self) -> Iterator[bytes]:
        """Yield the archive, a part at a time; one query each."""
        number = 0
        while (
            part := self.parts.filter(number=number).values_list("content", flat=True).first()
        ) is not None:
            yield bytes(part)
            number += 1


class ExportPart(models.Model):
    """A piece of an archive: no process ever holds a whole one."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = _("part of an export")
        verbose_name_plural = _("parts of exports")
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="export_part_once")]

    def __str__(self) -> str:
        return f"{self.export_id}/{self.number}"


def _after_grace() -> datetime:
    return timezone.now() + GRACE


class Leaving(models.Model):
    """That a member leaves, when, and what becomes of their texts; the row goes with their name."""

    class Texts(models.TextChoices):
        """Say what becomes of one's texts."""

        KEEP = "keep", _("They stay, without my name")
        BLANK = "blank", _("Their words go, the places stay")
        REMOVE = "remove", _("What nobody answered goes, the rest stays without my name")

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leaving", verbose_name=_("member")
    )
    texts = models.CharField(_("what becomes of the texts"), max_length=6, choices=Texts)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), default=_after_grace, db_index=True)

    class Meta:
        verbose_name = _("member who leaves")
        verbose_name_plural = _("members who leave")

    def __str__(self) -> str:
        return f"{self.member_id} leaves at {self.due_at:%Y-%m-%d %H:%M}"
