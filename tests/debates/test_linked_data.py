"""What search engines read of a debate and of an argument: the shape that they ask for, what is published, no more than 6 kB."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from debates.actions.moderating.hide import hide
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import Argument, Debate, State, Voice
from debates.views.parts.linked_data import WEIGHT
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in

HOST = "http://testserver"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
type Node = dict[str, Any]  # JSON


def data(client: Client, address: str) -> Node:
    """Return the block of a page, after it was found to have the shape that is asked for."""
    page = client.get(address).content.decode()
    (block,) = BLOCK.findall(page)
    found: Node = json.loads(block)
    assert not list(faults(found)), "\n".join(faults(found))
    return found


def faults(posting: Node) -> Iterator[str]:
    """Yield what is missing of what Google documents as required of a posting in a forum, and of each comment below it.

    Of a DiscussionForumPosting: author with a name, datePublished, and a text; of its address, `url`. Of a Comment the
    same. Recommended and promised here: commentCount, interactionStatistic, dateModified where something was edited.
    """
    if posting.get("@context") != "https://schema.org" or posting.get("@type") != "DiscussionForumPosting":
        yield "It is no DiscussionForumPosting of schema.org."
    for node in walk(posting):
        where = f"{node.get('@type')} “{node.get('text')}”"
        if not node.get("text"):
            yield f"{where}: no text."
        if node.get("author", {}).get("@type") not in ("Person", "Organization"):
            yield f"{where}: its author is neither person nor organization."
        if not node.get("author", {}).get("name"):
            yield f"{where}: its author has no name."
        for name in ("datePublished", "dateCreated", "dateModified"):
            if name in node and not DATE.fullmatch(node[name]):
                yield f"{where}: {name} is no date with its zone."
        if "datePublished" not in node:
            yield f"{where}: no date."
        if not re.match(r"https?://", node.get("url", "")):
            yield f"{where}: no address."
        if node is not posting and node.get("@type") != "Comment":
            yield f"{where}: what stands below a posting is a Comment."
    known = {work["@id"] for work in posting.get("citation", [])}
    for node in walk(posting):
        for work in node.get("citation", []):
            if "@id" not in work or (node is not posting and work["@id"] not in known):
                yield f"{node.get('text')}: it cites what is described nowhere."


def walk(node: Node) -> Iterator[Node]:
    """Yield a posting and all comments below it."""
    yield node
    for comment in node.get("comment", []):
        yield from walk(comment)


def texts(node: Node) -> list[str]:
    """Return what the comments say."""
    return [one["text"] for one in walk(node)][1:]


def test_a_debate_is_a_posting_with_its_answers(client: Client, scene: Scene) -> None:
    found = data(client, scene.debate.get_absolute_url())
    assert (found["headline"], found["author"]["name"]) == (scene.debate.question, "ada")
    assert found["url"] == found["@id"] == HOST + scene.debate.get_absolute_url()
    assert found["about"] == [{"@type": "Thing", "name": "harbour"}]
    assert found["commentCount"] == found["interactionStatistic"]["userInteractionCount"] == 3
    (thesis,) = found["comment"]
    (reason,) = thesis["comment"]
    (rebuttal,) = reason["comment"]
    assert [one["text"] for one in (thesis, reason, rebuttal)] == [
        scene.thesis.claim,
        scene.reason.claim,
        scene.rebuttal.claim,
    ]
    assert rebuttal["author"] == {"@type": "Person", "name": "ben", "url": f"{HOST}/members/ben/"}
    assert [work["@id"] for work in rebuttal["citation"]] == [work["@id"] for work in found["citation"]]


def test_an_argument_is_a_posting_within_its_debate(client: Client, cast: Cast, scene: Scene) -> None:
    edit_argument(cast.ada, scene.reason, pro("The cranes are what it remembers.", topic_tags=("memory",)), 1)
    found = data(client, scene.reason.get_absolute_url())
    assert found["text"] == "The cranes are what it remembers."
    assert found["isPartOf"] == {
        "@type": "DiscussionForumPosting",
        "@id": HOST + scene.debate.get_absolute_url(),
        "headline": scene.debate.question,
    }
    assert found["about"] == [{"@type": "Thing", "name": "memory"}]
    assert found["dateModified"] >= found["datePublished"]
    assert texts(found) == [scene.rebuttal.claim]
    assert found["commentCount"] == 1


def test_a_voice_is_said_to_be_restated(client: Client, scene: Scene) -> None:
    voice = Voice.objects.create(slug="oda", name="Oda Quist")
    Argument.objects.filter(pk=scene.reason.pk).update(voice=voice)
    own = data(client, scene.reason.get_absolute_url())["author"]
    nested = data(client, scene.debate.get_absolute_url())["comment"][0]["comment"][0]["author"]
    assert own == nested == {"@type": "Person", "name": "Oda Quist, as the editors restate it"}


def test_what_nobody_signed_is_the_sites(client: Client, scene: Scene) -> None:
    Argument.objects.filter(pk=scene.thesis.pk).update(author=None)
    Debate.objects.filter(pk=scene.debate.pk).update(opened_by=None)
    site = {"@type": "Organization", "name": "Counterpoint", "url": f"{HOST}/"}
    found = data(client, scene.debate.get_absolute_url())
    assert found["author"] == found["comment"][0]["author"] == site


@pytest.mark.parametrize("state", sorted(set(State) - {State.PUBLISHED}))
def test_only_what_is_published_stands_there_whoever_looks(cast: Cast, scene: Scene, state: State) -> None:
    secret = post_argument(
        cast.ada, scene.reason, pro("A zzsecretzz.", topic_tags=("zztagzz",), citations=(a_book("Zzbookzz"),))
    )
    Argument.objects.filter(pk=secret.pk).update(state=state)
    for client in (Client(), signed_in(cast.ada), signed_in(cast.cleo)):
        for address in (scene.debate.get_absolute_url(), scene.reason.get_absolute_url()):
            words = json.dumps(data(client, address)).casefold()
            assert not re.search("zzsecretzz|zztagzz|zzbookzz", words), f"{address} tells what is {state}."


def test_answers_of_what_is_gone_are_not_hung_elsewhere(client: Client, cast: Cast, scene: Scene) -> None:
    withdraw_argument(cast.ada, scene.reason)
    assert texts(data(client, scene.debate.get_absolute_url())) == [scene.thesis.claim]
    hide(cast.cleo, scene.thesis, "It insults.")
    assert "comment" not in data(client, scene.debate.get_absolute_url())


@pytest.mark.parametrize("letters", ["long words ", "долгие слова ", "<b>&\u202e\u2028</script>"])
def test_the_block_stays_light(cast: Cast, letters: str) -> None:
    debate = open_debate(cast.ada, (letters * 40)[:300], [(f"{n}. " + letters * 40)[:300] for n in range(6)])
    for thesis in debate.arguments.all():
        for number in range(2):
            text = pro(
                (f"{thesis.pk}.{number} {letters}" * 40)[:300], citations=(a_book(f"{number} {letters}"),)
            )
            post_argument(cast.ben, thesis, text)
    for address in (debate.get_absolute_url(), thesis.get_absolute_url()):
        page = Client().get(address).content.decode()
        (block,) = BLOCK.findall(page)
        assert len(block.encode()) <= WEIGHT * 1.5, (
            "However long everything is, one answer and one work stand there."
        )
        assert block.isascii()
        assert not set("<>&") & set(block)
        found = data(Client(), address)
        assert texts(found), "Light, not empty."


def test_the_nearest_answers_come_first(client: Client, cast: Cast, scene: Scene) -> None:
    for number in range(12):
        post_argument(cast.ada, scene.rebuttal, con(f"Deep down, number {number}." + " And so on." * 24))
    beside = post_argument(cast.ben, scene.thesis, con("Right below the thesis."))
    found = texts(data(client, scene.debate.get_absolute_url()))
    assert beside.claim in found
    assert 0 < len([one for one in found if one.startswith("Deep")]) < 12
