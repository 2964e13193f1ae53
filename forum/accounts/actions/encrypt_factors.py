"""Encrypt the secrets of second factors anew: those in the clear, and those under an older key."""

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction

from forum.accounts.factors import renewed

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


@transaction.atomic
def encrypt_factors() -> tuple[int, int]:
    """Put every secret under the first of the site's keys; return how many are, and how many no key opens."""
    done = lost = 0
    for row in Authenticator.objects.select_for_update().filter(type__in=KINDS).order_by("pk"):
        try:
            row.data = under_the_first_key(row.data)
        except InvalidToken:
            lost += 1
        else:
            row.save(update_fields=["data"])
            done += 1
    return done, lost


def under_the_first_key(data: dict[str, Any]) -> dict[str, Any]:
    """Return allauth's record of an app or a list of codes with its secrets encrypted anew. Any: JSON."""
    secrets: dict[str, Any] = {name: renewed(data[name]) for name in ("secret", "seed") if name in data}
    if "migrated_codes" in data:
        secrets["migrated_codes"] = [renewed(one) for one in data["migrated_codes"]]
    return data | secrets
