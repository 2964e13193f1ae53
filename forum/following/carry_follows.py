"""Carry what members said of a topic to the one that it is merged into."""

from __future__ import annotations

from typing import Any

from debates.models import Tag
from forum.following.models import Follow


def carry_follows(gone: Tag, kept: Tag, **_signal: Any) -> None:
    """Let who followed or muted a topic follow or mute what it is merged into. Any: a signal's words.

    Who said something of both keeps what they said of the kept one: they named that very topic, as with arguments and
    sources (`forum.following.resolve`). There is no way back, for a merge of topics cannot be undone.
    """
    # Whoever merges has locked both topics, so nobody begins to follow either meanwhile.
    said = Follow.objects.filter(tag=gone)
    both = Follow.objects.filter(tag=kept).values("member")
    said.filter(member__in=both).delete()
    said.update(tag=kept)
