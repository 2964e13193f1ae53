"""One name runs through: address, route, view, template and test share a word."""

import inspect
import re
from pathlib import Path

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import URLPattern

import debates.urls
import forum.accounts.urls
import forum.bookmarks.urls
import forum.drafts.urls
import forum.following.urls
import forum.moderation.urls
import forum.notices.urls
import forum.own_data.urls

MODULES = {
    "debates": debates.urls,
    "accounts": forum.accounts.urls,
    "bookmarks": forum.bookmarks.urls,
    "drafts": forum.drafts.urls,
    "following": forum.following.urls,
    "moderation": forum.moderation.urls,
    "notices": forum.notices.urls,
    "own_data": forum.own_data.urls,
}
ROUTES = [(app, route) for app, module in MODULES.items() for route in module.urlpatterns]
NO_TEMPLATE = {
    *("sitemap", "sitemap_part", "robots", "see", "notices_seen", "reinstate", "references_style"),
    *("invited", "drafts_throw", "drafts_restore", "read_debate", "read_argument", "leave_cancel"),
    *("set_bookmark", "arrange_list", "share_list"),
}
"""They answer a form and redirect."""
FILES = ("_references", "_feed", "_picture", "_file")
"""How the names of routes end that answer with a file."""
SHARED = {
    "search_suggest": "search",
    "branch": "argument",
    "rebut": "reply",
    "find_source": "reply",
    "similar": "reply",
    "drafts_keep": "drafts",
    **dict.fromkeys(("report_citation", "report_source", "report_member", "report_tag"), "report"),
}
"""Fragments of another page, and a page that shares another's."""

every_route = pytest.mark.parametrize(
    ("app", "route"), ROUTES, ids=[str(route.name) for _app, route in ROUTES]
)


@every_route
def test_the_route_is_named_for_its_view(app: str, route: URLPattern) -> None:
    assert route.callback is not None
    name = inspect.unwrap(route.callback).__name__
    assert route.name in (name, f"{app}_{name}"), (
        f"The route “{route.name}” leads to the view “{name}”: who looks for one should find the other."
    )


@every_route
def test_the_view_is_a_function(app: str, route: URLPattern) -> None:
    assert route.callback is not None
    view = inspect.unwrap(route.callback)
    assert inspect.isfunction(view), f"{route.name} is no function: a view is read from top to bottom."
    assert not hasattr(view, "view_class"), (
        f"{route.name} is no plain function: a view is read from top to bottom."
    )


@every_route
def test_its_address_holds_the_word(app: str, route: URLPattern) -> None:
    words, address = str(route.name).split("_"), re.sub(r"<[^>]*>", "", str(route.pattern))
    said = set(re.findall(r"[a-z]+", address))
    for word in words if words != ["home"] else ():
        assert {word, f"{word}s"} & said, f"The address {route.pattern} does not say “{word}”."


@every_route
def test_its_arguments_say_of_what(app: str, route: URLPattern) -> None:
    for name in route.pattern.converters:
        assert name not in ("id", "pk"), f"{route.pattern} says “{name}”: say of what, as in argument_id."


@every_route
def test_its_template_has_the_same_name(app: str, route: URLPattern) -> None:
    word = str(route.name)
    if word in NO_TEMPLATE or word.endswith(FILES):
        return
    try:
        get_template(f"{app}/{SHARED.get(word, word)}.html")
    except TemplateDoesNotExist:
        pytest.fail(f"The page “{word}” should be drawn by templates/{app}/{word}.html.")


def test_every_folder_of_addresses_is_looked_at() -> None:
    root = Path(__file__).parents[2]
    found = {path.parent.name for path in (*root.glob("debates/urls.py"), *root.glob("forum/*/urls.py"))}
    assert found == set(MODULES), "A folder with addresses of its own is missing in MODULES."
