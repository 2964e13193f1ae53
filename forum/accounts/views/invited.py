"""The way of somebody invited to the issuer, whom no link of ours can follow there."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from forum.accounts.adapter import INVITED, check_open, token_of


@require_POST
def invited(request: HttpRequest) -> HttpResponse:
    """Keep the invitation in the session, and lead to the issuer; 404 where none is configured."""
    if not settings.SOCIALACCOUNT_PROVIDERS:
        raise Http404
    try:
        check_open(request)
        request.session[INVITED] = token_of(request)
        provider = get_adapter(request).get_provider(request, "issuer")
        away: HttpResponse = provider.redirect(request, process="login")
        return away
    except ImmediateHttpResponse as early:  # no way in by this invitation, or an issuer that is down
        return early.response
