"""Let a word mean a topic no longer: whoever writes it next makes a topic of its own."""

from django.db import transaction

from debates.actions.moderating.merge_tags import locked_tags
from debates.actions.moderating.tag_log import check_topic, is_carried, write_tag_log
from debates.models import LogEntry, Tag
from debates.models.tag import topic_key
from debates.models.visibility import Viewer


@transaction.atomic
def free_synonym(moderator: Viewer, tag: Tag, word: str, reason: str) -> bool:
    """Take a synonym from a topic; return whether that changed anything. What was merged stays where it is."""
    tag = locked_tags([tag.pk]).get()
    check_topic(moderator, tag)
    key = topic_key(word)
    found = [one for one in tag.synonyms.all() if topic_key(one.name) == key]
    if not found:
        return False
    write_tag_log(moderator, LogEntry.Act.FREE_WORD, word, reason, named=is_carried(tag))
    for one in found:
        one.delete()
    return True
