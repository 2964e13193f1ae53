"""How a member wants to hear of what: one row for each group of notices, without one the default holds."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.notices.models.notice import Notice

Kind = Notice.Kind


class Group(models.TextChoices):
    """Name what is chosen together."""

    ANSWERS = "answers", _("answers and rebuttals")
    MENTIONS = "mentions", _("mentions")
    FOLLOWED = "followed", _("what I follow")
    SOURCES = "sources", _("citation checks and sources")
    EDITS = "edits", _("suggested edits and replies overtaken")
    MOVES = "moves", _("moves and merges")
    MODERATION = "moderation", _("what moderators decide")


class Channel(models.TextChoices):
    """Say where a notice goes. All but the last stand in the site as well."""

    SITE = "site", _("in the site only")
    ONCE = "once", _("by e-mail at once")
    DAILY = "daily", _("by e-mail once a day")
    WEEKLY = "weekly", _("by e-mail once a week")
    OFF = "off", _("not at all")


GROUPS: dict[str, Group] = {
    **dict.fromkeys((Kind.ANSWERED, Kind.CONCEDED, Kind.GRANTED, Kind.MIND_CHANGED), Group.ANSWERS),
    Kind.MENTIONED: Group.MENTIONS,
    Kind.FOLLOWED: Group.FOLLOWED,
    **dict.fromkeys((Kind.SOURCE_ARRIVED, Kind.CITATION_CHECKED), Group.SOURCES),
    **dict.fromkeys(
        (
            Kind.OVERTAKEN,
            Kind.EDIT_SUGGESTED,
            Kind.EDIT_TAKEN,
            Kind.EDIT_CHANGED,
            Kind.EDIT_DECLINED,
            Kind.EDIT_TAKEN_FOR,
            Kind.EDIT_DECLINED_FOR,
        ),
        Group.EDITS,
    ),
    **dict.fromkeys(
        (
            Kind.MOVED,
            Kind.MERGED,
            Kind.MERGED_HERE,
            Kind.RATED_MERGED,
            Kind.SPLIT,
            Kind.MOVE_UNDONE,
            Kind.MERGE_UNDONE,
            Kind.SPLIT_UNDONE,
        ),
        Group.MOVES,
    ),
    **dict.fromkeys(
        (
            Kind.HIDDEN,
            Kind.RESTORED,
            Kind.APPROVED,
            Kind.SOURCE_HIDDEN,
            Kind.SOURCE_RESTORED,
            Kind.SOURCE_APPROVED,
            Kind.SOURCE_EDITED,
            Kind.SOURCE_MERGED,
            Kind.SOURCE_PARTED,
            Kind.REPORT_UPHELD,
            Kind.REPORT_DECLINED,
            Kind.APPEAL_UPHELD,
            Kind.APPEAL_DECLINED,
            Kind.OVERRULED,
            Kind.CONFIRMED,
        ),
        Group.MODERATION,
    ),
}
"""Kind of notice: its group. That mail is paused belongs to none: it is said in the site, whatever was chosen."""

DEFAULTS: dict[str, Channel] = {
    Group.ANSWERS: Channel.DAILY,
    Group.MENTIONS: Channel.DAILY,
    Group.FOLLOWED: Channel.SITE,
    Group.SOURCES: Channel.SITE,
    Group.EDITS: Channel.SITE,
    Group.MOVES: Channel.SITE,
    Group.MODERATION: Channel.ONCE,
}
"""What holds until somebody chooses: mail for what is said to oneself, once a day at most, and for what one may object to."""


def kinds_of(group: str) -> list[str]:
    """Return the kinds of notices of a group."""
    return [kind for kind, its in GROUPS.items() if its == group]


def channels_of(group: str) -> list[Channel]:
    """Return what can be chosen for a group: what moderators decide about one's texts cannot be off."""
    return [one for one in Channel if one != Channel.OFF or group != Group.MODERATION]


class Preference(models.Model):
    """What a member chose for one group."""

    Group = Group
    Channel = Channel

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    group = models.CharField(_("of what"), max_length=12, choices=Group)
    channel = models.CharField(_("where"), max_length=6, choices=Channel)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(fields=["member", "group"], name="preference_once"),
            models.CheckConstraint(
                name="moderation_never_off", condition=~models.Q(group="moderation", channel="off")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.group} {self.channel}"
