"""What a member follows and mutes, as far as they may read it today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from debates.models import Argument, Debate, Source
from debates.models.visibility import Viewer
from forum.following.models import Follow
from forum.following.things import Followed, Thing, carried


@dataclass(frozen=True)
class FollowedThing:
    """One thing with what its reader said of it."""

    thing: Thing
    row: Follow

    @property
    def is_muted(self) -> bool:
        """Say whether it is muted, not followed."""
        return self.row.level == Follow.Level.MUTE


def followed_by(member: Viewer) -> list[FollowedThing]:
    """Return what a member follows and mutes, the newest first; what was merged is what it was merged into, once.

    What is hidden, and who has left, is not in it; the row stays, and with it what it says, should it be shown again.
    """
    rows = list(Follow.objects.filter(member=member).select_related("tag", "who"))
    readable: dict[str, dict[int, Followed]] = {
        "debate": {row.pk: row for row in Debate.objects.visible_to(member).filter(follows__member=member)},
        "argument": _arguments([row.argument_id for row in rows if row.argument_id], member),
        "source": _sources([row.source_id for row in rows if row.source_id], member),
        "tag": {row.tag.pk: row.tag for row in rows if row.tag is not None},
        "member": {row.who.pk: row.who for row in rows if row.who is not None and row.who.is_active},
    }
    tags = carried(list(readable["tag"]))
    readable["tag"] = {key: tag for key, tag in readable["tag"].items() if key in tags}
    found: dict[tuple[str, int], FollowedThing] = {}
    for row in rows:
        for kind, key in (
            ("debate", row.debate_id),
            ("argument", row.argument_id),
            ("tag", row.tag_id),
            ("source", row.source_id),
            ("member", row.who_id),
        ):
            thing = readable[kind].get(key) if key is not None else None
            if thing is None:
                continue
            known = found.get((kind, thing.pk))
            if known is None or thing.pk == key:  # what was said of the thing itself counts
                found[kind, thing.pk] = FollowedThing(Thing(kind, thing), row)
    return sorted(found.values(), key=lambda one: (one.row.created_at, one.row.pk), reverse=True)


def _arguments(keys: Collection[int], member: Viewer) -> dict[int, Followed]:
    """Return by keys the arguments that stand for some today: two statements, and one more for each merge in a row."""
    leads_to = dict(Argument.objects.filter(pk__in=keys).values_list("pk", "merged_into"))
    while further := {into for into in leads_to.values() if into is not None} - leads_to.keys():
        leads_to.update(Argument.objects.filter(pk__in=further).values_list("pk", "merged_into"))
    standing = {}
    for key in keys:
        found = key
        while (into := leads_to.get(found)) is not None:
            found = into
        standing[key] = found
    shown = Argument.objects.visible_to(member).filter(pk__in=standing.values()).select_related("debate")
    by_key = {row.pk: row for row in shown}
    return {key: by_key[into] for key, into in standing.items() if into in by_key}


def _sources(keys: Collection[int], member: Viewer) -> dict[int, Followed]:
    standing = Source.objects.standing_of(keys)
    by_key = {row.pk: row for row in Source.objects.visible_to(member).filter(pk__in=standing.values())}
    return {key: by_key[into] for key, into in standing.items() if into in by_key}
