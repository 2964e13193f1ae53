"""The whole story in a real browser, with scripts and without; and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from debates.actions.writing.post_argument import post_argument
from debates.models import Argument
from forum.accounts.models import User
from tests.browser.conftest import DESKTOP, watched_page
from tests.conftest import PASSWORD, con, make_cast, make_scene, signed_in

SUPPORT = "The cranes bring visitors to the quay."
REBUTTAL = "The town forgot them for forty years."


@contextmanager
def visitors(browser: Browser, server: LiveServer, count: int, *, scripts: bool) -> Iterator[list[Page]]:
    """Open a window each for several people, who share nothing."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(watched_page(browser, server, DESKTOP, ["404"], scripts=scripts))
            for _ in range(count)
        ]


def sign_in(page: Page, name: str) -> None:
    """Sign in through the form."""
    page.goto(reverse("account_login"))
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign In", exact=True).click()
    expect(page.get_by_role("navigation", name="Site").get_by_role("link", name=name)).to_be_visible()


def let_in(page: Page, user: User, server: LiveServer) -> None:
    """Sign in without the form, where that is not what the test is about."""
    session = signed_in(user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])


def card_of(page: Page, argument: Argument) -> Locator:
    """Return the card of an argument on a page."""
    return page.locator(f"#a-{argument.public_id}")


def begin(page: Page, argument: Argument, act: str) -> Locator:
    """Choose what to do with an argument on its debate's page; return the form."""
    card = card_of(page, argument)
    fold = card.locator(".acts-fold > summary")
    if fold.count():
        fold.click()
    card.get_by_role("link", name=act).click()
    form = page.locator("form.argument-form")
    expect(form).to_be_visible()
    return form


