"""Write into the log what moderators did to topics."""

from django.urls import reverse
from django.utils.translation import gettext as _

from debates.actions.moderating.log import append, check_reason
from debates.models import ArgumentTag, DebateTag, LogEntry, Tag
from debates.models.visibility import Viewer, listed
from debates.permissions import Refused, check_moderate


def check_topic(moderator: Viewer, tag: Tag) -> None:
    """Refuse who is no moderator, and the vocabulary of rebuttals, which belongs to the code."""
    check_moderate(moderator)
    if tag.kind != Tag.Kind.TOPIC:
        raise Refused(
            _("“%(tag)s” says what is wrong with a claim; it is a word of rebuttals and no topic.")
            % {"tag": tag.label},
            "name",
            409,
        )


def is_carried(tag: Tag) -> bool:
    """Say whether anything that stands in lists carries a topic: a word that only hidden texts hold is not told."""
    return (
        ArgumentTag.objects.filter(listed("content_object__", "debate"), tag=tag).exists()
        or DebateTag.objects.filter(listed("content_object__"), tag=tag).exists()
    )


def write_tag_log(moderator: Viewer, act: LogEntry.Act, word: str, reason: str, *, named: bool) -> LogEntry:
    """Write one entry about a word; its address leads to the topic that it means. Refuses what has no reason."""
    return append(
        act=act,
        actor_id=moderator.pk,
        actor_name=moderator.get_username(),
        item_kind="topic",
        item_id=word if named else "",
        item_url=reverse("tag", args=[word]) if named else "",
        reason=check_reason(reason),
    )
