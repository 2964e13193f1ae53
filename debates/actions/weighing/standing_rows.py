"""Read from the database what the standing of arguments follows from, and write there what came of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from debates.models import Argument, Citation, CitationCheck, Link, Rating, Standing, State
from debates.models.rating import counted
from debates.models.visibility import listed
from debates.strength.graph import Child, Claim, Place, Result, Step
from debates.strength.labels import Labelled
from debates.strength.semantics import METHOD, THESIS_BASE, Check, Pair, base_of
from debates.strength.words import word_of


def counts(prefix: str = "", kind: Argument.Kind = Argument.Kind.ARGUMENT) -> Q:
    """Return the condition under which an argument counts: it is no note, and readers can see it."""
    return Q(**{f"{prefix}state": State.PUBLISHED, f"{prefix}kind": kind})


WEIGHTS = ("relevance", "weight", "second_weight")
WEIGHTLESS = tuple(getattr(Standing(), name) for name in WEIGHTS)
"""What is stored of a place under a claim that does not count, be it a note, withdrawn or hidden."""
COUNTERS = ("holds_sum", "holds_count", "matters_sum", "matters_count", "people", "after_count")
STORED = (
    *COUNTERS,
    *("base", "strength", "second_strength", *WEIGHTS, "bearing", "second_bearing"),
    *("pro", "con", "cited", "word", "second_word", "label", "stands", "bears", "method"),
)
"""The columns of a standing that say something; all of them can be computed anew."""


@dataclass(slots=True)
class Row:
    """A child in one of its places as it is stored; `link` is the key of the link where that is not its home."""

    child: Child
    stands: bool
    bears: bool
    held: tuple[float, ...]
    link: int | None = None

    def with_standing(self, new: Standing) -> Row:
        """Return the same child in the same place, standing as it does now."""
        strength = Pair(new.strength, new.second_strength)
        bearing = Pair(new.bearing, new.second_bearing)
        child = Child(self.child.claim, self.child.place, strength, bearing)
        return Row(child, new.stands, new.bears, self.held, self.link)


def author_key(author: int | None, voice: int | None) -> str:
    """Return whose argument it is, for the damping: a member, a voice, or nobody that is known."""
    return f"voice {voice}" if voice else f"member {author}" if author else ""


def children_of(parents: Collection[int]) -> dict[int, list[Row]]:
    """Return what reaches some claims, with what is stored of it: in two statements, however many there are."""
    found: dict[int, list[Row]] = {}
    home = Argument.objects.filter(counts(), parent__in=parents).values_list(*_HOME, *_STANDING)
    rows = list(home)
    leaders = {row[5] for row in rows if row[5]}
    for pk, parent, stance, attacks, path, joint, author, voice, *stored in rows:
        place = Place(
            pk,
            parent,
            stance == "pro",
            attacks == "bearing",
            stored[1] or 0,
            stored[2] or 0,
            joint=joint or (pk if pk in leaders else None),
            order=(0, path),
        )
        found.setdefault(parent, []).append(_row(place, author_key(author, voice), stored, stored[9:]))
    links = answering().filter(parent__in=parents)
    for key, pk, parent, stance, attacks, author, voice, matters, count, *more in links.values_list(
        *_LINK, *(f"argument__{name}" for name in _STANDING)
    ):
        held, stored = more[:3], more[3:]
        place = link_place(key, pk, parent, stance, attacks, matters, count)
        found.setdefault(parent, []).append(_row(place, author_key(author, voice), stored, held, key))
    return found


_HOME = ("pk", "parent_id", "stance", "attacks", "path", "joint_with_id", "author_id", "voice_id")
_STANDING = tuple(
    f"standing__{name}"
    for name in (
        *("people", "matters_sum", "matters_count", "strength", "second_strength", "bearing"),
        *("second_bearing", "stands", "bears", *WEIGHTS),
    )
)
_LINK = (
    *("pk", "argument_id", "parent_id", "stance", "attacks", "argument__author_id", "argument__voice_id"),
    *("matters_sum", "matters_count", *WEIGHTS),
)


def link_place(
    key: int, child: int, parent: int, stance: str, attacks: str, matters: int, count: int
) -> Place:
    """Return a further place of an argument; it comes after those that are at home there."""
    return Place(
        child,
        parent,
        stance == "pro",
        attacks == "bearing",
        matters,
        count,
        home=False,
        order=(1, f"{key:020}"),
    )


def _row(
    place: Place, author: str, stored: Sequence[Any], held: Sequence[Any], link: int | None = None
) -> Row:
    """Return a child from its columns. Any: numbers and words, None of what was never computed."""
    people, _matters, _count, strength, second, bearing, second_bearing, stands, bears = stored[:9]
    unknown = strength is None
    return Row(
        Child(
            Claim(place.child, people=people or 0, author=author),
            place,
            Pair(0.5, 0.5) if unknown else Pair(strength, second),
            Pair(1.0, 1.0) if unknown else Pair(bearing, second_bearing),
        ),
        unknown or stands,
        unknown or bears,
        () if unknown else tuple(held),
        link,
    )


def answering() -> QuerySet[Link]:
    """Return the links that reach the claim above them."""
    shown = listed("argument__", "debate") & Q(argument__kind=Argument.Kind.ARGUMENT)
    return Link.objects.filter(shown, relation=Link.Relation.ANSWERS)


def checks_of(arguments: QuerySet[Argument] | Collection[int]) -> dict[int, tuple[Check, ...]]:
    """Return how the citations of some arguments were checked, as they stand."""
    found: dict[int, list[Check]] = {}
    checked = CitationCheck.objects.values("citation_id")
    shown = Citation.objects.filter(listed("source__"), argument__in=arguments, pk__in=checked)
    cited: Iterable[Any] = shown.with_balance()
    for one in cited:  # Any: citations that came `with_balance`
        found.setdefault(one.argument_id, []).append((one.said_yes, one.said_partly, one.said_no))
    return {key: tuple(checks) for key, checks in found.items()}


def tallies(ratings: QuerySet[Rating]) -> dict[int, dict[str, int]]:
    """Return the counters of arguments from the rows of their ratings, by the names of a standing's columns."""
    given = Q(holds__isnull=False) | Q(matters__isnull=False)
    rows = ratings.values("argument_id").annotate(
        holds_sum=Sum("holds", filter=counted(), default=0),
        holds_count=Count("holds", filter=counted()),
        matters_sum=Sum("matters", filter=counted(), default=0),
        matters_count=Count("matters", filter=counted()),
        people=Count("pk", filter=counted()),
        after_count=Count("pk", filter=given & Q(after_seeing=True)),
    )
    columns = rows.order_by().values_list("argument_id", *COUNTERS)
    return {key: dict(zip(COUNTERS, values, strict=True)) for key, *values in columns}


