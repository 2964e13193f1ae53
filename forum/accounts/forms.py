"""Forms: signing up, taking another name, claiming a voice."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.forms import SignupForm
from allauth.core import context
from allauth.socialaccount.forms import SignupForm as AtIssuer
from allauth.socialaccount.internal.flows.signup import redirect_to_signup
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.forms.unfinished import PatientForm
from debates.permissions import Refused
from forum.accounts.adapter import token_of
from forum.accounts.models import Invitation, User, check_free
from forum.accounts.names import LONGEST


class Newcomer(forms.Form):
    """What both ways of signing up ask: a name that nobody has, and the invitation where one is needed."""

    invitation = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the token over from the link. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        self.fields["invitation"].initial = token_of(context.request)
        # A sentence says more than a field that stops taking letters.
        self.fields["username"].widget.attrs["maxlength"] = 1000
        self.fields["username"].help_text = User._meta.get_field("username").help_text
        self.fields["username"].validators = [
            one for one in self.fields["username"].validators if not isinstance(one, MaxLengthValidator)
        ]

    def clean_email(self) -> str:
        """Refuse another address than the one that was invited."""
        email = str(super().clean_email())  # type: ignore[misc]  # allauth's forms, which these are mixed into, have it
        invited = (
            Invitation.objects.usable(token_of(context.request)).values_list("address", flat=True).first()
        )
        if invited and invited.casefold() != email.casefold():
            raise forms.ValidationError(
                _t("This invitation is for another address; sign up with the one it was sent to.")
            )
        return email

    def try_save(self, request: HttpRequest) -> Any:
        """Make the account, or write to whoever has the address already. Any: allauth's own pair.

        Where somebody took a name that looks like this one since it was checked, the page is asked again: now its own
        check finds that name, and the form comes back with the sentence.
        """
        try:
            return super().try_save(request)  # type: ignore[misc]  # as above
        except IntegrityError:
            try:
                check_free(self.cleaned_data["username"])
            except forms.ValidationError:
                return None, self.ask_again(request)
            raise

    def ask_again(self, request: HttpRequest) -> HttpResponseBase:
        """Return what the page answers to the same form now."""
        view = resolve(request.path).func
        return cast("HttpResponseBase", view(request))  # any callable, for the stubs

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        """Make the account, and use up the invitation with it: both, or neither."""
        user = cast("User", super().save(request))  # type: ignore[misc]  # as above; allauth names the base of all members
        token = self.cleaned_data["invitation"]
        if token:
            used = Invitation.objects.usable(token).update(used_by=user, used_at=timezone.now())
            if not used and settings.SIGN_UP != "open":
                raise Refused(
                    _t("This invitation was used a moment ago; ask for another."), "invitation", 409
                )
        return user


class SignUpForm(Newcomer, SignupForm):  # type: ignore[misc]  # Django's forms and allauth's name their fields by other types
    """allauth's form, which takes as long whether an address is known or not."""

    def try_save(self, request: HttpRequest) -> Any:
        """Make the account, or write to whoever has the address already. Any: allauth's own pair.

        A new account costs the hash of its password, which takes long on purpose; so a known address costs one, too.
        """
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class IssuerSignUpForm(Newcomer, AtIssuer):  # type: ignore[misc]  # as above
    """The form of somebody whom the issuer knows: a name, and the address."""

    def ask_again(self, request: HttpRequest) -> HttpResponseBase:
        """Return what the page answers now; it asks the session whom the issuer told of, which allauth has forgotten."""
        redirect_to_signup(request, self.sociallogin)
        return super().ask_again(request)


class NameForm(forms.Form):
    """Another name for oneself."""

    name = forms.CharField(
        label=_("New name"),
        help_text=_("Up to %(most)d letters of one alphabet, digits and . _ -.") % {"most": LONGEST},
        max_length=500,
        strip=True,
    )


class ClaimForm(PatientForm):
    """How one can tell that a member is the person who spoke."""

    proof = forms.CharField(
        label=_("How can a moderator tell that this is you?"),
        help_text=_(
            "For instance: a page of yours that names this account, or an address that you published under."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        error_messages={"required": _("Say how one can tell; without it nobody can decide.")},
    )
