"""Rating and how claims stand, in a real browser: hidden until one has answered, explained, moved and undone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.writing.post_argument import post_argument
from tests.browser.conftest import DESKTOP, PHONE, watched_page
from tests.browser.test_story import card_of, let_in
from tests.conftest import make_cast, make_scene, pro
from tests.debates.test_standing import rated


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_dan_agrees_and_then_reads_how_it_stands_and_why(
    browser: Browser, live_server: LiveServer, transactional_db: None, scripts: bool
) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    rated(scene.reason, 4, 3, 7)
    with watched_page(browser, live_server, PHONE, [], scripts=scripts) as page:
        let_in(page, cast.dan, live_server)
        page.goto(scene.debate.get_absolute_url())
        card = card_of(page, scene.reason)
        expect(card.locator(".standing-word")).to_have_count(0)
        card.get_by_role("button", name="Agree").first.click()
        expect(card.get_by_role("button", name="Agree").first).to_have_attribute("aria-pressed", "true")
        expect(card.locator(".standing-word").first).to_be_visible()
        card.get_by_role("link", name="Why?").first.click()
        expect(page.get_by_text("8 people have rated it.")).to_be_visible()
        page.goto(scene.debate.get_absolute_url())
        card.get_by_role("button", name="Agree").first.click()
        expect(card.get_by_role("button", name="Agree").first).to_have_attribute("aria-pressed", "false")
        expect(card.locator(".standing-word")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_cleo_undoes_a_merge_with_one_click(
    browser: Browser, live_server: LiveServer, transactional_db: None, scripts: bool
) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    other = post_argument(cast.dan, scene.thesis, pro("Cranes bring visitors to the quay."))
    with watched_page(browser, live_server, DESKTOP, [], scripts=scripts) as page:
        let_in(page, cast.cleo, live_server)
        merge_arguments(cast.cleo, other, scene.reason, "They say the same.")
        page.goto(other.get_absolute_url())
        assert page.url.endswith(scene.reason.get_absolute_url()), "The old address leads on."
        expect(page.get_by_text("Cranes bring visitors to the quay.")).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        page.goto(other.get_absolute_url())
        assert page.url.endswith(other.get_absolute_url())


def test_the_example_is_weighed_anew_while_somebody_types(live_server: LiveServer, page: Page) -> None:
    page.goto(reverse("method"))
    field = page.locator("main form input[inputmode=numeric]").first
    before = page.locator("main form").inner_text()
    field.fill("0")
    expect(field).to_be_focused()
    expect(page.locator("main form")).not_to_have_text(before)
