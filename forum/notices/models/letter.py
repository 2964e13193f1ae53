"""Letters: what was or will be mailed. Their text is made when they are sent, so what is hidden by then is not in it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Letter(models.Model):
    """One e-mail to one member. Its key is unique to them, so that two runs, or a run begun again, never make it twice."""

    class Kind(models.TextChoices):
        """Tell one notice from a collection."""

        ONCE = "once", _("at once")
        DAILY = "daily", _("once a day")
        WEEKLY = "weekly", _("once a week")

    class State(models.TextChoices):
        """Say how far it came."""

        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        NEEDLESS = "needless", _("nothing left to say")
        FAILED = "failed", _("failed")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    key = models.CharField(_("key"), max_length=40)
    """Of a digest its period, such as 2026-11-22 or 2026-W47; of one notice `notice-` and its number."""
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try = models.DateTimeField(_("next try"), default=timezone.now)
    claimed_at = models.DateTimeField(_("taken up"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    address = models.EmailField(_("sent to"), max_length=254, blank=True)
    message_id = models.CharField(_("message id"), max_length=200, blank=True, db_index=True)
    fault = models.CharField(_("what went wrong"), max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="letter_once")]
        indexes = [
            models.Index(
                fields=["next_try"],
                condition=models.Q(state__in=["waiting", "sending"]),
                name="letter_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} to {self.member_id}: {self.state}"
