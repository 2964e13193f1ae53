"""Turn a refusal that no page caught into a plain page with its sentence."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from debates.permissions import Refused


class RefusalMiddleware:
    """Answer `Refused` with the page of refusals and the status that the refusal names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception alone."""
        if isinstance(exception, Refused):
            return render(request, "refused.html", {"sentence": exception.sentence}, status=exception.status)
        return None
