"""Notices: what a member is told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models import State
from debates.models.visibility import Viewer, listed

STAYS = (
    "hidden",
    "restored",
    "approved",
    "source-hidden",
    "source-restored",
    "source-approved",
    "source-edited",
    "source-merged",
    "source-parted",
    "report-upheld",
    "report-declined",
    "appeal-upheld",
    "appeal-declined",
    "overruled",
    "confirmed",
    "mail-paused",
)
"""The kinds that stand whatever becomes of the text: what moderators decided about one's own doing, and the mail."""


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Fetch notices as their recipient."""

    def shown_to(self, recipient: Viewer) -> NoticeQuerySet:
        """Keep a member's notices, but none about what is no longer shown, or not their own: not in lists, counts or mail.

        The same for moderators, who read hidden texts, but need no news of them. Each comes with `readable`: whether the
        text that it is about may be read.
        """
        readable = (
            Q(argument__isnull=False)
            & (listed("argument__", "debate") | Q(argument__author=recipient.pk))
            & Q(argument__merged_into=None)
        )
        stands = Q(delta=None) | Q(delta__state=State.PUBLISHED)
        return (
            self.filter(recipient_id=recipient.pk)
            .annotate(readable=models.Case(models.When(readable, then=True), default=False))
            .filter(Q(kind__in=STAYS) | readable & stands)
        )

    def unseen(self) -> NoticeQuerySet:
        """Keep what its recipient has not marked as read."""
        return self.filter(seen_at=None)


class Notice(models.Model):
    """One thing that one member is told. The text is made when it is read, so what is hidden since is not in it."""

    class Kind(models.TextChoices):
        """Say what happened."""

        ANSWERED = "answered", _("answered")
        MENTIONED = "mentioned", _("mentioned")
        FOLLOWED = "followed", _("said where one follows")
        HIDDEN = "hidden", _("hidden")
        RESTORED = "restored", _("restored")
        APPROVED = "approved", _("approved")
        SOURCE_ARRIVED = "source-arrived", _("source arrived")
        CITATION_CHECKED = "citation-checked", _("citation checked")
        OVERTAKEN = "overtaken", _("reply overtaken by an edit")
        EDIT_SUGGESTED = "edit-suggested", _("edit suggested")
        EDIT_TAKEN = "edit-taken", _("suggested edit taken")
        EDIT_CHANGED = "edit-changed", _("suggested edit taken with changes")
        EDIT_DECLINED = "edit-declined", _("suggested edit declined")
        EDIT_TAKEN_FOR = "edit-taken-for", _("suggested edit taken by a moderator")
        EDIT_DECLINED_FOR = "edit-declined-for", _("suggested edit declined by a moderator")
        CONCEDED = "conceded", _("objection granted")
        GRANTED = "granted", _("claim granted")
        MIND_CHANGED = "mind-changed", _("mind changed")
        MOVED = "moved", _("moved")
        MERGED = "merged", _("merged into another")
        MERGED_HERE = "merged-here", _("another merged into it")
        RATED_MERGED = "rated-merged", _("rated argument merged")
        SPLIT = "split", _("split")
        MOVE_UNDONE = "move-undone", _("move undone")
        MERGE_UNDONE = "merge-undone", _("merge undone")
        SPLIT_UNDONE = "split-undone", _("split undone")
        SOURCE_HIDDEN = "source-hidden", _("source hidden")
        SOURCE_RESTORED = "source-restored", _("source restored")
        SOURCE_APPROVED = "source-approved", _("source approved")
        SOURCE_EDITED = "source-edited", _("source mended")
        SOURCE_MERGED = "source-merged", _("source merged")
        SOURCE_PARTED = "source-parted", _("merge of a source undone")
        REPORT_UPHELD = "report-upheld", _("report upheld")
        REPORT_DECLINED = "report-declined", _("report declined")
        APPEAL_UPHELD = "appeal-upheld", _("appeal upheld")
        APPEAL_DECLINED = "appeal-declined", _("appeal declined")
        OVERRULED = "overruled", _("own decision taken back")
        CONFIRMED = "confirmed", _("own decision let stand")
        MAIL_PAUSED = "mail-paused", _("mail paused")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    argument = models.ForeignKey(
        "debates.Argument", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    source = models.ForeignKey(
        "debates.Source", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    suggestion = models.ForeignKey(
        "debates.Suggestion", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    delta = models.ForeignKey(
        "debates.Delta", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    concession = models.ForeignKey(
        "debates.Concession", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=1000, blank=True)
    rule = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=10, blank=True)
    """Of what one follows: through what one does (`forum.following.resolve`)."""
    letter = models.ForeignKey(
        "notices.Letter", on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    """The one e-mail that tells of it, or would have."""
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="notice_recipient"),
            models.Index(fields=["recipient"], condition=Q(seen_at=None), name="notice_unseen"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_id}"
