"""What we ask of sign-up beyond allauth's own rules: names that are one's own, and who may come in at all."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import render

from forum.accounts.models import Invitation, check_free
from forum.accounts.names import settled

INVITED = "invitation"
"""Where in the session the token waits while somebody is at the issuer."""


def token_of(request: HttpRequest) -> str:
    """Return the token that a link of an invitation, or the form behind it, carries, or that waits from before the issuer."""
    sent = request.POST.get("invitation") or request.GET.get("invitation")
    return str(sent or request.session.get(INVITED) or "")


def check_open(request: HttpRequest) -> None:
    """Let in whoever may sign up now; answer others with a page that says why not: 403, for a spent invitation 404."""
    if settings.SIGN_UP == "open":
        return
    token = token_of(request)
    if settings.SIGN_UP == "closed":
        why, status = "closed", 403
    elif not token:
        why, status = "invited", 403
    elif Invitation.objects.usable(token).exists():
        return
    else:
        why, status = "unusable", 404
    raise ImmediateHttpResponse(render(request, "account/signup_closed.html", {"why": why}, status=status))


class AccountAdapter(DefaultAccountAdapter):
    """Keep allauth's behaviour; ask of names that none looks like another, and of newcomers what the site's mode asks."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Return a name as it is kept, or refuse it; `shallow` leaves out what the database knows."""
        name = str(super().clean_username(settled(username), shallow))
        if not shallow:
            try:
                check_free(name)
            except ValidationError as error:
                raise ValidationError(
                    error.messages
                ) from error  # of this field alone, which is not named here
        return name

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say whether somebody may sign up now; one whose invitation cannot be used gets its page, 404."""
        check_open(request)
        return True
