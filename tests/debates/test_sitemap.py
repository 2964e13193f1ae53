"""The map of the site holds exactly the pages that may be listed; robots are kept out of forms and of nothing else."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree, html  # type: ignore[import-untyped]  # published without types

import debates.urls
from debates.actions.moderating.hide import hide
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.edit_debate import edit_debate
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import CitationText
from debates.bibliography.record import Record
from debates.models import Argument, Debate, Source, State, Tag
from debates.views.machines import sitemap
from debates.views.machines.meta import argument_meta, debate_meta, search_meta, source_meta, tag_meta
from debates.views.parts.extent import Scope, Sizes, sizes_of
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in

HOST = "http://testserver"
NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def read(client: Client, address: str) -> dict[str, str | None]:
    """Return the addresses in a file of the map, each with when it changed."""
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    root = etree.fromstring(answer.content)
    found = {}
    for one in root.xpath("s:url | s:sitemap", namespaces=NAMESPACE):
        found[one.findtext("s:loc", namespaces=NAMESPACE)] = one.findtext("s:lastmod", namespaces=NAMESPACE)
    assert len(found) == len(root), "An address stands there twice, or something that is none."
    return found


def mapped(client: Client) -> dict[str, str | None]:
    """Return every address of the map, without the host."""
    found: dict[str, str | None] = {}
    for file in read(client, "/sitemap.xml"):
        part = read(client, file.removeprefix(HOST))
        assert not found.keys() & part.keys(), "A page stands in two files."
        found |= part
    return {address.removeprefix(HOST): changed for address, changed in found.items()}


@pytest.fixture
def wide(cast: Cast, scene: Scene) -> Scene:
    """Give the debate something thin and something hidden of every kind."""
    post_argument(cast.ben, scene.thesis, pro("A bare sentence.", topic_tags=("rust",)))
    hidden = post_argument(
        cast.ben, scene.thesis, con("Hidden.", topic_tags=("gone",), citations=(a_book("Gone"),))
    )
    hide(cast.cleo, hidden, "It insults.")
    other = open_debate(cast.ada, "A hidden question?", ["It is."], tags=["gone, too"])
    post_argument(cast.ben, other.arguments.get(), pro("In it.", citations=(a_book("Gone with it"),)))
    hide(cast.cleo, other, "It insults.")
    bare = Source(seed="bare")
    bare.take(Record(type="book", title="Cited by nobody"))
    bare.save()
    return scene


def test_the_map_holds_the_pages_that_may_be_listed_and_no_others(client: Client, wide: Scene) -> None:
    source = wide.rebuttal.citations.select_related("source").get().source
    assert set(mapped(client)) == {
        *(reverse(name) for name in sitemap.PAGES),
        wide.debate.get_absolute_url(),
        wide.thesis.get_absolute_url(),
        wide.reason.get_absolute_url(),
        wide.rebuttal.get_absolute_url(),
        source.get_absolute_url(),
        reverse("tag", args=["harbour"]),
        reverse("tag", args=["memory"]),
        reverse("tag", args=["rust"]),
        reverse("tag", args=["factual error"]),
    }


def head_of(client: Client, address: str) -> tuple[list[str], bool]:
    """Return the canonical addresses that a page names, and whether it may be listed."""
    answer = client.get(address)
    assert answer.status_code == 200, f"{address} answers {answer.status_code}."
    page = html.fromstring(answer.content)
    robots = page.xpath("//meta[@name='robots']/@content")
    refused = any("noindex" in words for words in (*robots, answer.get("X-Robots-Tag", "")))
    return page.xpath("//link[@rel='canonical']/@href"), not refused


def test_every_page_of_the_map_agrees(client: Client, wide: Scene) -> None:
    for address in mapped(client):
        names, listed = head_of(client, address)
        assert names == [HOST + address], f"{address} says that it is {names}."
        assert listed, f"{address} stands in the map and asks not to be listed."


def test_every_page_that_is_not_in_the_map_says_so(client: Client, wide: Scene) -> None:
    """As a visitor finds them: by following every link from the first page."""
    waiting, seen = ["/"], {"/"}
    listed = set()
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        names, may_be = head_of(client, address)
        if may_be:
            listed |= {name.removeprefix(HOST) for name in names} or {address}
        for link in html.fromstring(answer.content).xpath("//main//a/@href | //footer//a/@href"):
            path = link.partition("#")[0]
            if path.startswith("?"):
                path = address.partition("?")[0] + path
            if path.startswith("/") and path.partition("?")[0].count("/") < 5 and path not in seen:
                seen.add(path)
                waiting.append(path)
    assert len(seen) > 40, "This test walks nowhere."
    assert listed <= set(mapped(client)), "A page that may be listed is missing in the map."


@pytest.mark.parametrize("state", sorted(set(State) - {State.PUBLISHED}))
def test_what_is_not_published_is_in_no_file(client: Client, wide: Scene, state: State) -> None:
    files = dict(read(client, "/sitemap.xml"))
    Debate.objects.filter(pk=wide.debate.pk).update(state=state)
    assert set(mapped(client)) == {reverse(name) for name in sitemap.PAGES}
    assert set(read(client, "/sitemap.xml")) < set(files), "A file of nothing is no file."
    Debate.objects.filter(pk=wide.debate.pk).update(state=State.PUBLISHED)
    Argument.objects.filter(pk=wide.rebuttal.pk).update(state=state)
    left = set(mapped(client))
    assert wide.rebuttal.get_absolute_url() not in left
    assert wide.reason.get_absolute_url() not in left, (
        "Its only answer is gone, so it is a bare sentence again."
    )
    assert reverse("tag", args=["factual error"]) not in left


def test_a_page_changes_when_something_is_said_there(client: Client, cast: Cast, scene: Scene) -> None:
    def changed(path: str) -> datetime:
        return datetime.fromisoformat(str(mapped(client)[path]))

    source = scene.rebuttal.citations.select_related("source").get().source
    pages = {
        scene.debate.get_absolute_url(),
        scene.reason.get_absolute_url(),
        scene.rebuttal.get_absolute_url(),
        source.get_absolute_url(),
        reverse("tag", args=["factual error"]),
    }
    scene.rebuttal.refresh_from_db()
    assert {changed(one) for one in pages} <= {scene.rebuttal.created_at, source.created_at}
    text = con("Half came.", rebuttal_tags=("factual-error",), citations=(CitationText(source=source),))
    edit_argument(cast.ben, scene.rebuttal, text, 1)
    scene.rebuttal.refresh_from_db()
    assert {changed(one) for one in pages} == {scene.rebuttal.edited_at}
    files = read(client, "/sitemap.xml")
    newest = {datetime.fromisoformat(one) for one in files.values() if one}
    assert max(newest) == scene.rebuttal.edited_at


def test_a_file_that_is_full_is_followed_by_another(
    client: Client, cast: Cast, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        post_argument(cast.ada, scene.thesis, pro(f"Number {number}.", elaboration="It is."))
    whole = mapped(client)
    monkeypatch.setattr(sitemap, "A_FILE", 2)
    assert mapped(client) == whole
    files = [file for file in read(client, "/sitemap.xml") if "arguments" in file]
    assert len(files) >= 4
    for file in files:
        assert 0 < len(read(client, file.removeprefix(HOST))) <= 2


@pytest.mark.parametrize(
    "address",
    [
        "/sitemap-part-members-0.xml",
        "/sitemap-part-pages-1.xml",
        "/sitemap-part-arguments-77.xml",
        f"/sitemap-part-arguments-{10**40}.xml",
        "/sitemap-part-arguments--1.xml",
        "/sitemap-part-.xml",
    ],
)
def test_what_is_no_file_of_the_map_is_not_found(client: Client, scene: Scene, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_map_takes_few_statements_and_is_not_sent_twice(client: Client, scene: Scene) -> None:
    for address, most in (("/sitemap.xml", 4), ("/sitemap-part-arguments-0.xml", 1)):
        with CaptureQueriesContext(connection) as taken:
            answer = client.get(address)
        assert len(taken) <= most
        assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
        assert "Cookie" not in answer.get("Vary", "")


# ---------------------------------------------------------------------------------------------------- robots


def test_robots_are_told_of_the_map(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Sitemap: http://testserver/sitemap.xml" in answer.content.decode().splitlines()


ASKED_BY_FORMS = ("find_source", "search_suggest")
"""What a form asks while somebody types; no page for anybody to read."""


def may_fetch(client: Client, path: str) -> bool:
    """Say what robots.txt says of a path: the longest rule that fits decides (RFC 9309, 2.2.2)."""
    best, allowed = -1, True
    for line in client.get("/robots.txt").content.decode().splitlines():
        rule, _colon, words = line.partition(": ")
        if rule not in ("Allow", "Disallow"):
            continue
        pattern = re.escape(words).replace(r"\*", ".*")
        pattern = pattern[:-2] + "$" if words.endswith("$") else pattern
        longer = len(words) > best or (len(words) == best and rule == "Allow")
        if re.match(pattern, path) and longer:
            best, allowed = len(words), rule == "Allow"
    return allowed


def test_robots_read_what_the_map_names(client: Client, wide: Scene) -> None:
    for address in [*mapped(client), reverse("search") + "?q=x", reverse("member", args=["ada"])]:
        assert may_fetch(client, address), f"{address}: who may not look never learns what the page asks for."


def test_robots_stay_out_of_every_form(client: Client, scene: Scene) -> None:
    """A form is what sends a visitor away to sign in, or takes nothing but a post."""
    words = {
        "slug": scene.debate.slug,
        "argument_id": scene.reason.public_id,
        "source_id": scene.rebuttal.citations.select_related("source").get().source.public_id,
        "citation_id": scene.rebuttal.citations.get().pk,
        "name": "memory",
    }
    forms = 0
    for route in debates.urls.urlpatterns:
        if not route.pattern.converters.keys() <= words.keys():
            continue
        path = reverse(str(route.name), kwargs={name: words[name] for name in route.pattern.converters})
        answer = client.get(path)
        if answer.status_code == 405 or "/accounts/login/" in answer.get("Location", ""):
            forms += 1
            assert not may_fetch(client, path), f"{route.pattern} is a form, and robots ask for it."
            assert not may_fetch(client, f"{path}?stance=pro")
        elif answer.status_code == 200 and route.name not in ASKED_BY_FORMS:
            assert may_fetch(client, path), f"{route.pattern} can be read, and robots are kept out."
    assert forms > 15, "This test knows no forms."


# ------------------------------------------------------------------------------------------------ heads of pages


def asked(path: str) -> HttpRequest:
    """Return a visitor's request."""
    return RequestFactory().get(path)


