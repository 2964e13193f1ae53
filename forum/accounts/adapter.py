"""What we ask of sign-up beyond allauth's own rules."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Keep allauth's behaviour; a name differs from others by more than letter case."""
