"""Documents: the text of a source where we have it, its outline in our words, and the passages that arguments come from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from debates.models.visibility import Viewer


class Document(models.Model):
    """What is known of a source's text: digest, reading rule, outline; its passages only once the original was given."""

    class Reading(models.TextChoices):
        """Say who may read the text; the licence decides."""

        EVERYONE = "everyone", _("everyone")
        MEMBERS = "members", _("members")
        PASSAGES = "passages", _("passages only")
        STAFF = "staff", _("staff")

    source = models.OneToOneField("debates.Source", on_delete=models.CASCADE, related_name="document")
    digest = models.CharField(_("SHA-256 of the original"), max_length=64, unique=True)
    reading = models.CharField(_("who may read the text"), max_length=10, choices=Reading)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    outline = models.JSONField(_("outline in our words"), default=list, blank=True)
    layout = models.JSONField(_("lines in reading order"), default=dict, blank=True)
    announced_comments = models.PositiveIntegerField(_("comments announced"), null=True, blank=True)
    listed_comments = models.PositiveIntegerField(_("comments listed"), null=True, blank=True)
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("attached by"),
    )
    loaded_at = models.DateTimeField(_("original given"), null=True, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return f"{self.source}"


class DocumentPassage(models.Model):
    """A numbered paragraph of a document (see `debates.formats.document`)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="passages")
    place = models.CharField(_("place"), max_length=20)
    order = models.PositiveIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=10)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["document", "order"]
        constraints = [models.UniqueConstraint(fields=["document", "place"], name="place_once")]
        verbose_name = _("passage")
        verbose_name_plural = _("passages")

    def __str__(self) -> str:
        return self.place


class Origin(models.Model):
    """Where an argument, or a quotation that it cites, stands in a document: place, words, digest; never the words."""

    argument = models.ForeignKey(
        "debates.Argument", on_delete=models.CASCADE, related_name="origins", null=True, blank=True
    )
    citation = models.OneToOneField(
        "debates.Citation", on_delete=models.CASCADE, related_name="origin", null=True, blank=True
    )
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="origins")
    place = models.CharField(_("place"), max_length=20)
    first_word = models.PositiveIntegerField(_("first word"), null=True, blank=True)
    last_word = models.PositiveIntegerField(_("last word"), null=True, blank=True)
    digest = models.CharField(_("digest of the passage"), max_length=16)
    passage = models.ForeignKey(
        DocumentPassage, on_delete=models.SET_NULL, null=True, blank=True, related_name="origins"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(argument__isnull=False, citation__isnull=True)
                | Q(argument__isnull=True, citation__isnull=False),
                name="origin_of_one_thing",
            ),
            models.UniqueConstraint(fields=["argument"], name="origin_of_argument_once"),
        ]
        verbose_name = _("origin")
        verbose_name_plural = _("origins")

    def __str__(self) -> str:
        return self.place


def closed_to(viewer: Viewer) -> list[str]:
    """Return the reading rules under which a viewer sees not even a passage of a document."""
    closed = [] if viewer.is_authenticated and viewer.is_staff else [Document.Reading.STAFF.value]
    return closed if viewer.is_authenticated else [*closed, Document.Reading.MEMBERS.value]


def may_read(document: Document, viewer: Viewer) -> bool:
    """Say whether a viewer may read a document's whole text; its reading rule decides, and it must be here."""
    if document.loaded_at is None:
        return False
    match document.reading:
        case Document.Reading.EVERYONE:
            return True
        case Document.Reading.MEMBERS:
            return bool(viewer.is_authenticated)
        case _:
            return bool(viewer.is_authenticated and viewer.is_staff)
