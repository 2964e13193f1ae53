"""Merge a topic into another: what carried it carries the other, and its name leads there from now on."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from debates.actions.moderating.tag_log import check_topic, is_carried, write_tag_log
from debates.models import ArgumentTag, DebateTag, LogEntry, Tag, TagSynonym
from debates.models.visibility import Viewer
from debates.signals import tags_merged


@transaction.atomic
def merge_tags(moderator: Viewer, gone: Tag, kept: Tag, reason: str) -> bool:
    """Merge one topic into another; return whether that changed anything.

    No text carries the other twice. The name and the synonyms of what is gone become synonyms of what is kept.
    """
    rows = {tag.pk: tag for tag in locked_tags([gone.pk, kept.pk])}
    if gone.pk == kept.pk or len(rows) < 2:
        return False  # one and the same, or merged meanwhile
    gone, kept = rows[gone.pk], rows[kept.pk]
    check_topic(moderator, gone)
    check_topic(moderator, kept)
    write_tag_log(moderator, LogEntry.Act.MERGE_TOPICS, gone.name, reason, named=is_carried(gone))
    carried: tuple[QuerySet[Any], ...] = (ArgumentTag.objects.all(), DebateTag.objects.all())  # two models
    for links in carried:
        doubles = links.filter(tag=kept).values("content_object")
        links.filter(tag=gone, content_object__in=doubles).delete()
        links.filter(tag=gone).update(tag=kept)
    gone.synonyms.update(tag=kept)
    tags_merged.send(Tag, gone=gone, kept=kept)
    name = gone.name
    gone.delete()
    TagSynonym.objects.create(name=name[:60], tag=kept)
    return True


def locked_tags(keys: list[int]) -> QuerySet[Tag]:
    """Return the rows of tags, locked until the transaction ends, always in the same order."""
    return Tag.objects.select_for_update().filter(pk__in=keys).order_by("pk")
