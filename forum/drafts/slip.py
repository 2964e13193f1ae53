"""The slip: which draft a form belongs to, as its hidden fields and the request say."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from forum.drafts.models import Draft
from forum.drafts.places import Place, place_of, read_place


@dataclass
class Slip:
    """Which draft a form belongs to, and in what version; `row` is None until something was kept."""

    place: Place
    tab: uuid.UUID
    version: int = 0
    row: Draft | None = None
    restored: bool = False
    """Whether the form was filled from the draft when it was opened."""

    def now(self, row: Draft | None, *, restored: bool = False) -> None:
        """Follow the row that the text stands in now."""
        if row is not None:
            self.row, self.tab, self.version, self.restored = row, row.tab, row.version, restored


def read_slip(fields: Any) -> Slip | None:
    """Return the slip of a form that was sent; None where it has none, or a broken one. Any: form data."""
    place = read_place(fields.get("draft-place", ""))
    if place is None:
        return None
    try:
        tab = uuid.UUID(fields.get("draft-tab", ""))
    except ValueError:
        return None
    written = fields.get("draft-version", "")
    return Slip(place, tab, int(written) if re.fullmatch(r"[0-9]{1,9}", written) else 0)


def slip_of(request: HttpRequest) -> Slip | None:
    """Return the slip that this request has been given so far."""
    return getattr(request, "draft", None)


def give_slip(request: HttpRequest, slip: Slip) -> None:
    """Let the request carry a slip to the form that it draws."""
    request.draft = slip  # type: ignore[attr-defined]  # as Django's own middlewares add to it


def blank_slip(request: HttpRequest) -> Slip | None:
    """Return the slip of a form that is opened for the first time; None where no form of ours stands."""
    place = place_of(request.path, request.GET)
    return Slip(place, uuid.uuid4()) if place is not None else None
