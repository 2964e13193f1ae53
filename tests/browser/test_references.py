"""References in a real browser: read in a style, copied with scripts and without."""

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from debates.models import Source
from tests.conftest import Scene, make_cast, make_scene


def a_scene() -> tuple[Scene, Source]:
    """Make the small debate, its book set in two styles."""
    scene = make_scene(make_cast())
    source = scene.rebuttal.citations.get().source
    source.formatted = {
        "chicago-author-date": "Marsh, Lena. 1999. <em>Cranes of the Harbour</em>. Quay Press.",
        "apa": "Marsh, L. (1999). <em>Cranes of the harbour</em>. Quay Press.",
    }
    source.save()
    return scene, source


def clipboard(page: Page, kind: str) -> str:
    """Return what the clipboard holds, as one kind of text."""
    return str(
        page.evaluate(
            "async kind => (await (await navigator.clipboard.read())[0].getType(kind)).text()", kind
        )
    )


def test_dan_copies_a_reference_with_its_italics_and_its_bibtex(live_server: LiveServer, page: Page) -> None:
    scene, source = a_scene()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(scene.rebuttal.get_absolute_url())
    page.get_by_text("1 reference", exact=True).click()
    page.get_by_role("button", name="Copy the reference").click()
    expect(page.locator("#live")).to_have_text("Copied.")
    assert clipboard(page, "text/plain") == "Marsh, Lena. 1999. Cranes of the Harbour. Quay Press."
    assert "<em>Cranes of the Harbour</em>" in clipboard(page, "text/html")
    page.get_by_text("BibTeX", exact=True).first.click()
    page.get_by_role("button", name="Copy the BibTeX").click()
    expect(page.get_by_role("button", name="Copied.")).to_have_count(2)
    assert "Cranes of the harbour" in clipboard(page, "text/plain")
    page.goto(source.get_absolute_url())
    page.get_by_role("button", name="Copy the reference").click()
    expect(page.locator("#live")).to_have_text("Copied.")


def test_dan_is_told_when_the_browser_does_not_let_him_copy(live_server: LiveServer, page: Page) -> None:
    _scene, source = a_scene()
    page.add_init_script("navigator.clipboard.write = () => Promise.reject(new Error('no'))")
    page.goto(source.get_absolute_url())
    page.get_by_role("button", name="Copy the reference").click()
    expect(page.locator("#live")).to_contain_text("select the text instead")
    expect(page.get_by_role("button", name="Copy the reference")).to_be_visible()


def test_without_scripts_dan_chooses_a_style_and_selects_what_he_needs(
    live_server: LiveServer, page_without_scripts: Page
) -> None:
    page = page_without_scripts
    scene, _source = a_scene()
    page.goto(scene.rebuttal.get_absolute_url())
    page.get_by_text("1 reference", exact=True).click()
    page.get_by_role("link", name="APA").click()
    expect(page.get_by_text("Marsh, L. (1999).")).to_be_visible()
    assert not page.get_by_role("button", name="Copy").all(), "A button that does nothing is worse than none."
    page.get_by_text("BibTeX", exact=True).first.click()
    expect(page.get_by_label("The reference as BibTeX")).to_be_visible()
    assert "Cranes of the harbour" in page.get_by_label("The reference as BibTeX").input_value()