def check_posted(page: Page, claim: str, debate_address: str, *, scripts: bool) -> None:
    """See an answer land where it was written, or on its own page where no script runs."""
    if scripts:
        posted = page.locator(".posted")
        expect(posted.get_by_role("link", name=claim)).to_be_visible()
        expect(posted).to_be_focused()
        assert urlsplit(page.url).path == debate_address, "It lands in place."
    else:
        expect(page.locator("article", has_text=claim).first).to_be_visible()
        assert page.url.endswith(Argument.objects.get(claim=claim).get_absolute_url())


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_story(browser: Browser, live_server: LiveServer, transactional_db: None, scripts: bool) -> None:
    scene = make_scene(make_cast())
    place = scene.debate.get_absolute_url()
    with visitors(browser, live_server, 5, scripts=scripts) as (dan, nell, ben, cleo, ada):
        # Dan reads.
        dan.goto("/")
        dan.get_by_role("link", name=scene.debate.question).click()
        expect(dan.get_by_text(scene.reason.claim)).to_be_visible()
        dan.get_by_text("1 answer", exact=True).click()
        expect(dan.get_by_text(scene.rebuttal.claim)).to_be_visible()

        # A newcomer signs up and answers a thesis.
        nell.goto("/")
        nell.get_by_role("link", name="Sign up").click()
        nell.locator("[name=username]").fill("nell")
        nell.locator("[name=email]").fill("nell@example.org")
        nell.locator("[name=password1]").fill(PASSWORD)
        nell.get_by_role("main").get_by_role("button", name=re.compile("sign up", re.IGNORECASE)).click()
        expect(nell.get_by_role("link", name="nell", exact=True)).to_be_visible()
        nell.goto(place)
        form = begin(nell, scene.thesis, "Answer for")
        expect(form.get_by_label("For: it supports the claim")).to_be_checked()
        form.get_by_label("Your claim").fill(SUPPORT)
        form.get_by_role("button", name="Post", exact=True).click()
        check_posted(nell, SUPPORT, place, scripts=scripts)

        # She rebuts Ada's reason, with a source of her own.
        nell.goto(place)
        form = begin(nell, scene.reason, "Rebut")
        assert nell.url.endswith(place) == scripts, "The form opens in place where scripts run."
        form.get_by_label("weak source").check()
        form.get_by_label("Your claim").fill(REBUTTAL)
        form.get_by_text("Describe a new source").click()
        form.get_by_label("Title").fill("Forty quiet years")
        form.get_by_label("Authors").fill("Ostrom, Vera")
        form.get_by_label("Year or date").fill("1988")
        form.get_by_label("Where in the source").fill("p. 7")
        form.get_by_label("What it says, word for word").fill("Nobody looked up.")
        form.get_by_label("Topics").fill("forgetting")
        form.get_by_role("button", name="Preview").click()
        expect(nell.get_by_role("region", name="Preview").get_by_text("Nobody looked up.")).to_be_visible()
        assert not Argument.objects.filter(claim=REBUTTAL).exists()
        form.get_by_role("button", name="Post the rebuttal").click()
        check_posted(nell, REBUTTAL, place, scripts=scripts)
        rebuttal = Argument.objects.get(claim=REBUTTAL)
        source = rebuttal.citations.get().source
        assert rebuttal.is_rebuttal

        everywhere = [
            place + "?open=all",
            reverse("search") + "?q=forgot+forty",
            source.get_absolute_url(),
            reverse("tag", args=["forgetting"]),
        ]
        for address in everywhere:
            dan.goto(address)
            expect(dan.get_by_text(REBUTTAL).first).to_be_visible()

        # Ben reports it.
        sign_in(ben, "ben")
        ben.goto(rebuttal.get_absolute_url())
        card_of(ben, rebuttal).get_by_role("link", name="Report").click()
        ben.get_by_label("Cite what is there").check()
        ben.get_by_label("In your words").fill("I cannot find this book.")
        ben.get_by_role("main").get_by_role("button", name="Report").click()
        expect(ben.get_by_text("A moderator will look at it")).to_be_visible()

        # Cleo finds it in the queue, sees what it answers, and hides it.
        sign_in(cleo, "cleo")
        cleo.get_by_role("link", name="Admin").click()
        cleo.get_by_role("link", name="Reports", exact=True).first.click()
        cleo.get_by_role("link", name=REBUTTAL).click()
        for context in (
            scene.thesis.claim,
            scene.reason.claim,
            REBUTTAL,
            "I cannot find this book.",
            "Nobody looked up.",
        ):
            expect(cleo.get_by_text(context).first).to_be_visible()
        cleo.get_by_role("button", name="Uphold, and hide what can be hidden").click()
        expect(cleo.get_by_text(scene.reason.claim).first).to_be_visible()
        decide(cleo, "Uphold, and hide what can be hidden", "No such book is known.", rule="source")
        dan.goto(reverse("log"))
        expect(dan.get_by_text("No such book is known.")).to_be_visible()
        expect(dan.get_by_text("House rule: Cite what is there")).to_be_visible()
        expect(dan.get_by_text(REBUTTAL)).to_have_count(0)

        # For Dan it is gone; author and reporter are told.
        for address in everywhere:
            dan.goto(address)
            expect(dan.get_by_role("main")).to_be_visible()
            expect(dan.get_by_text(REBUTTAL)).to_have_count(0)
        answer = dan.goto(rebuttal.get_absolute_url())
        assert answer is not None
        assert answer.status == 404
        for person, sentence in ((nell, "A moderator hid your argument."), (ben, "Your report was upheld")):
            person.goto("/")
            person.get_by_role("link", name=re.compile("Notices")).click()
            expect(person.get_by_role("paragraph").filter(has_text=sentence)).to_be_visible()
            expect(person.get_by_text("No such book is known.")).to_be_visible()
        nell.get_by_role("link", name=REBUTTAL).click()
        expect(nell.get_by_text("Only you and the moderators see this text")).to_be_visible()

        # Cleo restores it, and it is back.
        cleo.goto(reverse("admin:debates_argument_changelist") + "?state__exact=hidden")
        cleo.get_by_role("link", name=REBUTTAL).click()
        cleo.get_by_role("button", name="Restore").click()
        decide(cleo, "Restore", "The library has it after all.")
        for address in everywhere:
            dan.goto(address)
            expect(dan.get_by_text(REBUTTAL).first).to_be_visible()
        dan.goto(reverse("log"))
        expect(dan.get_by_text("The library has it after all.")).to_be_visible()

        # Ada may open debates, and opens one.
        sign_in(ada, "ada")
        ada.goto("/")
        ada.get_by_role("link", name="Open a debate").click()
        ada.get_by_label("Question").fill("Should gulls be fed?")
        ada.get_by_label("Theses").fill("Gulls should be fed.\nGulls should be left alone.")
        ada.get_by_label("Topics").fill("gulls")
        ada.get_by_role("button", name="Open the debate").click()
        expect(ada.get_by_role("heading", name="Should gulls be fed?")).to_be_visible()
        dan.goto("/")
        dan.get_by_role("link", name="Should gulls be fed?").click()
        expect(dan.get_by_role("heading", name="Gulls should be left alone.")).to_be_visible()


def decide(page: Page, act: str, reason: str, rule: str = "") -> None:
    """Give the reason on the page that shows what will change."""
    if rule:
        page.locator("[name=rule]").select_option(rule)
    page.locator("[name=reason]").fill(reason)
    page.locator(".decide").get_by_role("button", name=act).click()
    expect(page.get_by_text("1 changed")).to_be_visible()


# ------------------------------------------------------------------------------------------- with scripts


