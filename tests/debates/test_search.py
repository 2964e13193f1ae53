"""Search: the same words find the same texts on both databases, whatever was typed, and nothing that is hidden."""

from collections.abc import Callable, Iterable

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.actions.moderating.restore import restore
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import Source
from debates.search import search_arguments, search_sources
from tests.conftest import Cast, Scene, pro

HOSTILE = {
    "a quotation mark": '"',
    "half a quotation": '"cranes',
    "a star alone": "*",
    "all operators": 'AND OR NOT NEAR( ^ : - + & | ! <-> "',
    "a percent sign": "%",
    "a column of the index": "tokens:cranes",
    "an injection": "'; DROP TABLE debates_searchentry; --",
    "a backslash": "\\",
    "NUL": "\0",
    "NUL between words": "cranes\0harbour",
    "ten thousand characters": "crane " * 1667,
    "one word of ten thousand": "x" * 10_000,
    "a thousand words": " ".join(f"w{number}" for number in range(1000)),
    "emoji": "🏗️🌊",
    "punctuation": "?!…—“”()[]{}<>",
    "parentheses left open": "((((cranes",
    "a tag": "<script>alert(1)</script>",
    "a right-to-left override": "\u202ecranes",
    "a format string": "%s %(name)s {0}",
    "nothing": "",
    "space": " \t\n",
}


def claims(found: Iterable[Model]) -> list[str]:
    """Return what the hits say, in their order."""
    return [str(one) for one in found]


def found(query: str) -> set[str]:
    """Return the claims that a query finds."""
    return set(claims(search_arguments(query)))


@pytest.mark.parametrize("query", ["cranes", "crane", "CRANES", "craning", "“cranes”", "crane*", "(crane)"])
def test_a_word_finds_its_other_forms(scene: Scene, query: str) -> None:
    assert found(query) == {scene.thesis.claim, scene.reason.claim, scene.rebuttal.claim}


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("cranes memory", 1),
        ("memory cranes", 1),
        ("cranes OR memory", 0),
        ("cranes NOT memory", 0),
        ("cranes AND memory", 0),
        ("NEAR(cranes memory)", 0),
        ('"cranes memory"', 0),
        ("cranes -memory", 2),
        ("cranes elephants", 0),
        ("cran", 0),
    ],
)
def test_all_words_must_be_there_and_no_capitals_make_a_word_an_operator(
    scene: Scene, query: str, hits: int
) -> None:
    assert len(found(query)) == hits, (
        "Words are words: an operator that worked on one database only would part them."
    )


@pytest.mark.parametrize(
    ("written", "query"),
    [
        ("Le café est fermé.", "cafe ferme"),
        ("Le cafe est ferme.", "café"),
        ("Die Straße war naß.", "STRASSE"),
        ("The town’s clock stopped.", "town's"),
        ("The town's clock stopped.", "towns"),
        ("Всё течёт.", "все"),
        ("Η Αθήνα μεγαλώνει.", "αθηνα"),
        ("東京 grows.", "東京"),
        ("हिन्दी grows.", "हिन्दी"),
        ("Ｆｕｌｌ width.", "full"),
        ("A 3d model of 007 for 1e5 people, 0x1f and covid19.", "3d 007 1e5 0x1f covid19"),
        ("It cost 1,000 in the summer of 1917–18.", "1917 18"),
        ("Written e-mail style.", "e-mail"),
        ("Look at example.org/cranes?x=1&y=2 there.", "example.org/cranes"),
        ("To be or not to be.", "to be or not"),
    ],
)
def test_accents_case_and_script_do_not_part_word_and_query(
    cast: Cast, scene: Scene, written: str, query: str
) -> None:
    post_argument(cast.ada, scene.thesis, pro(written))
    assert written in found(query)


