"""A real browser before the real site, which fails a test for every fault that the browser reports.

`page` and `page_without_scripts` open at the site's own address (`page.goto("/debates/")`). After the test,
a console error, a script's exception, a violated content security policy, a request that failed and any
request to another site fail it. A test that provokes one on purpose says so: `expected_faults.append("404")`.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

HERE = Path(__file__).parent
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
# Long enough for a busy machine with two cores, short enough not to hold up a run that has failed.
PATIENCE_MS = 10_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The hook is handed every test of the run, so it looks for those of this folder.
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def find_chromium() -> str:
    candidates = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    if named := os.environ.get("CHROMIUM"):
        candidates = [named]
    for candidate in candidates:
        if path := shutil.which(candidate):
            return path
    pytest.fail("The browser tests need Chromium: `tools/browser` finds or installs it.", pytrace=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as environment:
        # Playwright keeps an event loop running in the tests' own thread, which Django takes for
        # asynchronous code and refuses the database there. Nothing here runs concurrently with the ORM.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(),
                headless=True,
                args=[
                    # The sandbox refuses to run as root, as continuous integration does.
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    # Nothing leaves the machine on the browser's own account.
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    # A container's shared memory is often too small for a page.
                    "--disable-dev-shm-usage",
                ],
            )
            yield browser
            browser.close()


@pytest.fixture
def viewport() -> ViewportSize:
    """Give the window's size; a test takes another with `parametrize("viewport", [DESKTOP, PHONE])`."""
    return DESKTOP


@pytest.fixture
def expected_faults() -> list[str]:
    """Hold parts of the faults that a test provokes on purpose; whatever contains one is forgiven."""
    return []


class Watch:
    """Write down what goes wrong in the pages of a window, also in those that open from them."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.origin = urlsplit(address)[:2]
        self.faults: list[str] = []
        context.on("console", self.heard)
        context.on("weberror", lambda error: self.faults.append(f"exception in a script: {error.error}"))
        context.on("request", self.asked)
        context.on("requestfailed", self.failed)

    def heard(self, message: ConsoleMessage) -> None:
        # A violated policy is reported here too, with scripts off as well; report-only ones are warnings.
        if message.type == "error" or "Content Security Policy" in message.text:
            self.faults.append(f"console {message.type}: {message.text} ({message.location['url']})")

    def asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "about"} and address[:2] != self.origin:
            self.faults.append(f"request to another site: {request.url}")

    def failed(self, request: Request) -> None:
        # Aborted is what a browser calls a request that it dropped because the reader went elsewhere.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"request failed: {request.url} ({request.failure})")


@contextmanager
def watched_page(
    browser: Browser, server: LiveServer, viewport: ViewportSize, expected: list[str], *, scripts: bool
) -> Iterator[Page]:
    context = browser.new_context(
        base_url=server.url,
        java_script_enabled=scripts,
        viewport=viewport,
        locale="en-GB",
        timezone_id="UTC",
        # Tests wait for what changes, not for how it moves.
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    watch = Watch(context, server.url)
    try:
        yield context.new_page()
    finally:
        # Closed before the database is emptied, so that no late request finds it gone.
        context.close()
    faults = [fault for fault in watch.faults if not any(part in fault for part in expected)]
    if faults:
        pytest.fail("The browser reported:\n" + "\n".join(f"  {fault}" for fault in faults), pytrace=False)


@pytest.fixture
def page(
    browser: Browser,
    live_server: LiveServer,
    transactional_db: None,
    viewport: ViewportSize,
    expected_faults: list[str],
) -> Iterator[Page]:
    """Give a page with scripts on."""
    with watched_page(browser, live_server, viewport, expected_faults, scripts=True) as page:
        yield page


@pytest.fixture
def page_without_scripts(
    browser: Browser,
    live_server: LiveServer,
    transactional_db: None,
    viewport: ViewportSize,
    expected_faults: list[str],
) -> Iterator[Page]:
    """Give a page with scripts off."""
    with watched_page(browser, live_server, viewport, expected_faults, scripts=False) as page:
        yield page


CONTRAST = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}


def axe_faults(page: Page, name: str) -> list[str]:
    """Return what axe finds on the page as it stands, all of it unfolded, in light and in dark."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    found = []
    # Colours are all that differs in the dark.
    for scheme, options in (("light", DEFAULT_OPTIONS), ("dark", CONTRAST)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two words it knows
        for violation in Axe().run(page, options=options).response["violations"]:
            found += [
                f"{name}, {scheme}: {violation['id']}: {' '.join(node['target'])}"
                for node in violation["nodes"]
            ]
    return found
