"""The search in a real browser: suggestions that help and never steal, and the same page without scripts."""

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from debates.actions.writing.post_argument import post_argument
from tests.browser.conftest import axe_faults
from tests.conftest import make_cast, make_scene, pro


def test_dan_searches_by_suggestions_with_the_keyboard_alone(live_server: LiveServer, page: Page) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    post_argument(cast.ada, scene.thesis, pro("Cranes can be painted."))
    page.goto(f"{live_server.url}/search/")
    field = page.get_by_role("combobox", name="Words")
    options = page.get_by_role("option")
    field.focus()
    page.keyboard.type("au")
    expect(options).to_have_count(1)
    expect(page.locator("#live")).to_contain_text("1 suggestion")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-expanded", "true")
    # Nothing is chosen until somebody chooses: Enter would send what was typed.
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-1")
    assert not axe_faults(page, "search with suggestions")
    page.keyboard.press("Enter")
    expect(field).to_have_value("author:")
    page.keyboard.type("ad")
    expect(options).to_have_text(["ada member"])
    page.keyboard.press("ArrowUp")  # past the end stands the last
    page.keyboard.press("Enter")
    expect(field).to_have_value("author:ada ")
    expect(page.locator("#suggestions")).to_be_hidden()
    page.keyboard.type("paint")
    expect(options).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(field).to_have_value("author:ada paint")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=author%3Aada+paint")
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.locator(".hit mark")).to_have_text("painted")
    assert not axe_faults(page, "search")


def test_a_suggested_claim_is_a_link_and_the_field_keeps_the_focus(
    live_server: LiveServer, page: Page
) -> None:
    scene = make_scene(make_cast())
    page.goto(f"{live_server.url}/search/")
    field = page.get_by_role("combobox", name="Words")
    field.press_sequentially("memor")
    claim = page.get_by_role("option", name=scene.reason.claim)
    expect(claim).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Search").last).to_be_focused()
    expect(page.locator("#suggestions")).to_be_hidden()
    field.fill("memory")
    claim.click()
    page.wait_for_url(f"**{scene.reason.get_absolute_url()}")


def test_dan_searches_without_scripts(live_server: LiveServer, page_without_scripts: Page) -> None:
    page = page_without_scripts
    scene = make_scene(make_cast())
    page.goto(f"{live_server.url}/search/")
    page.locator("#q").fill("memroy autor:ada")
    page.locator("#q").press("Enter")
    expect(page.get_by_text("did you mean “author:”?")).to_be_visible()
    page.get_by_role("link", name="memory").first.click()
    page.get_by_role("link", name=scene.reason.claim).click()
    page.wait_for_url(f"**{scene.reason.get_absolute_url()}")
