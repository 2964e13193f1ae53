"""Comfort: the keys and the sheet that says which, the main story by keyboard alone, and what a screen reader is given."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from debates.models import Argument, Rating
from tests.browser.conftest import axe_faults
from tests.browser.test_story import begin, card_of, let_in, tab_to
from tests.conftest import PASSWORD, make_cast, make_scene

ANSWER = "The pilot steers by them."
REBUTTAL = "The pilot steers by the lighthouse."


def claim_of(page: Page, argument: Argument) -> Locator:
    """Return what has the focus when the keys are at an argument."""
    return card_of(page, argument).locator(".claim a").first


def press(page: Page, *keys: str) -> None:
    """Press keys, one after the other."""
    for key in keys:
        page.keyboard.press(key)


# --------------------------------------------------------------------------------------------------- the keys


def test_keys_move_about_a_debate(live_server: LiveServer, page: Page) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    let_in(page, cast.dan, live_server)
    page.goto(scene.debate.get_absolute_url())
    press(page, "j")
    expect(claim_of(page, scene.thesis)).to_be_focused()
    press(page, "j")
    expect(claim_of(page, scene.reason)).to_be_focused()
    press(page, "k")
    expect(claim_of(page, scene.thesis)).to_be_focused()
    press(page, "j", "o")
    expect(claim_of(page, scene.rebuttal)).to_be_visible()
    press(page, "j")
    expect(claim_of(page, scene.rebuttal)).to_be_focused()
    press(page, "p")
    expect(claim_of(page, scene.reason)).to_be_focused()
    press(page, "o")
    expect(claim_of(page, scene.rebuttal)).to_be_hidden()
    press(page, "p", "p")
    expect(claim_of(page, scene.thesis)).to_be_focused()
    press(page, "j", "a")
    form = page.locator(f"#a-{scene.reason.public_id} + .slot form")
    expect(form.get_by_label("Against: it speaks against the claim")).to_be_checked()
    expect(form.get_by_role("heading", name="Answer this claim")).to_be_focused()
    press(page, "f")
    expect(form.get_by_label("For: it supports the claim")).to_be_checked()
    press(page, "r")
    card = card_of(page, scene.reason)
    expect(card.locator("details.rate > summary")).to_be_focused()
    press(page, "/")
    expect(page.locator("#site-search")).to_be_focused()
    page.goto(scene.rebuttal.get_absolute_url())
    press(page, "p")
    page.wait_for_url(f"**{scene.reason.get_absolute_url()}")
    press(page, "g", "s")
    page.wait_for_url(f"**{reverse('sources')}")


def test_keys_never_act_on_who_types_or_asks_the_browser(live_server: LiveServer, page: Page) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    let_in(page, cast.dan, live_server)
    page.goto(scene.debate.get_absolute_url())
    field = page.locator("#site-search")
    field.focus()
    page.keyboard.type("j/g?sfa")
    expect(field).to_have_value("j/g?sfa")
    expect(page.locator("dialog[open]")).to_have_count(0)
    field.blur()
    for asked in ("Control", "Alt", "Meta"):
        for key in ("j", "o", "f"):
            press(page, f"{asked}+{key}")
    expect(page.locator("main :focus")).to_have_count(0)
    expect(page.locator("form.argument-form")).to_have_count(0)
    # Over the sheet nothing moves below it.
    press(page, "?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet.get_by_text("next argument")).to_be_visible()
    press(page, "j", "f")
    expect(page.locator("main :focus")).to_have_count(0)
    press(page, "Escape")
    expect(sheet).to_be_hidden()
    # They can be turned off, and stay off.
    press(page, "?")
    sheet.get_by_role("button", name="Turn the keys off").click()
    expect(sheet.get_by_text("They are off in this browser.")).to_be_visible()
    sheet.get_by_role("button", name="Close").click()
    page.reload()
    press(page, "j", "?")
    expect(page.locator("main :focus")).to_have_count(0)
    expect(page.locator("dialog[open]")).to_have_count(0)
    # The link still opens the sheet, and there they are turned on again.
    page.get_by_role("contentinfo").get_by_role("link", name="Keys").click()
    sheet.get_by_role("button", name="Turn the keys on").click()
    press(page, "Escape", "j")
    expect(page.locator("main .claim :focus")).to_have_count(1)


def test_g_takes_no_key_but_those_of_its_places(live_server: LiveServer, page: Page) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    let_in(page, cast.dan, live_server)
    page.goto(scene.debate.get_absolute_url())
    link = page.locator(".site-name")
    link.focus()
    with page.expect_response(f"**{reverse('keys')}"):
        press(page, "g")
    press(page, "Tab")
    expect(page.locator("#site-search")).to_be_focused()
    link.focus()
    press(page, "s")
    expect(page).to_have_url(f"{live_server.url}{scene.debate.get_absolute_url()}")
    press(page, "g", "j")
    expect(claim_of(page, scene.thesis)).to_be_focused()
    page.evaluate("addEventListener('keydown', event => (window.taken = event.defaultPrevented))")
    press(page, "g", "z")
    assert page.evaluate("taken") is False, "What leads nowhere is left to the browser."
    # A press of Shift is not a key of its own.
    press(page, "g", "Shift", "s")
    page.wait_for_url(f"**{reverse('sources')}")
    page.go_back()
    link.focus()
    press(page, "g", "Enter")
    page.wait_for_url(f"{live_server.url}/")


def test_keys_work_when_one_has_gone_back(live_server: LiveServer, page: Page) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    let_in(page, cast.dan, live_server)
    address = f"{scene.debate.get_absolute_url()}outline/?depth=1"
    page.goto(address)
    sheet = page.get_by_role("dialog", name="Keys")
    press(page, "?")
    expect(sheet).to_be_visible()
    press(page, "Escape")
    page.get_by_role("link", name=f"Answers to {scene.reason.claim}").click()
    expect(page.get_by_role("link", name=scene.rebuttal.claim, exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name=scene.rebuttal.claim, exact=True)).to_have_count(0)
    press(page, "?")
    expect(sheet).to_be_visible()
    expect(page.locator(".keys-sheet")).to_have_count(1)
    sheet.get_by_role("button", name="Turn the keys off").click()
    sheet.get_by_role("button", name="Turn the keys on").click()
    press(page, "Escape")
    page.get_by_role("contentinfo").get_by_role("link", name="Keys").click()
    expect(sheet).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}{address}")
    press(page, "Escape", "g", "s")
    page.wait_for_url(f"**{reverse('sources')}")


def test_without_scripts_the_keys_are_a_page(live_server: LiveServer, page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="Keys").click()
    expect(page.get_by_role("heading", name="Keys", exact=True)).to_be_visible()
    expect(page.get_by_text("next argument")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Turn the keys"))).to_have_count(0)


def test_what_others_say_is_read_aloud_once_one_has_answered(live_server: LiveServer, page: Page) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    let_in(page, cast.dan, live_server)
    page.goto(scene.reason.get_absolute_url())
    card_of(page, scene.reason).get_by_role("button", name="Agree").click()
    card_of(page, scene.reason).get_by_role("link", name="Your rating").click()
    expect(page.locator("#live")).to_contain_text("1 of 1")


@pytest.mark.looks
def test_what_opens_in_place_can_be_used_by_everyone(live_server: LiveServer, page: Page) -> None:
    """The pages themselves are looked at in tests/pages; here stands what only a script opens."""
    cast = make_cast()
    scene = make_scene(cast)
    let_in(page, cast.dan, live_server)
    page.goto(scene.debate.get_absolute_url())
    begin(page, scene.reason, "Rebut")
    card = card_of(page, scene.reason)
    card.get_by_role("link", name="Rate", exact=True).click()
    expect(card.locator("details.rate > summary")).to_be_focused()
    faults = axe_faults(page, "a form and a rating in place")
    press(page, "?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    faults += axe_faults(page, "the sheet of keys")
    assert not faults, "\n".join(faults)


# ------------------------------------------------------------------------------------ the story, by keyboard alone


def go_to(page: Page, target: Locator, key: str = "Enter") -> None:
    """Reach something with Tab, and press a key on it."""
    tab_to(page, target)
    page.keyboard.press(key)


def type_into(page: Page, field: Locator, words: str) -> None:
    """Reach a field with Tab and type."""
    tab_to(page, field)
    page.keyboard.type(words)


def test_the_whole_story_by_keyboard_alone(live_server: LiveServer, page: Page) -> None:
    scene = make_scene(make_cast())
    page.goto("/")
    # Find the debate by its words, and read.
    type_into(page, page.locator("#site-search"), "cranes elsewhere")
    press(page, "Enter")
    go_to(page, page.get_by_role("main").get_by_role("link", name=re.compile("Should the harbour")).first)
    page.wait_for_url(re.compile("/debates/|/arguments/"))
    page.goto(scene.debate.get_absolute_url())
    go_to(page, page.locator("details.branch > summary").first)
    expect(page.get_by_text(scene.rebuttal.claim)).to_be_visible()
    # Answer: sign in first, and come back to the form.
    fold = card_of(page, scene.reason).locator(".acts-fold > summary")
    go_to(page, fold)
    go_to(page, card_of(page, scene.reason).get_by_role("link", name="Answer for"))
    page.wait_for_url("**/accounts/login/**")
    type_into(page, page.locator("[name=login]"), "dan")
    type_into(page, page.locator("[name=password]"), PASSWORD)
    press(page, "Enter")
    form = page.locator("form.argument-form")
    type_into(page, form.get_by_label("Your claim"), ANSWER)
    go_to(page, form.get_by_role("button", name="Post", exact=True))
    expect(page.locator("article", has_text=ANSWER).first).to_be_visible()
    # Rebut Ben's rebuttal with a source, in place.
    page.goto(scene.debate.get_absolute_url() + "?open=all")
    go_to(page, card_of(page, scene.rebuttal).locator(".acts-fold > summary"))
    go_to(page, card_of(page, scene.rebuttal).get_by_role("link", name="Rebut"))
    form = page.locator("form.argument-form")
    expect(form.get_by_role("heading", name="Rebut this claim")).to_be_focused()
    go_to(page, form.get_by_label("weak source"), "Space")
    type_into(page, form.get_by_label("Your claim"), REBUTTAL)
    go_to(page, form.get_by_text("Describe a new source"))
    type_into(page, form.get_by_label("Title"), "Lights of the coast")
    type_into(page, form.get_by_label("Where in the source"), "p. 3")
    go_to(page, form.get_by_role("button", name="Post the rebuttal"))
    expect(page.locator(".posted")).to_be_focused()
    assert Argument.objects.get(claim=REBUTTAL).citations.count() == 1
    # Rate what it rebuts.
    page.goto(scene.rebuttal.get_absolute_url())
    go_to(page, card_of(page, scene.rebuttal).get_by_role("button", name="Agree"), "Space")
    expect(card_of(page, scene.rebuttal).get_by_role("button", name="Agree", pressed=True)).to_be_focused()
    assert Rating.objects.filter(argument=scene.rebuttal, member__username="dan").exists()


# ------------------------------------------------------------------------------------- what a screen reader is given


def test_the_tree_of_a_debate_can_be_heard(live_server: LiveServer, page: Page) -> None:
    scene = make_scene(make_cast())
    page.goto(scene.debate.get_absolute_url() + "?open=all")
    expect(page.locator("body")).to_match_aria_snapshot("""
      - link "Skip to the content"
      - banner:
        - search
        - navigation "Site"
      - main:
        - heading "Should the harbour keep its cranes?" [level=1]
        - navigation "Ways to read this debate"
        - article:
          - heading "The harbour should keep its cranes." [level=2]
        - heading "1 for" [level=3]
        - list:
          - listitem:
            - article:
              - heading "The cranes are the town’s memory." [level=3]
            - group:
              - list:
                - listitem:
                  - article:
                    - heading "Half of the cranes came from elsewhere." [level=4]
        - heading "0 against" [level=3]
      - contentinfo:
        - navigation "About this site"
    """)
    # Each card says its side, its author, its claim and its counts, in this order.
    heard = card_of(page, scene.rebuttal).aria_snapshot()
    parts = ["Rebuttal", "factual error", "ben", scene.rebuttal.claim, "Marsh 1999", "unanswered"]
    at = [heard.find(part) for part in parts]
    assert -1 not in at, f"It does not say {parts[at.index(-1)]}:\n{heard}"
    assert at == sorted(at), f"It says it in another order than {parts}:\n{heard}"
    assert "1 against" in card_of(page, scene.reason).aria_snapshot()


def test_the_tree_of_an_argument_can_be_heard(live_server: LiveServer, page: Page) -> None:
    scene = make_scene(make_cast())
    page.goto(scene.reason.get_absolute_url())
    expect(page.get_by_role("main")).to_match_aria_snapshot("""
      - main:
        - navigation "Where this stands":
          - paragraph:
            - link "Should the harbour keep its cranes?"
          - list:
            - listitem:
              - text: Thesis
              - link "The harbour should keep its cranes."
        - article:
          - heading "The cranes are the town’s memory." [level=1]
        - heading "0 for" [level=2]
        - heading "1 against" [level=2]
        - list:
          - listitem:
            - article:
              - heading "Half of the cranes came from elsewhere." [level=3]
        - complementary "About this argument"
    """)
