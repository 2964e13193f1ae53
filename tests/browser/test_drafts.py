"""Text is never lost and never posted twice, in a real browser: an expired sign-in, a killed server, two tabs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.urls import reverse
from playwright.sync_api import Browser, Error, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from debates.models import Argument
from forum.drafts.models import Draft
from tests.browser.conftest import DESKTOP, watched_page
from tests.browser.test_story import begin, let_in
from tests.conftest import PASSWORD, make_cast, make_scene

CLAIM = "It took an hour to find these words."
ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds for a server to start on a busy machine


def sign_in_here(page: Page, name: str) -> None:
    """Fill the form of the sign-in page that stands before somebody."""
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign In", exact=True).click()


def stored(page: Page) -> list[str]:
    """Return the names of the copies that lie in the browser."""
    return page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('draft:'))")  # type: ignore[no-any-return]  # a script's answer


def wait_until_nothing_is_stored(page: Page) -> None:
    """Wait until the server has confirmed whatever lay in the browser. The site’s policy lets no string wait for it."""
    for _ in range(50):
        if not stored(page):
            return
        page.wait_for_timeout(100)
    assert stored(page) == [], "What the server has need not lie in the browser."


# --------------------------------------------------------------------------------------------- the sign-in expires


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_reply_survives_an_expired_sign_in(
    browser: Browser, live_server: LiveServer, transactional_db: None, scripts: bool
) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    with watched_page(browser, live_server, DESKTOP, ["403"], scripts=scripts) as page:
        let_in(page, cast.ben, live_server)
        page.goto(scene.debate.get_absolute_url())
        form = begin(page, scene.thesis, "Answer for")
        Session.objects.all().delete()
        form.get_by_label("Your claim").fill(CLAIM)
        if scripts:
            expect(form.get_by_text("You are signed out.")).to_be_visible()
            assert stored(page), "What the server may not take is kept in the browser."
        form.get_by_role("button", name="Post", exact=True).click()
        page.wait_for_url("**/login/**")
        sign_in_here(page, "ben")
        form = page.locator("form.argument-form")
        expect(form.get_by_label("Your claim")).to_have_value(CLAIM)
        form.get_by_role("button", name="Post", exact=True).click()
        expect(page.locator(".argument, article", has_text=CLAIM).first).to_be_visible()
        assert Argument.objects.filter(claim=CLAIM).count() == 1
        page.goto(reverse("drafts"))
        expect(page.get_by_text("Nothing is waiting.")).to_be_visible()
        if scripts:
            wait_until_nothing_is_stored(page)
        assert not Draft.objects.live(cast.ben).exists(), "One text, posted once, leaves no draft."


# ---------------------------------------------------------------------------------------------- the server is killed


class OwnServer:
    """A server in a process of its own, on the tests' database, that can be killed and started again."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.process = subprocess.Popen(  # noqa: S603  # our own program, with a number that we drew
            [
                sys.executable,
                "manage.py",
                "runserver",
                "--noreload",
                "--skip-checks",
                f"127.0.0.1:{self.port}",
            ],
            cwd=ROOT,
            env=os.environ | {"COUNTERPOINT_MODE": "test", "COUNTERPOINT_DATABASE_URL": database_url()},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + PATIENCE
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5)  # noqa: S310  # our own server
                return
            except (URLError, OSError):
                assert self.process.poll() is None, "The server did not start."
                assert time.monotonic() < end, "The server does not answer."
                time.sleep(0.1)

    def kill(self) -> None:
        """Kill it as a power cut would: no last words."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


def database_url() -> str:
    """Return the address of the database that the tests write to."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    host = str(settings["HOST"]).replace("/", "%2F")
    return (
        f"postgres://{settings['USER']}:{settings['PASSWORD']}@{host}:{settings['PORT']}/{settings['NAME']}"
    )


@pytest.fixture
def own_server(transactional_db: None) -> Iterator[OwnServer]:
    """Give a server that can be killed."""
    server = OwnServer()
    try:
        server.start()
        yield server
    finally:
        server.kill()


@contextmanager
def nobody_writes() -> Iterator[None]:
    """Hold the drafts, so that whoever posts waits in the middle of it."""
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
    ):  # on SQLite that alone keeps other writers waiting
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE drafts_draft IN ACCESS EXCLUSIVE MODE")
        yield


def test_a_reply_survives_a_server_that_is_killed_in_mid_post(
    browser: Browser, own_server: OwnServer
) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    faults = ["net::ERR_", "console error: htmx:"]
    with watched_page(browser, own_server, DESKTOP, faults, scripts=True) as page:  # type: ignore[arg-type]  # only its address is asked for
        let_in(page, cast.ben, own_server)  # type: ignore[arg-type]  # as above
        page.goto(scene.debate.get_absolute_url())
        form = begin(page, scene.thesis, "Answer for")
        form.get_by_label("Your claim").fill(CLAIM[:20])
        expect(form.get_by_text("Kept as a draft at")).to_be_visible()
        form.get_by_label("Your claim").fill(CLAIM)
        with nobody_writes():
            with page.expect_request(
                lambda request: request.url.endswith("/reply/") and request.method == "POST"
            ):
                form.get_by_role("button", name="Post", exact=True).click()
            page.wait_for_timeout(300)
            own_server.kill()
        expect(page.get_by_text("What you typed is still here")).to_be_visible()
        expect(form.get_by_label("Your claim")).to_have_value(CLAIM)
        assert not Argument.objects.filter(claim=CLAIM).exists()
        assert stored(page)

        own_server.start()
        page.goto(scene.debate.get_absolute_url())  # whatever stood in the page is gone with it
        form = begin(page, scene.thesis, "Answer for")
        expect(form.get_by_label("Your claim")).to_have_value(CLAIM)
        expect(form.get_by_text("Restored from your draft of")).to_be_visible()
        form = page.locator("form.argument-form")
        form.get_by_role("button", name="Post", exact=True).click()
        expect(page.locator(".posted")).to_be_visible()
        wait_until_nothing_is_stored(page)
        assert Argument.objects.filter(claim=CLAIM).count() == 1
        assert not Draft.objects.live(cast.ben).exists()


