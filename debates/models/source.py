"""Sources, one record a work in the world, and citations, the use that an argument makes of one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from debates.bibliography.locator import SHOWN
from debates.bibliography.record import Record, record_from_csl
from debates.bibliography.same_work import work_keys
from debates.models.check import CitationCheck
from debates.models.link_check import LinkState
from debates.models.public_id import make_public_id
from debates.models.source_key import SourceKey
from debates.models.state import State
from debates.models.visibility import Viewer, is_moderator, listed, seen_by

LONGEST_URL, LONGEST_DOI = 2000, 200
ISBN_BREAK = re.compile(r"[\s,;]+")
"""What stands between two ISBNs where a record names several."""


def locator_words(label: str, value: str) -> str:
    """Return a locator as a reader writes it: p. 111, pp. 184–185, chapter 42."""
    if not value:
        return ""
    if label == "page":
        several = any(mark in value for mark in "-–,")
        return (gettext("pp. %(pages)s") if several else gettext("p. %(pages)s")) % {"pages": value}
    return f"{gettext(SHOWN.get(label, label))} {value}"


def in_use() -> Q:
    """Return the condition under which a source is more than a remainder of a text that is gone.

    A title is somebody's words too: a source that only a hidden argument brought goes with that argument.
    """
    from debates.models.debate import Debate

    cited = Citation.objects.filter(listed("argument__", "debate"), source=OuterRef("pk"))
    grown = Debate.objects.filter(listed(), article=OuterRef("pk"))
    return Q(seed__isnull=False) | Q(Exists(cited)) | Q(Exists(grown))


def family_of(key: int) -> RawSQL:
    """Return the keys of a source and of everything that was merged into it, also by way of another, for `…_id__in=`."""
    return RawSQL(
        "WITH RECURSIVE family (id) AS (SELECT s.id FROM debates_source s WHERE s.id = %s"
        " UNION SELECT s.id FROM debates_source s JOIN family f ON s.merged_into_id = f.id)"
        " SELECT id FROM family",
        [key],
    )


class SourceQuerySet(models.QuerySet["Source"]):
    """Fetch sources as somebody."""

    def visible_to(self, viewer: Viewer) -> SourceQuerySet:
        """Keep the sources that a viewer may read."""
        seen = self.filter(seen_by(viewer, "added_by"), merged_into=None)
        if is_moderator(viewer):
            return seen
        return seen.filter(in_use() | Q(added_by=viewer.pk) if viewer.is_authenticated else in_use())

    def listed(self) -> SourceQuerySet:
        """Keep the sources that stand in lists."""
        return self.filter(listed() & in_use(), merged_into=None)

    def to_cite(self, viewer: Viewer) -> SourceQuerySet:
        """Keep what a viewer may cite: what stands in lists, and what they added themselves and nobody cites yet."""
        own = Q(added_by=viewer.pk) if viewer.is_authenticated else Q(pk=None)  # else whatever nobody added
        return self.filter(listed(), in_use() | own, merged_into=None)

    def named(self, public_id: str) -> Source | None:
        """Return the source that an address leads to: itself, or the one that it was merged into."""
        found = self.filter(public_id=public_id).select_related("merged_into").first()
        return found.standing if found is not None else None

    def standing_of(self, keys: Iterable[int]) -> dict[int, int]:
        """Return for the keys of sources those of the sources that stand for them now: a query for each merge in a row."""
        leads_to = dict(self.filter(pk__in=set(keys)).values_list("pk", "merged_into"))
        asked = list(leads_to)
        while further := {into for into in leads_to.values() if into is not None} - leads_to.keys():
            leads_to.update(self.filter(pk__in=further).values_list("pk", "merged_into"))
        standing = {}
        for key in asked:
            found = key
            while (into := leads_to[found]) is not None:
                found = into
            standing[key] = found
        return standing

    def names_read_by(self, viewer: Viewer, names: Collection[str]) -> set[str]:
        """Return those public ids that lead to a source that a viewer may read, also by way of merges."""
        asked = dict(self.filter(public_id__in=names).values_list("public_id", "pk"))
        standing = self.standing_of(asked.values())
        readable = set(self.visible_to(viewer).filter(pk__in=standing.values()).values_list("pk", flat=True))
        return {name for name, key in asked.items() if standing[key] in readable}

    def same_work(self, record: Record) -> SourceQuerySet:
        """Keep the sources that share an identifier, an address, or title, year and first author with a record."""
        rows = SourceKey.objects.matching(work_keys(record))
        return self.filter(pk__in=rows.values("source"))

    def same_works(self, records: Sequence[Record]) -> list[list[Source]]:
        """Return for each record the sources that seem to be the same work, in one query however many there are."""
        keys = [work_keys(record) for record in records]
        rows = SourceKey.objects.matching(frozenset().union(*keys)).filter(source__in=self)
        found: dict[tuple[str, str], dict[int, Source]] = {}
        for row in rows.select_related("source").order_by("source_id"):
            found.setdefault((row.kind, row.value), {})[row.source_id] = row.source
        return [
            list(
                {
                    pk: source for key in own for pk, source in found.get((key.kind, key.value), {}).items()
                }.values()
            )
            for own in keys
        ]


class Source(models.Model):
    """A work: its record is CSL-JSON in `data`; title, year and the identifiers stand in columns to be searched."""

    public_id = models.CharField(max_length=12, unique=True, default=make_public_id, editable=False)
    data = models.JSONField(_("record (CSL-JSON)"))
    title = models.TextField(_("title"))
    year = models.IntegerField(_("year"), null=True, blank=True)
    url = models.URLField(_("address on the web"), max_length=LONGEST_URL, blank=True)
    doi = models.CharField(_("DOI"), max_length=LONGEST_DOI, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=13, blank=True)
    incomplete = models.TextField(_("what is missing"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PUBLISHED)
    hushed = models.BooleanField(
        _("added by is not shown"),
        default=False,
        editable=False,
        help_text=_("An anonymous debate cites it, or did: who added or mended it may be who wrote there."),
    )
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
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    formatted = models.JSONField(_("as each style sets it"), default=dict, blank=True)
    """The reference in HTML by the key of its style (`debates.bibliography.styles`), set when the source is saved."""
    link_state = models.CharField(_("address"), max_length=10, choices=LinkState, blank=True)
    link_checked_at = models.DateTimeField(_("address visited"), null=True, blank=True)
    link_target = models.CharField(_("where the address leads now"), max_length=2000, blank=True)
    retraction_doi = models.CharField(_("DOI of the notice of retraction"), max_length=200, blank=True)
    retraction_nature = models.CharField(_("kind of notice"), max_length=60, blank=True)
    retracted_on = models.DateField(_("date of the notice"), null=True, blank=True)
    seed = models.CharField(_("seed"), max_length=200, unique=True, null=True, blank=True)
    seed_digest = models.CharField(max_length=64, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        indexes = [
            models.Index(fields=["doi"], name="source_doi", condition=~Q(doi="")),
            # None over the title: PostgreSQL refuses a row whose index entry is longer than 2,704 bytes.
        ]

    def __str__(self) -> str:
        return self.record.short()

    def get_absolute_url(self) -> str:
        """Return the source's address."""
        return reverse("source", args=[self.public_id])

    @property
    def standing(self) -> Source:
        """Return the source that stands for this work now: itself, or the one that it was merged into at last."""
        found = self
        while found.merged_into is not None:
            found = found.merged_into
        return found

    @property
    def record(self) -> Record:
        """Return the record as an object that can write itself out."""
        return record_from_csl(self.data)

    def take(self, record: Record) -> None:
        """Fill the columns from a record; the caller saves. What was found out about another address or DOI goes."""
        if self.url != record.url:
            self.link_state, self.link_checked_at, self.link_target = LinkState.UNKNOWN, None, ""
        if self.doi != record.doi:
            self.retraction_doi, self.retraction_nature, self.retracted_on = "", "", None
        self.data = record.as_csl()
        self.title = record.title
        # The record keeps what was imported, however odd; the columns hold what can be searched and followed.
        self.year = record.year if record.year is not None and abs(record.year) < 10_000 else None
        self.url = record.url if len(record.url) <= LONGEST_URL else ""
        self.doi = record.doi if len(record.doi) <= LONGEST_DOI else ""
        self.isbn = next((one for one in ISBN_BREAK.split(record.isbn) if 10 <= len(one) <= 13), "")


class CitationQuerySet(models.QuerySet["Citation"]):
    """Fetch citations with what people say of them."""

    def checked(self) -> CitationQuerySet:
        """Keep those of which somebody found that the source says it, at least in part, as the citation stands now.

        An edit of claim, quotation or place sets aside what was found before.
        """
        found = CitationCheck.objects.filter(
            citation=OuterRef("pk"),
            fingerprint=OuterRef("fingerprint"),
            verdict__in=(CitationCheck.Verdict.YES, CitationCheck.Verdict.PARTLY),
        )
        return self.filter(Exists(found))

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

    @property
    def place(self) -> str:
        """Return where in the source, in words."""
        return locator_words(self.locator_label, self.locator)

    def take_fingerprint(self, claim: str) -> None:
        """Fill in what checks by people refer to: an edit of any of these sets them aside. The caller saves."""
        said = "\n".join((claim, self.quotation, self.locator_label, self.locator))
        self.fingerprint = hashlib.sha256(said.encode()).hexdigest()
