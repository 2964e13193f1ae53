"""One's own account: where everything about it is found, and another name."""

from typing import cast

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from debates.permissions import Refused
from debates.views.asking.kept import members_only
from forum.accounts.actions.rename import rename as give_name
from forum.accounts.forms import NameForm
from forum.accounts.models import User, VoiceClaim


@members_only
def account(request: HttpRequest) -> HttpResponse:
    """Show what belongs to one's account, how it stands, and where each part is changed."""
    member = _member(request)
    kinds = list(Authenticator.objects.filter(user=member).values_list("type", flat=True))
    addresses = list(member.emailaddress_set.order_by("-primary", "email"))
    return render(
        request,
        "accounts/account.html",
        {
            "member": member,
            "addresses": addresses,
            "app": Authenticator.Type.TOTP in kinds,
            "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
            "codes": Authenticator.Type.RECOVERY_CODES in kinds,
            "former": list(member.former_names.order_by("-given_up_at")),
            "issuer": bool(settings.SOCIALACCOUNT_PROVIDERS),
            "connected": SocialAccount.objects.filter(user=member).count()
            if settings.SOCIALACCOUNT_PROVIDERS
            else 0,
            "claims": VoiceClaim.objects.filter(member=member).select_related("voice"),
        },
    )


@members_only
def rename(request: HttpRequest) -> HttpResponse:
    """Show the form for another name, or take it."""
    member = _member(request)
    form = NameForm(request.POST or None, initial={"name": member.username})
    if request.method == "POST" and form.is_valid():
        try:
            changed = give_name(member, form.cleaned_data["name"])
        except Refused as refused:
            form.add_error("name", refused.sentence)
        else:
            if changed:
                messages.success(request, _("You are now called %(name)s.") % {"name": member.username})
            return redirect("account")
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "accounts/rename.html",
        {"form": form, "member": member},
        status=status,
    )


def _member(request: HttpRequest) -> User:
    """Return who is signed in. The cast: `members_only` has seen to it."""
    return cast("User", request.user)
