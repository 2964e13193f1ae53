"""What stays of members who left: a number for their rows, one name for them all, and their own names taken for good."""

from __future__ import annotations

from secrets import token_hex

from django.conf import settings
from django.utils.crypto import salted_hmac

GONE = "former-member"
"""What pages call everybody who left; nobody else can have the name (`names.RESERVED`)."""
MARK = "#"
"""How the name of a row begins whose member left: a sign that no name may hold (`names.check_name`)."""
SALT = "forum.accounts.gone"


def nobodys_name() -> str:
    """Return what stands in place of a name: unique, and drawn by lot, so that it says nothing."""
    return MARK + token_hex(8)


def taken_looks(look: str) -> list[str]:
    """Return what is kept of the look (`names.skeleton`) of a name that a member took away with them.

    It is a digest with a key of the site's own, so that the table does not tell the name; but who has the key can ask of any
    name whether it was one. The first is made with the present key, the others find what was kept under former ones.
    """
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [MARK + salted_hmac(SALT, look, secret=key, algorithm="sha256").hexdigest() for key in keys]
