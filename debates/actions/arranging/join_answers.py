"""Join what people said about two arguments that become one: each person keeps one answer, and the rows of what is gone stay.

Answers are copied, never moved: an undo takes the copies away, and what was said first stands untouched.
"""

from collections.abc import Iterable
from datetime import datetime

from debates.actions.arranging.changed_rows import Changes
from debates.actions.sources.ask_for_source import fill_request
from debates.actions.weighing.rate_link import recount_link
from debates.models import Argument, Concession, Delta, Link, LinkRating, Opinion, Rating, SourceRequest
from debates.models.rating import counted

ANSWER = ("holds", "matters", "after_seeing", "first_at", "changed_at")


def join_answers(gone: Argument, kept: Argument, place: Link | None, changes: Changes) -> None:
    """Let the answers about one argument count for the other, where the person has none there. Nobody rates their own.

    Whether it matters was asked of a place: where that of the gone one is now a link, the answer goes to the link.
    """
    others = Rating.objects.filter(argument=gone).exclude(member__in=_author(kept))
    copy_ratings(others, kept, changes, matters=place is None)
    if place is not None:
        _copy_matters(others.filter(counted(), matters__isnull=False), place, changes)
    deltas = gone.deltas.exclude(member__in=_author(kept))
    _copy_new(deltas, kept.deltas.all(), kept, ("why", "state", "created_at"), changes)
    if place is None:
        # Who grants a point is one of the two who disagree: the author of the claim above, or its own.
        granting = _author(kept) + (_author(kept.parent) if kept.parent is not None else [])
        granted = gone.concessions.filter(member__in=granting)
        _copy_new(granted, kept.concessions.all(), kept, ("why", "created_at"), changes)


def join_opinions(gone: Argument, kept: Argument, changes: Changes) -> None:
    """Let what readers think of one thesis count for the other, where they have not said what they think of that."""
    known = Opinion.objects.filter(thesis=kept).values("member")
    columns = ("before", "before_at", "after", "after_at")
    rows = Opinion.objects.filter(thesis=gone).exclude(member__in=known)
    changes.make(
        (
            Opinion(thesis=kept, member_id=row.member_id, **{name: getattr(row, name) for name in columns})
            for row in rows
        ),
        *columns,
    )


def copy_ratings(rows: Iterable[Rating], kept: Argument, changes: Changes, *, matters: bool = True) -> None:
    """Copy answers to an argument, where the person has no answer there; a row without any answer takes them up."""
    present = {row.member_id: row for row in Rating.objects.filter(argument=kept)}
    new = []
    for row in rows:
        values = {name: getattr(row, name) for name in ANSWER}
        if not matters:
            values["matters"] = None
        if values["holds"] is None and values["matters"] is None:
            continue
        own = present.get(row.member_id)
        if own is None:
            new.append(Rating(argument=kept, member_id=row.member_id, asked_at=row.asked_at, **values))
        elif own.holds is None and own.matters is None:
            changes.change(own, **values)
    changes.make(new, *ANSWER, "asked_at")


def join_link_ratings(gone: Link, kept: Link, changes: Changes) -> None:
    """Let the answers about one place count for another, where the person has none there."""
    _copy_matters(gone.ratings.filter(matters__isnull=False), kept, changes)


def join_requests(gone: Argument, kept: Argument, changes: Changes) -> None:
    """Let those who wait for a source of one claim wait for one of the other; who wrote it does not wait."""
    request = SourceRequest.objects.filter(argument=gone, filled_at=None).first()
    if request is None or kept.citations.exists():
        return
    there, _made = SourceRequest.objects.get_or_create(argument=kept, filled_at=None)
    waiting = request.members.exclude(pk__in=_author(kept)).exclude(pk__in=there.members.values("pk"))
    through, member = SourceRequest.members.through, SourceRequest.members.field.m2m_reverse_name()
    changes.make(
        through(**{"sourcerequest_id": there.pk, member: key}) for key in waiting.values_list("pk", flat=True)
    )


def fill_requests(kept: Argument, changes: Changes) -> None:
    """Close the request for a source of a claim that has one now."""
    request = SourceRequest.objects.filter(argument=kept, filled_at=None).first()
    if request is not None and kept.citations.exists() and fill_request(kept):
        request.refresh_from_db()
        changes.note(request, {"filled_at": None})


def part_requests(kept: Argument) -> None:
    """Leave one open request at a claim, after an undo opened one again: none that nobody waits for."""
    SourceRequest.objects.filter(argument=kept, filled_at=None, members=None).delete()


def carry_back(place: Link, gone: Argument, since: datetime) -> None:
    """Give the answers that came in a place since to the argument that stands there again, the newer one of each person."""
    rows = place.ratings.filter(changed_at__gt=since, matters__isnull=False).exclude(member__in=_author(gone))
    for row in rows:
        rating = Rating.objects.filter(argument=gone, member=row.member_id).first()
        rating = rating or Rating(argument=gone, member_id=row.member_id)
        rating.matters, rating.changed_at = row.matters, row.changed_at
        rating.first_at = rating.first_at or row.changed_at
        rating.save()


def _copy_new[M: (Delta, Concession)](
    rows: Iterable[M], present: Iterable[M], kept: Argument, columns: tuple[str, ...], changes: Changes
) -> None:
    """Copy what people said of one argument to another, where they have not said it there."""
    known = {row.member_id for row in present}
    copies = [
        type(row)(argument=kept, member_id=row.member_id, **{name: getattr(row, name) for name in columns})
        for row in rows
        if row.member_id not in known
    ]
    changes.make(copies, *columns)


def _author(argument: Argument) -> list[int]:
    """Return the key of who wrote an argument, in a list of one; of a voice none."""
    return [argument.author_id] if argument.author_id is not None else []


def _copy_matters(rows: Iterable[Rating | LinkRating], place: Link, changes: Changes) -> None:
    """Copy answers to “does it matter here?” to a link, but those of who wrote the argument or placed it there."""
    barred = {place.argument.author_id, place.added_by_id}
    present = set(place.ratings.values_list("member", flat=True)) | barred
    changes.make(
        (
            LinkRating(link=place, member_id=row.member_id, matters=row.matters, changed_at=row.changed_at)
            for row in rows
            if row.member_id not in present
        ),
        "matters",
        "changed_at",
    )
    recount_link(place)
