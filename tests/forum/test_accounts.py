"""Signing up, in and out; a password reset through a real mail server; names that cannot break addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from socket import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from forum.accounts.models import User
from tests.conftest import PASSWORD, Cast, Scene, signed_in

NEW_PASSWORD = "quite-another-password"  # of nobody


def sign_up(client: Client, name: str, **more: str) -> Any:
    """Send the form of signing up. Any: the test client's response."""
    data = {"username": name, "email": "nell@example.org", "password1": PASSWORD, **more}
    return client.post(reverse("account_signup"), data)


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    """Send the form of signing in. Any: the test client's response."""
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    """Say whether somebody is signed in."""
    return "_auth_user_id" in client.session


# ------------------------------------------------------------------------------------- sign up, in, out


@pytest.mark.django_db
def test_a_newcomer_signs_up_out_and_in(client: Client) -> None:
    assert client.get(reverse("account_signup")).status_code == 200
    answer = sign_up(client, "nell")
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    assert is_signed_in(client)
    nell = User.objects.get()
    assert (nell.username, nell.email) == ("nell", "nell@example.org")
    assert not nell.is_staff
    assert not nell.groups.exists()
    assert "nell" in client.get(reverse("home")).content.decode()
    client.get(reverse("account_logout"))
    assert is_signed_in(client), "A picture on another site must not sign anybody out."
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)
    assert sign_in(client, "nell").status_code == 302
    assert is_signed_in(client)


def test_a_member_signs_in_by_name_or_mail_and_with_the_right_password_alone(cast: Cast) -> None:
    for login in ("ada", "ada@example.org", "ADA@example.org"):
        client = Client()
        sign_in(client, login)
        assert is_signed_in(client), login
    for login, password in (("ada", "wrong"), ("nobody", PASSWORD), ("", ""), ("ada\0", PASSWORD)):
        client = Client()
        assert sign_in(client, login, password).status_code == 200
        assert not is_signed_in(client)


def test_whoever_is_suspended_stays_out(cast: Cast) -> None:
    cast.dan.is_active = False
    cast.dan.save()
    client = Client()
    sign_in(client, "dan")
    assert not is_signed_in(client)
    assert client.get(reverse("member", args=["dan"])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "more",
    [
        {"password1": "elevenchars"},
        {"password1": "qwerty123456"},
        {"password1": "nell@example.org"},
        {"email": "x"},
    ],
)
def test_weak_passwords_and_broken_addresses_are_refused(client: Client, more: dict[str, str]) -> None:
    answer = sign_up(client, "nell", **more)
    assert answer.status_code == 200
    assert "nell" in answer.content.decode(), "What was typed is kept."
    assert not User.objects.exists()


@pytest.mark.parametrize("form", ["account_login", "account_signup"])
def test_next_leads_back_and_never_away(cast: Cast, form: str) -> None:
    def go(target: str) -> str:
        client = Client()
        address = reverse(form)
        if form == "account_login":
            answer = sign_in(client, "ada", next=target)
        else:
            answer = sign_up(
                client,
                f"nell{User.objects.count()}",
                email=f"n{User.objects.count()}@example.org",
                next=target,
            )
        assert answer.status_code == 302, address
        return str(answer["Location"])

    assert go("/sources/?incomplete=1") == "/sources/?incomplete=1"
    for evil in (
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
        " //evil.example",
    ):
        assert go(evil) == reverse("home"), evil


def test_the_form_carries_where_to_go_next(cast: Cast, scene: Scene) -> None:
    client = Client()
    target = reverse("reply", args=[scene.reason.public_id]) + "?stance=con"
    sent = client.get(target)
    assert sent.status_code == 302
    for page in (sent["Location"], reverse("account_signup") + "?" + sent["Location"].partition("?")[2]):
        html = client.get(page).content.decode()
        assert re.search(r'name="next"[^>]*value="' + re.escape(target) + '"', html) or (
            f'value="{target}"' in html
        )


# ------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize("name", ["ADA", "Ada", "aDa"])
def test_names_that_differ_by_case_alone_are_refused(client: Client, cast: Cast, name: str) -> None:
    assert sign_up(client, name).status_code == 200
    assert User.objects.count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["admin", "Moderator", "EDITORS", "root"])
def test_reserved_names_are_refused(client: Client, name: str) -> None:
    assert sign_up(client, name).status_code == 200
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "..",
        ".",
        "...",
        "-_-",
        "a/b",
        "../admin",
        "a\\b",
        "a b",
        "<b>",
        "n\0l",
        "аda",
        "x" * 41,
        "%2e%2e",
        "?next",
        "#",
    ],
)
def test_names_that_would_break_an_address_or_look_like_another_are_refused(
    client: Client, name: str
) -> None:
    answer = sign_up(client, name)
    assert answer.status_code == 200
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["a.b", "n-1", "_nell_", "x" * 40, "Жанна", "Ζωή", "नीलम", "山田太郎", "ひとみ山"]
)
def test_every_name_that_is_taken_has_a_page(client: Client, name: str) -> None:
    assert sign_up(client, name).status_code == 302
    page = Client().get(User.objects.get().get_absolute_url())
    assert page.status_code == 200
    assert name in page.content.decode()
    assert name == User.objects.get().username


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["..", "nobody", "%00", "%2F", "a%2F..%2Fb", "<script>", "x" * 3000, "%ED%A0%80"]
)
def test_no_name_in_an_address_breaks_the_page(client: Client, name: str) -> None:
    answer = client.get(f"/members/{name}/")
    assert answer.status_code == 404
    assert "<script>" not in answer.content.decode()


