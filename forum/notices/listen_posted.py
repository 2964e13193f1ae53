"""Listen to what is posted and edited, and tell whom it concerns: once each, for the best reason."""

from typing import Any

from debates.models import Argument, Rearrangement
from forum.following.resolve import followers_of
from forum.notices.actions.link_mentions import link_mentions, tell_mentioned
from forum.notices.actions.write_notices import write_notices
from forum.notices.models import Notice


def tell_answered(argument: Argument, **_signal: Any) -> None:
    """Tell who wrote the claim that is answered, whom the text names, and who follows along. Any: a signal's words."""
    heard = followers_of(argument)
    parent = argument.parent
    told = {parent.author_id} & set(heard) if parent is not None and parent.author_id is not None else set()
    write_notices(Notice(recipient_id=one, kind=Notice.Kind.ANSWERED, argument=argument) for one in told)
    link_mentions(argument)
    told |= tell_mentioned(argument, heard, told)
    write_notices(
        Notice(recipient_id=one, kind=Notice.Kind.FOLLOWED, argument=argument, why=why)
        for one, why in heard.items()
        if one not in told
    )


def tell_named(argument: Argument, **_signal: Any) -> None:
    """Tell whom an edit names that was not named before, unless they heard of the argument already. Any: a signal's words."""
    link_mentions(argument)
    heard = Notice.objects.filter(argument=argument, kind__in=(Notice.Kind.ANSWERED, Notice.Kind.FOLLOWED))
    tell_mentioned(argument, followers_of(argument), set(heard.values_list("recipient", flat=True)))


def link_split(rearrangement: Rearrangement, **_signal: Any) -> None:
    """Link the names in what a split made of one argument; whom it names was told of the whole. Any: a signal's words."""
    if rearrangement.kind == Rearrangement.Kind.SPLIT:
        link_mentions(rearrangement.other)
