"""The signed links by which mail is stopped without signing in (RFC 8058)."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from forum.notices.mail.addresses import absolute
from forum.notices.models import Channel, Group

SALT = "forum.notices.unsubscribe"
DIGESTS = (Channel.DAILY, Channel.WEEKLY)


def token_for(member_id: int, what: str) -> str:
    """Return the token that stops a group of notices, or a digest (`daily`, `weekly`), for one member. It never runs out."""
    return Signer(salt=SALT).sign(f"{member_id}.{what}")


def read_token(token: str) -> tuple[int, str] | None:
    """Return member and what to stop; None where the token is not ours."""
    try:
        member, _dot, what = Signer(salt=SALT).unsign(token).partition(".")
    except BadSignature:
        return None
    if not member.isdecimal() or what not in {*Group, *DIGESTS}:
        return None
    return int(member), what


def unsubscribe_link(member_id: int, what: str) -> str:
    """Return the whole address that stops it."""
    return absolute(reverse("unsubscribe", args=[token_for(member_id, what)]))