def test_the_canonical_address_keeps_the_page_and_drops_the_rest(
    client: Client, cast: Cast, scene: Scene
) -> None:
    for number in range(30):
        post_argument(cast.ada, scene.thesis, pro(f"Number {number}.", topic_tags=("memory",)))
    tag = reverse("tag", args=["memory"])
    for query, named in (
        ("", ""),
        ("?page=2&style=vancouver&utm=x", "?page=2"),
        ("?page=1", ""),
        ("?page=999", "?page=2"),
        ("?page=-3", "?page=2"),
        ("?page=x", ""),
    ):
        assert head_of(client, tag + query)[0] == [f"{HOST}{tag}{named}"], query
    assert head_of(client, f"{scene.debate.get_absolute_url()}?open=all")[0] == [
        HOST + scene.debate.get_absolute_url()
    ]


def below(argument: Argument) -> Sizes:
    """Return what stands in a branch."""
    return sizes_of(Scope(argument.debate_id, argument.path))


def test_a_page_is_shared_with_its_words(cast: Cast, scene: Scene) -> None:
    edit_debate(cast.ada, scene.debate, 'Should "the" harbour <keep> its cranes?', "In short.", [], "cranes")
    meta = debate_meta(asked("/"), scene.debate)
    head = html.fromstring(
        f"<head>{render_to_string('debates/meta.html', {'meta': meta, 'site_name': 'Counterpoint'})}</head>"
    )
    tags = dict(zip(head.xpath("//meta/@property"), head.xpath("//meta[@property]/@content"), strict=True))
    assert tags == {
        "og:site_name": "Counterpoint",
        "og:type": "article",
        "og:url": f"{HOST}/debates/cranes/",
        "og:title": 'Should "the" harbour <keep> its cranes?',
        "og:description": "In short.",
        "og:image": f"{HOST}/debates/cranes/picture.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": '“Should "the" harbour <keep> its cranes?” A map of what was said: 1 for, 1 against.',
    }
    assert head.xpath("//meta[@name='twitter:card']/@content") == ["summary_large_image"]
    assert len(head.xpath("//link[@rel='alternate']")) == 2