def test_a_mistake_in_place_keeps_the_text_and_takes_the_focus(
    live_server: LiveServer, page: Page, expected_faults: list[str]
) -> None:
    expected_faults.append("422")
    cast = make_cast()
    scene = make_scene(cast)
    let_in(page, cast.ben, live_server)
    page.goto(scene.debate.get_absolute_url())
    form = begin(page, scene.reason, "Answer against")
    form.get_by_label("Your claim").fill(SUPPORT)
    form.get_by_role("button", name="Post", exact=True).click()
    expect(form.get_by_text("is it not true, or does it not matter here?")).to_be_visible()
    expect(form.get_by_label("Your claim")).to_have_value(SUPPORT)
    # The script moves the focus once the answer has settled, a moment after its text can be seen.
    expect(form.locator(".field-wrong :focus").or_(form.locator(".refusal:focus"))).to_have_count(1)
    form.get_by_label("It is not true").check()
    # What is found while somebody types leaves the keyboard where it is.
    form.get_by_label("Find a source that is here already").press_sequentially("cranes harb")
    expect(form.get_by_role("radio", name="Cranes of the harbour")).to_be_visible()
    expect(form.get_by_label("Find a source that is here already")).to_be_focused()
    form.get_by_role("radio", name="Cranes of the harbour").check()
    form.get_by_role("button", name="Cite another source").click()
    expect(form.locator(".cite-form")).to_have_count(2)
    expect(form.get_by_label("It is not true")).to_be_checked()
    form.get_by_role("button", name="Post", exact=True).click()
    check_posted(page, SUPPORT, scene.debate.get_absolute_url(), scripts=True)


def test_two_forms_in_place_do_not_mix(live_server: LiveServer, page: Page) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    other = post_argument(cast.ada, scene.thesis, con("They rust."))
    let_in(page, cast.ben, live_server)
    page.goto(scene.debate.get_absolute_url())
    first = begin(page, scene.reason, "Answer for")
    first.get_by_label("Your claim").fill("Typed into the first.")
    card_of(page, other).locator(".acts-fold > summary").click()
    card_of(page, other).get_by_role("link", name="Answer for").click()
    forms = page.locator("form.argument-form")
    expect(forms).to_have_count(2)
    second = page.locator(f"#a-{other.public_id} + .slot form")
    second.locator("label", has_text="Your claim").click()
    page.keyboard.type("Typed into the second.")
    expect(second.locator("[name=claim]")).to_have_value("Typed into the second.")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_visitor_who_answers_signs_in_and_comes_back_to_the_form(
    browser: Browser, live_server: LiveServer, transactional_db: None, scripts: bool
) -> None:
    scene = make_scene(make_cast())
    with visitors(browser, live_server, 1, scripts=scripts) as [page]:
        page.goto(scene.debate.get_absolute_url())
        card_of(page, scene.thesis).get_by_role("link", name="Answer against").click()
        page.wait_for_url("**/accounts/login/**")
        expect(page.get_by_role("banner")).to_have_count(1)
        page.locator("[name=login]").fill("ben")
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign In", exact=True).click()
        expect(page.get_by_label("Against: it speaks against the claim")).to_be_checked()
        expect(page.get_by_text(scene.thesis.claim).first).to_be_visible()


# ----------------------------------------------------------------------------------------------- keyboard


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus."""
    wanted = target.element_handle()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement === wanted", wanted):
            outline = page.evaluate(
                "(e) => { const s = getComputedStyle(e); return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }",
                wanted,
            )
            assert outline, f"The focus cannot be seen on {target}"
            return
    pytest.fail(f"Tab does not reach {target}")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_keyboard_alone_opens_a_branch_and_answers(
    browser: Browser, live_server: LiveServer, transactional_db: None, scripts: bool
) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    place = scene.debate.get_absolute_url()
    with visitors(browser, live_server, 1, scripts=scripts) as [page]:
        let_in(page, cast.dan, live_server)
        page.goto(place)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # skip to the content
        tab_to(page, page.locator("details.branch > summary").first)
        page.keyboard.press("Enter")
        expect(page.get_by_text(scene.rebuttal.claim)).to_be_visible()
        fold = card_of(page, scene.rebuttal).locator(".acts-fold > summary")
        tab_to(page, fold)
        page.keyboard.press("Enter")
        tab_to(page, card_of(page, scene.rebuttal).get_by_role("link", name="Answer against"))
        page.keyboard.press("Enter")
        form = page.locator("form.argument-form")
        expect(form).to_be_visible()
        tab_to(page, form.get_by_label("It is not true"))
        page.keyboard.press("Space")
        tab_to(page, form.get_by_label("Your claim"))
        page.keyboard.type(SUPPORT)
        tab_to(page, form.get_by_role("button", name="Post", exact=True))
        page.keyboard.press("Enter")
        check_posted(page, SUPPORT, place, scripts=scripts)
