"""The number of notices beside the navigation, which asks for itself: in a real browser, with the clock turned on."""

from __future__ import annotations

from playwright.sync_api import Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from debates.actions.moderating.hide import hide
from debates.actions.writing.post_argument import post_argument
from forum.notices.models import Notice
from tests.browser.conftest import axe_faults
from tests.browser.test_story import let_in
from tests.conftest import con, make_cast, make_scene

A_MINUTE = 61_000


def test_the_number_of_notices_follows_what_happens(
    live_server: LiveServer, page: Page, transactional_db: None
) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    Notice.objects.all().delete()
    page.clock.install()
    answers: list[int] = []

    def heard(response: Response) -> None:
        if "/notices/count/" in response.url:
            answers.append(response.status)

    page.on("response", heard)
    let_in(page, cast.ada, live_server)
    page.goto(scene.debate.get_absolute_url())
    badge, title = page.locator(".site-nav .badge"), page.title()

    def a_minute_later() -> int:
        with page.expect_response("**/notices/count/**") as answer:
            page.clock.fast_forward(A_MINUTE)
        return answer.value.status

    assert a_minute_later() == 204, "Nothing was new, and the whole was sent."
    expect(badge).to_have_count(0)
    answer = post_argument(cast.ben, scene.reason, con("Nobody remembers that."))
    assert a_minute_later() == 200
    expect(badge).to_have_text("1 unread")
    expect(page.locator("#live")).to_have_text("1 unread notice")
    expect(page).to_have_title(f"(1) {title}")  # seen from another tab
    assert page.url.endswith(scene.debate.get_absolute_url()), "The poll changed the address."
    assert a_minute_later() == 204
    expect(badge).to_have_text("1 unread")
    post_argument(cast.dan, scene.reason, con("I do not."))
    assert a_minute_later() == 200
    expect(badge).to_have_text("2 unread")
    expect(page).to_have_title(f"(2) {title}")
    assert not axe_faults(page, "the number of notices")
    hide(cast.cleo, answer, "Spam.")  # what is hidden is told of no more, but Ada is told nothing else of it
    page.evaluate("document.querySelector('[data-poll]').dispatchEvent(new CustomEvent('look'))")
    expect(badge).to_have_text("1 unread")
    Notice.objects.all().delete()
    assert a_minute_later() == 200
    expect(badge).to_have_count(0)
    expect(page).to_have_title(title)
    page.context.clear_cookies()
    assert a_minute_later() == 286, "Who has signed out elsewhere is asked to stop."
    asked = len(answers)
    page.clock.fast_forward(3 * A_MINUTE)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert len(answers) == asked, "It goes on asking."
