"""Reading in a real browser."""

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.conftest import make_cast, make_scene


def test_dan_follows_an_argument_to_its_source(live_server: LiveServer, page: Page) -> None:
    scene = make_scene(make_cast())
    page.goto(live_server.url)
    page.get_by_role("link", name=scene.debate.question).click()
    page.get_by_text("1 answer").first.click()
    page.get_by_role("link", name="Marsh 1999").first.click()
    assert page.get_by_role("heading", name="Cranes of the harbour").is_visible()


def test_dan_reads_without_scripts(live_server: LiveServer, page_without_scripts: Page) -> None:
    page = page_without_scripts
    scene = make_scene(make_cast())
    page.goto(live_server.url + scene.debate.get_absolute_url())
    assert page.get_by_text(scene.reason.claim).first.is_visible()
    page.goto(live_server.url + scene.rebuttal.get_absolute_url())
    assert page.get_by_text(scene.thesis.claim).first.is_visible()
