"""Sources, one record a work in the world, and citations, the use that an argument makes of one."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.bibliography.record import Record, record_from_csl
from debates.models.public_id import make_public_id
from debates.models.state import State
from debates.models.visibility import Viewer, is_moderator, listed, seen_by


def in_use() -> Q:
    """Return the condition under which a source is more than a remainder of a text that is gone.

    A title is somebody's words too: a source that only a hidden argument brought goes with that argument.
    """
    from debates.models.debate import Debate

    cited = Citation.objects.filter(listed("argument__", "debate"), source=OuterRef("pk"))
    grown = Debate.objects.filter(listed(), article=OuterRef("pk"))
    return Q(seed__isnull=False) | Q(Exists(cited)) | Q(Exists(grown))


class SourceQuerySet(models.QuerySet["Source"]):
    """Fetch sources as somebody."""

    def visible_to(self, viewer: Viewer) -> SourceQuerySet:
        """Keep the sources that a viewer may read."""
        seen = self.filter(seen_by(viewer, "added_by"))
        if is_moderator(viewer):
            return seen
        return seen.filter(in_use() | Q(added_by=viewer.pk) if viewer.is_authenticated else in_use())

    def listed(self) -> SourceQuerySet:
        """Keep the sources that stand in lists."""
        return self.filter(listed() & in_use())

    def for_sources_page(self) -> SourceQuerySet:
        """Return the library with the number of citations that a reader can see."""
        return (
            self.listed()
            .annotate(citation_count=Count("citations", filter=listed("citations__argument__", "debate")))
            .order_by("-citation_count", "title", "pk")
        )


class Source(models.Model):
    """A work: its record is CSL-JSON in `data`; title, year and the identifiers stand in columns to be searched."""

    public_id = models.CharField(max_length=12, unique=True, default=make_public_id, editable=False)
    data = models.JSONField(_("record (CSL-JSON)"))
    title = models.TextField(_("title"))
    year = models.IntegerField(_("year"), null=True, blank=True)
    url = models.URLField(_("address on the web"), max_length=2000, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=13, blank=True)
    incomplete = models.TextField(_("what is missing"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PUBLISHED)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("added by"),
    )
    created_at = models.DateTimeField(_("added"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited on the site"), null=True, blank=True)
    seed = models.CharField(_("seed"), max_length=200, unique=True, null=True, blank=True)
    seed_digest = models.CharField(max_length=64, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        indexes = [
            models.Index(fields=["doi"], name="source_doi", condition=~Q(doi="")),
            models.Index(fields=["title"], name="source_title"),
        ]

    def __str__(self) -> str:
        return self.record.short()

    def get_absolute_url(self) -> str:
        """Return the source's address."""
        return reverse("source", args=[self.public_id])

    @property
    def record(self) -> Record:
        """Return the record as an object that can write itself out."""
        return record_from_csl(self.data)

    def take(self, record: Record) -> None:
        """Fill the columns from a record; the caller saves."""
        self.data = record.as_csl()
        self.title, self.year = record.title, record.year
        self.url, self.doi, self.isbn = record.url, record.doi, record.isbn


class CitationQuerySet(models.QuerySet["Citation"]):
    """Fetch citations with what people say of them."""

    def with_balance(self) -> CitationQuerySet:
        """Count the answers about each citation as it stands: `said_yes`, `said_partly`, `said_no`."""
        current = Q(checks__fingerprint=F("fingerprint"))
        return self.annotate(
            said_yes=Count("checks", filter=current & Q(checks__verdict="yes")),
            said_partly=Count("checks", filter=current & Q(checks__verdict="partly")),
            said_no=Count("checks", filter=current & Q(checks__verdict="no")),
        )

    def doubted(self) -> CitationQuerySet:
        """Keep those of which more members say that the source does not say it than that it does, the worst first."""
        current = Q(checks__fingerprint=F("fingerprint"))
        said_yes = Count("checks", filter=current & Q(checks__verdict="yes"))
        said_no = Count("checks", filter=current & Q(checks__verdict="no"))
        return (
            self.annotate(said_yes=said_yes, said_no=said_no)
            .filter(said_no__gt=F("said_yes"))
            .order_by("-said_no", "pk")
        )


class Citation(models.Model):
    """The use of a source by an argument: where in it, what it says word for word, and what it is cited for."""

    class Quotation(models.TextChoices):
        """Say what became of looking for the quotation in the source's text: word for word, or not at all."""

        NONE = "", _("nothing quoted")
        NO_TEXT = "no-text", _("no text to check against")
        FOUND = "found", _("quotation found")
        SEVERAL = "found-several", _("quotation found in several places")
        NOT_FOUND = "not-found", _("quotation not found")
        CHANGED = "changed", _("the source’s text has changed since the quotation was found")

    argument = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    position = models.PositiveIntegerField(_("number"), default=1)
    locator_label = models.CharField(_("kind of place"), max_length=20, blank=True)
    locator = models.CharField(_("place in the source"), max_length=100, blank=True)
    quotation = models.TextField(_("what it says, word for word"), blank=True)
    purpose = models.CharField(_("what it is cited for"), max_length=500, blank=True)
    quotation_state = models.CharField(
        _("quotation"), max_length=20, choices=Quotation, default=Quotation.NONE, blank=True
    )
    quotation_places = models.JSONField(_("where the quotation stands"), default=list, blank=True)
    """Each place a list of pieces, each piece [place of the passage, first character, one past the last]."""
    fingerprint = models.CharField(_("digest of claim, quotation and place"), max_length=64, blank=True)
    quotation_text = models.CharField(_("digest of the text it was looked for in"), max_length=64, blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["argument", "position", "pk"]
        verbose_name = _("citation")
        verbose_name_plural = _("citations")

    def __str__(self) -> str:
        return f"[{self.position}] {self.source}"

    def take_fingerprint(self, claim: str) -> None:
        """Fill in what checks by people refer to: an edit of any of these sets them aside. The caller saves."""
        said = "\n".join((claim, self.quotation, self.locator_label, self.locator))
        self.fingerprint = hashlib.sha256(said.encode()).hexdigest()