def test_the_elaboration_is_searched_and_its_marks_are_not(cast: Cast, scene: Scene) -> None:
    post_argument(
        cast.ada, scene.thesis, pro("A claim.", elaboration="*Elephants* [swim](https://x.example).")
    )
    assert found("elephant swim") == {"A claim."}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_that_is_typed_breaks_the_page(client: Client, scene: Scene, name: str) -> None:
    response = client.get(reverse("search"), {"q": HOSTILE[name]})
    assert response.status_code == 200, f"{name} breaks the search page."
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "name", ["a quotation mark", "a star alone", "a percent sign", "emoji", "punctuation"]
)
def test_a_query_without_words_says_so_and_finds_nothing(client: Client, scene: Scene, name: str) -> None:
    page = client.get(reverse("search"), {"q": HOSTILE[name]}).content.decode()
    assert "no word to search for" in page
    assert scene.thesis.claim not in page


def hide_argument(cast: Cast, scene: Scene) -> Callable[[], object]:
    """Hide the argument; return what restores it."""
    hide(cast.cleo, scene.reason, "It insults.")
    return lambda: restore(cast.cleo, scene.reason, "It does not.")


def hide_debate(cast: Cast, scene: Scene) -> Callable[[], object]:
    """Hide the debate; return what restores it."""
    hide(cast.cleo, scene.debate, "It insults.")
    return lambda: restore(cast.cleo, scene.debate, "It does not.")


def withdraw(cast: Cast, scene: Scene) -> Callable[[], object]:
    """Withdraw the argument; return nothing that brings it back."""
    withdraw_argument(cast.ada, scene.reason)
    return lambda: None


@pytest.mark.parametrize("act", [hide_argument, hide_debate, withdraw])
def test_what_is_hidden_vanishes_and_what_is_restored_is_found_again(
    cast: Cast, scene: Scene, act: Callable[[Cast, Scene], Callable[[], object]]
) -> None:
    undo = act(cast, scene)
    assert scene.reason.claim not in found("memory")
    undo()
    assert (scene.reason.claim in found("memory")) == (act is not withdraw)


def test_an_edited_text_is_found_by_its_new_words_alone(cast: Cast, scene: Scene) -> None:
    edit_argument(cast.ada, scene.reason, pro("The cranes are ballast."), 1)
    assert found("memory") == set()
    assert found("ballast") == {"The cranes are ballast."}


@pytest.mark.parametrize(
    "query", ["harbour", "marsh", "Lena Marsh", "1999", "marsh 1999", "quay press", "MARSH crane"]
)
def test_a_source_is_found_by_title_author_year_and_publisher(scene: Scene, query: str) -> None:
    assert [source.title for source in search_sources(query)] == ["Cranes of the harbour"]


def test_a_hidden_source_vanishes(client: Client, cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, Source.objects.get(title="Cranes of the harbour"), "It is made up.")
    assert not search_sources("marsh").exists()
    assert "Cranes of the harbour" not in client.get(reverse("search"), {"q": "marsh"}).content.decode()


def test_what_speaks_mostly_of_a_word_stands_first(cast: Cast, scene: Scene) -> None:
    aside = "Many things happened that year, of which the strike was one among the storms, the flood and the fair."
    post_argument(cast.ada, scene.thesis, pro("The strike decided it.", elaboration="Strike by strike."))
    for number in range(3):
        post_argument(
            cast.ada, scene.thesis, pro(f"{aside} ({number})", elaboration="Nothing more of it. " * 20)
        )
    assert claims(search_arguments("strike"))[0] == "The strike decided it."


def test_the_pages_of_hits_share_none_and_miss_none(client: Client, cast: Cast, scene: Scene) -> None:
    for number in range(25):
        post_argument(cast.ada, scene.thesis, pro(f"The same words, always the same, {number}."))
    hits = [
        one.card.claim
        for page in (1, 2)
        for one in client.get(reverse("search"), {"q": "same words", "page": page}).context["found"]
    ]
    assert len(hits) == len(set(hits)) == 25, (
        "Hits of equal rank need an order of their own, or pages overlap."
    )
