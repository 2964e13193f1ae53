"""A real mail server for tests: it takes letters over SMTP on the loopback, and can refuse, hang up or go away."""

from __future__ import annotations

from asyncio.base_events import Server
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from allauth.account.models import EmailAddress
from django.test import override_settings

from forum.accounts.models import User


class Box:
    """What was delivered, and what the server says next. Any, below: what aiosmtpd gives its handlers."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.raw: list[str] = []
        """The same as they came over the wire."""
        self.envelopes: list[list[str]] = []
        self.refuses: dict[str, str] = {}
        """Address: what its server answers."""
        self.says = ""
        """What it answers to every letter once it has read it; nothing: it takes it."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names its hooks so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Answer who is named as the recipient."""
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the same
        """Keep a letter."""
        if self.says:
            return self.says
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.raw.append(content.decode("ascii"))
        self.envelopes.append(list(envelope.rcpt_tos))
        return "250 kept"


class Office(Controller):
    """A controller that lets the machine choose the port."""

    def _trigger_server(self) -> None:
        """Knock at the port that was chosen."""
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd's own


@contextmanager
def post_office() -> Iterator[Box]:
    """Run a mail server for a while, and have the site use it."""
    box = Box()
    controller = Office(box, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        with override_settings(MAILERS=mailers_at(controller.port)):
            yield box
    finally:
        controller.stop()


def mailers_at(port: int) -> dict[str, Any]:
    """Return settings that send mail to a port of this machine. Any: settings."""
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def confirm(*members: User) -> None:
    """Say that the addresses of members are theirs."""
    for member in members:
        EmailAddress.objects.update_or_create(
            user=member, primary=True, defaults={"email": member.email, "verified": True}
        )


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    """Return the text of a letter, as a reader’s program shows it."""
    part = letter.get_body((kind,))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content
