"""Feeds: every one is valid, holds what is listed and nothing else, is the same for everyone, and is not sent twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Any

import feedparser  # type: ignore[import-untyped]  # published without types
import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]  # published without types

from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.moderating.hide import hide
from debates.actions.sources.merge_sources import merge_sources
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.edit_debate import edit_debate
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import CitationText
from debates.bibliography.record import Record
from debates.models import Argument, Debate, SearchEntry, Source, State, TagSynonym, Voice
from debates.views.machines.atom import THREADS
from debates.views.machines.feed import A_PAGE
from debates.views.machines.meta import debate_meta
from debates.views.machines.xml_text import XmlWriter, allowed
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in

ATOM = "http://www.w3.org/2005/Atom"
IN_ATOM = f"{{{ATOM}}}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
type Node = Any  # lxml's elements come without types here


def feeds(scene: Scene, ending: str = "atom") -> dict[str, str]:
    """Return the address of one feed of each kind."""
    source = scene.rebuttal.citations.select_related("source").get().source
    return {
        "site": reverse("site_feed", args=[ending]),
        "debate": reverse("debate_feed", args=[scene.debate.slug, ending]),
        "branch": reverse("argument_feed", args=[scene.reason.public_id, ending]),
        "tag": reverse("tag_feed", args=["memory", ending]),
        "rebuttal tag": reverse("tag_feed", args=["factual error", ending]),
        "tag without anything": reverse("tag_feed", args=["circular", ending]),
        "source": reverse("source_feed", args=[source.public_id, ending]),
        "member": reverse("member_feed", args=["ada", ending]),
        "search": reverse("search_feed", args=[ending]) + "?q=cranes",
        "search for nothing": reverse("search_feed", args=[ending]),
    }


KINDS = (
    "site",
    "debate",
    "branch",
    "tag",
    "rebuttal tag",
    "tag without anything",
    "source",
    "member",
    "search",
    "search for nothing",
)
every_feed = pytest.mark.parametrize("kind", KINDS)


def faults(root: Node) -> Iterator[str]:
    """Yield what breaks RFC 4287 (section 4), RFC 4685 or RFC 5005 in a feed."""
    if root.tag != f"{IN_ATOM}feed":
        yield "The root is no atom:feed (4.1.1)."
    ids = [one.text for one in root.iter(f"{IN_ATOM}id")]
    if len(ids) != len(set(ids)):
        yield "Two things have one id (4.2.6)."
    if not all(re.fullmatch(r"[a-z][a-z0-9+.-]*:[!-~]+", one or "") for one in ids):
        yield "An id is no IRI (4.2.6)."
    for holder in [root, *root.iter(f"{IN_ATOM}entry")]:
        where = holder.findtext(f"{IN_ATOM}title")
        for name in ("id", "title", "updated"):
            if len(holder.findall(f"{IN_ATOM}{name}")) != 1:
                yield f"{where}: it takes exactly one {name} (4.1.1, 4.1.2)."
        if not holder.findall(f"{IN_ATOM}author") and not root.findall(f"{IN_ATOM}author"):
            yield f"{where}: nobody is its author (4.1.2)."
        for person in holder.findall(f"{IN_ATOM}author"):
            if len(person.findall(f"{IN_ATOM}name")) != 1 or not person.findtext(f"{IN_ATOM}name"):
                yield f"{where}: an author without a name (3.2.1)."
        links = holder.findall(f"{IN_ATOM}link")
        if [link.get("rel") for link in links].count("alternate") != 1:
            yield f"{where}: it takes one alternate link of a kind (4.1.1, 4.1.2)."
        if not all(re.match(r"https?://", link.get("href") or "") for link in links):
            yield f"{where}: a link that leads nowhere from elsewhere."
        for content in holder.findall(f"{IN_ATOM}content"):
            if content.get("type") != "html" or len(content):
                yield f"{where}: its content is no escaped HTML (4.1.3.3)."
        for category in holder.findall(f"{IN_ATOM}category"):
            if not category.get("term"):
                yield f"{where}: a category without a term (4.2.2)."
        for answer in holder.findall(f"{{{THREADS}}}in-reply-to"):
            if not answer.get("ref") or not answer.get("href") or not answer.get("type"):
                yield f"{where}: it does not say what it answers (RFC 4685, 3)."
    if [link.get("rel") for link in root.findall(f"{IN_ATOM}link")].count("self") != 1:
        yield "A feed takes one self link (4.1.1)."
    for name in ("updated", "published"):
        for date in root.iter(f"{IN_ATOM}{name}"):
            if not RFC3339.fullmatch(date.text or ""):
                yield f"“{date.text}” is no date of RFC 3339 (3.3)."


def read(client: Client, address: str) -> Node:
    """Return a feed as a tree, after it was found to be valid."""
    answer = client.get(address)
    assert answer.status_code == 200, f"{address} answers {answer.status_code}."
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = etree.fromstring(answer.content)
    assert not list(faults(root)), "\n".join(faults(root))
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo, f"{address}: a feed reader stumbles: {parsed.get('bozo_exception')}"
    assert len(parsed.entries) == len(root.findall(f"{IN_ATOM}entry"))
    return root


def titles(root: Node) -> list[str]:
    """Return the titles of the entries."""
    return [one.findtext(f"{IN_ATOM}title") for one in root.iter(f"{IN_ATOM}entry")]


def entry(root: Node, ending: str) -> Node:
    """Return the entry whose title ends with some words."""
    (found,) = (
        one for one in root.iter(f"{IN_ATOM}entry") if one.findtext(f"{IN_ATOM}title").endswith(ending)
    )
    return found


@every_feed
def test_every_feed_is_valid_and_names_itself(client: Client, scene: Scene, kind: str) -> None:
    address = feeds(scene)[kind]
    root = read(client, address)
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{IN_ATOM}link")}
    assert links["self"].startswith(f"http://testserver{address.partition('?')[0]}")
    page = client.get(links["alternate"])
    assert page.status_code == 200, "What a feed follows is a page."


@every_feed
def test_every_feed_says_the_same_as_json(client: Client, scene: Scene, kind: str) -> None:
    root = read(client, feeds(scene)[kind])
    answer = client.get(feeds(scene, "json")[kind])
    assert answer["Content-Type"] == "application/feed+json"
    told = json.loads(answer.content)
    assert (told["version"], told["title"]) == (
        "https://jsonfeed.org/version/1.1",
        root.findtext(f"{IN_ATOM}title"),
    )
    assert told["feed_url"].endswith(feeds(scene, "json")[kind])
    assert [one["title"] for one in told["items"]] == titles(root)
    assert [one["id"] for one in told["items"]] == [
        one.findtext(f"{IN_ATOM}id") for one in root.iter(f"{IN_ATOM}entry")
    ]
    for one in told["items"]:
        assert {"id", "url", "content_html", "date_published", "authors"} <= one.keys()
        assert RFC3339.fullmatch(one["date_published"])
        assert set(one["_counterpoint"]) == {"stance", "in_reply_to", "replies"}


def test_each_feed_holds_its_own(client: Client, scene: Scene) -> None:
    thesis, reason, rebuttal = (
        f"Thesis: {scene.thesis.claim}",
        f"For: {scene.reason.claim}",
        f"Rebuttal: {scene.rebuttal.claim}",
    )
    held = {
        "site": [rebuttal, reason, thesis],
        "debate": [rebuttal, reason, thesis],
        "branch": [rebuttal, reason],
        "tag": [reason],
        "rebuttal tag": [rebuttal],
        "tag without anything": [],
        "source": [rebuttal],
        "member": [reason, thesis],
        "search": [rebuttal, reason, thesis],
        "search for nothing": [],
    }
    assert {kind: titles(read(client, address)) for kind, address in feeds(scene).items()} == held


def test_an_entry_says_whose_it_is_what_it_answers_and_how_often_it_was_answered(
    client: Client, scene: Scene
) -> None:
    root = read(client, feeds(scene)["debate"])
    thesis, reason, rebuttal = (
        entry(root, one.claim) for one in (scene.thesis, scene.reason, scene.rebuttal)
    )
    assert reason.findtext(f"{IN_ATOM}author/{IN_ATOM}name") == "ada"
    assert reason.findtext(f"{IN_ATOM}author/{IN_ATOM}uri") == "http://testserver/members/ada/"
    answers = reason.find(f"{{{THREADS}}}in-reply-to")
    assert answers.get("ref") == thesis.findtext(f"{IN_ATOM}id")
    assert answers.get("href") == f"http://testserver{scene.thesis.get_absolute_url()}"
    assert answers.get("type") == "text/html"
    assert thesis.find(f"{{{THREADS}}}in-reply-to") is None
    totals = [one.findtext(f"{{{THREADS}}}total") for one in (thesis, reason, rebuttal)]
    assert totals == ["1", "1", "0"]
    terms = {one.get("term") for one in rebuttal.findall(f"{IN_ATOM}category")}
    assert terms == {"con", "factual error"}
    content = rebuttal.findtext(f"{IN_ATOM}content")
    assert "Marsh 1999" in content, "A rebuttal brings its source, also in a feed reader."
    assert f'<a href="http://testserver{scene.reason.get_absolute_url()}">' in content


def test_a_voice_is_said_to_be_restated(client: Client, scene: Scene) -> None:
    voice = Voice.objects.create(slug="oda", name="Oda Quist")
    Argument.objects.filter(pk=scene.reason.pk).update(voice=voice)
    found = entry(read(client, feeds(scene)["debate"]), scene.reason.claim)
    assert found.findtext(f"{IN_ATOM}author/{IN_ATOM}name") == "Oda Quist, as the editors restate it"
    assert found.find(f"{IN_ATOM}author/{IN_ATOM}uri") is None, "A voice has no account here."


def test_what_nobody_signed_is_the_sites(client: Client, scene: Scene) -> None:
    Argument.objects.filter(pk=scene.reason.pk).update(author=None)
    root = read(client, feeds(scene)["debate"])
    assert entry(root, scene.reason.claim).find(f"{IN_ATOM}author") is None
    assert root.findtext(f"{IN_ATOM}author/{IN_ATOM}name") == "Counterpoint"


def test_addresses_in_an_elaboration_lead_there_from_everywhere(
    client: Client, cast: Cast, scene: Scene
) -> None:
    text = pro("See there.", elaboration="[Method](/method/), [^1].", citations=(a_book("Anchors"),))
    posted = post_argument(cast.ada, scene.thesis, text)
    content = entry(read(client, feeds(scene)["debate"]), "See there.").findtext(f"{IN_ATOM}content")
    assert set(re.findall(r'href="(.*?)"', content)) >= {
        "http://testserver/method/",
        f"http://testserver{posted.get_absolute_url()}#cite-{posted.public_id}-1",
    }
    assert not re.search(r'href="(?!http://testserver/)', content), content


# --------------------------------------------------------------------------------------------- what is hidden


@every_feed
def test_no_feed_holds_what_is_not_listed(client: Client, cast: Cast, scene: Scene, kind: str) -> None:
    secret = post_argument(
        cast.ada,
        scene.reason,
        con(
            "The cranes keep a zzsecretzz.",
            rebuttal_tags=("circular", "factual-error"),
            topic_tags=("memory",),
            citations=(CitationText(source=scene.rebuttal.citations.get().source),),
        ),
    )
    below = post_argument(cast.ben, secret, pro("The cranes were told of it."))
    address = feeds(scene)[kind]
    shown = "zzsecretzz" in client.get(address).content.decode()
    assert shown == (kind != "search for nothing"), "Otherwise this test looks where nothing ever stands."
    for state in set(State) - {State.PUBLISHED}:
        Argument.objects.filter(pk=secret.pk).update(state=state)
        for who in (client, signed_in(cast.ada), signed_in(cast.cleo)):
            for form in (address, feeds(scene, "json")[kind]):
                told = who.get(form).content.decode()
                assert "zzsecretzz" not in told, f"{form} holds what is {state}."
                assert secret.public_id not in told, (
                    f"{form} names what is {state}, as answered by {below.public_id}."
                )


def test_feeds_of_what_may_not_be_read_are_not_found(client: Client, cast: Cast, scene: Scene) -> None:
    address = feeds(scene)
    hide(cast.cleo, scene.debate, "It insults.")
    for who in (client, signed_in(cast.ada), signed_in(cast.cleo)):
        for kind in ("debate", "branch", "tag", "source"):
            assert who.get(address[kind]).status_code == 404, (
                f"The feed of a {kind} is the same for everyone, moderators included."
            )
        for kind in ("site", "member", "search", "rebuttal tag"):
            assert titles(read(who, address[kind])) == []


@pytest.mark.parametrize(
    "address",
    [
        "/feeds/site.rss",
        "/feeds/site.",
        "/debates/nothing/feed.atom",
        "/arguments/nothing/feed.atom",
        "/tags/nothing/feed.atom",
        "/sources/nothing/feed.json",
        "/members/nobody/feed.json",
        "/feeds/search.atom\0",
    ],
)
def test_what_is_no_feed_is_not_found(client: Client, scene: Scene, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_suspended_member_has_no_feed(client: Client, cast: Cast, scene: Scene) -> None:
    cast.ada.is_active = False
    cast.ada.save()
    assert client.get(feeds(scene)["member"]).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_written_to_a_feed(client: Client, scene: Scene, method: str) -> None:
    for address in feeds(scene).values():
        assert getattr(client, method)(address).status_code == 405


# --------------------------------------------------------------------------------------------- lasting names


def test_a_debate_that_moves_keeps_the_names_in_its_feed(client: Client, cast: Cast, scene: Scene) -> None:
    def names() -> list[str]:
        address = reverse("debate_feed", args=[scene.debate.slug, "atom"])
        return [one.text for one in read(client, address).iter(f"{IN_ATOM}id")]

    before = names()
    first = scene.debate.slug
    for slug in ("cranes", first, "cranes-again"):
        edit_debate(cast.ada, scene.debate, "Cranes?", "", [], slug)
        assert names() == before, "A reader would find everything a second time."


def test_an_old_address_leads_to_the_feed(client: Client, cast: Cast, scene: Scene) -> None:
    old = feeds(scene)["debate"]
    edit_debate(cast.ada, scene.debate, "Cranes?", "", [], "cranes")
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, "/debates/cranes/feed.atom")


def test_other_spellings_and_synonyms_lead_to_the_feed_of_a_tag(client: Client, scene: Scene) -> None:
    tag: Any = scene.reason.topic_tags[0]  # taggit's manager has no types
    TagSynonym.objects.create(name="remembrance", tag=tag)
    for name in ("Memory", "remembrance"):
        answer = client.get(reverse("tag_feed", args=[name, "atom"]))
        assert (answer.status_code, answer["Location"]) == (302, feeds(scene)["tag"])


def test_the_feeds_of_what_was_merged_lead_to_what_stands(client: Client, cast: Cast, scene: Scene) -> None:
    twin = post_argument(cast.ben, scene.thesis, pro("They are its memory, the cranes."))
    merge_arguments(cast.cleo, twin, scene.reason, "They say the same.")
    answer = client.get(reverse("argument_feed", args=[twin.public_id, "json"]))
    assert (answer.status_code, answer["Location"]) == (302, feeds(scene, "json")["branch"])
    source = Source()
    source.take(Record(type="book", title="Cranes of the harbour, again"))
    source.save()
    post_argument(cast.ben, scene.thesis, pro("See.", citations=(CitationText(source=source),)))
    merge_sources(cast.cleo, source, scene.rebuttal.citations.get().source, "The same book.")
    answer = client.get(reverse("source_feed", args=[source.public_id, "atom"]))
    assert (answer.status_code, answer["Location"]) == (302, feeds(scene)["source"])


# ------------------------------------------------------------------------------------------------- asked again


@every_feed
def test_a_feed_is_not_sent_twice(client: Client, cast: Cast, scene: Scene, kind: str) -> None:
    address = feeds(scene)[kind]
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    for header, day in (
        ("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"),
        ("If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT"),
    ):
        dated = client.get(address, headers={header: day})
        assert dated.status_code == 200, (
            "A text that is hidden leaves no date: who asks by one would keep it."
        )
    if kind == "search for nothing":
        return
    hide(cast.cleo, scene.rebuttal, "It insults.")
    hide(cast.cleo, scene.reason, "It insults.")
    after = client.get(address, headers={"If-None-Match": first["ETag"]})
    changed = kind != "tag without anything"
    assert (after.status_code != 304) == changed, (
        "Nothing was added, but what is hidden must not stay in anybody's copy."
    )


@every_feed
def test_a_feed_is_the_same_for_everyone(client: Client, cast: Cast, scene: Scene, kind: str) -> None:
    address = feeds(scene)[kind]
    visitors = client.get(address)
    for who in (cast.ada, cast.cleo):
        answer = signed_in(who).get(address)
        assert answer.content == visitors.content
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", ""), "A cache could not keep it."
    assert visitors["Cache-Control"] == "public, no-cache"


def test_updated_is_when_something_was_written(client: Client, cast: Cast, scene: Scene) -> None:
    def updated(kind: str) -> datetime:
        return datetime.fromisoformat(read(client, feeds(scene)[kind]).findtext(f"{IN_ATOM}updated"))

    scene.rebuttal.refresh_from_db()
    assert updated("debate") == scene.rebuttal.created_at
    edit_argument(cast.ada, scene.reason, pro("The cranes are the memory of the town."), 1)
    scene.reason.refresh_from_db()
    assert updated("debate") == scene.reason.edited_at
    assert updated("tag without anything").year == 1970, "Not “now”: nothing ever happened there."


# ------------------------------------------------------------------------------------------------ further pages


@pytest.fixture
def long(cast: Cast, scene: Scene) -> Scene:
    """Give the debate two pages of arguments."""
    rows = [
        Argument(
            debate=scene.debate,
            parent=scene.thesis,
            kind="note",
            claim=f"Note {number} on cranes.",
            path=f"{scene.thesis.path}zz{number:02}",
            depth=1,
        )
        for number in range(A_PAGE)
    ]
    for row in Argument.objects.bulk_create(rows):
        SearchEntry.objects.write_argument(row)
    return scene


def test_the_pages_of_a_feed_hold_everything_once(client: Client, long: Scene) -> None:
    found: list[str] = []
    address, seen = feeds(long)["debate"], []
    while address:
        root = read(client, address)
        seen.append(address)
        found += titles(root)
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{IN_ATOM}link")}
        assert links["self"].removeprefix("http://testserver") == address
        address = links.get("next", "").removeprefix("http://testserver")
    assert len(seen) == 2
    assert len(found) == len(set(found)) == A_PAGE + 3
    told = json.loads(client.get(feeds(long, "json")["debate"]).content)
    assert told["next_url"].endswith("feed.json?page=2")
    back = {link.get("rel") for link in read(client, seen[1]).findall(f"{IN_ATOM}link")}
    assert {"first", "previous", "last"} <= back
    assert "next" not in back


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 400, "1e9", "", "2\0", "٣"])
def test_no_number_of_a_page_breaks_a_feed(client: Client, long: Scene, page: str) -> None:
    assert len(titles(read(client, f"{feeds(long)['debate']}?page={page}"))) > 0


def test_a_search_keeps_its_words_on_every_page(client: Client, long: Scene) -> None:
    root = read(client, reverse("search_feed", args=["atom"]) + "?q=cranes&x=1")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{IN_ATOM}link")}
    assert links["next"] == "http://testserver/feeds/search.atom?q=cranes&page=2"
    assert links["self"] == "http://testserver/feeds/search.atom?q=cranes"


@every_feed
def test_a_feed_takes_as_many_statements_for_many_as_for_few(
    client: Client, cast: Cast, scene: Scene, kind: str
) -> None:
    def grow(count: int) -> None:
        for number in range(count):
            text = con(
                f"The cranes, {number} and {count}.",
                rebuttal_tags=("factual-error", "circular"),
                topic_tags=("memory",),
                citations=(CitationText(source=scene.rebuttal.citations.get().source), a_book("Anchors")),
            )
            post_argument(cast.ada, scene.reason, text)

    def statements() -> int:
        with CaptureQueriesContext(connection) as taken:
            assert client.get(feeds_at[kind]).status_code == 200
        return len(taken)

    grow(2)
    feeds_at = feeds(scene)
    few = statements()
    grow(9)
    assert statements() == few <= 7


# ------------------------------------------------------------------------------------------------ hostile words

HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "an end of everything": "]]></title></entry></feed><!--",
    "an entity": "&lt;&amp;&#0;&bogus;",
    "quotation marks": '"\' onload="alert(1)',
    "a control character": "before\x08after\x0c\x1b[31m",
    "no character": "\ufffe\uffff",
    "turned writing": "\u202eenarc\u202c \u2066x\u2069",
    "emoji": "🏗️ 🌊",
    "a processing instruction": "<?xml version='1.0'?><!DOCTYPE x SYSTEM 'file:///etc/passwd'>",
    "format strings": "%s %(claim)s {0}",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_people_write_comes_out_as_words(client: Client, cast: Cast, kind: str) -> None:
    words = HOSTILE[kind]
    record = Record(type="book", title=f"Book {words}")
    debate = open_debate(cast.ada, f"Question {words}?", ["It is so."], tags=["harbour"])
    argument = post_argument(
        cast.ada,
        debate.arguments.get(),
        pro(f"Claim {words}", elaboration=f"Text {words}", citations=(CitationText(record=record),)),
    )
    Debate.objects.filter(pk=debate.pk).update(question=f"Question {words}?")
    Voice.objects.create(slug="v", name=f"Voice {words}")
    Argument.objects.filter(pk=argument.pk).update(claim=f"Claim {words}", voice=Voice.objects.get(slug="v"))
    source = argument.citations.get().source
    for address in (
        reverse("site_feed", args=["atom"]),
        reverse("debate_feed", args=[debate.slug, "atom"]),
        reverse("argument_feed", args=[argument.public_id, "atom"]),
        reverse("source_feed", args=[source.public_id, "atom"]),
    ):
        root = read(client, address)
        found = entry(root, allowed(f"Claim {words}").replace("\r", "\n"))
        assert found.findtext(f"{IN_ATOM}author/{IN_ATOM}name").startswith(f"Voice {allowed(words)}")
        content = etree.HTML(found.findtext(f"{IN_ATOM}content"))
        assert not content.xpath("//script | //@onload | //img"), f"{address}: what was written runs."
        assert client.get(address.replace("atom", "json")).json()["items"]
    root = read(client, reverse("debate_feed", args=[debate.slug, "atom"]))
    assert root.findtext(f"{IN_ATOM}title") == allowed(f"Question {words}?")


@pytest.mark.parametrize("query", [*HOSTILE.values(), "\0", "x" * 10_000, '"', "-", "tag:", "before:never"])
def test_whatever_is_searched_for_the_answer_is_a_feed(client: Client, scene: Scene, query: str) -> None:
    answer = client.get(reverse("search_feed", args=["atom"]), {"q": query})
    assert answer.status_code == 200
    root = etree.fromstring(answer.content)
    assert not list(faults(root)), "\n".join(faults(root))


@given(st.text(st.characters(codec=None)))
def test_any_text_at_all_can_be_written_as_xml(text: str) -> None:
    out = StringIO()
    writer = XmlWriter(out, "utf-8")
    writer.startElement("a", {"b": text})
    writer.characters(text)
    writer.endElement("a")
    node = etree.fromstring(out.getvalue().encode())
    assert (node.text or "") == re.sub("\r\n?", "\n", allowed(text))
    assert node.get("b").split() == allowed(text).split()


# ------------------------------------------------------------------------------------------------ where they stand


def test_a_page_tells_readers_of_its_feeds(rf: Any, scene: Scene) -> None:  # Any: pytest-django's factory
    meta = debate_meta(rf.get("/"), scene.debate)
    head = render_to_string("debates/feeds.html#links", {"feeds": meta.feeds})
    assert re.findall(r'type="(.*?)" title="(.*?)" href="http://testserver(.*?)"', head) == [
        ("application/atom+xml", scene.debate.question, feeds(scene)["debate"]),
        ("application/feed+json", scene.debate.question, feeds(scene, "json")["debate"]),
    ]
    body = render_to_string("debates/feeds.html#follow", {"feeds": meta.feeds})
    assert "Atom</a> · <a" in body
