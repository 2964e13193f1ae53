"""Rename a topic; its old name leads to it from now on."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.moderating.merge_tags import locked_tags
from debates.actions.moderating.tag_log import check_topic, is_carried, write_tag_log
from debates.models import LogEntry, Tag, TagSynonym
from debates.models.tag import tag_named, topic_key, topic_names
from debates.models.visibility import Viewer
from debates.permissions import Refused


@transaction.atomic
def rename_tag(moderator: Viewer, tag: Tag, name: str, reason: str) -> bool:
    """Give a topic another name; return whether that changed anything. A name that is another topic’s is refused."""
    tag = locked_tags([tag.pk]).get()
    check_topic(moderator, tag)
    name = read_word(name)
    if name == tag.name:
        return False
    other = tag_named(name)
    if other is not None and other.pk != tag.pk:
        raise Refused(
            _("There is a topic “%(name)s” already; merge the two.") % {"name": other.name}, "name", 409
        )
    old, key = tag.name, topic_key(name)
    write_tag_log(moderator, LogEntry.Act.NAME_TOPIC, old, reason, named=is_carried(tag))
    for synonym in tag.synonyms.all():
        if topic_key(synonym.name) == key:
            synonym.delete()  # it is the name itself now
    taken = Tag.objects.filter(slug=key).exclude(pk=tag.pk).exists()
    Tag.objects.filter(pk=tag.pk).update(name=name, slug=tag.slug if taken else key)
    if topic_key(old) != key:
        TagSynonym.objects.create(name=old[:60], tag=tag)
    return True


def read_word(word: str) -> str:
    """Return a word as topics are kept, or refuse what can be none."""
    names = topic_names([word])
    if not names:
        raise Refused(
            _("“%(word)s” cannot be a topic: write a word or two, with a letter or a digit in it.")
            % {"word": " ".join(word.split())},
            "name",
            400,
        )
    return names[0]
