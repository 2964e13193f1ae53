"""A citation from paste to mended, in a real browser, with scripts and without."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from debates.actions.sources.attach_text import attach_text
from debates.models import Source
from tests.browser.test_story import begin, let_in, visitors
from tests.conftest import Scene, make_cast, make_scene

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
