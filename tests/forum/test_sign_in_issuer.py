"""Signing in through OpenID Connect: a small issuer of our own on the loopback, spoken to over HTTP."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from forum.accounts.forms import IssuerSignUpForm
from forum.accounts.models import Invitation, User
from tests.conftest import Cast, signed_in

ROOT = Path(__file__).parents[2]
CLIENT, SECRET = "counterpoint", "a-secret-of-the-test-and-of-nothing-else-at-all"
LOGIN = "/accounts/oidc/issuer/login/"


class Issuer:
    """An issuer with one person, who agrees to everything."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {}  # Any: claims
        self.challenges: dict[str, str] = {}
        self.asked: list[str] = []
        self.audience = CLIENT
        self.lasts = 60
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # the server's word
                outer.answer(self, "")

            def do_POST(self) -> None:  # the server's word
                outer.answer(self, self.rfile.read(int(self.headers["Content-Length"])).decode())

            def log_message(self, *_said: Any) -> None:
                """Keep quiet. Any: the server's own signature."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, handler: BaseHTTPRequestHandler, body: str) -> None:
        """Answer discovery, token and userinfo; 400 for a code, secret or verifier that is wrong; send browsers back."""
        path = urlsplit(handler.path).path
        self.asked.append(path)
        if path == "/authorize":
            back = urlsplit(parse_qs(urlsplit(handler.path).query)["redirect_uri"][0])
            handler.send_response(302)
            handler.send_header(
                "Location", f"{back.scheme}://{back.netloc}{self.agree(self.url + handler.path)}"
            )
            handler.end_headers()
            return
        status, said = 404, {}  # type: tuple[int, dict[str, Any]]  # Any: JSON
        if path == "/.well-known/openid-configuration":
            status, said = (
                200,
                {
                    "issuer": self.url,
                    "authorization_endpoint": f"{self.url}/authorize",
                    "token_endpoint": f"{self.url}/token",
                    "userinfo_endpoint": f"{self.url}/userinfo",
                    "jwks_uri": f"{self.url}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                },
            )
        elif path == "/token":
            status, said = self.token({name: values[0] for name, values in parse_qs(body).items()})
        elif path == "/userinfo" and handler.headers["Authorization"] == "Bearer the-access":
            status, said = 200, self.person
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        handler.wfile.write(json.dumps(said).encode())

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Change a code for tokens, once. Any: JSON."""
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = (
            form.get("client_secret") == SECRET and self.challenges.pop(form.get("code", ""), "") == challenge
        )
        if not right:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": self.audience, "iat": now, "exp": now + self.lasts, **self.person}
        return 200, {
            "access_token": "the-access",
            "token_type": "Bearer",
            "id_token": jwt.encode(claims, SECRET, algorithm="HS256"),
        }

    def agree(self, address: str, code: str = "the-code") -> str:
        """Do what the person's browser does at the issuer: return where it is sent back to, path and query."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.url}/authorize?")
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert asked["code_challenge_method"] == "S256", (
            "A code that is caught on its way must be worth nothing."
        )
        self.challenges[code] = asked["code_challenge"]
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': asked['state']})}"


@pytest.fixture
def issuer(settings: Settings) -> Iterator[Issuer]:
    """Run the issuer and configure it."""
    issuer = Issuer()
    thread = threading.Thread(target=issuer.server.serve_forever)
    thread.start()
    app = {
        "provider_id": "issuer",
        "name": "Harbour sign-in",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": issuer.url, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    try:
        yield issuer
    finally:
        issuer.server.shutdown()
        thread.join()
        issuer.server.server_close()


def come_from(issuer: Issuer, client: Client, *, process: str = "") -> Any:
    """Go to the issuer and come back; return what the site answers. Any: the test client's response."""
    sent = client.post(LOGIN + (f"?process={process}" if process else ""))
    assert sent.status_code == 302
    return client.get(issuer.agree(sent["Location"]))


def is_signed_in(client: Client) -> bool:
    """Say whether somebody is signed in."""
    return "_auth_user_id" in client.session


def test_whoever_the_issuer_knows_chooses_a_name_and_is_known_again(cast: Cast, issuer: Issuer) -> None:
    issuer.person = {
        "sub": "248289",
        "email": "nell@example.org",
        "email_verified": True,
        "preferred_username": "ada",
    }
    client = Client()
    assert "Harbour sign-in" in client.get(reverse("account_login")).content.decode()
    answer = come_from(issuer, client)
    assert answer["Location"] == reverse("socialaccount_signup")
    assert not is_signed_in(client)
    form = client.get(answer["Location"]).content.decode()
    assert "nell@example.org" in form
    assert (
        client.post(
            reverse("socialaccount_signup"), {"username": "аdа", "email": "nell@example.org"}
        ).status_code
        == 200
    )
    client.post(reverse("socialaccount_signup"), {"username": "nell", "email": "nell@example.org"})
    assert is_signed_in(client)
    again = Client()
    come_from(issuer, again)
    assert again.session["_auth_user_id"] == str(User.objects.get(username="nell").pk)
    assert issuer.asked.count("/userinfo") == 2