def test_without_scripts_an_answer_that_was_lost_doubles_nothing_and_two_tabs_lose_nothing(
    browser: Browser, own_server: OwnServer
) -> None:
    """The server has posted the text and is killed before its answer arrives; whoever sends it again must meet the first."""
    cast = make_cast()
    scene = make_scene(cast)
    address = f"{scene.reason.get_absolute_url()}reply/"
    with watched_page(browser, own_server, DESKTOP, ["net::ERR_"], scripts=False) as first:  # type: ignore[arg-type]  # as above
        let_in(first, cast.ben, own_server)  # type: ignore[arg-type]  # as above
        first.goto(address)
        first.get_by_label("Your claim").fill("Begun.")
        first.get_by_role("button", name="Keep as a draft").click()
        expect(first.get_by_label("Your claim")).to_have_value("Begun.")
        second = first.context.new_page()
        second.goto(address)
        expect(second.get_by_label("Your claim")).to_have_value("Begun.")
        for tab, words in ((second, "Gone on in the second tab."), (first, "Gone on in the first tab.")):
            tab.get_by_label("Your claim").fill(words)
            tab.get_by_role("button", name="Keep as a draft").click()
            expect(tab.get_by_label("Your claim")).to_have_value(words)
        expect(first.get_by_text("Another version is kept:")).to_be_visible()
        kept = sorted(Draft.objects.live(cast.ben).values_list("excerpt", flat=True))
        assert kept == ["Gone on in the first tab.", "Gone on in the second tab."], (
            "Neither overwrites the other."
        )
        second.close()

        first.get_by_label("Your claim").fill(CLAIM)
        first.get_by_label("For: it supports").check()
        first.route("**/reply/", lose_the_answer(own_server), times=1)
        with pytest.raises(Error, match="ERR_"), first.expect_navigation():
            first.get_by_role("button", name="Post", exact=True).click()
        assert Argument.objects.filter(claim=CLAIM).count() == 1, "The server was through when it was killed."
        own_server.start()
        first.go_back()  # to a page that is asked for anew: another key, and the words that the browser puts back
        expect(first.get_by_label("Your claim")).to_have_value(CLAIM)
        first.get_by_role("button", name="Post", exact=True).click()
        first.wait_for_url(f"**{Argument.objects.get(claim=CLAIM).get_absolute_url()}")
        assert Argument.objects.filter(claim=CLAIM).count() == 1, (
            "The same form, sent again, leads to what it made."
        )
        first.goto(reverse("drafts"))
        expect(first.locator(".draft")).to_have_count(1)  # that of the second tab


def lose_the_answer(server: OwnServer) -> Callable[[Route], None]:
    """Let the server do what it is asked, then kill it before the browser hears of that."""

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        server.kill()
        route.abort("connectionreset")

    return lose


# --------------------------------------------------------------------------------------------------------- two tabs


def test_of_two_tabs_the_newer_wins_visibly_and_nothing_is_left_for_the_next_member(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    address = f"{scene.reason.get_absolute_url()}reply/"
    with watched_page(browser, live_server, DESKTOP, [], scripts=True) as first:
        let_in(first, cast.ben, live_server)
        first.goto(address)
        first.get_by_label("Your claim").fill("Words of the first tab.")
        expect(first.get_by_text("Kept as a draft at")).to_be_visible()
        second = first.context.new_page()
        second.goto(address)
        expect(second.get_by_label("Your claim")).to_have_value("Words of the first tab.")
        second.get_by_label("Your claim").fill("Words of the second tab.")
        expect(second.get_by_text("Kept as a draft at")).to_be_visible()

        first.get_by_label("Your claim").fill("Words of the first tab, and more.")
        expect(first.get_by_text("Another version is kept:")).to_be_visible()
        assert sorted(Draft.objects.values_list("excerpt", flat=True)) == [
            "Words of the first tab, and more.",
            "Words of the second tab.",
        ]
        second.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        newer = second.locator(".draft-newer")
        expect(newer).to_contain_text("A newer version was written in another tab:")
        newer.get_by_role("link", name="Take it").click()
        expect(second.get_by_label("Your claim")).to_have_value("Words of the first tab, and more.")
        second.goto(reverse("drafts"))
        expect(second.locator(".draft")).to_have_count(2)

        # Started afresh, and back.
        first.goto(address)
        first.get_by_role("link", name="Start afresh").click()
        expect(first.get_by_label("Your claim")).to_have_value("")
        first.get_by_role("link", name="Take it").click()
        expect(first.get_by_label("Your claim")).to_have_value("Words of the first tab, and more.")

        # Signed out in the middle of a word: the server has it, the browser has not.
        first.get_by_label("Your claim").fill("The last word before signing out.")
        first.get_by_role("navigation", name="Site").get_by_role("button", name="Sign out").click()
        expect(
            first.get_by_role("navigation", name="Site").get_by_role("link", name="Sign in")
        ).to_be_visible()
        assert stored(first) == [], "The next one at this browser must find nothing."
        assert Draft.objects.live(cast.ben).filter(excerpt="The last word before signing out.").exists()
        let_in(first, cast.ada, live_server)
        first.goto(address)
        expect(first.get_by_label("Your claim")).to_have_value("")
        expect(first.locator("main")).not_to_contain_text("last word")
