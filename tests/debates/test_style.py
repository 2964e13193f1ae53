"""The style page: who sees it, that it asks nothing of the database, and that no part of a page is missing on it."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.template.base import PartialTemplate
from django.template.context import Context
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from debates.views.reading.style import needs_of
from tests.conftest import Cast, signed_in

TEMPLATES = Path(__file__).parents[2] / "templates"
LOOKED_AT = [TEMPLATES / "pages.html", *sorted((TEMPLATES / "debates").glob("*.html"))]
PARTIAL = re.compile(r"\{% partialdef (\w+)")
INCLUDED = re.compile(r"\{% include \"([\w/.]+#\w+)\"")

OWN_PAGE = "Its own page alone draws it, from rows of the database; the checks of every page in every state see it there."
ONLY_ON_THEIR_PAGES = {
    "api.html": OWN_PAGE,
    "article.html": OWN_PAGE,
    "brief.html": OWN_PAGE,
    "check.html": OWN_PAGE,
    "cruxes.html": OWN_PAGE,
    "debate_map.html": OWN_PAGE,
    "history.html": OWN_PAGE,
    "keys.html": OWN_PAGE,
    "latest.html": OWN_PAGE,
    "link.html": OWN_PAGE,
    "merge.html": OWN_PAGE,
    "merge_source.html": OWN_PAGE,
    "method.html": OWN_PAGE,
    "mind.html": OWN_PAGE,
    "move.html": OWN_PAGE,
    "outline.html": OWN_PAGE,
    "premise.html": OWN_PAGE,
    "search.html": OWN_PAGE,
    "source_history.html": OWN_PAGE,
    "split.html": OWN_PAGE,
    "stale.html": OWN_PAGE,
    "suggestion.html": OWN_PAGE,
    "why.html": OWN_PAGE,
}
"""Templates whose parts stand nowhere else. A part that another template includes is not excused by this."""
NOT_SHOWN = {
    "anchored.html#anchored": "It quotes an article, whose document and reading rule are rows of the database.",
    "argument.html#chosen": "It is the sentence of a filter, which stands with the sorts and filters of its page.",
    "feeds.html#links": "It stands in the head of a page, where nobody sees it.",
    "references.html#highwire": "It stands in the head of a page, where nobody sees it.",
    "references.html#one": "It is the list of references with a single line, which is shown.",
    "reply.html#tie": "It quotes an article, whose document and reading rule are rows of the database.",
    "source.html#citing": "It is a citation read from the side of its source, row by row of the database.",
}
"""Single parts that the style page does not show, and why."""


class Names(HTMLParser):
    """Collect the ids of a page, and the labels of fields that point at none."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wanted: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what names something, and what points at a name."""
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        self.wanted += str(given.get("aria-labelledby") or "").split()
        self.wanted += [str(given["for"])] if tag == "label" and given.get("for") else []


def partials() -> set[str]:
    """Return the parts of all templates, as `card.html#card`."""
    return {f"{path.name}#{name}" for path in LOOKED_AT for name in PARTIAL.findall(path.read_text())}


def shared() -> set[str]:
    """Return the parts that some other template includes."""
    return {
        name.removeprefix("debates/")
        for path in LOOKED_AT
        if path.name != "style.html"
        for name in INCLUDED.findall(path.read_text())
        if name.removeprefix("debates/").split("#")[0] != path.name
    }


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return a set that fills with the parts that are drawn, while they are."""
    found: set[str] = set()
    render = PartialTemplate.render

    def noting(self: PartialTemplate, context: Context) -> Any:
        found.add(f"{Path(str(self.origin.template_name)).name}#{self.name}")
        return render(self, context)

    monkeypatch.setattr(PartialTemplate, "render", noting)
    return found


def test_staff_see_it_and_everybody_in_the_demo(cast: Cast, settings: Settings) -> None:
    for somebody in (Client(), signed_in(cast.dan), signed_in(cast.ada)):
        assert somebody.get("/style/").status_code == 404, "It is a tool of the house, no page of the site."
    assert signed_in(cast.cleo).get("/style/").status_code == 200
    settings.DEMO = True
    page = Client().get("/style/")
    assert page.status_code == 200
    assert "noindex" in page.content.decode()


def test_it_shows_every_part_or_says_why_not(cast: Cast, drawn: set[str]) -> None:
    signed_in(cast.cleo).get("/style/")
    every, between = partials(), shared()
    assert len(every) > 60, "The templates have moved, and this test looks at none."
    excused = {
        one for one in every if one.split("#")[0] in ONLY_ON_THEIR_PAGES and one not in between
    } | NOT_SHOWN.keys()
    missing = sorted(every - drawn - excused)
    assert not missing, (
        f"The style page shows neither {', '.join(missing)}, nor is there a reason why it need not: add a specimen in "
        "debates/views/specimens/, or a reason here."
    )


def test_no_reason_outlives_its_part(cast: Cast, drawn: set[str]) -> None:
    signed_in(cast.cleo).get("/style/")
    every = partials()
    assert not NOT_SHOWN.keys() - every, "These parts are gone; their reasons can go, too."
    assert not NOT_SHOWN.keys() & drawn, "These parts are shown now; their reasons can go."
    templates = {one.split("#")[0] for one in every}
    assert not ONLY_ON_THEIR_PAGES.keys() - templates, "These templates have no parts any more."


def test_every_id_stands_once_and_every_label_finds_its_field(cast: Cast) -> None:
    names = Names()
    names.feed(signed_in(cast.cleo).get("/style/").content.decode())
    twice = [name for name, count in Counter(names.ids).items() if count > 1]
    assert not twice, f"Two specimens have the id of {twice}: give each its own public id."
    assert not set(names.wanted) - set(names.ids)


def test_it_asks_the_database_for_nothing_but_who_looks(cast: Cast, settings: Settings) -> None:
    settings.DEMO = True
    client = Client()
    client.get("/style/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/style/")
    assert len(queries) == 0, [query["sql"] for query in queries]


def test_each_part_says_how_it_is_included(cast: Cast) -> None:
    page = signed_in(cast.cleo).get("/style/").content.decode()
    assert "{% include &quot;debates/argument.html#card&quot; %} " not in page
    assert "include &quot;debates/argument.html#card&quot;" in page
    assert needs_of("pages.html#pager").startswith("Needs `page`")
    assert "Needs `page` and `request`." in page
