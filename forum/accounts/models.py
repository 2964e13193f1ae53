"""The member."""

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody with an account. The name is what others see; ASCII for now, so that none looks like another."""

    username = models.CharField(
        _("name"),
        max_length=40,
        unique=True,
        validators=[ASCIIUsernameValidator()],
        help_text=_("Up to 40 letters, digits and . + - _ of the Latin alphabet. A pseudonym is welcome."),
        error_messages={"unique": _("Somebody already has this name; choose another.")},
    )

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def get_absolute_url(self) -> str:
        """Return the address of the member's page."""
        return reverse("member", args=[self.username])
