"""What a member keeps: bookmarks with a note that nobody else reads, and lists of arguments to share."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.public_id import make_public_id

NOTE_LENGTH = 2_000
TITLE_LENGTH = 120
UNDONE_WITHIN = timedelta(days=1)
"""So long a bookmark that was taken away can be put back with its note."""


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    """Fetch bookmarks."""

    def standing(self) -> BookmarkQuerySet:
        """Keep those that were not taken away."""
        return self.filter(removed_at=None)

    def undoable(self) -> BookmarkQuerySet:
        """Keep those that were taken away so lately that they can be put back."""
        return self.filter(removed_at__gte=timezone.now() - UNDONE_WITHIN)


class Bookmark(models.Model):
    """That a member keeps an argument, with a note of their own.

    What is merged keeps its rows: they are shown at what it was merged into (`forum.bookmarks.merged`), so that undoing
    the merge gives them back, and two notes stay two. A row that was taken away stays for a day, to be put back.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks")
    argument = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="bookmarks")
    note = models.TextField(_("note"), blank=True, max_length=NOTE_LENGTH)
    created_at = models.DateTimeField(_("kept"), default=timezone.now)
    removed_at = models.DateTimeField(_("taken away"), null=True, blank=True)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        constraints = [models.UniqueConstraint(fields=["member", "argument"], name="bookmark_once")]
        indexes = [models.Index(fields=["member", "-created_at"], name="bookmark_newest")]

    def __str__(self) -> str:
        return f"{self.member_id} keeps {self.argument_id}"


class ArgumentList(models.Model):
    """A list of arguments that a member made: private, or read by whoever has its secret address."""

    public_id = models.CharField(max_length=12, unique=True, default=make_public_id, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="argument_lists"
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    description = models.TextField(_("description"), blank=True, max_length=NOTE_LENGTH)
    secret = models.CharField(_("secret address"), max_length=43, unique=True, null=True, blank=True)
    """None while it is private. Sharing it again makes another: who had the old address does not get back in."""
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("list of arguments")
        verbose_name_plural = _("lists of arguments")
        constraints = [
            models.CheckConstraint(name="list_secret_is_long", condition=Q(secret=None) | ~Q(secret="")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return where its owner edits it."""
        return reverse("edit_list", args=[self.public_id])


class ListEntry(models.Model):
    """One argument of a list, in its place. What is merged keeps its row, as with bookmarks."""

    of = models.ForeignKey(ArgumentList, on_delete=models.CASCADE, related_name="entries")
    argument = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="list_entries")
    place = models.PositiveIntegerField(_("place"))
    """Rises from entry to entry; an entry that went leaves a gap."""

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("entry of a list")
        verbose_name_plural = _("entries of lists")
        constraints = [models.UniqueConstraint(fields=["of", "argument"], name="list_entry_once")]

    def __str__(self) -> str:
        return f"{self.of_id}: {self.argument_id} at {self.place}"