@pytest.mark.parametrize("verified", [False, True])
def test_an_address_in_a_token_never_opens_an_account_that_is_here(
    cast: Cast, issuer: Issuer, verified: bool
) -> None:
    EmailAddress.objects.create(user=cast.ada, email="ada@example.org", verified=True, primary=True)
    issuer.person = {"sub": "666", "email": "ada@example.org", "email_verified": verified}
    client = Client()
    answer = come_from(issuer, client)
    assert not is_signed_in(client)
    client.post(reverse("socialaccount_signup"), {"username": "mallory", "email": "ada@example.org"})
    assert client.session.get("_auth_user_id") != str(cast.ada.pk)
    assert not SocialAccount.objects.filter(user=cast.ada).exists()
    assert (
        not EmailAddress.objects.filter(email="ada@example.org")
        .exclude(user=cast.ada)
        .filter(verified=True)
        .exists()
    )
    assert answer.status_code == 302


def test_a_member_connects_the_issuer_signed_in_and_a_second_factor_still_counts(
    cast: Cast, issuer: Issuer
) -> None:
    issuer.person = {"sub": "1", "email": "elsewhere@example.org", "email_verified": False}
    ada = Client()
    ada.post(reverse("account_login"), {"login": "ada", "password": "a-long-enough-password"})
    ada.post(reverse("account_reauthenticate"), {"password": "a-long-enough-password"})
    come_from(issuer, ada, process="connect")
    assert SocialAccount.objects.get().user == cast.ada
    TOTP.activate(cast.ada, "JBSWY3DPEHPK3PXP")
    client = Client()
    answer = come_from(issuer, client)
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_signed_in(client)


@pytest.mark.parametrize("change", ["audience", "lasts"])
def test_a_token_for_somebody_else_or_of_yesterday_opens_nothing(
    cast: Cast, issuer: Issuer, change: str
) -> None:
    issuer.person = {"sub": "1", "email": "nell@example.org"}
    issuer.audience, issuer.lasts = ("another-site", 60) if change == "audience" else (CLIENT, -3600)
    client = Client()
    answer = come_from(issuer, client)
    assert answer.status_code in (200, 302, 401)
    assert not is_signed_in(client)
    assert "socialaccount_sociallogin" not in client.session


def test_a_code_of_another_browser_opens_nothing(cast: Cast, issuer: Issuer) -> None:
    """Somebody lures Ada to the end of their own way through the issuer, to sign her in as them."""
    issuer.person = {"sub": "666", "email": "mallory@example.org"}
    mallory = Client()
    back = issuer.agree(mallory.post(LOGIN)["Location"])
    ada = signed_in(cast.ada)
    ada.get(back)
    assert ada.session["_auth_user_id"] == str(cast.ada.pk)
    assert not SocialAccount.objects.exists()


def test_nobody_is_sent_to_the_issuer_without_pressing_the_button(cast: Cast, issuer: Issuer) -> None:
    assert Client().get(LOGIN).status_code == 200


@pytest.mark.parametrize(
    ("mode", "says"), [("closed", "takes no new members"), ("invitation", "by invitation")]
)
def test_a_site_that_is_closed_is_closed_to_the_issuers_people_too(
    cast: Cast, issuer: Issuer, settings: Settings, mode: str, says: str
) -> None:
    issuer.person = {"sub": "1", "email": "nell@example.org", "email_verified": True}
    settings.SIGN_UP = mode
    client = Client()
    answer = come_from(issuer, client)
    assert answer.status_code == 403
    assert says in answer.content.decode()
    client.post(reverse("socialaccount_signup"), {"username": "nell", "email": "nell@example.org"})
    assert not User.objects.filter(username="nell").exists()
    assert client.post(reverse("invited"), {"invitation": ""}).status_code == 403


def by_invitation(issuer: Issuer, client: Client, made: Invitation, token: str) -> Any:
    """Follow an invitation's link through the issuer to the form of a name. Any: the test client's response."""
    page = client.get(made.link(token)).content.decode()
    assert f'action="{reverse("invited")}"' in page, (
        "The page of an invitation must lead to the issuer with it."
    )
    sent = client.post(reverse("invited"), {"invitation": token})
    assert sent.status_code == 302
    return client.get(issuer.agree(sent["Location"]))