def test_an_address_is_taken_once(cast: Cast, client: Client) -> None:
    sign_up(client, "nell", email="ada@example.org")
    assert User.objects.filter(email__iexact="ada@example.org").count() == 1


def test_a_members_page_shows_what_they_argued_and_their_mail_to_nobody(cast: Cast, scene: Scene) -> None:
    page = Client().get(cast.ada.get_absolute_url()).content.decode()
    assert scene.reason.claim in page
    assert "ada@example.org" not in page
    assert reverse("account") not in page
    own = signed_in(cast.ada)
    assert reverse("account") in own.get(cast.ada.get_absolute_url()).content.decode()


# -------------------------------------------------------------------------------------- password by mail


class Postbox:
    """Keep what a mail server is given."""

    def __init__(self) -> None:
        self.letters: list[Envelope] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # the server's word
        """Take a letter."""
        self.letters.append(envelope)
        return "250 OK"


@pytest.fixture
def postbox(settings: Settings) -> Iterator[Postbox]:
    """Run a mail server and let the site send through it."""
    box = Postbox()
    with socket() as free:  # the controller wants to know its port beforehand
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        settings.MAILERS = {
            "default": {
                "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "OPTIONS": {"host": "127.0.0.1", "port": port},
            }
        }
        yield box
    finally:
        controller.stop()


def letter(postbox: Postbox) -> tuple[list[str], str]:
    """Return to whom the only letter goes, and its text."""
    [envelope] = postbox.letters
    message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    return envelope.rcpt_tos, body.get_content()


def test_a_forgotten_password_is_set_anew_by_mail(cast: Cast, postbox: Postbox) -> None:
    client = Client()
    assert client.get(reverse("account_reset_password")).status_code == 200
    answer = client.post(reverse("account_reset_password"), {"email": "ada@example.org"}, follow=True)
    assert answer.status_code == 200
    recipients, text = letter(postbox)
    assert recipients == ["ada@example.org"]
    found = re.search(r"http://testserver(/\S+)", text)
    assert found, text
    form = client.get(found[1], follow=True)
    assert form.status_code == 200
    assert found[1] not in form.request["PATH_INFO"], (
        "The key must not stand in the address that a link passes on."
    )
    assert (
        client.post(form.request["PATH_INFO"], {"password1": "short", "password2": "short"}).status_code
        == 200
    )
    done = client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert done.status_code == 302
    fresh = Client()
    sign_in(fresh, "ada", PASSWORD)
    assert not is_signed_in(fresh)
    sign_in(fresh, "ada", NEW_PASSWORD)
    assert is_signed_in(fresh)
    used = Client()
    again = used.get(found[1], follow=True)
    used.post(again.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    cast.ada.refresh_from_db()
    assert cast.ada.check_password(NEW_PASSWORD), "A link works once."


def test_asking_for_a_password_does_not_tell_who_has_an_account(cast: Cast, postbox: Postbox) -> None:
    pages = []
    for address in ("ada@example.org", "nobody@example.org"):
        client = Client()
        answer = client.post(reverse("account_reset_password"), {"email": address}, follow=True)
        pages.append(
            (answer.status_code, answer.redirect_chain, answer.content.decode().replace(address, ""))
        )
    assert pages[0] == pages[1]
    assert {to for envelope in postbox.letters for to in envelope.rcpt_tos} <= {
        "ada@example.org",
        "nobody@example.org",
    }


# -------------------------------------------------------------------------------------------------- demo


@pytest.mark.django_db
def test_the_demos_members_are_made_in_demo_mode_alone(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo mode only"):
        call_command("makedemo")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_demos_members_are_made_once(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEMO = True
    call_command("makedemo")
    ben = User.objects.get(username="ben")
    ben.set_password(PASSWORD)
    ben.save()
    call_command("makedemo")
    ben.refresh_from_db()
    assert ben.check_password(PASSWORD)
    assert {(user.username, user.is_staff, user.is_superuser) for user in User.objects.all()} == {
        ("ada", False, False),
        ("ben", False, False),
        ("cleo", True, False),
        ("dora", True, True),
    }
    printed = capsys.readouterr().out
    for line in printed.splitlines()[:4]:
        name, password = line.split()[:2]
        assert name == "ben" or User.objects.get(username=name).check_password(password)
