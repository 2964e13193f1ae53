"""What is new, and what is followed, in a real browser: read from one to the next, with scripts and without."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from debates.models import Argument
from forum.accounts.models import User
from forum.following.models import Follow, ReadMark
from tests.browser.conftest import PHONE, axe_faults
from tests.browser.test_story import let_in
from tests.conftest import Cast, Scene, make_cast, make_scene


@pytest.fixture
def read(transactional_db: None) -> Scene:
    """Give the small debate, of which Dan had read nothing but the thesis."""
    cast: Cast = make_cast()
    scene = make_scene(cast)
    yesterday = timezone.now() - timedelta(days=1)
    Argument.objects.filter(pk=scene.thesis.pk).update(created_at=yesterday - timedelta(hours=1))
    ReadMark.objects.create(member=cast.dan, debate=scene.debate, read_to=yesterday)
    return scene


def walk_through(page: Page, scene: Scene) -> None:
    """Read what is new from one to the next."""
    page.goto("/")
    expect(page.get_by_text("2 new")).to_be_visible()
    page.goto(scene.debate.get_absolute_url())
    expect(page.locator(".news-count")).to_contain_text("2 new in this debate")
    expect(page.locator(".card .new-mark").first).to_have_text("● new")
    page.get_by_role("link", name="Next new").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(scene.reason.claim)
    page.get_by_role("button", name="Read; next new").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(scene.rebuttal.claim)
    expect(page.locator(".news-count")).to_contain_text("1 new in this debate")
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing else is new")
    page.get_by_role("link", name=scene.debate.question).click()
    expect(page.locator(".news")).to_contain_text("Nothing new since")
    expect(page.locator(".new-mark")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_what_is_new_is_read_one_after_the_other_and_followed(
    live_server: LiveServer, read: Scene, page: Page, page_without_scripts: Page, scripts: bool
) -> None:
    page = page if scripts else page_without_scripts
    let_in(page, User.objects.get(username="dan"), live_server)
    page.set_viewport_size(PHONE)
    walk_through(page, read)
    control = page.locator(".follow-control")
    for button, says, level in (("Follow", "Following", "follow"), ("Mute", "Muted", "mute")):
        if control.get_attribute("open") is None:
            control.locator("summary").click()
        control.get_by_role("button", name=button, exact=True).click()
        expect(control.locator("summary")).to_contain_text(says)
        assert [row.level for row in Follow.objects.all()] == [level]
        if scripts:
            pressed = control.get_by_role("button", name=button, exact=True)
            expect(pressed).to_be_focused()
            expect(pressed).to_have_attribute("aria-pressed", "true")
            assert not axe_faults(page, says)
    page.goto("/following/")
    page.get_by_role("button", name="Unmute").click()
    expect(page.get_by_text("You follow and mute nothing yet")).to_be_visible()
