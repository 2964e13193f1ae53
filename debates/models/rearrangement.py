"""Moves, merges and splits: what each did, so that it is shown, told and can be undone exactly."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Rearrangement(models.Model):
    """One move, merge or split. `before` keeps what it changed, by the keys of the rows; only undoing reads it.

    | kind  | argument             | other          |
    | ----- | -------------------- | -------------- |
    | move  | what was moved       | its new parent |
    | merge | what is gone         | what is kept   |
    | split | what was split       | the new part   |
    """

    class Kind(models.TextChoices):
        """Say what was done."""

        MOVE = "move", _("move")
        MERGE = "merge", _("merge")
        SPLIT = "split", _("split")

    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    argument = models.ForeignKey("debates.Argument", on_delete=models.PROTECT, related_name="rearrangements")
    other = models.ForeignKey(
        "debates.Argument", on_delete=models.PROTECT, related_name="rearrangements_as_other"
    )
    before = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(_("by"), max_length=150, blank=True)
    reason = models.CharField(_("why"), max_length=1000, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    undone_by_name = models.CharField(_("undone by"), max_length=150, blank=True)
    undone_reason = models.CharField(_("why undone"), max_length=1000, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("rearrangement")
        verbose_name_plural = _("rearrangements")
        constraints = [
            models.UniqueConstraint(
                fields=["argument"],
                condition=Q(kind="merge", undone_at=None),
                name="argument_merged_once_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(argument=models.F("other")), name="rearrangement_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.argument_id} → {self.other_id}"


class Wording(models.Model):
    """Another wording of an argument: what was merged into it said the same in these words."""

    argument = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="wordings")
    of = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="+")
    claim = models.TextField(_("claim"))
    elaboration = models.TextField(_("elaboration"), blank=True)
    merge = models.ForeignKey(Rearrangement, on_delete=models.CASCADE, related_name="wordings")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")

    def __str__(self) -> str:
        return self.claim
