"""Read whole debates for the computation of standings, and count their ratings anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Count, Sum

from debates.actions.weighing.standing_rows import (
    answering,
    author_key,
    checks_of,
    counts,
    link_place,
    tallies,
)
from debates.models import Argument, Link, LinkRating, Rating
from debates.models.rating import counted
from debates.models.visibility import listed
from debates.strength.graph import Claim, Place


@dataclass(frozen=True)
class Whole:
    """All that counts in a debate, with what reaches it from others, as the rows of ratings say."""

    claims: list[Claim]
    places: list[Place]
    counters: dict[int, dict[str, int]]
    """The counters of arguments, by their keys and the names of the columns."""
    links: dict[tuple[int, int], int]
    """The keys of links, by child and parent."""
    link_counters: dict[int, tuple[int, int]]
    """Sum and number of the answers at links, by their keys."""


def whole(debate_id: int) -> Whole:
    """Return all that counts in a debate; a fixed number of statements for each debate that reaches it."""
    debates = _with_what_reaches(debate_id)
    counters = tallies(Rating.objects.filter(argument__debate__in=debates))
    link_counters = _link_counters(debates)
    links: dict[tuple[int, int], int] = {}
    places = list(_home(debates, counters))
    rows = answering().filter(parent__debate__in=debates)
    for key, child, parent, stance, attacks in rows.values_list(
        *("pk", "argument_id", "parent_id", "stance", "attacks")
    ):
        matters, count = link_counters.setdefault(key, (0, 0))
        places.append(link_place(key, child, parent, stance, attacks, matters, count))
        links[child, parent] = key
    return Whole(_claims(debates, counters), places, counters, links, link_counters)


def _home(debates: Collection[int], counters: dict[int, dict[str, int]]) -> Iterator[Place]:
    """Yield the home place of each argument that counts."""
    rows = list(
        Argument.objects.filter(counts(), debate__in=debates).values_list(
            *("pk", "parent_id", "stance", "attacks", "path", "joint_with_id")
        )
    )
    leaders = {row[5] for row in rows if row[5]}
    for pk, parent, stance, attacks, path, joint in rows:
        of = counters.get(pk, {})
        yield Place(
            pk,
            parent,
            stance == "pro",
            attacks == "bearing",
            of.get("matters_sum", 0),
            of.get("matters_count", 0),
            joint=joint or (pk if pk in leaders else None),
            order=(0, path),
        )


def _claims(debates: Collection[int], counters: dict[int, dict[str, int]]) -> list[Claim]:
    theses = counts(kind=Argument.Kind.THESIS)
    rows = Argument.objects.filter(counts() | theses, debate__in=debates)
    checks = checks_of(rows)
    claims = []
    for pk, kind, author, voice in rows.values_list("pk", "kind", "author_id", "voice_id"):
        of = counters.get(pk, {})
        claims.append(
            Claim(
                pk,
                kind == Argument.Kind.THESIS,
                of.get("holds_sum", 0),
                of.get("holds_count", 0),
                of.get("people", 0),
                checks.get(pk, ()),
                author_key(author, voice),
            )
        )
    return claims


def _link_counters(debates: Collection[int]) -> dict[int, tuple[int, int]]:
    rows = LinkRating.objects.filter(link__parent__debate__in=debates).values("link_id")
    tally = rows.annotate(sum=Sum("matters", default=0), count=Count("matters")).order_by()
    return {key: (total, count) for key, total, count in tally.values_list("link_id", "sum", "count")}


def _with_what_reaches(debate_id: int) -> list[int]:
    """Return a debate and all whose arguments reach it by links, over however many debates."""
    found = [debate_id]
    for debate in found:  # grows as it is read
        further = Link.objects.filter(parent__debate=debate, relation=Link.Relation.ANSWERS)
        for other in further.values_list("argument__debate", flat=True).distinct().order_by():
            if other not in found:
                found.append(other)
    return found


def reviewers_below(debate_id: int) -> dict[int, int]:
    """Return for every thesis of a debate how many people rated at least one argument right below it."""
    home = Rating.objects.filter(
        counted(), counts("argument__"), argument__parent__debate=debate_id, argument__parent__kind="thesis"
    ).values_list("argument__parent_id", "member_id")
    links = Rating.objects.filter(
        counted(),
        listed("argument__", "debate"),
        argument__links__relation=Link.Relation.ANSWERS,
        argument__links__parent__debate=debate_id,
        argument__links__parent__kind="thesis",
    ).values_list("argument__links__parent_id", "member_id")
    people: dict[int, set[int]] = {}
    for thesis, member in home.union(links):
        if thesis is not None:  # for mypy: an argument may have no parent, and these have one
            people.setdefault(thesis, set()).add(member)
    return {thesis: len(members) for thesis, members in people.items()}
