"""Bookmarks in a real browser: one press keeps, the next takes away, and it is put back, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from forum.bookmarks.kept import names_kept_by
from tests.browser.conftest import PHONE, axe_faults
from tests.browser.test_story import let_in
from tests.conftest import Cast, Scene, make_cast, make_scene


@pytest.fixture
def cast_and_scene(transactional_db: None) -> tuple[Cast, Scene]:
    """Give the four, and the small debate."""
    cast = make_cast()
    return cast, make_scene(cast)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_argument_is_kept_with_a_note_and_shared_in_a_list(
    live_server: LiveServer,
    cast_and_scene: tuple[Cast, Scene],
    page: Page,
    page_without_scripts: Page,
    scripts: bool,
) -> None:
    (cast, scene), page = cast_and_scene, page if scripts else page_without_scripts
    let_in(page, cast.dan, live_server)
    page.set_viewport_size(PHONE)
    page.goto(scene.debate.get_absolute_url())
    card = page.locator(f"#a-{scene.reason.public_id}")

    def press(words: str) -> None:
        if card.locator(".acts-fold").get_attribute("open") is None:
            card.locator(".acts-fold > summary").click()
        card.get_by_role("button", name=words).click()

    button = card.locator(".bookmark button")  # in a fold, which a page that comes anew has closed
    press("Bookmark")
    expect(button).to_have_text("✓ Bookmarked")
    if scripts:
        expect(button).to_be_focused()
        expect(page.locator("#live")).to_have_text("Bookmarked.")
    assert names_kept_by(cast.dan.pk) == {scene.reason.public_id}
    press("Bookmarked")
    again = "Put the bookmark back" if scripts else "Bookmark"
    expect(button).to_have_text(again)
    assert not names_kept_by(cast.dan.pk)
    press(again)
    expect(button).to_have_text("✓ Bookmarked")
    if not scripts:
        card.locator(".acts-fold > summary").click()
    card.get_by_role("link", name="Note and lists").click()
    page.get_by_label("Your note").fill("To be answered.")
    page.get_by_label("In a new list").fill("What to read")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".kept-note")).to_have_text("To be answered.")
    if scripts:
        assert not axe_faults(page, "the bookmarks")
    page.get_by_role("link", name="What to read").last.click()
    page.get_by_role("button", name="Share by an address").click()
    page.locator(".list-address a").click()
    expect(page.locator(".found .claim")).to_have_text(scene.reason.claim)
    expect(page.get_by_text("To be answered.")).to_have_count(0)
    if scripts:
        assert not axe_faults(page, "the shared list")
    press("Bookmarked")
    expect(page.locator("#live") if scripts else page.locator(".messages")).to_contain_text("taken away")
    assert not names_kept_by(cast.dan.pk), "A form of the shared list was refused as a forged one."
