"""Draw the pages of a running demo in a browser; `tools/screenshots` calls this, once a site.

usage: screenshots.py CHROMIUM ADDRESS FOLDER SUFFIX [DOCS]
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

DEBATE = "/debates/bolsheviks-and-workers-power/"
RATED = "/debates/a-demonstration-what-should-a-town-library-do/"
SIZES: tuple[ViewportSize, ...] = (
    {"width": 1440, "height": 900},
    {"width": 820, "height": 1180},
    {"width": 390, "height": 844},
)
PICTURES = {
    "debate": (DEBATE, ".thesis"),
    "outline": (f"{DEBATE}outline/", ".view-head"),
    "map": (f"{RATED}map/", ".view-head"),
}
"""For the documentation: the page, and where its picture begins."""
TALLEST = 3200
MOST_BYTES = 300_000


def pages_of(page: Page) -> dict[str, str]:
    """Return the pages to draw, by name; those whose addresses are new with every load are found by their links."""
    page.goto(DEBATE)
    argument = page.locator(".side-con .card .claim a").first.get_attribute("href") or ""
    source = page.locator(".cite-work a").first.get_attribute("href") or ""
    return {
        "home": "/",
        "debate": DEBATE,
        "argument": argument,
        "outline": f"{DEBATE}outline/",
        "latest": f"{DEBATE}latest/",
        "map": f"{DEBATE}map/",
        "map-rated": f"{RATED}map/",
        "brief": f"{DEBATE}brief/",
        "cruxes": f"{RATED}cruxes/",
        "article": f"{DEBATE}article/",
        "search": "/search/?q=party+-workers+stance:against",
        "today": "/today/",
        "tags": "/tags/",
        "style": "/style/",
        "source": source,
        "rebuttal": f"{argument}rebut/",
    }


def sign_in(page: Page) -> None:
    """Sign in as the demo's Ada; only a member sees the forms."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "ada")
    page.fill("input[name=password]", "ada-argues")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/")


def draw(browser: Browser, address: str, folder: Path, suffix: str) -> int:
    """Draw every page in every size and theme; return how many pictures were made."""
    made = 0
    for size in SIZES:
        for theme in ("light", "dark"):
            context = browser.new_context(
                base_url=address, viewport=size, color_scheme=theme, locale="en-GB", reduced_motion="reduce"
            )
            page = context.new_page()
            addresses = pages_of(page)
            sign_in(page)
            for name, path in addresses.items():
                page.goto(path)
                page.evaluate("document.fonts.ready.then(() => true)")
                tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
                parts = [name, *([suffix] if suffix else []), str(size["width"]), theme]
                page.screenshot(
                    path=folder / f"{'-'.join(parts)}.png",
                    full_page=True,
                    clip={"x": 0, "y": 0, "width": size["width"], "height": tall},
                )
                made += 1
            context.close()
    return made


def draw_for_docs(browser: Browser, address: str, folder: Path) -> None:
    """Draw what the README shows."""
    context = browser.new_context(
        base_url=address, viewport={"width": 1280, "height": 1000}, color_scheme="light", locale="en-GB"
    )
    page = context.new_page()
    for name, (path, begin) in PICTURES.items():
        page.goto(path)
        page.evaluate("document.fonts.ready.then(() => true)")
        page.locator(begin).first.evaluate("one => scrollTo(0, one.getBoundingClientRect().top - 64)")
        if name == "debate":
            page.locator(".side-pro .branch > summary").first.click()
            page.locator(".side-pro .branch > summary").first.blur()
        page.mouse.move(0, 0)
        picture = folder / f"{name}.png"
        page.screenshot(path=picture)
        if picture.stat().st_size > MOST_BYTES:
            sys.exit(f"{picture} has {picture.stat().st_size:,} bytes; at most {MOST_BYTES:,} are wanted.")
    context.close()


def main() -> None:
    """Read the arguments and draw."""
    chromium, address, folder, suffix, *docs = sys.argv[1:]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
        )
        made = draw(browser, address, Path(folder), suffix)
        if docs:
            draw_for_docs(browser, address, Path(docs[0]))
        browser.close()
    sys.stdout.write(f"{made} pictures{' with the originals' if suffix else ''}\n")


main()
