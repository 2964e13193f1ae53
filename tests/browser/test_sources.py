"""A citation from paste to mended, in a real browser, with scripts and without."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from debates.actions.library.attach_text import attach_text
from debates.models import Source
from tests.browser.conftest import PHONE, axe_faults
from tests.browser.test_story import begin, let_in, visitors
from tests.conftest import Cast, Scene, make_cast, make_scene

GULLS = """@article{ostrom2011,
  author  = {Ostrom, Vera and {Harbour Society}},
  title   = {Birds of the quay},
  journal = {Quay Notes},
  year    = 2011,
  pages   = {3--9},
}
@book{torn,
  title = {Never closed
"""
CLAIM = "The cranes are the gulls’ by now."


def rebut_with_paste(page: Page, scene: Scene, *, scripts: bool) -> None:
    """Paste a good and a broken entry, mend nothing of the broken one, and cite the good one."""
    page.goto(scene.debate.get_absolute_url())
    if not scripts:
        page.goto(scene.reason.get_absolute_url())
    form = begin(page, scene.reason, "Rebut")
    form.get_by_role("checkbox", name=re.compile("Weak source", re.IGNORECASE)).check()
    form.get_by_label("Your claim").fill(CLAIM)
    form.locator(".paste > summary").click()
    form.locator("textarea[name=paste]").fill(GULLS)
    form.get_by_role("button", name="Read them").click()
    form = page.locator("form.argument-form")
    expect(form.get_by_text("1 reference was read.")).to_be_visible()
    expect(form.get_by_role("alert").get_by_text("torn")).to_be_visible()
    expect(form.get_by_label("Your claim")).to_have_value(CLAIM)
    if scripts:
        # The script moves the focus once the answer has settled; keys pressed before that would go astray.
        expect(form.locator(".paste-read")).to_be_focused()
    form.locator("textarea[name=paste]").fill("")
    form.get_by_label("Where in the source").fill("p. 4")
    form.get_by_label("What it says, word for word").fill("They nest there every spring.")
    form.get_by_label("What you cite it for").fill("The nests are counted.")
    form.get_by_role("button", name="Post the rebuttal").click()
    expect(page.locator("article", has_text=CLAIM).first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_citation_is_pasted_doubted_and_mended(
    browser: Browser, live_server: LiveServer, transactional_db: None, scripts: bool
) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    with visitors(browser, live_server, 2, scripts=scripts) as (ben, dan):
        let_in(ben, cast.ben, live_server)
        let_in(dan, cast.dan, live_server)
        rebut_with_paste(ben, scene, scripts=scripts)
        source = Source.objects.get(title="Birds of the quay")
        attach_text(cast.ben, source, "They nest there in most years.", "everyone", "none named")

        # Dan looks it up: the machine does not find the words, and neither does he.
        dan.goto(source.get_absolute_url())
        dan.get_by_role("link", name="not checked yet").click()
        expect(dan.get_by_text("quotation not found")).to_be_visible()
        dan.get_by_label("No, it does not").check()
        dan.locator("[name=note]").fill("It says: in most years.")
        dan.get_by_role("button", name="Answer").click()
        expect(dan.get_by_text("0 of 1")).to_be_visible()

        # Ben is told, and mends it.
        ben.goto(reverse("notices"))
        expect(ben.get_by_text("It says: in most years.")).to_be_visible()
        argument = source.citations.get().argument
        ben.goto(reverse("edit", args=[argument.public_id]))
        ben.get_by_label("What it says, word for word").first.fill("They nest there in most years.")
        ben.get_by_role("button", name="Save").click()
        expect(ben.get_by_text("quotation found").first).to_be_visible()
        expect(ben.get_by_text("not checked yet").first).to_be_visible()

        # The doubt stands, as one about an earlier version.
        dan.goto(reverse("check", args=[source.citations.get().pk]))
        expect(dan.get_by_role("heading", name="For an earlier version")).to_be_visible()
        expect(dan.get_by_text("It says: in most years.")).to_be_visible()


def source_pages(cast: Cast, scene: Scene) -> list[str]:
    """Return the addresses that belong to sources."""
    source = Source.objects.get()
    return [
        reverse("sources"),
        source.get_absolute_url(),
        reverse("text", args=[source.public_id]),
        reverse("edit_source", args=[source.public_id]),
        reverse("source_history", args=[source.public_id]),
        reverse("merge_source", args=[source.public_id]),
        reverse("relate_source", args=[source.public_id]),
        reverse("add_sources"),
        reverse("checks"),
        reverse("check", args=[source.citations.get().pk]),
        reverse("wanted"),
        reverse("ask", args=[scene.reason.public_id]),
    ]


@pytest.mark.looks
@pytest.mark.parametrize("viewport", [PHONE])
def test_pages_of_sources_fit_a_phone(live_server: LiveServer, page: Page) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    let_in(page, cast.cleo, live_server)
    wide = []
    for address in source_pages(cast, scene):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        room, needed = page.evaluate(
            "[document.documentElement.clientWidth, document.documentElement.scrollWidth]"
        )
        if needed > room:
            wide.append(f"{address}: {needed} > {room}")
    assert not wide


@pytest.mark.looks
def test_axe_finds_nothing_on_pages_of_sources(live_server: LiveServer, page: Page) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    let_in(page, cast.cleo, live_server)
    found: list[str] = []
    for address in source_pages(cast, scene):
        page.goto(address)
        found += axe_faults(page, address)
    page.goto(reverse("add_sources"))
    page.get_by_label("References").fill(GULLS)
    page.get_by_role("button", name="Read them").click()
    expect(page.get_by_text("1 work was read")).to_be_visible()
    found += axe_faults(page, "what was read")
    assert not found, "\n".join(sorted(set(found)))
