"""Reading and answering the article in a real browser: with scripts by selecting words, without by pasting them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from debates.models import Anchor, DocumentPassage
from tests.browser.conftest import DESKTOP, PHONE, axe_faults
from tests.browser.test_story import let_in
from tests.conftest import make_cast
from tests.debates.articles import THIRD, a_room, tied

SELECT = """([place, words]) => {
  const text = document.querySelector(`#${place} .passage-text`);
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
  throw new Error(`${place} does not hold ${words}`);
}"""
"""Select words of a passage, as a pointer, a finger or the keyboard does."""


def seen(page: Page, selector: str) -> float:
    """Return how much of an element's height is in the window and not under the arguments, from 0 to 1."""
    share: float = page.evaluate(
        """selector => {
          const one = document.querySelector(selector).getBoundingClientRect();
          const sheet = document.querySelector(".article-arguments").getBoundingClientRect();
          const below = sheet.left < one.right && sheet.top > 0 ? sheet.top : innerHeight;
          return Math.max(0, Math.min(one.bottom, below, innerHeight) - Math.max(one.top, 0)) / one.height;
        }""",
        selector,
    )
    return share


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_dan_selects_words_and_answers_them(
    live_server: LiveServer, page: Page, viewport: ViewportSize
) -> None:
    cast = make_cast()
    room = a_room(cast)
    tied(cast, room)
    DocumentPassage.objects.bulk_create(
        DocumentPassage(
            document=room.document, place=f"p{n}", order=n, kind="paragraph", text="The town waited. " * 8
        )
        for n in range(5, 40)
    )
    let_in(page, cast.dan, live_server)
    # What is chosen in the address stands in sight, and the text beside it.
    page.goto(f"{room.address}?passage=p30#p30")
    expect(page.get_by_role("heading", name="Paragraph 30")).to_be_visible()
    assert seen(page, "#p30 .passage-text") > 0.9, "Whoever is sent to a passage sees it."
    page.goto(room.address)
    assert not axe_faults(page, "article")
    page.emulate_media(color_scheme="light")
    # Choosing in place.
    page.locator("#p2 .passage-mark a").click()
    heading = page.get_by_role("heading", name="Paragraph 2")
    expect(heading).to_be_focused()
    expect(page.locator("#p2")).to_have_class("passage passage-chosen")
    assert page.url.endswith("?passage=p2#p2")
    assert seen(page, "#p2 .passage-text") > 0.9, "What comes up does not cover what it is about."
    sheet = page.locator(".article-arguments").bounding_box()
    assert sheet is not None
    if viewport == PHONE:
        assert sheet["height"] <= viewport["height"] / 2, "The upper half is left to the text."
    assert not axe_faults(page, "article with a chosen passage")
    page.emulate_media(color_scheme="light")
    # Selecting, and the selection is left alone.
    page.evaluate(SELECT, ["p3", "sold again"])
    offer = page.get_by_role("link", name="Answer these words")
    expect(offer).to_be_visible()
    assert page.evaluate("getSelection().toString()") == "sold again"
    box = offer.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    page.keyboard.press("Escape")
    expect(offer).to_be_hidden()
    page.locator("#p3 .passage-mark a").focus()
    page.evaluate(SELECT, ["p3", "sold again"])
    expect(offer).to_be_visible()
    page.keyboard.press("Tab")
    expect(offer).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".at-passage-words")).to_have_text("sold again")
    # Answering, in place.
    page.locator(f"#a-{room.thesis.public_id}").get_by_role("link", name="Answer for").click()
    form = page.locator(".slot form")
    expect(form.locator(".tie-words")).to_have_text("sold again")
    form.get_by_label("Your claim").fill("Money decided.")
    form.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".posted")).to_contain_text("Money decided.")
    anchor = Anchor.objects.get(argument__claim="Money decided.")
    assert (anchor.place, anchor.exact, anchor.start) == ("p3", "sold again", 17)
    page.reload()
    expect(page.locator("#p3 .passage-for")).to_have_text("1 +")
    expect(page.locator("#p3 mark")).to_have_text("sold again")


def test_back_brings_back_an_article_that_works(live_server: LiveServer, page: Page) -> None:
    cast = make_cast()
    room = a_room(cast)
    DocumentPassage.objects.bulk_create(
        DocumentPassage(
            document=room.document, place=f"p{n}", order=n, kind="paragraph", text="The town waited."
        )
        for n in range(5, 16)
    )
    chosen, beside = page.locator(".passage-chosen"), page.locator(".at-passage")
    offers, offer = page.locator(".answer-words"), page.get_by_role("link", name="Answer these words")

    def choose(place: str) -> None:
        page.locator(f"#{place} .passage-mark a").click()
        expect(beside).to_have_attribute("data-place", place)

    let_in(page, cast.dan, live_server)
    page.goto(room.address)
    # What floats beside selected words does not come back with the page.
    page.evaluate(SELECT, ["p3", "sold again"])
    expect(offer).to_be_visible()
    choose("p1")
    page.evaluate(SELECT, ["p4", "the town"])
    expect(offer).to_be_visible()
    choose("p3")
    page.go_back()
    expect(beside).to_have_attribute("data-place", "p1")
    expect(page.locator("[style]")).to_have_count(0)
    choose("p4")
    expect(chosen).to_have_count(1)
    expect(chosen).to_have_attribute("id", "p4")
    page.evaluate(SELECT, ["p3", "sold again"])
    expect(offer).to_be_visible()
    assert page.locator("#p3").evaluate("one => one.lastElementChild.matches('.answer-words')")
    expect(offers).to_have_count(1)
    offer.click()
    expect(page.locator(".at-passage-words")).to_have_text("sold again")
    # Ten pages are kept in the browser; for those before them it asks again.
    for n in range(1, 15):
        choose(f"p{n}")
    for n in range(13, 0, -1):
        page.go_back()
        expect(beside).to_have_attribute("data-place", f"p{n}")
        expect(page.locator(".site-head, .article-text, .site-foot")).to_have_count(3)
    choose("p2")
    expect(chosen).to_have_attribute("id", "p2")
    page.evaluate(SELECT, ["p3", "sold again"])
    expect(offer).to_be_visible()


def test_words_are_answered_without_scripts(live_server: LiveServer, page_without_scripts: Page) -> None:
    page = page_without_scripts
    cast = make_cast()
    room = a_room(cast)
    let_in(page, cast.dan, live_server)
    page.goto(room.address)
    expect(page.get_by_text("Answer these words")).to_be_hidden()
    page.get_by_role("link", name="Passage 2").click()
    page.locator(f"#a-{room.reason.public_id}").get_by_role("link", name="Answer against").click()
    page.get_by_label("The words that you answer").fill(f"“{THIRD}”")
    page.get_by_label("It is not true").check()
    page.get_by_label("Your claim").fill("It was the second.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".tie-words")).to_have_text(f"“{THIRD}”")
    page.get_by_role("button", name="Post", exact=True).click()
    assert Anchor.objects.get(argument__claim="It was the second.").exact == THIRD
    page.goto(f"{room.address}?show=unanswered")
    expect(page.locator(".passage")).to_have_count(3)
