"""Who hears of an argument: what members follow and mute, the nearest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.expressions import RawSQL

from debates.models import Argument, ArgumentTag, DebateTag, Link, Source, State
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
    """Levels up to it; and what gives way to home at the same level: 1 what is merged into it, 2 and 3 the same by a link."""
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
    """Return who hears of an argument that was posted, by the keys of the members, and why; five statements.

    The nearest thing of which a member said anything decides: the argument itself and the claim that it answers
    ("argument"), claims further up ("branch"), also those under which one of these has a further place, the debate, then
    its tags, sources and author. The author of the claim that it answers hears of it by default ("own"); whatever else
    they chose goes before the default. Its own author is never told, nor is who has left, and of what not everyone may
    read nobody is.
    """
    places = _places(argument)
    if not places:
        return {}
    said: dict[int, list[Rule]] = defaultdict(list)
    for row in _rows_about(argument, places):
        said[row.member_id].append(_rule(row, places))
    heard = {member: why for member, rules in said.items() if (why := nearest_wins(rules)) is not None}
    for place in places.values():
        near = place.distance in ((1, 0), (1, 1))
        if near and place.author is not None and place.author not in said:
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
    """Return an argument and all above it, at home and by links, with what was merged into them, by keys; two statements.

    Nothing where it is not listed.
    """
    # Two ways lead up from each argument, home and by links; PostgreSQL takes only one recursive step, so it walks both.
    family = RawSQL(
        "WITH RECURSIVE up (id) AS (SELECT a.id FROM debates_argument a WHERE a.id = %s"
        " UNION SELECT CASE way.by_link WHEN 0 THEN a.parent_id ELSE l.parent_id END"
        " FROM up u JOIN debates_argument a ON a.id = u.id"
        " CROSS JOIN (SELECT 0 AS by_link UNION ALL SELECT 1) way"
        " LEFT JOIN debates_link l ON way.by_link = 1 AND l.argument_id = u.id AND l.relation = 'answers'"
        " WHERE CASE way.by_link WHEN 0 THEN a.parent_id ELSE l.parent_id END IS NOT NULL),"
        " family (id) AS (SELECT u.id FROM up u"
        " UNION SELECT a.id FROM debates_argument a JOIN family f ON a.merged_into_id = f.id)"
        " SELECT id FROM family",
        [argument.pk],
    )
    rows = {
        row[0]: row
        for row in Argument.objects.filter(pk__in=family).values_list(
            "pk", "merged_into", "parent", "author", "author__is_active", "state", "debate__state"
        )
    }
    own = rows.get(argument.pk)
    if own is None or own[5] != State.PUBLISHED or own[6] != State.PUBLISHED:
        return {}
    distances = _distances(argument.pk, {key: row[2] for key, row in rows.items()})
    places = {}
    for key, row in rows.items():
        root, merged = row, 0
        while root[1] in rows:  # what an argument on the way was merged into cannot stand below itself
            root, merged = rows[root[1]], 1
        levels, by_link = distances[root[0]]
        places[key] = _Place((levels, by_link + merged), row[3] if row[4] else None)
    return places


def _distances(start: int, parents: dict[int, int | None]) -> dict[int, tuple[int, int]]:
    """Return how many levels each argument is up from one of them, and 2 where the way goes by a link; one statement."""
    further: dict[int, list[int]] = defaultdict(list)
    links = Link.objects.filter(argument__in=list(parents), relation=Link.Relation.ANSWERS)
    for child, parent in links.values_list("argument_id", "parent_id"):
        further[child].append(parent)
    found, level = {start: (0, 0)}, [start]
    while level:
        ways = [(key, home, found[key][1]) for key in level if (home := parents[key]) is not None]
        ways += [(key, parent, 2) for key in level for parent in further[key]]
        nearer: dict[int, tuple[int, int]] = {}
        for key, above, by_link in ways:
            if above not in found and above in parents:
                here = (found[key][0] + 1, by_link)
                nearer[above] = min(nearer.get(above, here), here)
        found |= nearer
        level = list(nearer)
    return found


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
