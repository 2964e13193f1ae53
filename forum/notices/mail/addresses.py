"""Whom mail reaches, and from where: only confirmed addresses, and none that its mail server refused."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models.functions import Lower

from forum.notices.models import Pause


@dataclass(frozen=True)
class Reached:
    """A member's address as the page of preferences tells of it."""

    address: str = ""
    confirmed: bool = False
    paused: Pause | None = None


def address_of(member_id: int) -> Reached:
    """Return a member's address and its state; an empty one where there is none."""
    row = EmailAddress.objects.filter(user=member_id, primary=True).first()
    if row is None:
        return Reached()
    return Reached(row.email, row.verified, Pause.objects.filter(address__iexact=row.email).first())


def reachable(members: Collection[int]) -> dict[int, str]:
    """Return the addresses of members to whom mail may go: confirmed, the account in use, no pause."""
    paused = Pause.objects.values(low=Lower("address"))
    rows = EmailAddress.objects.annotate(low=Lower("email")).filter(
        user__in=members, user__is_active=True, primary=True, verified=True
    )
    return dict(rows.exclude(low__in=paused).values_list("user_id", "email"))


def absolute(path: str) -> str:
    """Return the whole address of a path; a letter knows no request that it could be relative to."""
    return f"{settings.SITE_ADDRESS}{path}"


def mail_host() -> str:
    """Return the host that stands behind the @ of message identifiers (RFC 5322, 3.6.4)."""
    return urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
