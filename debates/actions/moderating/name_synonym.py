"""Let another word mean a topic, too."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.moderating.merge_tags import locked_tags
from debates.actions.moderating.rename_tag import read_word
from debates.actions.moderating.tag_log import check_topic, is_carried, write_tag_log
from debates.models import LogEntry, Tag, TagSynonym
from debates.models.tag import tag_named
from debates.models.visibility import Viewer
from debates.permissions import Refused


@transaction.atomic
def name_synonym(moderator: Viewer, tag: Tag, word: str, reason: str) -> bool:
    """Make a word a synonym of a topic; return whether that changed anything. What means another tag is refused."""
    tag = locked_tags([tag.pk]).get()
    check_topic(moderator, tag)
    word = read_word(word)
    other = tag_named(word)
    if other is not None and other.pk == tag.pk:
        return False
    if other is not None:
        raise Refused(
            _("“%(word)s” already leads to “%(name)s”; merge the two, or take it away there first.")
            % {"word": word, "name": other.label},
            "synonyms",
            409,
        )
    write_tag_log(moderator, LogEntry.Act.NAME_TOPIC, word, reason, named=is_carried(tag))
    TagSynonym.objects.create(name=word, tag=tag)
    return True
