"""The page about privacy says what is so: cookies, the browser's own store, periods, and who else is called."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from debates.actions.writing import form_key
from forum.drafts.actions import forget_drafts
from forum.own_data import stored
from forum.own_data.models import KEPT
from forum.own_data.stored import IN_BROWSER, cookies, in_words
from tests.conftest import PASSWORD, Cast, Scene, signed_in
from tests.debates.test_once import a_form, reply_to, text_of

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "forum" / "static" / "forum"


def said(client: Client) -> str:
    """Return what the page says, as a reader reads it."""
    return html.unescape(text_of(client.get("/privacy/")))


def test_the_footer_leads_to_it(client: Client, db: None) -> None:
    assert 'href="/privacy/"' in text_of(client.get("/"))


def test_visits_set_no_cookie_that_the_page_does_not_name(client: Client, cast: Cast, scene: Scene) -> None:
    """A visitor reads, chooses a style, writes before signing in; then a member signs in, answers, is told something, leaves."""
    for address in (
        "/",
        scene.debate.get_absolute_url(),
        "/search/?q=crane",
        "/privacy/",
        "/accounts/signup/",
    ):
        client.get(address)
    client.post(reverse("references_style"), {"style": "mla", "next": "/"})
    client.post(reply_to(scene.reason), a_form("Kept while signing in."))
    client.get("/", headers={"Accept-Language": "de"})
    client.post("/accounts/login/", {"login": "dan", "password": PASSWORD})
    client.post(reply_to(scene.reason), a_form("And posted."), follow=True)
    client.post("/account/rename/", {"name": "daniel"})  # which tells it in a message, once, on the next page
    client.post("/account/own-data/", {"key": ""})
    set_by_visits = set(client.cookies)
    client.post("/accounts/logout/")
    named = {one.name for one in cookies()}
    assert set_by_visits | set(client.cookies) == named, "What is set and what the page says differ."
    page = said(client)
    assert all(f"<code>{name}</code>" in page for name in named)


def test_who_only_reads_gets_no_session(client: Client, scene: Scene) -> None:
    for address in ("/", scene.debate.get_absolute_url(), scene.reason.get_absolute_url(), "/privacy/"):
        client.get(address)
    assert "sessionid" not in client.cookies


def test_scripts_keep_nothing_that_the_page_does_not_name(client: Client, db: None) -> None:
    kept = set()
    for path in SCRIPTS.glob("*.js"):
        script = path.read_text()
        assert not re.search(r"\b(sessionStorage|indexedDB|caches)\b|document\.cookie\s*=", script), (
            f"{path.name} keeps something in a store that the page does not speak of."
        )
        for name in re.findall(r"localStorage\.setItem\(([\w.]+)", script):
            kept.add((path.name, name))
    assert kept == {("drafts.js", "nameOf"), ("keys.js", "OFF")}, (
        "A script keeps something new in the browser: name it in IN_BROWSER (forum/own_data/stored.py), then here."
    )
    assert "const lead = `draft:" in (SCRIPTS / "drafts.js").read_text()
    assert 'const OFF = "keys-off"' in (SCRIPTS / "keys.js").read_text()
    assert [one.key for one in IN_BROWSER] == ["draft:", "keys-off"]
    page = said(client)
    assert all(f"<code>{one.key}</code>" in page for one in IN_BROWSER)


def test_periods_come_from_what_enforces_them(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = said(client)
    for period in (KEPT, form_key.KEPT, forget_drafts.KEPT, forget_drafts.AFTERWARDS):
        assert in_words(period) in page
    monkeypatch.setattr(stored, "DRAFTS_KEPT", timedelta(days=77))
    monkeypatch.setattr(stored, "EXPORTS_KEPT", timedelta(days=78))
    monkeypatch.setattr(stored, "KEYS_KEPT", timedelta(days=79))
    page = said(client)
    assert {"77 days", "78 days", "79 days"} <= set(re.findall(r"\d+ days", page)), (
        "A period was typed twice."
    )


def test_it_speaks_of_everything_that_members_keep(client: Client, db: None) -> None:
    page = said(client)
    for what in ("Bookmarks, with your notes", "Lists of arguments", "Your number in an anonymous debate"):
        assert what in page, f"{what}: it is stored, and the page does not say so."
    assert "random numbers" not in page, (
        "A form key stands with a digest of what was sent, and with whose it is."
    )


def test_pages_call_nobody_else(client: Client, cast: Cast, scene: Scene) -> None:
    for reader in (client, signed_in(cast.ada)):
        for address in ("/", scene.debate.get_absolute_url(), scene.rebuttal.get_absolute_url(), "/account/"):
            page = text_of(reader.get(address))
            called = re.findall(
                r'<(?:script|img|iframe|source|video|audio|link)\b[^>]*?(?:src|href)="([^"]+)"', page
            )
            elsewhere = [url for url in called if re.match(r"(https?:)?//", url) and "testserver" not in url]
            assert not elsewhere, f"{address} loads {elsewhere} from elsewhere."


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (timedelta(days=180), "180 days"),
        (timedelta(days=2), "2 days"),
        (timedelta(hours=24), "24 hours"),
        (timedelta(minutes=5), "5 minutes"),
        (timedelta(seconds=60), "60 seconds"),
        (timedelta(seconds=1), "1 second"),
    ],
)
def test_periods_are_said_as_readers_say_them(period: timedelta, words: str) -> None:
    assert in_words(period) == words