def test_whoever_was_invited_comes_in_through_the_issuer_once(
    cast: Cast, issuer: Issuer, settings: Settings
) -> None:
    settings.SIGN_UP = "invitation"
    issuer.person = {"sub": "1", "email": "nell@example.org", "email_verified": True}
    made, token = Invitation.objects.invite(cast.cleo)
    client = Client()
    assert by_invitation(issuer, client, made, token)["Location"] == reverse("socialaccount_signup")
    form = {"username": "nell", "email": "nell@example.org", "invitation": token}
    assert f'value="{token}"' in client.get(reverse("socialaccount_signup")).content.decode()
    client.post(reverse("socialaccount_signup"), form)
    assert is_signed_in(client)
    made.refresh_from_db()
    assert made.used_by == User.objects.get(username="nell"), "What was used must not let a second one in."
    assert SocialAccount.objects.get().user == made.used_by
    issuer.person = {"sub": "2", "email": "otto@example.org", "email_verified": True}
    other = Client()
    answer = other.post(reverse("invited"), {"invitation": token})
    assert answer.status_code == 404
    assert "no invitation at this address" in answer.content.decode()
    assert come_from(issuer, other).status_code == 403


def test_an_invitation_for_an_address_is_for_no_other_at_the_issuer(
    cast: Cast, issuer: Issuer, settings: Settings
) -> None:
    settings.SIGN_UP = "invitation"
    issuer.person = {"sub": "1", "email": "otto@example.org", "email_verified": True}
    made, token = Invitation.objects.invite(cast.cleo, "nell@example.org")
    client = Client()
    by_invitation(issuer, client, made, token)
    form = {"username": "otto", "email": "otto@example.org", "invitation": token}
    answer = client.post(reverse("socialaccount_signup"), form)
    assert answer.status_code == 200
    assert "for another address" in answer.content.decode()
    assert not User.objects.filter(username="otto").exists()
    assert (
        client.post(reverse("socialaccount_signup"), {**form, "email": "nell@example.org"}).status_code == 302
    )


def test_a_name_that_was_taken_at_the_issuers_door_gives_the_form_back(
    cast: Cast, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer.person = {"sub": "1", "email": "nell@example.org", "email_verified": True}
    client = Client()
    come_from(issuer, client)
    real = IssuerSignUpForm.save

    def slower(self: Any, request: Any) -> Any:
        if not User.objects.filter(username="neIl").exists():
            User.objects.create_user("neIl", "another@example.org", "a-long-enough-password")
        return real(self, request)

    monkeypatch.setattr(IssuerSignUpForm, "save", slower)
    form = {"username": "nell", "email": "nell@example.org"}
    answer = client.post(reverse("socialaccount_signup"), form)
    assert answer.status_code == 200
    assert "looks like it" in answer.content.decode()
    client.post(reverse("socialaccount_signup"), {**form, "username": "nora"})
    assert is_signed_in(client), "Whom the issuer told of must not be forgotten with the name that was taken."


def test_an_issuer_that_is_down_gets_a_page_and_no_traceback(cast: Cast, issuer: Issuer) -> None:
    issuer.server.shutdown()
    issuer.server.server_close()
    answer = Client().post(LOGIN)
    assert answer.status_code == 503
    assert "does not answer" in answer.content.decode()


def test_without_an_issuer_there_is_none(cast: Cast, client: Client) -> None:
    assert "oidc" not in client.get(reverse("account_login")).content.decode()
    assert client.post(LOGIN).status_code == 404
    assert client.get(f"{LOGIN}callback/").status_code == 404


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"COUNTERPOINT_OIDC_ISSUER": "https://issuer.example"}, "set all, or none"),
        ({"COUNTERPOINT_OIDC_ORIGINS": "sign-in.example"}, "names origins like"),
        ({"COUNTERPOINT_SIGN_UP": "perhaps"}, "must be open, invitation or closed"),
        (
            {
                "COUNTERPOINT_OIDC_ISSUER": "https://issuer.example",
                "COUNTERPOINT_OIDC_CLIENT_ID": "x",
                "COUNTERPOINT_OIDC_CLIENT_SECRET": "y",
            },
            "",
        ),
    ],
)
def test_settings_stop_at_the_door(environment: dict[str, str], says: str) -> None:
    started = subprocess.run(  # our own interpreter
        [sys.executable, "-c", "from forum import settings; print(settings.SOCIALACCOUNT_PROVIDERS)"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "COUNTERPOINT_MODE": "test", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (started.returncode == 0) == (not says), started.stderr
    assert says in started.stderr
