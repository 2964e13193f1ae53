"""Signing in through the issuer of OpenID Connect that the site's keeper configured."""

from typing import Any

import requests
import structlog
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.app_settings import REQUESTS_TIMEOUT
from django.http import HttpRequest
from django.shortcuts import render

from forum.accounts.adapter import check_open

log = structlog.stdlib.get_logger("forum.accounts")


class IssuerSession(requests.Session):
    """Speak to the issuer; where it does not answer, say so on a page in place of a fault of ours."""

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Send a request and return its answer. Any: the library's own signature."""
        try:
            answer = super().request(*args, **{"timeout": REQUESTS_TIMEOUT, **kwargs})
            if answer.status_code >= 500:
                answer.raise_for_status()
        except requests.RequestException as error:
            log.warning("the issuer does not answer", error=str(error))
            page = render(
                context.request, "socialaccount/authentication_error.html", {"down": True}, status=503
            )
            raise ImmediateHttpResponse(page) from error
        return answer


class IssuerAdapter(DefaultSocialAccountAdapter):
    """Keep allauth's behaviour: an account is opened by the issuer's own number for a person, never by an address."""

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Refuse, whatever the settings say: an address in a token is no proof of an account here. Any: allauth's own."""
        return False

    def get_requests_session(self) -> requests.Session:
        """Return what speaks to the issuer."""
        return IssuerSession()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Say whether somebody whom the issuer knows may make an account. Any: allauth's own.

        Where an invitation is needed, it has waited in the session since its page led to the issuer (`views.invited`).
        """
        check_open(request)
        return True