def test_a_page_without_a_picture_names_none(scene: Scene) -> None:
    source = scene.rebuttal.citations.select_related("source").get().source
    head = render_to_string(
        "debates/meta.html", {"meta": source_meta(asked("/"), source), "site_name": "Counterpoint"}
    )
    assert "og:image" not in head
    assert '<meta name="twitter:card" content="summary">' in head


def test_the_picture_that_a_page_names_is_one(client: Client, scene: Scene) -> None:
    for meta in (
        debate_meta(asked("/"), scene.debate),
        argument_meta(asked("/"), scene.reason, scene.debate, below(scene.reason)),
    ):
        answer = client.get(meta.image)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")


def test_a_page_that_says_nothing_is_not_listed() -> None:
    head = render_to_string("debates/meta.html", {"site_name": "Counterpoint"})
    assert '<meta name="robots" content="noindex,follow">' in head
    assert "og:" not in head


def test_an_argument_is_described_by_its_side_and_where_it_stands(cast: Cast, scene: Scene) -> None:
    text = con("Half.", elaboration="Read **this** <b>twice</b>." + " Words." * 80)
    found = post_argument(cast.ben, scene.reason, text)
    words = argument_meta(asked("/"), found, scene.debate, below(found)).words
    assert words.startswith("Against, in the debate “Should the harbour keep its cranes?” Read this ")
    assert len(words) <= 200
    assert words.endswith("…")


