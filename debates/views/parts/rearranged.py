"""What a page says of the moves, merges and splits behind an argument, and of its other wordings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTransform
from django.urls import reverse
from django.utils.translation import gettext as _

from debates.markdown import MARK
from debates.models import Argument, Rearrangement, Wording
from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused

Kind = Rearrangement.Kind


@dataclass(frozen=True)
class Rearranged:
    """One move, merge or split as the margin of an argument tells it: never a word of what its reader may not read."""

    words: str
    claim: str
    """The other argument's claim; empty where the reader may not read it."""
    url: str
    by: str
    at: datetime
    reason: str
    undo_url: str
    """Where it can be undone; empty for who cannot."""


@dataclass(frozen=True)
class OtherWording:
    """Another wording of an argument."""

    claim: str
    elaboration: str


def check_named(argument: Argument, argument_id: str) -> None:
    """Refuse to do to the argument that an address leads to now what was meant for the one that was merged into it."""
    if argument.public_id != argument_id:
        raise Refused(
            _("This argument was merged into “%(claim)s” meanwhile; look at that one before you go on.")
            % {"claim": argument.claim},
            status=409,
        )


def rearrangements_of(argument: Argument, viewer: Viewer) -> list[Rearranged]:
    """Return what was done to an argument and stands, the newest first; two queries, however much that is."""
    here = Q(argument=argument, kind__in=[Kind.MOVE, Kind.SPLIT])
    here |= Q(other=argument, kind__in=[Kind.MERGE, Kind.SPLIT])
    rows = _with_home(Rearrangement.objects.filter(here, undone_at=None))
    readable = _readable(rows, argument, viewer)
    return [_told(row, argument, readable, viewer) for row in rows]


def told_of(row: Rearrangement, argument: Argument, viewer: Viewer) -> Rearranged:
    """Return one rearrangement as the margin of an argument tells it."""
    (with_home,) = _with_home(Rearrangement.objects.filter(pk=row.pk))
    return _told(with_home, argument, _readable([with_home], argument, viewer), viewer)


def wordings_of(argument: Argument) -> list[OtherWording]:
    """Return the other wordings of an argument, the oldest first; who reads the argument may read them, as they were public."""
    return [
        OtherWording(one.claim, MARK.sub("", one.elaboration).strip())
        for one in Wording.objects.filter(argument=argument)
    ]


def _with_home(rows: QuerySet[Rearrangement]) -> list[Any]:
    """Return rows without all that an undo needs, but with the key of the claim that was left, as `home`. Any: annotated."""
    home = KeyTransform("parent", "before")
    return list(rows.select_related("argument").defer("before").annotate(home=home))


def _elsewhere(row: Any, argument: Argument) -> int | None:
    """Return the key of the other argument that a sentence would name. Any: annotated."""
    if row.kind == Kind.MOVE:
        return int(row.home) if row.home is not None else None
    return int(row.other_id if row.argument_id == argument.pk else row.argument_id)


def _readable(rows: Iterable[Any], argument: Argument, viewer: Viewer) -> dict[int, Argument]:
    """Return by key the arguments that sentences may name. Any: annotated."""
    keys = {key for row in rows if (key := _elsewhere(row, argument)) is not None}
    if not keys:
        return {}
    return {one.pk: one for one in Argument.objects.visible_to(viewer).filter(pk__in=keys)}


def _told(row: Any, argument: Argument, readable: dict[int, Argument], viewer: Viewer) -> Rearranged:
    """Return what one row says on the page of an argument. Any: annotated."""
    named = readable.get(_elsewhere(row, argument) or 0)
    claim, url = (named.claim, named.get_absolute_url()) if named is not None else ("", "")
    if row.kind == Kind.MOVE:
        words = _("Moved here from") if claim else _("Moved here from another claim")
    elif row.kind == Kind.MERGE:
        # What was merged is gone, and its claim stands among the wordings.
        words, claim, url = _("Merged with another argument; its wording is kept"), "", ""
    elif row.argument_id == argument.pk:
        words = _("Split: this was taken out of it") if claim else _("Split: a claim was taken out of it")
    else:
        words = _("Split from") if claim else _("Split from another claim")
    return Rearranged(
        words=words,
        claim=claim,
        url=url,
        by=row.by_name,
        at=row.at,
        reason=row.reason,
        undo_url=reverse("undo_rearrangement", args=[row.pk])
        if is_moderator(viewer) and row.undone_at is None
        else "",
    )
