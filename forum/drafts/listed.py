"""The rows of the list of drafts: what each is about, as far as its writer may still know of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from debates.models import Argument, Debate, Source
from debates.models.visibility import Viewer
from forum.drafts.fields import NOT_WORDS
from forum.drafts.models import Draft
from forum.drafts.places import FORMS, OF_ARGUMENTS, of_a_name, of_a_voice, read_place


@dataclass(frozen=True)
class Row:
    """A draft in the list."""

    draft: Draft
    kind: str
    about: Any
    """The argument, debate or source, None where there is none or it can no longer be read. Any: one of three models."""
    words: str
    """What that says, or is called."""
    gone: bool
    """Whether it was about something that can no longer be read: the form does not open, the text is still here."""


def listed(drafts: Iterable[Draft], viewer: Viewer) -> list[Row]:
    """Return the rows for some drafts, in three queries however many there are."""
    rows = list(drafts)
    arguments = _seen(Argument.objects.visible_to(viewer), {row.argument_id for row in rows})
    debates = _seen(Debate.objects.visible_to(viewer), {row.debate_id for row in rows})
    sources = _seen(Source.objects.visible_to(viewer), {row.source_id for row in rows})
    return [_row(row, arguments, debates, sources) for row in rows]


def _seen(readable: Any, keys: set[int | None]) -> dict[int, Any]:
    """Return what of some rows can be read, by key. Any: a query of one of three models, and its rows."""
    return {one.pk: one for one in readable.filter(pk__in=keys - {None})}


def _row(draft: Draft, arguments: dict[int, Any], debates: dict[int, Any], sources: dict[int, Any]) -> Row:
    """Build a row. Any: rows of three models."""
    place = read_place(draft.place)
    kind = str(FORMS[place.route]) if place is not None else ""
    free = place is not None and (not place.names or of_a_voice(place) or of_a_name(place))
    if place is not None and (OF_ARGUMENTS.keys() & place.names.keys()):
        about = arguments.get(draft.argument_id or 0)
        words = about.claim if about is not None else ""
    elif draft.source_id is not None:
        about = sources.get(draft.source_id)
        words = about.title if about is not None else ""
    else:
        about = debates.get(draft.debate_id or 0)
        words = about.question if about is not None else ""
    return Row(draft, kind, about, words, gone=about is None and not free)


def typed_in(draft: Draft) -> list[tuple[str, str]]:
    """Return the fields of a draft and the words in them, as far as somebody typed any."""
    return [
        (name, value)
        for name, values in QueryDict(draft.body).lists()
        for value in values
        if value.strip() and not NOT_WORDS.search(name)
    ]
