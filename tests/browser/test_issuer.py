"""Somebody invited comes in through the issuer, in a real browser, whose policy of forms must let them go there."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.csp import CSP
from environ import Env
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from forum.accounts.issuer_settings import issuer_origins
from forum.accounts.models import Invitation, User
from tests.browser.conftest import DESKTOP, axe_faults, watched_page
from tests.forum.test_sign_in_issuer import Issuer, issuer

__all__ = ["issuer"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_invitation_and_the_issuer_open_an_account(
    browser: Browser,
    live_server: LiveServer,
    transactional_db: None,
    issuer: Issuer,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    scripts: bool,
) -> None:
    settings.SIGN_UP = "invitation"
    monkeypatch.setenv("COUNTERPOINT_OIDC_ISSUER", issuer.url)
    settings.SECURE_CSP = {**settings.SECURE_CSP, "form-action": [CSP.SELF, *issuer_origins(Env())]}
    issuer.person = {"sub": "1", "email": "nell@example.org", "email_verified": True}
    made, token = Invitation.objects.invite(None)
    away = [f"request to another site: {issuer.url}/authorize"]
    with watched_page(browser, live_server, DESKTOP, away, scripts=scripts) as page:
        page.goto(made.link(token))
        assert not scripts or not axe_faults(page, "sign up by invitation")
        page.get_by_role("button", name="Sign up with Harbour sign-in").click()
        page.wait_for_url(f"**{reverse('socialaccount_signup')}")
        page.locator("[name=username]").fill("nell")
        page.get_by_role("main").get_by_role("button").first.click()
        expect(page.locator(".site-nav")).to_contain_text("nell")
        sign_out_and_in_again(page)
    assert User.objects.get().socialaccount_set.count() == 1


def sign_out_and_in_again(page: Page) -> None:
    """Come back by the button of the sign-in page."""
    page.locator(".site-nav").get_by_role("button", name="Sign out").click()
    page.goto(reverse("account_login"))
    page.get_by_role("link", name="Harbour sign-in").click()
    page.get_by_role("main").get_by_role("button", name="Continue").click()
    expect(page.locator(".site-nav")).to_contain_text("nell")
