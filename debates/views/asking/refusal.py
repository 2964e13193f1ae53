"""Turn a refusal that no page caught into a plain page with its sentence, and lead on from pages that have moved."""

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from debates.permissions import Refused
from debates.views.asking.moved import moved

NOT_TYPED = re.compile(
    r"^(csrfmiddlewaretoken|key|seen|post|preview|more|agree|holds|matters|back|open|link|point|moment|thesis|next|act)$|_FORMS$|password"
)
"""The fields of a form that nobody typed, and those that must not be shown."""


class RefusalMiddleware:
    """Answer `Refused` with the page of refusals and the status that the refusal names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; no address of ours holds a NUL, and a database that is asked for one breaks."""
        if "\0" in request.path:
            raise Http404
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal, and what is not found because it has moved; leave every other exception alone."""
        if isinstance(exception, Http404):
            return moved(request)
        if isinstance(exception, Refused):
            # In place only the sentence: the page around it is there already.
            part = "#sentence" if request.htmx else ""  # type: ignore[attr-defined]  # django-htmx adds it
            context = {"sentence": exception.sentence, "typed": typed(request)}
            return render(request, f"refused.html{part}", context, status=exception.status)
        return None


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what somebody typed into a form that no page shows again: fields and their words, without secrets."""
    return [
        (name, ", ".join(values))
        for name, values in request.POST.lists()
        if any(values) and not NOT_TYPED.search(name)
    ]
