"""What a member has read of a debate, and what they follow or mute."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReadMark(models.Model):
    """Up to when a member has read a debate. Without one, nothing in it is new: the member has not begun to count."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_marks")
    debate = models.ForeignKey("debates.Debate", on_delete=models.CASCADE, related_name="read_marks")
    read_to = models.DateTimeField(_("read to"))

    class Meta:
        verbose_name = _("read mark")
        verbose_name_plural = _("read marks")
        constraints = [models.UniqueConstraint(fields=["member", "debate"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.member_id} read {self.debate_id} to {self.read_to:%Y-%m-%d %H:%M}"


class ReadArgument(models.Model):
    """Where one argument differs from the mark of its debate: read singly, or, by a move, not read although older."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_arguments"
    )
    argument = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="read_by_members")
    read = models.BooleanField(_("read"), default=True)

    class Meta:
        verbose_name = _("argument read singly")
        verbose_name_plural = _("arguments read singly")
        constraints = [models.UniqueConstraint(fields=["member", "argument"], name="read_argument_once")]

    def __str__(self) -> str:
        return f"{self.member_id} {'read' if self.read else 'has not read'} {self.argument_id}"


class FirstShown(models.Model):
    """When everyone could first read an argument, where that is not when it was posted: it was approved, or split off."""

    argument = models.OneToOneField(
        "debates.Argument", on_delete=models.CASCADE, primary_key=True, related_name="first_shown"
    )
    at = models.DateTimeField(_("first shown"))

    class Meta:
        verbose_name = _("first shown")
        verbose_name_plural = _("first shown")

    def __str__(self) -> str:
        return f"{self.argument_id} at {self.at:%Y-%m-%d %H:%M}"


class Follow(models.Model):
    """That a member wants to hear of something, or not: one row for each thing, without one the default holds.

    An argument stands for its branch. What is merged keeps its rows: they count for what it was merged into
    (`forum.following.resolve`), so that undoing the merge gives them back.
    """

    class Level(models.TextChoices):
        """Say whether they want to hear of it."""

        FOLLOW = "follow", _("following")
        MUTE = "mute", _("muted")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    level = models.CharField(_("level"), max_length=6, choices=Level)
    debate = models.ForeignKey(
        "debates.Debate", on_delete=models.CASCADE, null=True, blank=True, related_name="follows"
    )
    argument = models.ForeignKey(
        "debates.Argument", on_delete=models.CASCADE, null=True, blank=True, related_name="follows"
    )
    tag = models.ForeignKey(
        "debates.Tag", on_delete=models.CASCADE, null=True, blank=True, related_name="follows"
    )
    source = models.ForeignKey(
        "debates.Source", on_delete=models.CASCADE, null=True, blank=True, related_name="follows"
    )
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("member"),
    )
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.CheckConstraint(
                name="follow_one_thing",
                condition=Q(debate__isnull=False, argument=None, tag=None, source=None, who=None)
                | Q(debate=None, argument__isnull=False, tag=None, source=None, who=None)
                | Q(debate=None, argument=None, tag__isnull=False, source=None, who=None)
                | Q(debate=None, argument=None, tag=None, source__isnull=False, who=None)
                | Q(debate=None, argument=None, tag=None, source=None, who__isnull=False),
            ),
            # Where the thing is NULL a row equals no other, so each of these speaks of its own kind alone.
            models.UniqueConstraint(fields=["member", "debate"], name="follow_debate_once"),
            models.UniqueConstraint(fields=["member", "argument"], name="follow_argument_once"),
            models.UniqueConstraint(fields=["member", "tag"], name="follow_tag_once"),
            models.UniqueConstraint(fields=["member", "source"], name="follow_source_once"),
            models.UniqueConstraint(fields=["member", "who"], name="follow_member_once"),
            models.CheckConstraint(name="follow_not_oneself", condition=~Q(member=models.F("who"))),
        ]

    def __str__(self) -> str:
        thing = self.debate_id or self.argument_id or self.tag_id or self.source_id or self.who_id
        return f"{self.member_id} {self.level} {thing}"
