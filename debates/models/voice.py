"""Voices: the people to whom seeded arguments belong, who have no account here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Voice(models.Model):
    """Somebody who spoke in a document; beside every voice stands that the editors restated it."""

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        ordering = ["name"]
        verbose_name = _("voice")
        verbose_name_plural = _("voices")

    def __str__(self) -> str:
        return self.name


class Appearance(models.Model):
    """A voice in one debate, and how we know whose it is."""

    class Known(models.TextChoices):
        """Say how sure the name is."""

        SIGNED = "signed", _("signed")
        ADDRESSED = "addressed", _("addressed by name")
        INFERRED = "inferred", _("inferred")
        UNKNOWN = "unknown", _("unknown")

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="appearances")
    debate = models.ForeignKey("debates.Debate", on_delete=models.CASCADE, related_name="appearances")
    known = models.CharField(_("how the name is known"), max_length=10, choices=Known)
    how = models.CharField(_("in a sentence"), max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "debate"], name="appears_once")]
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")

    def __str__(self) -> str:
        return f"{self.voice_id} in {self.debate_id}"
