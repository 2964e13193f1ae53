"""Mark the replies whose claim was edited under them: each answers one version, and may not fit the next."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from debates.models import Argument, Revision, State
from debates.signals import replies_overtaken

TEXT = ("claim", "elaboration", "stance", "attacks")
"""What a reply answers: tags and citations may change without it."""
TOLD = (State.PUBLISHED, State.PENDING)


def says_the_same(one: Revision | None, other: Revision | None) -> bool:
    """Say whether two versions say the same as far as a reply can answer it; a version that is unknown says nothing."""
    return one is not None and other is not None and same_in(TEXT, one, other)


def same_in(names: Iterable[str], one: Revision, other: Revision) -> bool:
    """Say whether two versions agree in some fields; a form sends two characters where a file has one line end."""
    return all(_written(one, name) == _written(other, name) for name in names)


def _written(revision: Revision, name: str) -> object:
    value = getattr(revision, name)
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def overtake_replies(argument: Argument, before: Revision | None, after: Revision) -> list[Argument]:
    """Mark the replies that were written against another text than the new one; return those overtaken just now.

    A reply whose very text is back is overtaken no longer. Withdrawn, hidden and merged replies are marked as well, because
    they may come back; nobody is told of those. Within a transaction that has locked the tree.
    """
    if says_the_same(before, after):
        return []
    replies = (
        Argument.objects.filter(parent=argument)
        # Of nobody else could anything be asked.
        .filter(Q(author__isnull=False) | Q(voice__isnull=False))
    )
    answered = Revision.objects.filter(pk__in=replies.values("answers_revision"))
    same = [one.pk for one in answered if says_the_same(one, after)]
    replies.filter(stale_since__isnull=False, answers_revision__in=same).update(stale_since=None)
    overtaken = list(
        replies.filter(stale_since=None).exclude(answers_revision__in=same).select_related("author", "voice")
    )
    now = timezone.now()
    Argument.objects.filter(pk__in=[one.pk for one in overtaken]).update(stale_since=now)
    for one in overtaken:
        one.stale_since = now
    told = [one for one in overtaken if one.state in TOLD]
    if told:
        replies_overtaken.send(Argument, argument=argument, replies=told)
    return overtaken


def bring_up_to_date(reply: Argument) -> None:
    """Let a reply answer the claim above it as that stands now. The caller saves."""
    parent = reply.parent
    if parent is not None:
        reply.answers_revision = parent.revisions.order_by("-number").first()
    reply.stale_since = None