def reviewers_of(children: Iterable[int]) -> int:
    """Return how many people rated at least one of some arguments: those right below a thesis."""
    ratings = Rating.objects.filter(counted(), argument__in=list(children))
    people: int = ratings.aggregate(people=Count("member", distinct=True))["people"]
    return people


def weights_in(step: Step | Result, child: int, parent: int) -> tuple[float, ...]:
    """Return the weights of a child's place as they are stored."""
    weight = step.weight[child, parent]
    return (step.relevance[child, parent].energy, weight.energy, weight.dfquad)


def standing_of(claim: Claim, step: Step, labelled: Labelled, held: Standing | None, people: int) -> Standing:
    """Return the row of a claim as computed; its counters, and the weight of its own place, stay as they are held.

    `people` are those who reviewed it: for a thesis, which nobody rates, those who rated what stands right below it.
    """
    found = step.standing
    new = Standing(argument_id=claim.key)
    for name in (*COUNTERS, *WEIGHTS):
        if held is not None:
            setattr(new, name, getattr(held, name))
    new.people, new.method = people, METHOD
    new.label, new.stands, new.bears = labelled.label, labelled.stands, labelled.bears
    new.base = THESIS_BASE if claim.thesis else base_of(claim.holds, claim.count)
    new.strength, new.second_strength = found.strength.energy, found.strength.dfquad
    new.bearing, new.second_bearing = step.bearing.energy, step.bearing.dfquad
    new.pro, new.con, new.cited = found.pro, found.con, found.cited
    new.word = word_of(new.strength, people, found.bars, claim.thesis, held.word if held else "")
    new.second_word = word_of(
        new.second_strength, people, found.bars, claim.thesis, held.second_word if held else ""
    )
    return new


def store(rows: Iterable[Standing]) -> None:
    """Write standings, whether or not there was a row before."""
    rows, now = list(rows), timezone.now()
    for row in rows:
        row.updated_at = now
    Standing.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["argument"],
        update_fields=[*STORED, "updated_at"],
        batch_size=1000,
    )
