"""The pages around a source in a real browser: mended, merged, parted and related, on a phone, with and without scripts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from debates.actions.library.edit_source import edit_source
from debates.actions.library.merge_sources import merge_sources
from debates.actions.library.relate_sources import relate_sources
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import CitationText
from debates.bibliography.record import Record
from debates.models import LinkState, Source, SourceMerge
from tests.browser.conftest import DESKTOP, PHONE, axe_faults, watched_page
from tests.browser.test_story import let_in
from tests.conftest import Cast, Scene, a_book, make_cast, make_scene, pro

NARROW: ViewportSize = {"width": 320, "height": 640}


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


@pytest.mark.looks
@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
def test_the_pages_can_be_read_by_everyone(
    browser: Browser, live_server: LiveServer, transactional_db: None, size: ViewportSize
) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    book, twin = a_twin(cast, scene)
    for number in range(5):
        post_argument(
            cast.ada, scene.thesis, pro(f"Reason {number}.", citations=(CitationText(source=book),))
        )
    url = "https://example.org/" + "a-very-long-address-without-a-place-to-break/" * 6
    record = replace(
        twin.record, url=url, archived_url=f"https://web.archive.org/web/2024/{url}", archived_on="2024-05-02"
    )
    edit_source(cast.cleo, twin, record, "The plates.", "Title page.")
    Source.objects.filter(pk=twin.pk).update(
        link_state=LinkState.GONE, retraction_nature="Retraction", retraction_doi="10.1234/" + "notice" * 20
    )
    relate_sources(cast.cleo, book, twin, "preprint")
    posted = post_argument(
        cast.ada,
        scene.thesis,
        pro("Thrice.", citations=(CitationText(record=Record(type="book", title="W" * 400)),)),
    )
    merge_sources(cast.cleo, posted.citations.get().source, book, "The same.")
    merge = SourceMerge.objects.get()
    faults = []
    with watched_page(browser, live_server, size, [], scripts=True) as page:
        let_in(page, cast.cleo, live_server)
        for address in (
            *(f"{one.get_absolute_url()}{route}" for one in (book, twin) for route in ("", "history/")),
            f"{twin.get_absolute_url()}edit/",
            f"{twin.get_absolute_url()}merge/",
            f"{twin.get_absolute_url()}merge/?other={book.public_id}",
            f"{book.get_absolute_url()}relate/",
            f"/merges/{merge.pk}/undo/",
            reverse("sources"),
            f"{reverse('sources')}?gone=1",
            f"{reverse('sources')}?q=elephants",
            scene.thesis.get_absolute_url(),
            reverse("notices"),
        ):
            page.goto(address)
            faults += axe_faults(page, address)
            wide = page.evaluate(
                "[document.documentElement.clientWidth, document.documentElement.scrollWidth]"
            )
            if wide[1] > wide[0]:
                faults.append(f"{address}: {wide[1]} pixels wide in a window of {wide[0]}")
    assert not faults, "\n".join(faults)
