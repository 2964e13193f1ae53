"""Read delivery reports (RFC 3464): which of our letters could not be delivered for good. No database here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32

MESSAGE_ID = re.compile(r"<[^<>\s]+>")
LARGEST = 5_000_000
"""Bytes of one report; what is larger is none."""


@dataclass(frozen=True)
class Bounce:
    """What a report says of one letter."""

    message_id: str
    """Of the letter, with its angle brackets."""
    status: str
    """As in RFC 3463: 5.1.1 is an address that does not exist."""
    said: str


def read_bounce(data: bytes) -> Bounce | None:
    """Return the permanent failure that a report tells of; None of anything else, a delay and a stray letter among it.

    The letter is found by its Message-ID, in the headers that the report returns (RFC 3464, 2: the third part). That holds
    a number that only the mail server and its recipient know, so that nobody else can stop somebody’s mail by a
    forged report; and a forwarded letter bounces from another address than the one that it was sent to.
    """
    if len(data) > LARGEST:
        return None
    report = message_from_bytes(data, policy=compat32)
    if report.get_content_type() != "multipart/report":
        return None
    status, said, letter = "", "", ""
    for part in report.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status" and not status:
            status, said = _failure(part)
        elif kind in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers") and not letter:
            letter = _message_id(part, kind)
    if not status.startswith("5.") or not letter:
        return None
    return Bounce(letter, status, said)


def _failure(part: Message) -> tuple[str, str]:
    """Return status and words of the first recipient of a report whose delivery failed; two empty strings without one."""
    payload = part.get_payload()
    for fields in payload if isinstance(payload, list) else ():
        if isinstance(fields, Message) and str(fields.get("Action", "")).strip().lower() == "failed":
            said = str(fields.get("Diagnostic-Code", ""))
            words = " ".join(said.partition(";")[2].split() or said.split())
            return str(fields.get("Status", "")).strip(), words
    return "", ""


def _message_id(part: Message, kind: str) -> str:
    payload = part.get_payload()
    returned = payload[0] if isinstance(payload, list) and payload else None
    if kind == "text/rfc822-headers" or not isinstance(returned, Message):
        raw = part.get_payload(decode=True)
        returned = HeaderParser().parsestr(raw.decode(errors="replace") if isinstance(raw, bytes) else "")
    found = MESSAGE_ID.search(str(returned.get("Message-ID", "")))
    return found[0] if found else ""
