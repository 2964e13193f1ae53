"""What we ask of sign-up beyond allauth's own rules."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class AccountAdapter(DefaultAccountAdapter):
    """Keep allauth's behaviour; a name differs from others by more than letter case."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Refuse names of signs alone (a browser reads `/members/../` as the way up) and names like addresses."""
        if not any(char.isalnum() for char in username):
            raise ValidationError(_("A name holds at least one letter or digit."))
        if "@" in username:
            raise ValidationError(_("A name holds no @: it could pass for somebody’s address."))
        return super().clean_username(username, shallow)
