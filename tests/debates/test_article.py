"""The article beside its debate: what of it is restated and answered, and what its page shows to whom."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from debates.actions.moderating.hide import hide
from debates.actions.writing.anchor_words import AnchorText, read_place
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, DocumentPassage, State
from debates.permissions import Refused
from tests.conftest import Cast, pro, signed_in
from tests.debates.articles import BOOK, THIRD, Room, a_room, tied, words_of
from tests.debates.rearranging import note
from tests.debates.test_once import text_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def room(cast: Cast) -> Room:
    """Give a debate that grew from an article whose text everyone may read."""
    return a_room(cast)


# ------------------------------------------------------------------------------- what restates and what answers


def test_answers_to_what_restates_a_passage_answer_it(room: Room) -> None:
    assert room.counts("p2") == (1, 0, 1)
    assert room.counts("p3") == (0, 0, 0)
    assert room.at("p2").words == "1 argument restates it; 0 for, 1 against, in answer to it"


def test_what_is_anchored_to_a_passage_answers_it(cast: Cast, room: Room) -> None:
    tied(cast, room)
    post_argument(cast.dan, room.thesis, pro("It was sold."), anchor=AnchorText("p3"))
    assert room.counts("p2") == (1, 0, 2)
    assert room.counts("p3") == (0, 1, 0)


def test_what_quotes_a_passage_answers_it(cast: Cast, room: Room) -> None:
    post_argument(cast.dan, room.thesis, pro("See.", elaboration="It says “sold, and sold again”, twice."))
    assert room.counts("p3") == (0, 1, 0)


def test_nothing_counts_twice_at_one_passage(cast: Cast, room: Room) -> None:
    words = f"It says “In the spring gale {THIRD}” and “would say why it had not been mended”."
    everything = post_argument(
        cast.dan, room.reason, pro("So it did.", elaboration=words), anchor=AnchorText("p2", THIRD)
    )
    assert room.counts("p2") == (1, 1, 1), "It answers, is anchored and quotes twice: one argument."
    room.restate(everything, "p2")
    assert room.counts("p2") == (2, 0, 1), "What restates a passage does not answer it, too."


def test_a_note_is_shown_and_not_counted(cast: Cast, room: Room, client: Client) -> None:
    post_argument(cast.dan, room.thesis, note("Which town?"), anchor=AnchorText("p4", "the town"))
    assert room.counts("p4") == (0, 0, 0)
    page = words_of(client.get(room.address, {"passage": "p4"}))
    assert "Which town?" in page
    assert "Nobody has argued for or against this passage yet." in page


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_what_is_not_listed_counts_nowhere(cast: Cast, room: Room, state: State, client: Client) -> None:
    secret = tied(cast, room, "Nobody asked", "p4")
    Argument.objects.filter(pk=secret.pk).update(state=state)
    assert room.counts("p4") == (0, 0, 0)
    pages = [text_of(client.get(room.address, {"passage": "p4"})), text_of(client.get(room.address))]
    assert all("Not so" not in page and "run-con" not in page for page in pages), (
        "A count or an underline would tell of a text that is not shown."
    )
    own = room.at("p4", cast.ben)
    assert own.answering, "Its author finds it where they put it."
    assert (own.cons, own.spans) == (0, []), "What is counted and underlined is the same for everyone."


def test_answers_to_what_is_hidden_answer_no_passage(cast: Cast, room: Room) -> None:
    hide(cast.cleo, room.reason, "Rude.")
    assert room.counts("p2") == (0, 0, 0)


# ------------------------------------------------------------------------------------------------- the page


def test_the_margin_counts_and_the_words_are_underlined(cast: Cast, room: Room, client: Client) -> None:
    tied(cast, room)
    post_argument(cast.dan, room.thesis, pro("It did."), anchor=AnchorText("p2", "third crane fell. Nobody"))
    page = text_of(client.get(room.address))
    assert '<span class="passage-for">1 +</span> <span class="passage-against">2 −</span>' in page
    assert '<mark class="run run-con">the </mark>' in page
    assert re.search(r'<mark class="run run-(pro run-con|con run-pro)">third crane fell</mark>', page)
    assert '<mark class="run run-pro">. Nobody</mark> was hurt' in page
    assert BOOK.split("\n\n")[1] in words_of(client.get(room.address)).replace(" .", "."), (
        "Nothing of it is lost."
    )


def test_what_answers_the_whole_passage_underlines_none_of_it(cast: Cast, room: Room, client: Client) -> None:
    tied(cast, room, "")
    assert "<mark" not in text_of(client.get(room.address))


def test_a_chosen_passage_shows_who_restates_and_who_answers_it(
    cast: Cast, room: Room, client: Client
) -> None:
    tied(cast, room)
    page = text_of(client.get(room.address, {"passage": "p2"}))
    assert 'passage-chosen" id="p2"' in page
    said = words_of(client.get(room.address, {"passage": "2"}))
    assert (
        said.index("Restated in the debate")
        < said.index(room.reason.claim)
        < said.index("Answered: 0 for · 2")
    )
    assert room.answer.claim in said
    assert f"{room.reason.get_absolute_url()}reply/?stance=con&amp;passage=p2" in page
    assert f"{room.thesis.get_absolute_url()}reply/" not in page, "What restates it is what is answered."


def test_where_nothing_restates_it_a_thesis_is_answered(room: Room, client: Client) -> None:
    page = text_of(client.get(room.address, {"passage": "p3", "words": "sold again", "before": "sold, and "}))
    query = "passage=p3&amp;words=sold+again&amp;before=sold%2C+and+"
    assert f"{room.thesis.get_absolute_url()}reply/?stance=pro&amp;{query}" in page
    assert "sold again</blockquote>" in page


def test_htmx_gets_the_same_arguments_alone(room: Room, client: Client) -> None:
    whole = text_of(client.get(room.address, {"passage": "p2"}))
    response = client.get(room.address, {"passage": "p2"}, headers=HTMX)
    assert "HX-Request" in response.headers["Vary"]
    assert text_of(response).strip() in whole
    assert "<html" not in text_of(response)


def test_who_goes_back_gets_the_whole_page(room: Room, client: Client) -> None:
    """The script keeps ten pages of its history; older ones it asks for again, as a request of its own."""
    back = HTMX | {"HX-History-Restore-Request": "true"}
    for query in ({}, {"passage": "p2"}):
        response = client.get(room.address, query, headers=back)
        assert text_of(response) == text_of(client.get(room.address, query)), "It replaces the whole body."
        assert "HX-History-Restore-Request" in response.headers["Vary"], (
            "At the same address a passage's arguments alone are answered, which no cache may take for the page."
        )


@pytest.mark.parametrize("place", ["", "p99", "p0", "c1.1", "\0", "p" * 500, "p9999999999", "12; drop", "²"])
def test_a_passage_that_is_none_gets_a_sentence(room: Room, place: str, client: Client) -> None:
    response = client.get(room.address, {"passage": place, "words": "\0"})
    assert response.status_code == 200
    assert "The article has no passage of this number" in words_of(response)


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("12", "p12"),
        (" p12 ", "p12"),
        ("3.2", "c3.2"),
        ("c3.2", "c3.2"),
        ("p1.2", ""),
        ("x", ""),
        ("c3", ""),
        ("", ""),
    ],
)
def test_a_number_is_read_as_people_write_it(written: str, place: str) -> None:
    assert read_place(written) == place


def test_what_nobody_answered_is_listed_without_headings_and_with_comments(
    cast: Cast, room: Room, client: Client
) -> None:
    for order, place, kind, text in (
        (10, "p5", "heading", "Of the town"),
        (11, "p6", "paragraph", "It forgot."),
        (12, "c1.1", "comment", "Did it?"),
        (13, "c2.1", "comment", "It did."),
    ):
        DocumentPassage.objects.create(document=room.document, order=order, place=place, kind=kind, text=text)
    tied(cast, room, "It was sold", "p3")
    tied(cast, room, "It did", "c2.1")
    page = words_of(client.get(room.address))
    assert "4 passages that nobody has answered" in page, (
        "p1, p4, p6 and the first comment; a heading is none."
    )
    assert "Comment 1" in page
    only = text_of(client.get(room.address, {"show": "unanswered"}))
    assert re.findall(r'id="([pc][\d.]+)"', only) == ["p1", "p4", "p5", "p6", "c1.1"], (
        "A heading stays over what it heads."
    )
    assert "?show=unanswered&amp;passage=p4#p4" in only, "What was asked for stays in the address."


# ---------------------------------------------------------------------------------------------- reading rules


@pytest.mark.parametrize(
    ("reading", "reads"),
    [
        ("everyone", ("", "dan", "cleo")),
        ("members", ("dan", "cleo")),
        ("passages", ("cleo",)),
        ("staff", ("cleo",)),
    ],
)
def test_nothing_of_a_closed_text_leaks(cast: Cast, room: Room, reading: str, reads: tuple[str, ...]) -> None:
    tied(cast, room, place="p2")
    tied(cast, room, "", place="p4")
    room.document.outline = [{"heading": "The fall", "text": "A crane falls.", "passages": "p1-p3"}]
    room.document.save(update_fields=["outline"])
    room.read(reading)
    for name, client in (("", Client()), ("dan", signed_in(cast.dan)), ("cleo", signed_in(cast.cleo))):
        for query in ({}, {"passage": "p4"}, {"passage": "p2"}, {"show": "unanswered"}):
            said = words_of(client.get(room.address, query))
            if name in reads:
                continue
            assert "Nobody asked the town" not in said, (
                f"{reading}: {name or 'a visitor'} reads a whole passage."
            )
            assert "spring gale" not in said
            quoted = query == {"passage": "p2"} and reading == "passages"
            assert (THIRD in said) == quoted, (
                f"{reading}: these words are shown where passages may be, or nowhere."
            )


def test_the_outline_says_where_it_is_answered(cast: Cast, room: Room, client: Client) -> None:
    room.document.outline = [
        {"heading": "The fall", "text": "A crane falls.", "passages": "p1-p3"},
        {"heading": "The town", "text": "It is not asked.", "passages": "p4"},
        {"heading": "No passages", "text": "Whatever.", "passages": ""},
    ]
    room.document.save(update_fields=["outline"])
    room.read("passages")
    page = text_of(client.get(room.address))
    assert 'hx-get="?passage=p2"' in page
    assert "2 sections that nobody has answered" in words_of(client.get(room.address))
    only = words_of(client.get(room.address, {"show": "unanswered"}))
    assert "The town" in only
    assert "The fall" not in only
    assert room.reason.claim in words_of(client.get(room.address, {"passage": "p2"}))


def test_without_the_original_nothing_is_tied(cast: Cast, room: Room, client: Client) -> None:
    room.document.passages.all().delete()
    room.document.loaded_at = None
    room.document.save(update_fields=["loaded_at"])
    assert "The original is not loaded here" in words_of(client.get(room.address))
    chosen = text_of(client.get(room.address, {"passage": "p2"})).partition('<div class="at-passage"')[2]
    assert room.reason.claim in chosen
    assert "reply/" in chosen
    assert "passage=p2" not in chosen, "It is answered as on every page."
    with pytest.raises(Refused, match="is not here"):
        tied(cast, room)


# ------------------------------------------------------------------------------------------------ what it costs


def test_a_thousand_passages_take_as_many_statements_as_four(cast: Cast, room: Room, client: Client) -> None:
    def statements(query: dict[str, str]) -> int:
        with CaptureQueriesContext(connection) as taken:
            assert client.get(room.address, query).status_code == 200
        return len(taken)

    tied(cast, room)
    queries: list[dict[str, str]] = [{}, {"passage": "p2"}, {"show": "unanswered"}]
    before = [statements(query) for query in queries]
    DocumentPassage.objects.bulk_create(
        DocumentPassage(document=room.document, place=f"p{n}", order=n, kind="paragraph", text=f"Crane {n}.")
        for n in range(5, 1_001)
    )
    for number in range(10):
        room.restate(post_argument(cast.ada, room.thesis, pro(f"Reason {number}.")), "p2")
        tied(cast, room, f"Crane {number + 5}", f"p{number + 5}")
        tied(cast, room, "Nobody was hurt", "p2")
    assert [statements(query) for query in queries] == before
    page = text_of(client.get(room.address))
    assert len(page) / 1_000 < 700, f"{len(page) // 1_000} characters a passage are too many around its text."
