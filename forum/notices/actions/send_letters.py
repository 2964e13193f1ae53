"""Send what waits to be mailed: each letter is claimed, sent and marked, one after the other.

A claim is committed before the mail server hears of the letter, so a letter never goes out twice: one whose sender was
killed in between is not tried again, since nobody can know whether it arrived. What it told of stands in the site. A
mail server that is down, or says no, leaves the letter waiting, for longer each time.
"""

from __future__ import annotations

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.tasks import task
from django.utils import timezone

from forum.notices.actions.pause_mail import pause_mail
from forum.notices.mail.addresses import mail_host, reachable
from forum.notices.mail.compose import compose
from forum.notices.models import Letter

State = Letter.State
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440, 1440)]
"""How long a letter waits after each try. Whoever refuses it for four days and a half means it (RFC 5321, 4.5.4.1)."""
HOUR = timedelta(hours=1)
"""A server that cannot be reached is asked again after an hour at most; a claim that is older has nobody behind it."""


@dataclass
class Run:
    """What one run came to, in letters."""

    sent: int = 0
    needless: int = 0
    failed: int = 0
    postponed: int = 0
    unreachable: str = ""
    """What the mail server, or the way to it, said when the run stopped because of it."""


def send_later() -> None:
    """Have what waits sent by a task, in the background where the site has one."""
    send_waiting.enqueue()


@task
def send_waiting() -> int:
    """Send what waits; return how many letters went out."""
    return send_letters().sent


def send_letters(now: datetime | None = None) -> Run:
    """Send all letters that are due, until none is left or the mail server does not answer."""
    run, server = Run(), mailers.default
    run.failed += _give_up_abandoned(now or timezone.now())
    try:
        while not run.unreachable and (letter := _claim(now or timezone.now())) is not None:
            _send(letter, server, run)
    finally:
        with suppress(OSError):  # it went away: what was said of it stands in the run
            server.close()
    return run


def _claim(now: datetime) -> Letter | None:
    """Take up the letter that has waited longest, so that no other run does; None where none is due."""
    due = Letter.objects.filter(state=State.WAITING, next_try__lte=now).order_by("next_try", "pk")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    while True:
        with transaction.atomic():
            letter = due.first()
            if letter is None:
                return None
            letter.message_id = letter.message_id or f"<{letter.key}.{token_hex(12)}@{mail_host()}>"
            taken = Letter.objects.filter(pk=letter.pk, state=State.WAITING).update(
                state=State.SENDING, claimed_at=now, message_id=letter.message_id, tries=letter.tries + 1
            )
        if taken:
            return Letter.objects.select_related("member").get(pk=letter.pk)


def _give_up_abandoned(now: datetime) -> int:
    """Close the letters whose sender was killed; return how many."""
    return Letter.objects.filter(state=State.SENDING, claimed_at__lt=now - HOUR).update(
        state=State.FAILED, fault="The run stopped while it was sent; whether it arrived is not known."
    )


def _send(letter: Letter, server: BaseEmailBackend, run: Run) -> None:
    address = reachable([letter.member_id]).get(letter.member_id, "")
    message = compose(letter, address) if address else None
    if message is None:
        _close(letter, State.NEEDLESS)
        run.needless += 1
        return
    Letter.objects.filter(pk=letter.pk).update(address=address)
    letter.address = address
    try:
        server.open()
        server.send_messages([message])
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        _refused(letter, code, said, run, bounced=True)
    except smtplib.SMTPResponseException as refused:
        _refused(letter, refused.smtp_code, refused.smtp_error, run, bounced=False)
    except OSError as fault:  # what smtplib raises is one, too
        run.unreachable = f"{type(fault).__name__}: {fault}"
        _postpone(letter, min(WAITS[min(letter.tries, len(WAITS)) - 1], HOUR), run.unreachable)
        run.postponed += 1
    else:
        Letter.objects.filter(pk=letter.pk).update(state=State.SENT, sent_at=timezone.now(), fault="")
        run.sent += 1


def _refused(letter: Letter, code: int, said: bytes | str, run: Run, bounced: bool) -> None:
    """Note what the mail server answered: for good (5xx to the address), or try again, but not for ever."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    if bounced and code >= 500:
        with transaction.atomic():
            _close(letter, State.FAILED, f"{code} {words}")
            pause_mail(letter, f"{code} {words}")
        run.failed += 1
    elif letter.tries >= len(WAITS):
        _close(letter, State.FAILED, f"{code} {words}")
        run.failed += 1
    else:
        _postpone(letter, WAITS[letter.tries - 1], f"{code} {words}")
        run.postponed += 1


def _close(letter: Letter, state: str, fault: str = "") -> None:
    Letter.objects.filter(pk=letter.pk).update(state=state, fault=fault[:500])


def _postpone(letter: Letter, wait: timedelta, fault: str) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        state=State.WAITING, next_try=timezone.now() + wait, fault=fault[:500]
    )
