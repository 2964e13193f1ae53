"""The line at the head of a form that says which draft stands in it, and which other one waits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from forum.drafts.models import Draft
from forum.drafts.slip import Slip


def line(request: HttpRequest, slip: Slip, *, kept: bool = False) -> dict[str, Any]:
    """Return what the line takes: the slip, whether it was `kept` just now, and the newest other draft of the same page.

    Any: a template's values.
    """
    others = Draft.objects.live(request.user).filter(path=slip.place.path).defer("body")
    if slip.row is not None:
        others = others.exclude(pk=slip.row.pk)
    other = others.first()
    row = slip.row if slip.row is not None and slip.row.posted_at is None else None
    return {
        "request": request,
        "user": request.user,
        "slip": slip,
        "row": row,
        "kept": kept and row is not None,
        "posted": slip.row is not None and slip.row.posted_at is not None,
        "other": other,
        "newer": other is not None and row is not None and other.changed_at > row.changed_at,
        "in_place": bool(request.htmx),  # type: ignore[attr-defined]  # django-htmx adds it
    }
