"""Demand a second factor of whoever holds an office.

What they may do is refused at its root (`User.has_perm`): no page, form or program finds a moderator in them until they
have set one up. Here they are led to where they do.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _


class SecondFactorMiddleware:
    """Lead to the page of second factors from every page of the admin, and from pages that an office opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on what needs no office. What is sent to the admin is not done; what is typed elsewhere comes back."""
        if request.path.startswith(reverse("admin:index")):
            if request.path != reverse("admin:logout") and _rests(request):
                return _lead(request)
            return self.get_response(request)
        response = self.get_response(request)
        if response.status_code == 403 and request.method in ("GET", "HEAD") and _rests(request):
            return _lead(request)
        return response


def _rests(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated and request.user.office_rests)


def _lead(request: HttpRequest) -> HttpResponse:
    sentence = _("Your office begins once you sign in with a second factor: set up an app or a passkey here.")
    messages.warning(request, sentence)
    return redirect("mfa_index")
