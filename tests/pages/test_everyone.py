"""Every state of every page can be used by everyone: axe in both themes, on a phone and a desk, and what axe does not ask.

A state is opened once, as it was answered to Django's test client, by a server that knows nothing else; the window is then
made narrow, dark and large around it. So a state costs a second and a half, and no database.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import RequestFactory
from django.views.i18n import JavaScriptCatalog
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.conftest import DESKTOP, PATIENCE_MS, PHONE, Watch
from tests.pages.states import STATES, Shown

KEPT = {"Cache-Control": "max-age=9999"}
AXE_URL = "/axe.js"
"""Of the stage itself, since the policy of the pages lets no other script in."""
NARROW: ViewportSize = {"width": 320, "height": 640}
ADMIN_WORDS = JavaScriptCatalog.as_view(packages=["django.contrib.admin"])
"""What the scripts of the admin say, in the language of the page: the only script that is no file."""
LOOK = (Path(__file__).parent / "look.js").read_text()
AXE = """async (asked) => (await axe.run({ resultTypes: ["violations"], preload: false, iframes: false, ...asked }))
  .violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`))"""
"""Run axe and return a line for each finding; it has no frames to look into, and reads no style sheet by itself."""
ALL: dict[str, object] = {}
ALL_BUT_COLOURS = {"rules": {"color-contrast": {"enabled": False}}}
PARTS_OF_MANY_PAGES = ("heading-order: ", "landmark-unique: ")
"""What axe says of the page of styles alone: its parts repeat, and each has the headings of the page that it is from."""
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
STILL = "() => Promise.all(document.getAnimations().map((one) => one.finished))"
"""The admin lets its colours fade into one another; half-way they are neither light nor dark."""
WIDER = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? "" :
  `${document.documentElement.scrollWidth} pixels wide in a window of ${document.documentElement.clientWidth}: ` +
  [...document.querySelectorAll("body *")]
    .filter((one) => Math.max(one.getBoundingClientRect().right, one.scrollWidth) > document.documentElement.clientWidth + 1)
    .map((one) => `${one.tagName}.${one.className}`).slice(-3).join(", ")"""

pytestmark = [pytest.mark.browser, pytest.mark.looks]


class Stage(ThreadingHTTPServer):
    """Show the one state that is on at every address, and the files of the site at theirs."""

    daemon_threads = True
    on: Shown

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Actor)

    @property
    def url(self) -> str:
        """Return where the stage stands."""
        return f"http://127.0.0.1:{self.server_port}"


class Actor(BaseHTTPRequestHandler):
    """Answer one request."""

    server: Stage

    def do_GET(self) -> None:
        """Give a file of the site, or the state that is on, with the policy that it was answered with."""
        path = urlsplit(self.path).path
        if path == AXE_URL:
            self.answer(AXE_SCRIPT.encode(), "text/javascript", KEPT)
        elif self.headers.get("Sec-Fetch-Dest") == "script" and not path.startswith("/static/"):
            words = ADMIN_WORDS(RequestFactory().get(path))
            assert isinstance(words, HttpResponse)
            self.answer(words.content, "text/javascript", KEPT)
        elif path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            self.answer(Path(str(found)).read_bytes(), guess_type(path)[0] or "", KEPT)
        else:
            kept = {key: value for key, value in self.server.on.headers.items() if "Policy" in key}
            self.answer(self.server.on.html.encode(), "text/html; charset=utf-8", kept)

    def answer(self, body: bytes, kind: str, headers: dict[str, str]) -> None:
        """Send an answer; whatever the status of a state was, a browser would report it as a fault."""
        self.send_response(200)
        for key, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: Any) -> None:
        """Say nothing. Any: the signature of http.server."""


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    """Give the server of states."""
    stage = Stage()
    threading.Thread(target=stage.serve_forever, daemon=True).start()
    yield stage
    stage.shutdown()
    stage.server_close()


@pytest.fixture(scope="package")
def window(browser: Browser, stage: Stage) -> Iterator[tuple[Page, Watch]]:
    """Give the one window in which all states are looked at, and who writes down what the browser reports."""
    context = browser.new_context(
        base_url=stage.url, locale="en-GB", timezone_id="UTC", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    watch = Watch(context, stage.url)
    yield context.new_page(), watch
    context.close()


def is_ours(shown: Shown) -> bool:
    """Say whether a page is built by our rules of headings, landmarks and sizes.

    Django’s admin draws its own head, tables and sizes; the page of styles shows parts of many pages on one. axe looks at both.
    """
    return not shown.route.startswith("admin:") and shown.route != "style"


def faults_of(page: Page, *, ours: bool) -> Iterator[str]:
    """Yield what is wrong with the page that is open, on a desk, on a phone, in the dark, narrow and large."""
    page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
    page.add_script_tag(url=AXE_URL)
    # Colours do not change with the width of the window: in light they are asked for on the desk, in the dark on the phone.
    for size, where, asked in ((DESKTOP, "on a desk", ALL), (PHONE, "on a phone", ALL_BUT_COLOURS)):
        page.set_viewport_size(size)
        yield from (f"{where}, axe: {one}" for one in page.evaluate(AXE, asked))
        if ours:
            yield from (f"{where}: {one}" for one in page.evaluate(LOOK))
    if wide := page.evaluate(WIDER):
        yield f"on a phone: {wide}"
    page.emulate_media(color_scheme="dark")
    page.evaluate(STILL)
    yield from (f"in the dark, axe: {one}" for one in page.evaluate(AXE, COLOURS))
    page.emulate_media(color_scheme="light")
    if not ours:
        return
    page.set_viewport_size(NARROW)
    if wide := page.evaluate(WIDER):
        yield f"at 320 pixels: {wide}"
    page.set_viewport_size(DESKTOP)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if wide := page.evaluate(WIDER):
        yield f"with text at 200 %: {wide}"


@pytest.mark.parametrize("name", [name for name, one in STATES.items() if not one.piece])
def test_everyone_can_use_it(
    pages: dict[str, Shown], stage: Stage, window: tuple[Page, Watch], name: str
) -> None:
    page, watch = window
    assert name in pages, "This state is not answered as it should be: see test_states.py."
    stage.on = pages[name]
    watch.faults.clear()
    page.goto(stage.on.address)
    faults = list(dict.fromkeys(faults_of(page, ours=is_ours(stage.on))))
    if stage.on.route == "style":
        faults = [one for one in faults if not any(part in one for part in PARTS_OF_MANY_PAGES)]
    faults += watch.faults
    assert not faults, f"“{name}” ({stage.on.address}): {len(faults)} faults\n  " + "\n  ".join(faults[:12])
