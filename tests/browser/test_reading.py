"""Reading in a real browser."""

import re

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from debates.actions.writing.post_argument import post_argument
from tests.conftest import con, make_cast, make_scene, pro


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


def test_every_view_is_read_without_scripts(live_server: LiveServer, page_without_scripts: Page) -> None:
    page, cast = page_without_scripts, make_cast()
    scene = make_scene(cast)
    against = post_argument(cast.ben, scene.thesis, con("Cranes rust.", topic_tags=("memory",)))
    plain = post_argument(cast.ben, scene.thesis, pro("Cranes are tall."))
    page.goto(scene.debate.get_absolute_url())
    views = page.get_by_role("navigation", name="Ways to read this debate")

    # Sorts, filters, and how much is open.
    page.get_by_text("Sort and filter").click()
    page.get_by_label("Side", exact=True).select_option("con")
    page.get_by_role("button", name="Show").first.click()
    expect(page.get_by_role("link", name=against.claim)).to_be_visible()
    expect(page.get_by_role("link", name=plain.claim)).to_have_count(0)
    page.goto(scene.debate.get_absolute_url())
    page.get_by_role("link", name="Open every branch").click()
    expect(page.get_by_role("link", name=scene.rebuttal.claim)).to_be_visible()
    page.get_by_role("link", name="Theses only").click()
    expect(page.get_by_role("link", name=scene.reason.claim)).to_have_count(0)

    # What is new, on paper, and what parts the sides.
    views.get_by_role("link", name="Latest").click()
    page.get_by_role("link", name="the last week").click()
    expect(page.get_by_role("link", name=against.claim)).to_be_visible()
    page.get_by_label("or since").fill("2024-02-29")
    page.get_by_role("button", name="Show").first.click()
    expect(page).to_have_url(re.compile(r"since=2024-02-29"))
    expect(page.get_by_role("link", name=against.claim)).to_be_visible()
    for name, says in (
        ("Map", "The same as a list"),
        ("Brief", "No objection to it yet."),
        ("Cruxes", "Cruxes"),
        ("Outline", scene.rebuttal.claim),
    ):
        views.get_by_role("link", name=name).click()
        expect(page.get_by_text(says).first).to_be_visible()

    # From a claim to those beside it, to its topic, and to what goes on elsewhere.
    page.goto(scene.reason.get_absolute_url())
    page.get_by_role("link", name="Cranes rust.").click()
    page.get_by_role("link", name="memory").first.click()
    expect(page.get_by_role("link", name=against.claim)).to_be_visible()
    page.get_by_role("link", name="Today").click()
    expect(page.get_by_role("link", name=scene.debate.question).first).to_be_visible()
    page.goto("/tags/")
    page.get_by_label("Holding").fill("mem")
    page.get_by_role("button", name="Show").first.click()
    expect(page.get_by_role("link", name="memory")).to_be_visible()
    page.goto(scene.debate.get_absolute_url())
    page.get_by_role("link", name="Debates that have to do with this one").click()
    expect(page.get_by_role("heading", name="Debates that have to do with this one")).to_be_visible()
