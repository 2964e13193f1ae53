"""The log of what moderators did: anyone may read it, nobody changes it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LogIsAppendOnly(TypeError):
    """Refuse to change or delete what the log says."""

    def __init__(self) -> None:
        super().__init__("The log is append-only: write a new entry in place of changing an old one.")


class LogQuerySet(models.QuerySet["LogEntry"]):
    """Read the log; changing it in bulk is refused like changing it singly."""

    def update(self, **_kwargs: Any) -> NoReturn:
        """Refuse. Any: whatever the caller meant to set."""
        raise LogIsAppendOnly

    def delete(self) -> NoReturn:
        """Refuse."""
        raise LogIsAppendOnly


class LogEntry(models.Model):
    """One act: who, what, on what, why. Names are kept as text, so that no deletion reaches in here."""

    class Act(models.TextChoices):
        """Name the acts."""

        HIDE = "hide", _("hid")
        RESTORE = "restore", _("restored")
        LOCK = "lock", _("locked")
        UNLOCK = "unlock", _("unlocked")
        DECLINE = "decline", _("kept, and declined the reports of,")
        APPROVE = "approve", _("approved")
        EDIT_DEBATE = (
            "edit-debate",
            _("changed the question, summary, topics, address or anonymity of the debate"),
        )
        NAME_TOPIC = "name-topic", _("gave another name to")
        MERGE_TOPICS = "merge-topics", _("merged into another topic")
        FREE_WORD = "free-word", _("parted from its topic the word")
        EDIT_SOURCE = "edit-source", _("edited the source")
        MERGE_SOURCES = "merge-sources", _("merged the source")
        UNDO_MERGE = "undo-merge", _("undid the merge of the source")
        MOVE = "move", _("moved")
        UNLINK = "unlink", _("took away a further place of")
        MERGE = "merge", _("merged")
        SPLIT = "split", _("split")
        REARRANGE_BACK = "rearrange-back", _("undid a move, merge or split of")
        TAKE_SUGGESTION = "take-suggestion", _("took a suggested edit of")
        DECLINE_SUGGESTION = "decline-suggestion", _("declined a suggested edit of")
        HIDE_DELTA = "hide-delta", _("hid a change of mind about")
        RESTORE_DELTA = "restore-delta", _("restored a change of mind about")
        SUSPEND = "suspend", _("suspended")
        READMIT = "readmit", _("readmitted")

    at = models.DateTimeField(_("when"), default=timezone.now)
    act = models.CharField(_("act"), max_length=20, choices=Act)
    actor_id = models.BigIntegerField(_("number of the member"), null=True)
    actor_name = models.CharField(_("who"), max_length=150)
    item_kind = models.CharField(_("kind of item"), max_length=20)
    item_id = models.CharField(_("item"), max_length=100)
    item_url = models.CharField(_("address of the item"), max_length=300, blank=True)
    rule = models.CharField(_("house rule"), max_length=40, blank=True)
    reason = models.CharField(_("reason"), max_length=1000)

    objects = LogQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("log entry")
        verbose_name_plural = _("log")

    def __str__(self) -> str:
        return f"{self.actor_name} {self.act} {self.item_kind} {self.item_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new entry; an old one cannot be saved again. Any: Django's own signature."""
        if not self._state.adding:
            raise LogIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse. Any: Django's own signature."""
        raise LogIsAppendOnly
