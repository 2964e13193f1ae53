"""Who hears of an argument: what members follow and mute, the nearest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.expressions import RawSQL

from debates.models import Argument, ArgumentTag, DebateTag, Source, State
from forum.following.models import Follow

OWN, ARGUMENT, BRANCH, DEBATE, TAG, SOURCE, MEMBER = (
    "own",
    "argument",
    "branch",
    "debate",
    "tag",
    "source",
    "member",
)
"""Why somebody hears of an argument. The last three are equally near: what a text carries, cites, and who wrote it."""
BY_DEBATE, BY_SUBJECT = 10_000, 10_001
"""How far a debate and a tag, source or member are: further than any argument above (`debates.tree.MAX_DEPTH`)."""


@dataclass(frozen=True)
class Rule:
    """What one member said of one thing that an argument belongs to."""

    distance: tuple[int, int]
    """Levels up to it; and 1 where it was said of what is merged into it, which gives way to what was said of it."""
    mute: bool
    why: str


def nearest_wins(rules: Iterable[Rule]) -> str | None:
    """Return why a member hears of an argument, None where they do not; among equally near things muting one is enough."""
    told: list[Rule] = sorted(rules, key=lambda rule: rule.distance)
    near = [rule for rule in told if rule.distance == told[0].distance]
    if not near or any(rule.mute for rule in near):
        return None
    order = (ARGUMENT, BRANCH, DEBATE, MEMBER, SOURCE, TAG)
    return min((rule.why for rule in near), key=order.index)


def followers_of(argument: Argument) -> dict[int, str]:
    """Return who hears of an argument that was posted, by the keys of the members, and why; four statements.

    The nearest thing of which a member said anything decides: the argument itself and the claim that it answers
    ("argument"), claims further up ("branch"), the debate, then its tags, sources and author. The author of the claim that
    it answers hears of it by default ("own"); whatever else they chose goes before the default. Its own author is never
    told, nor is who has left, and of what not everyone may read nobody is.
    """
    places = _places(argument)
    if not places:
        return {}
    said: dict[int, list[Rule]] = defaultdict(list)
    for row in _rows_about(argument, places):
        said[row.member_id].append(_rule(row, places))
    heard = {member: why for member, rules in said.items() if (why := nearest_wins(rules)) is not None}
    for place in places.values():
        if place.distance[0] == 1 and place.author is not None and place.author not in said:
            heard.setdefault(place.author, OWN)
    if argument.author_id is not None:
        heard.pop(argument.author_id, None)
    return heard


@dataclass(frozen=True)
class _Place:
    """An argument on the way up, or what was merged into one."""

    distance: tuple[int, int]
    author: int | None
    """None where nobody is to be told: it has no author, or they have left."""


def _places(argument: Argument) -> dict[int, _Place]:
    """Return an argument and all above it, with what was merged into them, by keys; nothing where it is not listed."""
    family = RawSQL(
        "WITH RECURSIVE up (id, parent_id) AS (SELECT a.id, a.parent_id FROM debates_argument a WHERE a.id = %s"
        " UNION SELECT a.id, a.parent_id FROM debates_argument a JOIN up u ON a.id = u.parent_id),"
        " family (id) AS (SELECT u.id FROM up u"
        " UNION SELECT a.id FROM debates_argument a JOIN family f ON a.merged_into_id = f.id)"
        " SELECT id FROM family",
        [argument.pk],
    )
    rows = {
        row[0]: row
        for row in Argument.objects.filter(pk__in=family).values_list(
            "pk", "merged_into", "depth", "author", "author__is_active", "state", "debate__state"
        )
    }
    own = rows.get(argument.pk)
    if own is None or own[5] != State.PUBLISHED or own[6] != State.PUBLISHED:
        return {}
    places = {}
    for key, row in rows.items():
        root, merged = row, 0
        while root[1] in rows:  # what an argument on the way was merged into cannot stand below itself
            root, merged = rows[root[1]], 1
        places[key] = _Place((own[2] - root[2], merged), row[3] if row[4] else None)
    return places


def _rows_about(argument: Argument, places: dict[int, _Place]) -> Iterable[Follow]:
    """Return what everybody said of the things that an argument belongs to; three statements."""
    tags = (
        ArgumentTag.objects.filter(content_object=argument)
        .values_list("tag", flat=True)
        .union(DebateTag.objects.filter(content_object=argument.debate_id).values_list("tag", flat=True))
    )
    concerned = (
        Q(argument__in=list(places))
        | Q(debate=argument.debate_id)
        | Q(tag__in=list(tags))
        | Q(source__in=_sources(argument))
    )
    if (
        argument.author_id is not None and not argument.debate.anonymous
    ):  # who is told would learn whose it is
        concerned |= Q(who=argument.author_id)
    return Follow.objects.filter(concerned, member__is_active=True)


def _sources(argument: Argument) -> list[int]:
    """Return the keys of the sources that an argument cites and everyone may read, and of what was merged into them."""
    family = RawSQL(
        "WITH RECURSIVE family (id) AS (SELECT s.id FROM debates_source s JOIN debates_citation c ON c.source_id = s.id"
        " WHERE c.argument_id = %s AND s.state = 'published'"
        " UNION SELECT s.id FROM debates_source s JOIN family f ON s.merged_into_id = f.id)"
        " SELECT id FROM family",
        [argument.pk],
    )
    return list(Source.objects.filter(pk__in=family).values_list("pk", flat=True))


def _rule(row: Follow, places: dict[int, _Place]) -> Rule:
    mute = row.level == Follow.Level.MUTE
    if row.argument_id is not None:
        distance = places[row.argument_id].distance
        return Rule(distance, mute, ARGUMENT if distance[0] <= 1 else BRANCH)
    if row.debate_id is not None:
        return Rule((BY_DEBATE, 0), mute, DEBATE)
    why = TAG if row.tag_id is not None else SOURCE if row.source_id is not None else MEMBER
    return Rule((BY_SUBJECT, 0), mute, why)
