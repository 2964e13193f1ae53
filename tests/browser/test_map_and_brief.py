"""The map and the brief of a debate in a real browser: by keyboard, on a phone, and on paper."""

from __future__ import annotations

import io

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from debates.models import Argument, Debate
from debates.models.argument import CLAIM_LENGTH
from debates.tree import path_of
from tests.browser.conftest import axe_faults
from tests.conftest import make_cast, make_scene


def a_debate(slug: str, theses: int, points: int, length: int) -> Debate:
    """Write a debate whose points are each answered, and each answer, with claims so many characters long."""

    def claim(words: str) -> str:
        return (f"{words}, as somebody says who was there" * 20)[:length]

    def add(parent: Argument | None, position: int, words: str, stance: str = "") -> Argument:
        return Argument.objects.create(
            debate=debate,
            parent=parent,
            kind="argument" if parent else "thesis",
            claim=claim(words),
            stance=stance,
            attacks="claim" if stance == "con" else "",
            path=path_of(parent.path if parent else "", position),
            depth=parent.depth + 1 if parent else 0,
        )

    debate = Debate.objects.create(
        slug=slug, question=claim("Should the harbour keep what it no longer needs")
    )
    for number in range(theses):
        thesis = add(None, number, f"Thesis {number} of {slug} holds")
        for position in range(points):
            point = add(thesis, position, f"Point {position} stands", "con" if position % 2 else "pro")
            add(add(point, 0, "Answered it was", "con"), 0, "Nobody used a crane", "pro")
    return debate


def test_the_map_is_walked_by_keyboard_in_reading_order(
    page_without_scripts: Page, transactional_db: None
) -> None:
    make_cast()
    page, debate = page_without_scripts, a_debate("usual", 2, 6, 100)
    debate.arguments.filter(depth=2).update(claim="Unabbreviatedlylongwords" * 12)
    page.goto(f"{debate.get_absolute_url()}map/")
    page.locator(".map-skip a").focus()
    expect(page.locator(".map-skip a")).to_be_in_viewport()
    met = []
    for _step in range(12):
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.getAttribute('href')"))
    thesis = debate.arguments.filter(depth=0).order_by("path")[0]
    branch = debate.arguments.filter(path__startswith=thesis.path)
    points = list(branch.filter(depth=1, stance="pro").order_by("path"))
    assert len(points) == 3
    places = [met.index(one.get_absolute_url()) for one in points]
    assert places == [places[0], places[0] + 3, places[0] + 6], "An answer comes right after what it answers."
    expect(page.locator(".piece > a:focus .piece-ring")).to_have_css("stroke-width", "3px")
    for width in (1280, 820, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        heights = page.evaluate(
            "[...document.querySelectorAll('.piece > a > .piece-ground')].map(one => one.getBoundingClientRect().height)"
        )
        assert min(heights) >= 24, "A piece is too small to be hit."
    page.keyboard.press("Enter")
    page.wait_for_url("**/arguments/**")
    page.go_back()
    page.locator(".map-skip a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#map-list")).to_be_in_viewport()


def test_nothing_is_wrong_with_map_and_brief_for_whoever_reads_otherwise(
    page: Page, transactional_db: None
) -> None:
    debate = make_scene(make_cast()).debate
    faults = []
    for name in ("map", "brief"):
        page.goto(f"{debate.get_absolute_url()}{name}/")
        faults += axe_faults(page, name)
    assert faults == []


def test_the_brief_fits_on_paper(page: Page, transactional_db: None) -> None:
    small = make_scene(make_cast()).debate
    usual, long = a_debate("usual", 3, 8, 130), a_debate("long", 8, 4, CLAIM_LENGTH)
    one = a_debate("one", 1, 12, 150)
    for debate, most in ((small, 1), (usual, 2), (one, 2), (long, 4)):
        page.goto(f"{debate.get_absolute_url()}brief/")
        reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        assert len(reader.pages) <= most, f"The brief of “{debate.slug}” is too long."
        for sheet in reader.pages:
            assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (595, 842), "It is no A4."
        words = "".join("".join(sheet.extract_text() for sheet in reader.pages).split())
        for shown in debate.arguments.filter(kind="thesis"):
            assert "".join(shown.claim.split()) in words, "A thesis cannot be selected on paper."
        assert debate.get_absolute_url() in words
        assert "howitiscomputed(/method/)" in words
        assert "Signin" not in words
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 680, "height": 1000})  # what A4 leaves between its margins
        assert page.evaluate("document.documentElement.scrollWidth") <= 680, "It is cut off at the edge."
        page.emulate_media(media="null")
