"""The API tells what stands in lists, the same to everyone, page by page; and says in a sentence what it cannot take."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debates.actions.arranging.link_argument import link_argument
from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.moderating.hide import hide
from debates.actions.sources.merge_sources import merge_sources
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import CitationText
from debates.api import shapes, shapes_around
from debates.api.documentation import parts_of
from debates.api.paging import write_cursor
from debates.api.v1 import api
from debates.models import Argument, DebateAddress, Source, Tag, TagSynonym
from tests.architecture.test_words import pretended, untranslated  # noqa: F401 - a fixture
from tests.conftest import Cast, Scene, con, pro, signed_in
from tests.debates.test_visibility import World, a_source, build_world

API = "/api/v1"


def told(address: str, **asked: Any) -> dict[str, Any]:
    """Return what the API answers to anyone. Any: JSON, and values of parameters."""
    response = Client().get(address, asked)
    assert response.status_code == 200, response.content.decode()
    return dict(response.json())


def turned(address: str, **asked: Any) -> Iterator[dict[str, Any]]:
    """Yield the pages of a list, one after the other. Any: as above."""
    page = told(address, **asked)
    yield page
    while page["next"]:
        page = told(page["next"])
        yield page


def ids(page: dict[str, Any]) -> list[str]:
    """Return the ids on a page. Any: JSON."""
    return [one["id"] for one in page["items"]]


def refused(address: str, status: int = 422) -> dict[str, Any]:
    """Return the problem that an address answers with. Any: JSON."""
    response = Client().get(address)
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == "application/problem+json"
    problem = dict(response.json())
    assert problem["status"] == status
    assert problem["detail"].endswith("."), "A problem is told in a sentence."
    return problem


# ------------------------------------------------------------------------------------------- what is told


def test_an_argument_is_told_with_its_place_its_source_and_its_standing(scene: Scene) -> None:
    argument = told(f"{API}/arguments/{scene.rebuttal.public_id}")
    assert argument["claim"] == "Half of the cranes came from elsewhere."
    assert (argument["stance"], argument["attacks"], argument["rebuttal"]) == ("con", "claim", True)
    assert argument["by"]["name"] == "ben"
    assert argument["tags"] == [{"name": "factual error", "kind": "rebuttal"}]
    assert [one["id"] for one in argument["ancestors"]] == [scene.thesis.public_id, scene.reason.public_id]
    assert argument["parent"]["id"] == scene.reason.public_id
    (citation,) = argument["citations"]
    assert citation["source"]["title"] == "Cranes of the harbour"
    assert (citation["locator_label"], citation["locator"]) == ("page", "12")
    assert (citation["quotation"], citation["quotation_state"]) == ("The third crane fell.", "no-text")
    assert argument["standing"]["word"] == "unreviewed"
    assert argument["revisions"] == 1


def test_replies_are_counted_by_side_with_those_from_elsewhere(cast: Cast, scene: Scene) -> None:
    elsewhere = post_argument(cast.ada, scene.thesis, pro("The cranes are landmarks."))
    link_argument(cast.ada, elsewhere, scene.reason, "pro")
    argument = told(f"{API}/arguments/{scene.reason.public_id}")
    assert argument["replies"] == {"pro": 1, "con": 1, "notes": 0}
    assert [one["id"] for one in argument["answered_also"]] == [elsewhere.public_id]
    other = told(f"{API}/arguments/{elsewhere.public_id}")
    assert [one["id"] for one in other["stands_also"]] == [scene.reason.public_id]


def test_a_debate_is_told_with_theses_tags_and_counts(scene: Scene) -> None:
    debate = told(f"{API}/debates/{scene.debate.slug}")
    assert debate["question"] == scene.debate.question
    assert [one["claim"] for one in debate["theses"]] == ["The harbour should keep its cranes."]
    assert debate["tags"] == ["harbour"]
    assert debate["counts"] == {"arguments": 3, "pro": 1, "con": 1}
    assert told(f"{API}/debates", tag="Harbour")["items"][0]["slug"] == scene.debate.slug
    assert told(f"{API}/debates", tag="shipyard")["items"] == []


def test_the_arguments_of_a_debate_come_in_the_order_of_its_tree(cast: Cast, scene: Scene) -> None:
    later = post_argument(cast.ada, scene.thesis, pro("They are landmarks."))
    everything = [one.public_id for one in (scene.thesis, scene.reason, scene.rebuttal, later)]
    listed = f"{API}/debates/{scene.debate.slug}/arguments"
    assert ids(told(listed)) == everything
    assert ids(told(listed, under=scene.thesis.public_id)) == everything[1:]
    assert ids(told(listed, under=scene.thesis.public_id, depth=1)) == [everything[1], everything[3]]
    assert ids(told(listed, depth=0)) == everything[:1]
    assert ids(told(listed, stance="con")) == [scene.rebuttal.public_id]
    assert ids(told(listed, kind="thesis")) == [scene.thesis.public_id]
    assert ids(told(listed, tag="memory")) == [scene.reason.public_id]
    assert ids(told(listed, since=later.created_at.isoformat())) == [later.public_id]


def test_a_source_is_told_as_csl_json_with_who_cites_it(scene: Scene) -> None:
    source = scene.rebuttal.citations.get().source
    record = told(f"{API}/sources/{source.public_id}")
    assert record["record"]["author"] == [{"family": "Marsh", "given": "Lena"}]
    assert record["record"]["id"] == source.public_id
    assert record["cited"] == {"arguments": 1, "pro": 0, "con": 1}
    (citing,) = told(record["citations"])["items"]
    assert citing["argument"]["id"] == scene.rebuttal.public_id
    assert told(f"{API}/sources", q="cranes marsh")["items"] == [record]
    assert told(f"{API}/sources", q="elephants")["items"] == []


def test_a_tag_is_told_with_counts_synonyms_and_its_sentence(scene: Scene) -> None:
    TagSynonym.objects.create(name="remembrance", tag=Tag.objects.get(name="memory"))
    memory = told(f"{API}/tags/Memory")
    assert (memory["arguments"], memory["debates"], memory["synonyms"]) == (1, 0, ["remembrance"])
    led = Client().get(f"{API}/tags/remembrance")
    assert (led.status_code, led["Location"]) == (307, memory["url"])
    charges = [one for page in turned(f"{API}/tags", kind="rebuttal", limit=4) for one in page["items"]]
    assert {one["name"]: one["sentence"] for one in charges}["outdated"].startswith("It was so once")


def test_a_search_finds_what_the_search_of_the_site_finds(scene: Scene) -> None:
    found = [one for page in turned(f"{API}/search", q="cranes", limit=1) for one in ids(page)]
    assert sorted(found) == sorted(one.public_id for one in (scene.thesis, scene.reason, scene.rebuttal))
    assert told(f"{API}/search", q="cranes author:")["problems"], (
        "What is not meant so is said in a sentence."
    )


# --------------------------------------------------------------------------------- what is not told, to nobody


def everything_of(world: World) -> Iterator[str]:
    """Yield every address of the API in a world of texts in every state."""
    yield from (f"{API}/{name}?limit=100" for name in ("debates", "sources", "tags"))
    for item in world.of("debate"):
        yield f"{API}/debates/{quote(item.row.slug)}"
        yield f"{API}/debates/{quote(item.row.slug)}/arguments?limit=100"
        yield f"{API}/debates?tag={item.words['tag']}"
    yield f"{API}/debates/{world.hub.slug}"
    yield f"{API}/debates/{world.hub.slug}/arguments?limit=100"
    for item in world.of("argument", "inner"):
        yield f"{API}/arguments/{item.row.public_id}"
        yield f"{API}/arguments/{item.row.parent.public_id}"
        yield f"{API}/debates/{item.row.debate.slug}/arguments?under={item.row.public_id}"
        yield f"{API}/tags/{item.words['tag']}"
        yield f"{API}/search?q=find{item.kind}{item.above.state if item.above else item.state}"
    for child in Argument.objects.filter(parent__in=[item.row for item in world.of("argument")]):
        yield f"{API}/arguments/{child.public_id}"
    for item in world.of("source", "merged"):
        yield f"{API}/sources/{item.row.public_id}"
        yield f"{API}/sources/{item.row.public_id}/citations"
        yield f"{API}/sources?q=findsource{item.state}"
    yield f"{API}/sources/{world.shared.public_id}"
    yield f"{API}/sources/{world.shared.public_id}/citations?limit=100"
    for argument in world.grown:
        yield f"{API}/arguments/{argument.public_id}"


def test_nobody_is_told_what_is_not_listed(cast: Cast) -> None:
    world = build_world(cast)
    wrong, seen = [], set()
    for address in dict.fromkeys(everything_of(world)):
        answers = {
            who: world.clients[who].get(address, follow=True).content.decode().casefold()
            for who in ("visitor", "ada", "cleo")
        }
        assert len(set(answers.values())) == 1, f"{address} is not the same for everyone."
        for item in world.items:
            for field, word in item.words.items():
                if word in answers["visitor"] and word not in address:
                    seen.add((item.kind, field))
                    if not item.is_listed:
                        wrong.append(f"{address} tells the {field} of {item}")
    assert not wrong, "\n".join(wrong)
    told_of = {("argument", "claim"), ("argument", "quotation"), ("debate", "thesis"), ("source", "title")}
    assert told_of <= seen, "The test is blind: it does not even find what is published."


def test_of_an_argument_that_is_no_longer_shown_only_the_place_is_told(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.reason, "It insults.")
    below = told(f"{API}/arguments/{scene.rebuttal.public_id}")
    place = {"id": scene.reason.public_id, "state": "not shown", "url": None}
    assert below["parent"] == place
    assert below["ancestors"][1] == place
    listed = f"{API}/debates/{scene.debate.slug}/arguments"
    assert ids(told(listed)) == [scene.thesis.public_id, scene.rebuttal.public_id]
    refused(f"{API}/arguments/{scene.reason.public_id}", 404)
    refused(f"{listed}?under={scene.reason.public_id}", 404)


def test_what_was_merged_or_renamed_leads_to_what_stands_there_now(cast: Cast, scene: Scene) -> None:
    twin = post_argument(cast.ada, scene.reason, con("Half of them came from elsewhere."))
    merge_arguments(cast.cleo, twin, scene.rebuttal, "They say the same.")
    book, copy = scene.rebuttal.citations.get().source, a_source("A copy")
    merge_sources(cast.cleo, copy, book, "The same book.")
    DebateAddress.objects.create(slug="old-name", debate=scene.debate)
    for asked, now in (
        (f"arguments/{twin.public_id}", f"arguments/{scene.rebuttal.public_id}"),
        (f"sources/{copy.public_id}/citations?limit=3", f"sources/{book.public_id}/citations?limit=3"),
        ("debates/old-name/arguments?limit=2", f"debates/{scene.debate.slug}/arguments?limit=2"),
    ):
        led = Client().get(f"{API}/{asked}")
        assert (led.status_code, led["Location"]) == (307, f"http://testserver{API}/{now}")
    hide(cast.cleo, scene.rebuttal, "It insults.")
    refused(f"{API}/arguments/{twin.public_id}", 404)


# ------------------------------------------------------------------------------------------- page by page


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_whoever_turns_the_pages_meets_everything_once_while_others_write(
    cast: Cast, scene: Scene, limit: int
) -> None:
    for number in range(9):
        above = scene.thesis if number % 3 else scene.rebuttal
        post_argument(cast.ada, above, pro(f"Reason {number}.", topic_tags=(f"topic {number}",)))
        open_debate(
            cast.ada, f"Question {number}?", ["It is."], article=CitationText(source=a_source(f"B{number}"))
        )
    there = [one.public_id for one in scene.debate.arguments.order_by("path")]
    slugs = {one["slug"] for one in told(f"{API}/debates", limit=100)["items"]}
    met = []
    for number, page in enumerate(turned(f"{API}/debates/{scene.debate.slug}/arguments", limit=limit)):
        assert len(page["items"]) <= limit
        met += ids(page)
        if number < 3:
            post_argument(cast.ben, scene.thesis, con(f"Meanwhile {number}."))
            hide(cast.cleo, post_argument(cast.ben, scene.rebuttal, con(f"Gone {number}.")), "It insults.")
    assert [one for one in met if one in set(there)] == there, (
        "Everything comes once, in the order of the tree."
    )
    assert len(met) == len(set(met))
    for name, key in (("debates", "slug"), ("sources", "id"), ("tags", "name")):
        whole = [one[key] for one in told(f"{API}/{name}", limit=100)["items"]]
        turned_up = [one[key] for page in turned(f"{API}/{name}", limit=limit) for one in page["items"]]
        assert turned_up == whole
    assert slugs <= {one["slug"] for one in told(f"{API}/debates", limit=100)["items"]}


def test_the_next_page_is_named_in_the_head_and_in_the_body(scene: Scene) -> None:
    response = Client().get(f"{API}/debates/{scene.debate.slug}/arguments", {"limit": 2, "depth": 9})
    following = response.json()["next"]
    assert response["Link"] == f'<{following}>; rel="next"'
    assert "depth=9" in following, "The next page asks for the same as this one."
    assert "Link" not in Client().get(following)


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "x:y", "%00", "WyIwMDAwIl0", "%F0%9F%98%80", quote(write_cursor("tags", ["a"])), "a" * 5000],
)
def test_a_cursor_that_was_not_given_out_is_refused(scene: Scene, cursor: str) -> None:
    problem = refused(f"{API}/debates/{scene.debate.slug}/arguments?cursor={cursor}")
    assert problem["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("limit=0", "“limit” is a whole number from 1 to 100."),
        ("limit=101", "“limit” is a whole number from 1 to 100."),
        ("limit=1e1", "“limit” is a whole number"),
        ("limit=%D9%A1", "“limit” is a whole number"),
        ("stance=neutral", "“stance” is one of these words: pro, con."),
        ("stance=", "“stance” is one of these words"),
        ("since=yesterday", "“since” is a moment with its zone"),
        ("since=0001-01-01T00:00:00%2B23:59", "“since” is a moment"),
        ("since=2026-02-30T00:00:00Z", "“since” is a moment"),
        ("since=1700000000", "“since” is a moment"),
        ("depth=-1", "“depth” is a whole number from 0 to 500."),
        ("tag=a%00b", "“tag” holds a character that nothing here can hold (a NUL)."),
        ("limit=1&limit=2", "The parameter “limit” may stand there once."),
        ("stanc=pro", "The parameter “stanc” is not known here; these are: cursor, depth, kind, limit,"),
    ],
)
def test_what_cannot_be_taken_is_said_in_a_sentence(scene: Scene, asked: str, says: str) -> None:
    assert refused(f"{API}/debates/{scene.debate.slug}/arguments?{asked}")["detail"].startswith(says)


def test_a_missing_parameter_is_named(scene: Scene) -> None:
    assert refused(f"{API}/search")["detail"] == "The parameter “q” is missing."


# --------------------------------------------------------------------------------------- in every answer


def test_an_answer_that_has_not_changed_is_not_sent_again(cast: Cast, scene: Scene) -> None:
    address = f"{API}/arguments/{scene.reason.public_id}"
    first = Client().get(address)
    assert first["Cache-Control"] == "public, max-age=60"
    for known in (first["ETag"], f'"other", W/{first["ETag"]}', "*"):
        again = Client().get(address, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    edit_argument(cast.ada, scene.reason, pro("The cranes are the harbour’s memory."), 1)
    changed = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_nobody_is_known_and_any_site_may_read(cast: Cast, scene: Scene) -> None:
    for address in (f"{API}/debates", f"{API}/nothing", f"{API}/openapi.json", f"{API}/debates?limit=0"):
        as_ada, as_anyone = signed_in(cast.ada).get(address), Client().get(address)
        assert as_ada.content == as_anyone.content
        assert not as_ada.cookies, f"{address} sets a cookie."
        assert "Cookie" not in as_ada.get("Vary", ""), f"{address} cannot be kept for everyone."
        assert as_ada["Access-Control-Allow-Origin"] == "*"


def test_head_gives_the_head_of_get(scene: Scene) -> None:
    whole, head = Client().get(f"{API}/debates"), Client().head(f"{API}/debates")
    assert head.content == b""
    assert head.status_code == 200
    for name in ("ETag", "Content-Length", "Content-Type", "Cache-Control"):
        assert head[name] == whole[name]


def test_a_script_of_another_site_may_ask_before_it_asks(scene: Scene) -> None:
    asked = Client().options(
        f"{API}/debates",
        headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"},
    )
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in asked["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(scene: Scene, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(f"{API}/debates", {"question": "?"})
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"


def test_what_breaks_is_a_problem_and_no_page(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_any: object) -> None:
        raise RuntimeError("A secret of the program.")

    monkeypatch.setattr("debates.api.debates._counted", breaks)
    client = Client()
    client.raise_request_exception = False
    response = client.get(f"{API}/debates")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert "secret" not in response.content.decode()


def test_what_is_told_takes_as_many_statements_for_many_as_for_few(cast: Cast, scene: Scene) -> None:
    source = scene.rebuttal.citations.get().source
    addresses = [
        f"{API}/debates?limit=100",
        f"{API}/debates/{scene.debate.slug}",
        f"{API}/debates/{scene.debate.slug}/arguments?limit=100&under={scene.thesis.public_id}",
        f"{API}/arguments/{scene.rebuttal.public_id}",
        f"{API}/sources?limit=100",
        f"{API}/sources/{source.public_id}/citations?limit=100",
        f"{API}/tags?limit=100",
        f"{API}/search?q=reason&limit=100",
    ]
    grow(cast, scene, source, 3)
    few = [statements(one) for one in addresses]
    grow(cast, scene, source, 20)
    many = [statements(one) for one in addresses]
    assert many == few, "Statements that grow with the debate are slow where it matters."
    assert max(many) <= 16


def grow(cast: Cast, scene: Scene, source: Source, times: int) -> None:
    """Add some of everything: arguments with tags, sources, links and answers, and debates."""
    for _time in range(times):
        number = Argument.objects.count()
        text = pro(
            f"Reason {number}.",
            topic_tags=("memory", f"topic {number}"),
            citations=(CitationText(source=source), CitationText(source=a_source(f"Book {number}"))),
        )
        argument = post_argument(cast.ada, scene.thesis, text)
        post_argument(cast.ben, argument, con(f"No, {number}."))
        link_argument(cast.ada, argument, scene.rebuttal, "pro")
        open_debate(cast.ada, f"Question {number}?", ["It is."], article=CitationText(source=source))


def statements(address: str) -> int:
    """Return how many statements an address takes."""
    with CaptureQueriesContext(connection) as taken:
        told(address)
    return len(taken)


# ------------------------------------------------------------------------------------------- the documentation


def test_the_documentation_shows_every_operation_and_loads_nothing_from_elsewhere(scene: Scene) -> None:
    page = Client().get(reverse("api"))
    text = page.content.decode()
    described = Client().get(f"{API}/openapi.json").json()
    for path, methods in described["paths"].items():
        assert f"GET {path}" in text
        for parameter in methods["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in text
    for shape in described["components"]["schemas"]:
        assert f'id="{shape}"' in text
    assert " style=" not in text
    assert "unsafe-inline" not in page["Content-Security-Policy"]
    assert 'src="http' not in text


@pytest.mark.usefixtures("pretended")
def test_the_documentation_can_be_translated(scene: Scene) -> None:
    text = Client().get(reverse("api")).content.decode()
    assert "⟦The debates, those opened last first" in text, (
        "The sentences of the description are translated, too."
    )
    found = untranslated(
        re.sub(r"<code>.*?</code>", "", text, flags=re.DOTALL)
    )  # names are the same in all languages
    assert not found, "\n".join(found)


def test_the_examples_have_the_shape_that_they_are_examples_of() -> None:
    for part in parts_of(api.get_openapi_schema(), "https://counterpoint.example"):
        for one in part.operations:
            shape = getattr(shapes, one.shape, None) or getattr(shapes_around, one.shape)
            shape.model_validate_json(one.example)
            assert json.loads(one.example)
