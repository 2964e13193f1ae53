"""Masks: the number under which a member speaks in an anonymous debate."""

from django.conf import settings
from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from debates.models.debate import Debate


class MaskQuerySet(models.QuerySet["Mask"]):
    """Fetch masks, and hand them out."""

    def number_of(self, debate: Debate, member_id: int) -> int:
        """Return a member's number in a debate, the next one where they have none; within a transaction.

        The debate is locked meanwhile, so that no two get the same. Numbers follow the order in which members first wrote
        there and say nothing else about them; who leaves the site keeps theirs, so that it is nobody else's later.
        """
        known = self.filter(debate=debate, member=member_id).values_list("number", flat=True).first()
        if known is not None:
            return known
        Debate.objects.select_for_update().only("pk").get(pk=debate.pk)
        made, _new = self.get_or_create(
            debate=debate, member_id=member_id, defaults={"number": self._next(debate)}
        )
        return made.number

    def _next(self, debate: Debate) -> int:
        last: int | None = self.filter(debate=debate).aggregate(last=Max("number"))["last"]
        return (last or 0) + 1


class Mask(models.Model):
    """One member in one anonymous debate: the number that others see in place of a name."""

    debate = models.ForeignKey(Debate, on_delete=models.CASCADE, related_name="masks")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="masks"
    )
    number = models.PositiveIntegerField(_("number"))

    objects = MaskQuerySet.as_manager()

    class Meta:
        ordering = ["debate", "number"]
        verbose_name = _("number in an anonymous debate")
        verbose_name_plural = _("numbers in anonymous debates")
        constraints = [
            models.UniqueConstraint(fields=["debate", "member"], name="one_mask_per_member"),
            models.UniqueConstraint(fields=["debate", "number"], name="mask_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
