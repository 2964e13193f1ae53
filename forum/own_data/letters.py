"""The two letters about leaving: when it is asked for, and when it is done; no preference holds for them."""

from __future__ import annotations

import smtplib

import structlog
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from forum.accounts.models import User
from forum.own_data.models import Leaving

log = structlog.get_logger(__name__)


def address_of(member: User) -> str:
    """Return where a member is written to about their account; empty where nowhere."""
    return str(EmailAddress.objects.get_primary_email(member) or member.email)


def tell_leaving(leaving: Leaving) -> bool:
    """Write to a member that they leave, when, and how they stay after all; return whether that went off."""
    context = {
        "leaving": leaving,
        "member": leaving.member,
        "link": f"{settings.SITE_ADDRESS}{reverse('own_data')}",
    }
    return _send(address_of(leaving.member), "leaving", context)


def tell_left(address: str, name: str) -> bool:
    """Write to an address, which is stored no more, that the account is closed; return whether that went off."""
    return _send(address, "left", {"name": name})


def _send(address: str, letter: str, context: dict[str, object]) -> bool:
    """Send a letter; a mail server that is down does not hold up anybody who leaves: the pages say the same."""
    if not address:
        return False
    text = render_to_string(f"own_data/letter_{letter}.txt", context | {"site_name": settings.SITE_NAME})
    subject, _blank, body = text.partition("\n\n")
    try:
        EmailMessage(subject.strip(), body, to=[address]).send()
    except (OSError, smtplib.SMTPException):
        log.warning("letter_not_sent", letter=letter)
        return False
    return True
