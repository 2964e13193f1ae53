"""The log of what moderators did: anyone may read it, nobody changes it.

The classes here refuse on the way of the application; `log_guard` lets the database refuse whoever comes another way; the
seals tell whether anybody got past both.
"""

from __future__ import annotations

from datetime import UTC
from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LogIsAppendOnly(TypeError):
    """Refuse to change or delete what the log says."""

    def __init__(self) -> None:
        super().__init__("The log is append-only: write a new entry in place of changing an old one.")


class AppendOnlyQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Read the log; changing it in bulk is refused like changing it singly."""

    def update(self, **_kwargs: Any) -> NoReturn:
        """Refuse. Any: whatever the caller meant to set."""
        raise LogIsAppendOnly

    def delete(self) -> NoReturn:
        """Refuse."""
        raise LogIsAppendOnly

    def bulk_update(self, *_rows: Any, **_fields: Any) -> NoReturn:
        """Refuse. Any: whatever the caller meant to change."""
        raise LogIsAppendOnly


class AppendOnly(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; an old one cannot be saved again. Any: Django's own signature."""
        if not self._state.adding:
            raise LogIsAppendOnly
        super().save(*args, **(kwargs | {"force_insert": True}))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse. Any: Django's own signature."""
        raise LogIsAppendOnly


class LogEntry(AppendOnly):
    """One act: who, what, on what, why. Names are kept as text, so that no deletion reaches in here."""

    class Act(models.TextChoices):
        """Name the acts."""

        HIDE = "hide", _("hid")
        RESTORE = "restore", _("restored")
        LOCK = "lock", _("locked")
        UNLOCK = "unlock", _("unlocked")
        DECLINE = "decline", _("kept, and declined the reports of,")
        UPHOLD = "uphold", _("upheld the reports of")
        UPHOLD_APPEAL = "uphold-appeal", _("upheld the appeal for")
        DECLINE_APPEAL = "decline-appeal", _("declined the appeal for")
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

    objects = AppendOnlyQuerySet["LogEntry"].as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("log entry")
        verbose_name_plural = _("log")

    def __str__(self) -> str:
        return f"{self.actor_name} {self.act} {self.item_kind} {self.item_id}"

    @property
    def content(self) -> dict[str, str | int | None]:
        """Everything that the entry says, as it goes into its seal; the time in UTC to the microsecond."""
        return {
            "id": self.pk,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "act": self.act,
            "actor_id": self.actor_id,
            "actor_name": self.actor_name,
            "item_kind": self.item_kind,
            "item_id": self.item_id,
            "item_url": self.item_url,
            "rule": self.rule,
            "reason": self.reason,
        }


class LogSeal(AppendOnly):
    """The seal of one entry, in the order in which entries were committed; number 0 stands before the first and seals nothing.

    The entry is no foreign key: whatever takes it away must not take its seal along.
    """

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    entry_id = models.BigIntegerField(_("number of the entry"), unique=True, null=True)
    salt = models.CharField(_("salt"), max_length=32)
    digest = models.CharField(_("digest"), max_length=64)

    objects = AppendOnlyQuerySet["LogSeal"].as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("seal of the log")
        verbose_name_plural = _("seals of the log")

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
