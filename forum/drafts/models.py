"""The draft: a form as its member left it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.visibility import Viewer

LONGEST_PLACE = 500


class Drafts(QuerySet["Draft"]):
    """Drafts of one member: nobody else reads them, moderators included."""

    def live(self, viewer: Viewer) -> Drafts:
        """Keep what waits to be finished; nothing for visitors."""
        return self._of(viewer).filter(thrown_at=None)

    def thrown(self, viewer: Viewer) -> Drafts:
        """Keep what was thrown away and can still be taken back."""
        return self._of(viewer).exclude(thrown_at=None)

    def _of(self, viewer: Viewer) -> Drafts:
        own = Q(member=viewer.pk) if viewer.is_authenticated else Q(pk__in=[])
        return self.filter(own, posted_at=None)


class Draft(models.Model):
    """What stands in a form that is not posted yet.

    `place` is the address of the form's page with what tells its forms apart (`places.place_of`), `path` the same without
    a query; `tab` is drawn by lot for each form that is opened. Two tabs that began with the same draft part as soon as
    both write: whoever sends another `version` than the row has gets a row of its own (`actions.keep_draft`).
    Once posted, the row loses its text and keeps its digest for a while, so that a late copy is known for what it is.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=LONGEST_PLACE)
    place = models.CharField(max_length=LONGEST_PLACE)
    tab = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    body = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    excerpt = models.CharField(max_length=200, blank=True)
    # What it is about is named in the list as its writer may see it; the text outlives it.
    argument = models.ForeignKey("debates.Argument", on_delete=models.SET_NULL, null=True, related_name="+")
    debate = models.ForeignKey("debates.Debate", on_delete=models.SET_NULL, null=True, related_name="+")
    source = models.ForeignKey("debates.Source", on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    posted_at = models.DateTimeField(null=True)
    thrown_at = models.DateTimeField(null=True)

    objects = Drafts.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["member", "place", "tab"], name="draft_once_a_tab"),
        ]
        indexes = [
            models.Index(fields=["member", "path"], name="draft_of_form"),
            models.Index(fields=["member", "-changed_at"], name="draft_newest"),
            models.Index(fields=["changed_at"], name="draft_age"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk} of {self.member_id}"

    @property
    def address(self) -> str:
        """Return the address that opens the form with this draft in it."""
        return f"{self.place}{'&' if '?' in self.place else '?'}draft={self.pk}"
