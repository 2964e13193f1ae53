"""The pages around a source in a real browser: mended, merged, parted and related, on a phone, with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from debates.actions.writing.post_argument import post_argument
from debates.models import Source
from tests.browser.conftest import PHONE, watched_page
from tests.browser.test_story import let_in
from tests.conftest import Cast, Scene, a_book, make_cast, make_scene, pro


def a_twin(cast: Cast, scene: Scene) -> tuple[Source, Source]:
    """Return the book, and a second record of it that Ada added."""
    book = scene.rebuttal.citations.get().source
    posted = post_argument(cast.ada, scene.thesis, pro("The same book says so.", citations=(a_book(),)))
    return book, posted.citations.get().source


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_cleo_merges_two_records_and_undoes_it(
    browser: Browser, live_server: LiveServer, transactional_db: None, scripts: bool
) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    book, twin = a_twin(cast, scene)
    with watched_page(browser, live_server, PHONE, [], scripts=scripts) as page:
        let_in(page, cast.cleo, live_server)
        page.goto(twin.get_absolute_url())
        page.get_by_role("link", name="Merge it with another record").click()
        page.get_by_role("link", name=book.title).last.click()
        page.get_by_role("radio", name=re.compile(book.public_id)).check()
        page.get_by_label("Reason").fill("The same book twice.")
        page.get_by_role("button", name="Merge them").click()
        expect(page.get_by_role("status")).to_contain_text("Merged.")
        assert page.url.endswith(book.get_absolute_url())
        expect(page.get_by_text("The same book says so.")).to_be_visible()
        page.goto(twin.get_absolute_url())
        assert page.url.endswith(book.get_absolute_url()), "The old address leads on."
        page.get_by_role("link", name="Its history").click()
        expect(page.get_by_text("The same book twice.")).to_be_visible()
        page.get_by_label("Reason").fill("Another edition after all.")
        page.get_by_role("button", name="Undo this merge").click()
        expect(page.get_by_role("status")).to_contain_text("parted again")
        page.goto(twin.get_absolute_url())
        assert page.url.endswith(twin.get_absolute_url())


def test_ben_mends_a_record_without_scripts(live_server: LiveServer, page_without_scripts: Page) -> None:
    page = page_without_scripts
    cast = make_cast()
    book = make_scene(cast).rebuttal.citations.get().source
    let_in(page, cast.ben, live_server)
    page.goto(book.get_absolute_url())
    page.get_by_role("link", name="Mend this record").click()
    page.get_by_label("Kind of work").select_option("chapter")
    page.get_by_role("button", name="Show the fields of this kind").click()
    page.get_by_label("In (journal, newspaper, site, book)").fill("The Quay")
    page.get_by_label("Pages").fill("11–19")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved")
    expect(page.get_by_text("The Quay", exact=False).first).to_be_visible()
    book.refresh_from_db()
    assert (book.record.type, book.record.pages) == ("chapter", "11–19")
