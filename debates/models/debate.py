"""A debate: a question with one or more theses, usually grown from an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from debates.models.source import Source
from debates.models.state import State
from debates.models.tag import DebateTag
from debates.models.visibility import Viewer, listed, seen_by

if TYPE_CHECKING:
    from debates.models.argument import Argument


class DebateQuerySet(models.QuerySet["Debate"]):
    """Fetch debates as somebody."""

    def visible_to(self, viewer: Viewer) -> DebateQuerySet:
        """Keep the debates that a viewer may read."""
        return self.filter(seen_by(viewer, "opened_by"))

    def listed(self) -> DebateQuerySet:
        """Keep the debates that stand in lists."""
        return self.filter(listed())

    def with_article(self, viewer: Viewer) -> DebateQuerySet:
        """Attach the article with its document; none where the viewer may not read the source."""
        readable = Source.objects.visible_to(viewer).select_related("document")
        return self.prefetch_related(models.Prefetch("article", queryset=readable))

    def for_home_page(self) -> DebateQuerySet:
        """Return what the list of debates shows: counts for and against, last activity, theses and tags."""
        published = Q(arguments__state=State.PUBLISHED)
        return (
            self.listed()
            .prefetch_related(
                models.Prefetch("article", queryset=Source.objects.listed()),  # None where it is hidden
                models.Prefetch(
                    "debate_tags", queryset=DebateTag.objects.select_related("tag").order_by("tag__name")
                ),
                models.Prefetch("arguments", queryset=_theses(), to_attr="shown_theses"),
            )
            .annotate(
                pro_count=Count("arguments", filter=published & Q(arguments__stance="pro")),
                con_count=Count("arguments", filter=published & Q(arguments__stance="con")),
                argument_count=Count("arguments", filter=published),
                last_argument_at=Max("arguments__created_at", filter=published),
            )
        )


def _theses() -> models.QuerySet[Argument]:
    from debates.models.argument import Argument

    return (
        Argument.objects.filter(listed(), kind=Argument.Kind.THESIS)
        .order_by("path")
        .defer("elaboration", "elaboration_html")
    )


class Debate(models.Model):
    """A question, its theses and all that was said to them."""

    slug = models.SlugField(_("address"), max_length=80, unique=True, allow_unicode=True)
    question = models.CharField(_("question"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    article = models.ForeignKey(
        "debates.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="debates",
        verbose_name=_("article"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PUBLISHED)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="debates",
        verbose_name=_("opened by"),
    )
    created_at = models.DateTimeField(_("opened"), default=timezone.now)
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    anonymous = models.BooleanField(
        _("anonymous"),
        default=False,
        help_text=_("Members are shown under numbers; moderators see names."),
    )
    seed = models.CharField(_("seed"), max_length=100, unique=True, null=True, blank=True)
    seed_digest = models.CharField(max_length=64, blank=True)

    tags = TaggableManager(through=DebateTag, blank=True, verbose_name=_("tags"))
    objects = DebateQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        verbose_name = _("debate")
        verbose_name_plural = _("debates")
        permissions = [("moderate", "Can moderate debates"), ("open_debate", "Can open debates")]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        """Return the debate's address."""
        return reverse("debate", args=[self.slug])


class DebateAddress(models.Model):
    """An address that a debate had once; it leads to the one that it has now."""

    slug = models.SlugField(_("old address"), max_length=80, unique=True, allow_unicode=True)
    debate = models.ForeignKey(Debate, on_delete=models.CASCADE, related_name="old_addresses")
    left_at = models.DateTimeField(_("until"), default=timezone.now)

    class Meta:
        verbose_name = _("old address of a debate")
        verbose_name_plural = _("old addresses of debates")

    def __str__(self) -> str:
        return self.slug


class RelatedDebate(models.Model):
    """One debate that answers another, with a sentence that says how."""

    debate = models.ForeignKey(Debate, on_delete=models.CASCADE, related_name="related")
    other = models.ForeignKey(Debate, on_delete=models.CASCADE, related_name="related_from")
    how = models.CharField(_("how"), max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["debate", "other"], name="related_once")]
        verbose_name = _("related debate")
        verbose_name_plural = _("related debates")

    def __str__(self) -> str:
        return self.how
