"""The outline in a real browser: folds that keep the focus and the address, and the same by plain links."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from debates.models import Argument
from tests.browser.conftest import DESKTOP, PHONE, axe_faults
from tests.conftest import Scene, con, make_cast, make_scene
from tests.debates.test_outline import plant


@pytest.fixture
def long_scene(transactional_db: None) -> Scene:
    """Give the small debate with a note, a crowd, and two who take turns."""
    cast = make_cast()
    scene = make_scene(cast)
    plant([scene.rebuttal], 130, cast.ada, cast.ben)
    above = scene.thesis
    for number in range(12):
        path = f"{above.path}{'000z' if number == 0 else '0000'}"
        above = Argument.objects.create(
            debate=scene.debate,
            parent=above,
            stance="con",
            attacks="claim",
            claim=con(f"No, and that is my word number {number}.").claim,
            path=path,
            depth=above.depth + 1,
            author=(cast.ada, cast.ben)[number % 2],
        )
    return scene


def test_a_branch_is_opened_in_place_and_the_focus_stays(
    live_server: LiveServer, long_scene: Scene, page: Page
) -> None:
    scene, address = long_scene, f"{long_scene.debate.get_absolute_url()}outline/"
    page.goto(f"{address}?depth=1")
    fold = page.get_by_role("link", name=f"Answers to {scene.reason.claim}")
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=scene.rebuttal.claim, exact=True)).to_be_visible()
    expect(fold).to_be_focused()
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(page).to_have_url(f"{live_server.url}{address}?depth=1&open={scene.reason.public_id}")
    below = page.get_by_role("link", name=f"Answers to {scene.rebuttal.claim}")
    below.click()  # a line that came by itself is opened in the state of the address bar
    expect(page).to_have_url(
        f"{live_server.url}{address}?depth=1&open={scene.reason.public_id},{scene.rebuttal.public_id}"
    )
    page.get_by_role("link", name="30 more").first.click()
    expect(page.get_by_text("Answers 101 to 130 of 130")).to_be_focused()
    page.reload()
    expect(page.get_by_text("Answers 101 to 130 of 130")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(below).to_have_attribute("aria-expanded", "false")
    fold.click()
    expect(page.get_by_role("link", name=scene.rebuttal.claim, exact=True)).to_have_count(0)
    expect(page).to_have_url(f"{live_server.url}{address}?depth=1")


def test_the_same_with_scripts_off(long_scene: Scene, page_without_scripts: Page) -> None:
    scene, page = long_scene, page_without_scripts
    page.goto(f"{scene.debate.get_absolute_url()}outline/?depth=1")
    page.get_by_role("link", name=f"Answers to {scene.reason.claim}").click()
    assert page.url.endswith(f"?depth=1&open={scene.reason.public_id}#a-{scene.reason.public_id}")
    page.get_by_role("link", name=f"Answers to {scene.rebuttal.claim}").click()
    page.get_by_role("link", name="30 more").first.click()
    expect(page.get_by_text("Answers 101 to 130 of 130")).to_be_visible()
    page.get_by_role("link", name="6 levels").click()
    expect(page.get_by_text("6 answers")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_lists_and_names_are_what_a_screen_reader_needs(
    long_scene: Scene, page: Page, viewport: ViewportSize
) -> None:
    scene = long_scene
    page.goto(f"{scene.debate.get_absolute_url()}outline/?shut={scene.rebuttal.public_id}")
    tree = page.locator("ol.outline-top").aria_snapshot()
    assert tree.startswith("- list:\n  - listitem:"), tree[:200]
    for words in (
        f'link "Answers to {scene.thesis.claim}" [expanded]',
        f'link "{scene.reason.claim}"',
        "1 for · 1 against",
        'list "ben and ada, 6 answers"',
    ):
        assert words in tree, f"{words} is missing in\n{tree[:3000]}"
    found = axe_faults(page, "outline")
    page.goto(f"{scene.debate.get_absolute_url()}outline/?to={scene.rebuttal.public_id}&stance=con")
    found += axe_faults(page, "outline with a target and a filter")
    page.goto(f"{scene.debate.get_absolute_url()}latest/?since=nonsense")
    found += axe_faults(page, "latest")
    assert not found, "\n".join(found)
    for address in ("outline/", f"outline/?at={scene.rebuttal.public_id}", "latest/?of=edits&stance=con"):
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(scene.debate.get_absolute_url() + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, (
            f"{address} is wider than the screen."
        )
