"""Write first, act then: what a form sends is kept as a draft before its view runs, and emptied when it was posted."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict

from debates.models import FormKey
from debates.permissions import Refused
from forum.drafts.actions.keep_draft import keep_draft
from forum.drafts.actions.mark_posted import mark_posted
from forum.drafts.slip import Slip, give_slip, read_slip


@dataclass
class Posting:
    """Who sends which draft's form."""

    member: Any = None
    """Any: the user model is the project's."""
    slip: Slip | None = None


POSTING: ContextVar[Posting | None] = ContextVar("posting", default=None)
"""The form that is being sent, for the signal that tells of its key."""


class DraftMiddleware:
    """Keep each form that carries a slip; stand after authentication and the check against forged forms.

    A form that is refused, or whose view breaks, has left its text on the server, scripts or not. The slip is taken
    out of what the view sees: it tells two sendings of one text apart, which `once` must not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, and empty the draft of what was posted: a redirect is how a view says so."""
        posting = Posting()
        token = POSTING.set(posting)
        try:
            response = self.get_response(request)
        finally:
            POSTING.reset(token)
        if posting.slip is not None and response.status_code in (302, 303):
            mark_posted(posting.member, posting.slip)
        return response

    def process_view(self, request: HttpRequest, _view: object, _args: object, _names: object) -> None:
        """Keep the form before its view runs; forged forms and visitors' never come here or leave no trace."""
        if request.method != "POST" or "draft-tab" not in request.POST or not request.user.is_authenticated:
            return
        slip = read_slip(request.POST)
        if slip is None or slip.place.path != request.path:
            return
        form = request.POST
        request.POST = without_slip(form)  # type: ignore[assignment]  # a property with a setter, which the stubs leave out
        try:
            row, _new = keep_draft(request.user, slip, form)
        except (Refused, DatabaseError):  # posting does not depend on a draft
            row = None
        slip.now(row)
        give_slip(request, slip)
        posting = POSTING.get()
        if posting is not None:
            posting.member, posting.slip = request.user, slip


def without_slip(form: QueryDict) -> QueryDict:
    """Return a form without what tells its draft."""
    rest = form.copy()
    for name in ("draft-place", "draft-tab", "draft-version"):
        rest.pop(name, None)
    return QueryDict(rest.urlencode())  # which nobody changes


def key_used(sender: type[FormKey], created: bool, **more: object) -> None:
    """Empty the draft of a form in the very transaction in which its key is used: neither is there without the other."""
    posting = POSTING.get()
    if created and posting is not None and posting.slip is not None:
        mark_posted(posting.member, posting.slip)
