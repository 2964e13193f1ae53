"""The operators of the search: one table of queries over one set of texts, the same members on either database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.html import strip_tags

from debates.actions.arranging.link_argument import link_argument
from debates.actions.moderating.hide import hide
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.models import Argument, Citation, CitationCheck, Standing, Tag, TagSynonym, Voice
from debates.models.argument import Stance
from debates.query import parse
from debates.search import matching, search_arguments, search_arguments_newest
from debates.search.matching import hits_of
from debates.views.parts.choosing import Choice
from tests.conftest import Cast, Scene, a_book, con, pro

type Shelf = dict[str, Argument]

MEMBERS: dict[str, str] = {
    # words and phrases
    "cranes": "thesis reason rebuttal lifts note rust",
    "crane -memory": "thesis rebuttal lifts rust",
    "-crane": "marsh reeds",
    "cranes memory": "reason note",
    '"memory of cranes"': "note",
    '"old cranes"': "lifts",
    '"cranes old"': "",
    '"old red cranes"': "lifts",
    '"red old cranes"': "",
    'cranes -"old cranes"': "thesis reason rebuttal note rust",
    '-"old red cranes" lift': "",
    "“half of the cranes”": "rebuttal",
    '"the the"': "",
    "séance": "",
    "müller": "",
    # who
    "author:ada": "thesis reason marsh",
    "author:ADA": "thesis reason marsh",
    "author:@ben": "rebuttal lifts reeds",
    "-author:ben": "thesis reason note rust marsh",
    "author:nobody": "",
    "author:ada author:ben": "",
    'voice:"zoe muller"': "rust",
    "voice:Müller": "rust",
    "voice:Zo": "",
    "-voice:zoë cranes": "thesis reason rebuttal lifts note",
    # what it carries
    "tag:memory": "reason",
    "tag:Memory": "reason",
    "tag:past": "reason",
    "-tag:past cranes": "thesis rebuttal lifts note rust",
    "tag:factual-error": "rebuttal",
    'tag:"factual error"': "rebuttal",
    "tag:secret": "",
    "tag:nothing": "",
    # which side, where
    "stance:for": "reason lifts reeds",
    "stance:pro": "reason lifts reeds",
    "stance:against": "rebuttal rust",
    "stance:con -cranes": "",
    "-stance:con cranes": "thesis reason lifts note",
    "debate:harbour": "thesis reason rebuttal lifts note rust",
    "debate:harbours cranes": "thesis reason rebuttal lifts note rust",
    "debate:should-the-harbour-keep-its-cranes memory": "reason note",
    'debate:"what becomes"': "marsh reeds",
    "-debate:harbour": "marsh reeds",
    "debate:hidden": "",
    # what it rests on
    "source:marsh": "rebuttal reeds",
    'source:"Lena Marsh" stance:con': "rebuttal",
    "source:harbour": "rebuttal",
    "source:nothing": "",
    "-source:marsh stance:against": "rust",
    "doi:10.1234/cranes": "",
    "has:source": "rebuttal reeds",
    "-has:source stance:for": "reason lifts",
    "has:quote": "rebuttal reeds",
    "has:checked": "rebuttal",
    "-has:checked has:source": "reeds",
    # how it stands
    "is:unanswered": "rebuttal lifts rust reeds",
    "-is:unanswered": "thesis reason note marsh",
    "is:contested": "thesis",
    "-is:contested is:thesis": "marsh",
    "is:rebuttal": "rebuttal",
    "-is:rebuttal stance:against": "rust",
    "is:thesis": "thesis marsh",
    "is:note": "note",
    "is:stale": "rebuttal",
    "-is:stale stance:against": "rust",
    # when
    "before:2024": "lifts",
    "before:2024-05-03": "lifts",
    "before:2024-05-04": "lifts note",
    "after:2024-05-03 before:2024-05-04": "note",
    "after:2024-05 before:2024-06": "note",
    "after:2023 before:2024": "lifts",
    "-after:2023-12-31": "",
    "-after:2024": "lifts",
    "-before:2024 is:note": "note",
    "after:9999": "",
    # together
    "cranes author:ben stance:for": "lifts",
    "is:unanswered -author:ben": "rust",
    "": "",
    "!?": "",
    "stance:maybe": "",
    "stance:maybe memory": "reason note",
}
"""What is typed: the texts that it finds."""


@pytest.fixture
def shelf(cast: Cast, scene: Scene) -> Shelf:
    """Give a handful of texts, one of everything that an operator asks for, and two that are hidden."""
    texts: Shelf = {"thesis": scene.thesis, "reason": scene.reason, "rebuttal": scene.rebuttal}
    texts["lifts"] = post_argument(
        cast.ben,
        scene.thesis,
        pro("The old cranes still lift.", elaboration="Old red cranes; red, old paint."),
    )
    note = ArgumentText(claim="Is the memory of cranes a reason?", kind=Argument.Kind.NOTE)
    texts["note"] = post_argument(cast.dan, scene.thesis, note)
    texts["rust"] = post_argument(cast.ben, scene.thesis, con("Iron rusts, and cranes with it."))
    hidden = post_argument(cast.ben, scene.rebuttal, con("Hidden cranes.", topic_tags=("secret",)))
    other = open_debate(cast.ada, "What becomes of the marsh?", ["The marsh should stay wet."])
    texts["marsh"] = other.arguments.get()
    quoted = a_book("Reeds")
    texts["reeds"] = post_argument(cast.ben, texts["marsh"], pro("Reeds grow there.", citations=(quoted,)))
    gone = open_debate(cast.ada, "A hidden question?", ["Hidden cranes, too."])

    edit_argument(
        cast.ada, scene.reason, pro("The cranes are the memory of the town.", topic_tags=("memory",)), 1
    )
    hide(cast.cleo, hidden, "It insults.")
    hide(cast.cleo, gone, "It insults.")
    voice = Voice.objects.create(slug="zoe", name="Zoë Müller")
    Argument.objects.filter(pk=texts["rust"].pk).update(voice=voice)
    TagSynonym.objects.create(name="past", tag=Tag.objects.get(name="memory"))
    cited = Citation.objects.get(argument=scene.rebuttal)
    CitationCheck.objects.create(
        citation=cited, member=cast.dan, verdict="yes", fingerprint=cited.fingerprint
    )
    other_cited = Citation.objects.get(argument=texts["reeds"])
    CitationCheck.objects.create(
        citation=other_cited, member=cast.dan, verdict="yes", fingerprint="of before"
    )
    Standing.objects.filter(argument=scene.thesis).update(word="contested")
    Argument.objects.filter(pk=texts["lifts"].pk).update(
        created_at=datetime(2023, 12, 31, 23, 59, tzinfo=UTC)
    )
    Argument.objects.filter(pk=texts["note"].pk).update(created_at=datetime(2024, 5, 3, tzinfo=UTC))
    return texts


def test_every_query_finds_exactly_its_texts(shelf: Shelf) -> None:
    names = {argument.pk: name for name, argument in shelf.items()}
    wrong = []
    for typed, expected in MEMBERS.items():
        found = {names.get(one.pk, one.claim) for one in search_arguments_newest(typed)}
        if found != set(expected.split()):
            wrong.append(f"{typed!r} finds {sorted(found)}, not {sorted(expected.split())}")
    assert not wrong, "The same words find the same texts on both databases:\n" + "\n".join(wrong)


def test_what_is_best_and_what_is_newest_are_the_same_texts(shelf: Shelf) -> None:
    for typed in ("cranes", "cranes -memory", "author:ada", '"old cranes"', ""):
        newest = list(search_arguments_newest(typed).values_list("pk", flat=True))
        assert sorted(hits_of(parse(typed)).keys) == sorted(newest)
        assert list(hits_of(parse(typed), "newest").keys) == newest


def test_the_newest_stands_first_where_there_is_nothing_to_compare(shelf: Shelf) -> None:
    assert list(hits_of(parse("before:2024-06")).keys) == [shelf["note"].pk, shelf["lifts"].pk]


def test_of_too_many_hits_the_newest_are_put_in_order(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MOST_HITS", 2)
    hits = hits_of(parse("cranes"))
    newest = list(search_arguments_newest("cranes").values_list("pk", flat=True))
    assert sorted(hits.keys) == sorted(newest[:2])
    assert hits.more
    assert not hits_of(parse("tag:memory")).more


def test_a_search_among_some_counts_those_alone(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MOST_HITS", 1)
    old = Argument.objects.filter(pk=shelf["lifts"].pk)
    assert search_arguments("cranes", old) == [shelf["lifts"]]


def test_a_long_text_holds_its_last_phrase(cast: Cast, scene: Scene) -> None:
    """PostgreSQL forgets the places of a word after the 256th, SQLite does not."""
    text = "The crane of the town and the harbour. " * 150 + "It was the last gantry."
    post_argument(cast.ada, scene.thesis, pro("Much is said.", elaboration=text))
    assert [str(one) for one in search_arguments('"the last gantry"')] == ["Much is said."]
    assert not search_arguments('"the gantry"')


def test_the_check_of_an_edited_citation_counts_no_more(cast: Cast, shelf: Shelf) -> None:
    Citation.objects.filter(argument=shelf["rebuttal"]).update(fingerprint="anew")
    assert not search_arguments("has:checked")


@pytest.mark.parametrize("verdict", CitationCheck.Verdict.values)
def test_checked_means_the_same_in_the_search_and_in_a_filter(cast: Cast, scene: Scene, verdict: str) -> None:
    cited = Citation.objects.get()
    CitationCheck.objects.create(
        citation=cited, member=cast.dan, verdict=verdict, fingerprint=cited.fingerprint
    )
    expected = [scene.rebuttal] if verdict in ("yes", "partly") else []
    assert search_arguments("has:checked") == expected
    assert list(Choice(sources="checked").among(Argument.objects.all())) == expected
    Citation.objects.update(fingerprint="anew")
    assert not search_arguments("has:checked")
    assert not Choice(sources="checked").among(Argument.objects.all()), "An edit sets aside what was found."


def test_a_note_answers_nothing_and_a_link_does_on_every_page(
    cast: Cast, scene: Scene, client: Client
) -> None:
    texts = {}
    for name in ("answered", "bare", "noted", "tied"):
        texts[name] = post_argument(cast.ben, scene.thesis, con(f"This is {name}.", topic_tags=("order",)))
    post_argument(cast.ada, texts["answered"], pro("Quite."))
    post_argument(cast.ada, texts["noted"], ArgumentText(claim="What is meant?", kind=Argument.Kind.NOTE))
    link_argument(cast.ada, scene.reason, texts["tied"], Stance.PRO)
    waiting = {texts["bare"], texts["noted"]}
    assert set(search_arguments("is:unanswered tag:order")) == waiting
    for address in ("/tags/order/?sort=unanswered", f"{scene.debate.get_absolute_url()}?sort=unanswered"):
        page = client.get(address).content.decode()
        first = sorted(texts, key=lambda name: page.index(f"This is {name}."))[:2]
        assert {texts[name] for name in first} == waiting, f"{address} has another meaning of the word."
    assert "unanswered · 1 note" in " ".join(
        strip_tags(client.get("/search/?q=noted").content.decode()).split()
    )
