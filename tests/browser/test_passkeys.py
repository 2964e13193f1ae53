"""A newcomer signs up, confirms the address, adds a passkey and comes back with it; without scripts a code does."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from forum.accounts.models import User
from tests.browser.conftest import axe_faults

PASSWORD = "a-long-enough-password"  # of nobody


@pytest.fixture(autouse=True)
def as_in_production(settings: Settings, live_server: Any) -> None:
    """Confirm addresses. Any: pytest-django's server, whose address is no secure one by its number alone."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


def give_device(page: Page) -> None:
    """Plug in an authenticator that Chromium makes up, which recognises its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_up_and_confirm(page: Page, name: str) -> None:
    """Sign up as a newcomer would, and open the link of the mail."""
    page.goto(reverse("account_signup"))
    page.fill("input[name=username]", name)
    page.fill("input[name=email]", f"{name}@example.org")
    page.fill("input[name=password1]", PASSWORD)
    page.press("input[name=password1]", "Enter")
    page.wait_for_url(f"**{reverse('account_email_verification_sent')}")
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))
    assert found
    page.goto(found[1])
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**{reverse('account_login')}")
    sign_in(page, name)


def sign_in(page: Page, name: str) -> None:
    """Sign in with the password."""
    page.goto(reverse("account_login"))
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")


def prove_again(page: Page) -> None:
    """Give the password once more, where the page asks for it."""
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")


def sign_out(page: Page) -> None:
    """Sign out by the button at the top."""
    page.locator(".site-nav form button").click()
    page.wait_for_url("**/")


def on_localhost(page: Page, address: str) -> str:
    """Return the address of the server by a name: a passkey belongs to a name, never to a number."""
    return address.replace("127.0.0.1", "localhost")


def test_a_newcomer_comes_back_with_a_passkey(page: Page, live_server: Any, settings: Settings) -> None:
    give_device(page)
    sign_up_and_confirm(page, "nell")
    page.wait_for_url("**/")
    page.goto(reverse("account"))
    assert not axe_faults(page, "account")
    page.get_by_role("link", name="Add a passkey").click()
    prove_again(page)
    expect(page.locator("#mfa_webauthn_add")).to_be_visible()
    assert not axe_faults(page, "adding a passkey")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(re.compile("recovery-codes"))
    page.goto(reverse("mfa_list_webauthn"))
    expect(page.locator("main")).to_contain_text("Passkey")
    assert not axe_faults(page, "list of passkeys")
    sign_out(page)
    page.goto(reverse("account_login"))
    page.locator("#passkey_login").click()
    page.wait_for_url("**/")
    expect(page.locator(".site-nav")).to_contain_text("nell")
    page.goto(reverse("usersessions_list"))
    expect(page.locator(".session-list li")).to_have_count(1)
    sign_out(page)
    sign_in(page, "nell")
    expect(
        page.locator("#mfa_webauthn_authenticate")
    ).to_be_visible()  # the password alone no longer opens it


def test_without_scripts_a_password_and_a_code_open_the_door(page_without_scripts: Page) -> None:
    page = page_without_scripts
    sign_up_and_confirm(page, "otto")
    page.goto(reverse("mfa_activate_totp"))
    prove_again(page)
    secret = page.input_value("#authenticator_secret")
    page.fill("input[name=code]", code_of(secret))
    page.press("input[name=code]", "Enter")
    page.wait_for_url(re.compile("recovery-codes"))
    paper = page.input_value("#recovery_codes").split()[0]
    sign_out(page)
    sign_in(page, "otto")
    page.fill("input[name=code]", "000000")
    page.press("input[name=code]", "Enter")
    expect(page.locator(".wrong").first).to_be_visible()
    page.fill("input[name=code]", paper)
    page.press("input[name=code]", "Enter")
    expect(page.locator(".site-nav")).to_contain_text("otto")
    assert User.objects.get(username="otto").has_second_factor


def code_of(secret: str) -> str:
    """Return what an app with this secret shows now; not in the last second of its time."""
    if time.time() % 30 > 28:
        time.sleep(2.5)
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
