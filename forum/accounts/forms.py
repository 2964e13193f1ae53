"""Forms: signing up, taking another name, claiming a voice."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.forms import SignupForm
from allauth.core import context
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.permissions import Refused
from forum.accounts.adapter import token_of
from forum.accounts.models import Invitation, User
from forum.accounts.names import LONGEST


class SignUpForm(SignupForm):
    """allauth's form, which carries the invitation along and takes as long whether an address is known or not."""

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
        email = str(super().clean_email())
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

        A new account costs the hash of its password, which takes long on purpose; so a known address costs one, too.
        """
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        """Make the account, and use up the invitation with it: both, or neither."""
        user = cast("User", super().save(request))  # allauth names the base of all members
        token = self.cleaned_data["invitation"]
        if token:
            used = Invitation.objects.usable(token).update(used_by=user, used_at=timezone.now())
            if not used and not _may_come_without():
                raise Refused(
                    _t("This invitation was used a moment ago; ask for another."), "invitation", 409
                )
        return user


def _may_come_without() -> bool:
    from django.conf import settings

    return bool(settings.SIGN_UP == "open")


class NameForm(forms.Form):
    """Another name for oneself."""

    name = forms.CharField(
        label=_("New name"),
        help_text=_("Up to %(most)d letters of one alphabet, digits and . _ -.") % {"most": LONGEST},
        max_length=500,
        strip=True,
    )


class ClaimForm(forms.Form):
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
