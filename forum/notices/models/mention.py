"""Mentions: whom a text names with an @."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Mention(models.Model):
    """That an argument's text names a member. It outlives renaming: the text keeps the old name, pages draw the present one.

    A row stays when an edit takes the name away, so that nobody is told twice of one argument.
    """

    argument = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions")
    name = models.CharField(_("name as it was written"), max_length=150)
    """Folded, as `forum.notices.naming` compares names."""
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(fields=["argument", "name"], name="mention_name_once"),
        ]

    def __str__(self) -> str:
        return f"{self.argument_id} names {self.member_id}"
