"""Check a password once, however many ways lead to one account."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class OneHashBackend(AuthenticationBackend):
    """Keep allauth's behaviour, but for the time that a wrong password takes.

    A form that takes names and addresses has allauth try an address twice: a known one would cost two hashes, an
    unknown one a single one, and a stopwatch would tell which is which.
    """

    def authenticate(  # type: ignore[override]  # as allauth has it, which names no base of members
        self, request: HttpRequest | None, **credentials: Any
    ) -> AbstractBaseUser | None:
        """Return whose credentials these are, or None. Any: allauth's own signature."""
        self._wrong_for: set[object] = set()
        return super().authenticate(request, **credentials)

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> AbstractBaseUser | None:
        if user is not None and user.pk in self._wrong_for:
            return None
        found = super()._check_password(user, password)
        if user is not None and found is None:
            self._wrong_for.add(user.pk)
        return found
