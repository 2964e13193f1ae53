"""Delivery reports: what pauses mail to an address, and what does not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from forum.notices.mail.bounces import read_bounce
from forum.notices.models import Letter, Notice, Pause
from tests.conftest import Cast, signed_in
from tests.forum.post_office import confirm


def report_of(
    message_id: str,
    action: str = "failed",
    status: str = "5.1.1",
    returned: str = "message/rfc822",
    kind: str = "multipart/report; report-type=delivery-status",
) -> bytes:
    """Return a delivery report as mail servers write them (RFC 3464, appendix E)."""
    return f"""From: MAILER-DAEMON@mx.example
To: bounces@counterpoint.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: {kind}; boundary="edge"

--edge
Content-Type: text/plain

I am sorry.

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; somebody.else@forwarded.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 No
 such box

--edge
Content-Type: {returned}

Subject: x
Message-ID: {message_id}
To: ada@example.org

Body.

--edge--
""".encode()


@pytest.fixture
def letter(cast: Cast) -> Letter:
    """Give a letter that went to Ada."""
    confirm(cast.ada)
    return Letter.objects.create(
        member=cast.ada,
        kind="daily",
        key="2026-11-22",
        state="sent",
        address="ada@example.org",
        message_id="<2026-11-22.0123456789abcdef@counterpoint.example>",
    )


def test_a_permanent_failure_pauses_the_address_until_its_owner_resumes_it(
    cast: Cast, letter: Letter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "report.eml"
    path.write_bytes(report_of(letter.message_id))
    call_command("readbounces", str(path), str(path))
    assert "2 messages read, 2 permanent failures, 1 addresses paused." in capsys.readouterr().out
    assert Pause.objects.get().said == "5.1.1 550 5.1.1 No such box"
    assert Notice.objects.filter(recipient=cast.ada, kind="mail-paused").count() == 1
    ada = signed_in(cast.ada)
    assert "Mail to your address came back" in ada.get(reverse("notices")).content.decode()
    page = ada.get(reverse("notices_settings")).content.decode()
    assert "No such box" in page
    assert "Send mail there again" in page
    signed_in(cast.ben).post(reverse("notices_settings"), {"resume": "1"})
    assert Pause.objects.exists(), "Nobody resumes mail to the address of another."
    ada.post(reverse("notices_settings"), {"resume": "1"})
    assert not Pause.objects.exists()
    assert "Mail goes to <bdi>ada@example.org</bdi>" in ada.get(reverse("notices_settings")).content.decode()


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers", "message/rfc822-headers"])
def test_a_report_may_return_the_letter_or_its_headers(letter: Letter, returned: str) -> None:
    bounce = read_bounce(report_of(letter.message_id, returned=returned))
    assert bounce is not None
    assert bounce.message_id == letter.message_id


@pytest.mark.parametrize(
    "report",
    [
        report_of("<2026-11-22.0123456789abcdef@counterpoint.example>", action="delayed", status="4.4.1"),
        report_of("<2026-11-22.0123456789abcdef@counterpoint.example>", status="4.4.7"),
        report_of("<2026-11-22.0123456789abcdef@counterpoint.example>", action="delivered", status="2.0.0"),
        report_of("<2026-11-22.0123456789abcdef@counterpoint.example>", kind="multipart/mixed"),
        report_of("<guessed@counterpoint.example>"),
        report_of("none"),
        b"",
        b"\xff\x00 no mail at all",
        b"x" * 6_000_000,
    ],
)
def test_nothing_else_pauses_anything(cast: Cast, letter: Letter, report: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.eml"
    path.write_bytes(report)
    call_command("readbounces", str(path), stdout=io.StringIO())
    assert not Pause.objects.exists(), "A delay is no end, and a forged report must not stop anybody’s mail."


def test_one_report_comes_in_by_standard_input(
    letter: Letter, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(report_of(letter.message_id))))
    call_command("readbounces")
    assert "1 messages read, 1 permanent failures, 1 addresses paused." in capsys.readouterr().out


def test_a_file_that_is_not_there_is_named(db: None) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("readbounces", "/nowhere.eml")