def test_the_head_of_what_not_everyone_may_read_offers_no_feed(cast: Cast, scene: Scene) -> None:
    source = scene.rebuttal.citations.select_related("source").get().source
    hide(cast.cleo, scene.debate, "It insults.")
    scene.debate.refresh_from_db()
    tag: Any = Tag.objects.get(name="memory")  # taggit's manager has no types
    for meta in (
        debate_meta(asked("/"), scene.debate),
        argument_meta(asked("/"), scene.reason, scene.debate, below(scene.reason)),
        source_meta(asked("/"), source),
        tag_meta(asked("/"), tag),
    ):
        assert not meta.indexed
        assert not meta.image
        for feed in meta.feeds:
            assert Client().get(feed.url).status_code == 200, f"{feed.url} leads nowhere."
    for client in (signed_in(cast.ada), signed_in(cast.cleo)):
        assert not head_of(client, scene.debate.get_absolute_url())[1]


def test_a_search_can_be_followed(client: Client, scene: Scene) -> None:
    meta = search_meta(asked("/search/"), "cranes & boats")
    assert meta.canonical == f"{HOST}/search/?q=cranes+%26+boats"
    assert not meta.indexed
    for feed in meta.feeds:
        assert feed.url.endswith("?q=cranes+%26+boats")
        assert client.get(feed.url).status_code == 200
    meta = search_meta(asked("/search/"), "")
    assert (meta.canonical, list(meta.feeds)) == (f"{HOST}/search/", [])


@pytest.mark.parametrize("view", ["map", "brief", "cruxes", "related", "outline", "latest"])
def test_every_view_of_a_debate_has_an_address_and_is_not_listed(
    client: Client, scene: Scene, view: str
) -> None:
    address = f"{scene.debate.get_absolute_url()}{view}/"
    assert head_of(client, f"{address}?utm=x") == ([HOST + address], False)


def test_a_members_page_and_a_search_have_an_address_and_a_feed(client: Client, scene: Scene) -> None:
    for address, named, feed in (
        ("/members/ada/?utm=x", "/members/ada/", "/members/ada/feed.atom"),
        ("/search/?q=cranes&sort=newest", "/search/?q=cranes", "/feeds/search.atom?q=cranes"),
    ):
        assert head_of(client, address) == ([HOST + named], False)
        page = html.fromstring(client.get(address).content)
        assert HOST + feed in page.xpath("//link[@rel='alternate']/@href")


def test_the_picture_of_an_argument_counts_what_stands_below_it(scene: Scene) -> None:
    words = argument_meta(asked("/"), scene.reason, scene.debate, below(scene.reason)).image_words
    assert words.endswith("A map of what was said: 0 for, 1 against.")


@pytest.mark.parametrize("address", ["/sitemap.xml", "/sitemap-part-arguments-0.xml"])
def test_the_map_is_asked_for_by_its_content_alone(cast: Cast, scene: Scene, address: str) -> None:
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": f"W/{first['ETag']}"})
    assert (again.status_code, again.content) == (304, b"")
    hide(cast.cleo, scene.rebuttal, "It insults.")
    later = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    assert Client().get(address, headers=later).status_code == 200, "What is hidden leaves no date."
