"""Listen to what becomes of texts among members, and write notices: overtaken replies, suggested edits, rearrangements."""

from collections.abc import Collection, Iterable
from typing import Any

from debates.models import Argument, Rearrangement, Suggestion
from forum.notices.actions.write_notices import write_notices
from forum.notices.models import Notice

DECIDED = {
    Suggestion.Outcome.TAKEN: Notice.Kind.EDIT_TAKEN,
    Suggestion.Outcome.CHANGED: Notice.Kind.EDIT_CHANGED,
    Suggestion.Outcome.DECLINED: Notice.Kind.EDIT_DECLINED,
}
DECIDED_FOR = {
    Suggestion.Outcome.TAKEN: Notice.Kind.EDIT_TAKEN_FOR,
    Suggestion.Outcome.CHANGED: Notice.Kind.EDIT_TAKEN_FOR,
    Suggestion.Outcome.DECLINED: Notice.Kind.EDIT_DECLINED_FOR,
}
UNDONE = {
    Rearrangement.Kind.MOVE: Notice.Kind.MOVE_UNDONE,
    Rearrangement.Kind.MERGE: Notice.Kind.MERGE_UNDONE,
    Rearrangement.Kind.SPLIT: Notice.Kind.SPLIT_UNDONE,
}


def tell_overtaken(argument: Argument, replies: Iterable[Argument], **_signal: Any) -> None:
    """Tell the authors of replies that the claim above was edited, but nobody of their own claim. Any: a signal's words."""
    write_notices(
        Notice(recipient_id=reply.author_id, kind=Notice.Kind.OVERTAKEN, argument=reply)
        for reply in replies
        if reply.author_id is not None and reply.author_id != argument.author_id
    )


def tell_suggested(suggestion: Suggestion, **_signal: Any) -> None:
    """Tell an author that somebody suggests an edit. Any: a signal's words."""
    author = suggestion.argument.author_id
    if author is not None and author != suggestion.member_id:
        write_notices(
            [
                Notice(
                    recipient_id=author,
                    kind=Notice.Kind.EDIT_SUGGESTED,
                    argument_id=suggestion.argument_id,
                    suggestion=suggestion,
                )
            ]
        )


def tell_decided(suggestion: Suggestion, actor: Any, **_signal: Any) -> None:
    """Tell whoever suggested an edit what came of it, and the author where a moderator decided for them.

    What is taken back needs no answer: its notice goes. Any: a member, a signal's words.
    """
    outcome = Suggestion.Outcome(suggestion.outcome)
    if outcome not in DECIDED:
        Notice.objects.filter(suggestion=suggestion, kind=Notice.Kind.EDIT_SUGGESTED).delete()
        return
    told = ((suggestion.member_id, DECIDED[outcome]), (suggestion.argument.author_id, DECIDED_FOR[outcome]))
    write_notices(
        Notice(recipient_id=recipient, kind=kind, argument_id=suggestion.argument_id, suggestion=suggestion)
        for recipient, kind in told
        if recipient is not None and recipient != actor.pk
    )


def tell_rearranged(
    rearrangement: Rearrangement, undone: bool, actor: Any, raters: Collection[int], **_signal: Any
) -> None:
    """Tell the authors what became of their argument, and whoever rated it before a merge. Any: a member, a signal's words.

    Nobody is told twice: an author who also rated hears of their text.
    """
    first, other = rearrangement.argument, rearrangement.other
    told: dict[int | None, tuple[Notice.Kind, Argument]] = {}
    if undone:
        kind = UNDONE[Rearrangement.Kind(rearrangement.kind)]
        if rearrangement.kind == Rearrangement.Kind.MERGE:
            told[other.author_id] = (kind, other)
        told[first.author_id] = (kind, first)
    elif rearrangement.kind == Rearrangement.Kind.MERGE:
        told |= dict.fromkeys(raters, (Notice.Kind.RATED_MERGED, other))
        told[other.author_id] = (Notice.Kind.MERGED_HERE, other)
        told[first.author_id] = (Notice.Kind.MERGED, other)
    else:
        kind = Notice.Kind.MOVED if rearrangement.kind == Rearrangement.Kind.MOVE else Notice.Kind.SPLIT
        told[first.author_id] = (kind, first)
    reason = rearrangement.undone_reason if undone else rearrangement.reason
    write_notices(
        Notice(recipient_id=recipient, kind=kind, argument=argument, reason=reason)
        for recipient, (kind, argument) in told.items()
        if recipient is not None and recipient != actor.pk
    )
