"""The one place that says who sees what.

Two questions, and every page, fragment, search, count, feed and admin list asks one of them:

* `seen_by`: may this viewer read the text? A member also reads their own text in every state, so nobody is hidden
  without knowing; moderators read everything but the drafts of others.
* `listed`: does it stand in lists, searches and counts? Those are the same for everyone.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from debates.models.state import State

type Viewer = Any
"""The signed-in user or an AnonymousUser. Any: the user model belongs to `forum`, which this package does not know."""

NOBODY = AnonymousUser()
MODERATE = "debates.moderate"


def is_moderator(viewer: Viewer) -> bool:
    """Say whether a viewer handles the texts of others."""
    return bool(viewer.is_authenticated and viewer.has_perm(MODERATE))


def seen_by(viewer: Viewer, author: str, *parents: str, of: str = "") -> Q:
    """Return the condition under which rows may be read; `author` and `parents` are paths to those columns.

    `parents` name what the row stands in (an argument's debate): it must be readable itself. `of` leads to the row
    where the condition is asked of another (the source of a citation).
    """
    lead = f"{of}__" if of else ""
    own = Q(**{author: viewer.pk}) if viewer.is_authenticated else Q()
    if is_moderator(viewer):
        handled = ~Q(**{f"{lead}state": State.DRAFT})
        for parent in parents:
            handled &= ~Q(**{f"{lead}{parent}__state": State.DRAFT})
        return handled | own
    allowed = listed(lead, *parents)
    return allowed | own if own else allowed


def reads(viewer: Viewer, state: str, author_id: int | None) -> bool:
    """Say of one row at hand, which stands in nothing else, what `seen_by` says of many."""
    if state == State.PUBLISHED or (viewer.is_authenticated and author_id == viewer.pk):
        return True
    return state != State.DRAFT and is_moderator(viewer)


def listed(prefix: str = "", *parents: str) -> Q:
    """Return the condition under which rows stand in lists, searches and counts; `prefix` leads to the row."""
    allowed = Q(**{f"{prefix}state": State.PUBLISHED})
    for parent in parents:
        allowed &= Q(**{f"{prefix}{parent}__state": State.PUBLISHED})
    return allowed
