"""Words of an article are answered, named on the answer's page, found again, and carried along wherever it goes."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.arranging.move_argument import move_argument
from debates.actions.arranging.split_argument import split_argument
from debates.actions.arranging.undo_rearrangement import undo_rearrangement
from debates.actions.moderating.hide import hide
from debates.actions.sources.attach_text import attach_text
from debates.actions.writing.anchor_words import AnchorText
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.models import Anchor, Argument
from debates.permissions import Refused
from debates.views.parts.anchored import anchored_of
from tests.conftest import Cast, con, signed_in
from tests.debates.articles import BOOK, THIRD, Room, a_room, form, tied, words_of
from tests.debates.rearranging import REASON
from tests.debates.test_once import text_of


@pytest.fixture
def room(cast: Cast) -> Room:
    """Give a debate that grew from an article whose text everyone may read."""
    return a_room(cast)


# ------------------------------------------------------------------------------------------------- answering


def test_ben_answers_words_of_the_article(cast: Cast, room: Room) -> None:
    ben, address = signed_in(cast.ben), reverse("reply", args=[room.reason.public_id])
    page = text_of(ben.get(address, {"stance": "con", "passage": "p2", "words": "Nobody was hurt"}))
    assert "Nobody was hurt</blockquote>" in page
    assert 'name="passage" value="p2"' in page
    sent = form(passage="p2", words="Nobody  was\nhurt")
    preview = text_of(ben.post(address, {**sent, "preview": "1"}))
    assert "Nobody  was\nhurt</blockquote>" in preview
    assert not Anchor.objects.exists()
    assert ben.post(address, sent).status_code == 302
    anchor = Anchor.objects.get()
    assert (anchor.argument.claim, anchor.place, anchor.exact) == (sent["claim"], "p2", "Nobody was hurt")
    assert anchor.prefix.endswith("crane fell. ")
    assert anchor.suffix.startswith(", and nobody")
    assert BOOK.split("\n\n")[1][anchor.start : anchor.end] == anchor.exact


def test_the_words_may_be_left_out(cast: Cast, room: Room) -> None:
    address = reverse("reply", args=[room.reason.public_id])
    assert "spring gale" in text_of(signed_in(cast.ben).get(address, {"passage": "p2"})), (
        "The passage is in sight."
    )
    assert signed_in(cast.ben).post(address, form(passage="p2", words="")).status_code == 302
    anchor = Anchor.objects.get()
    assert (anchor.start, anchor.end) == (0, len(BOOK.split("\n\n")[1]))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"words": "Somebody was hurt"}, "These words do not stand in passage 2"),
        ({"words": "sold, and sold again"}, "These words do not stand in passage 2"),
        ({"passage": "p99", "words": THIRD}, "has no passage of this number"),
        ({"passage": "zzz", "words": ""}, "has no passage of this number"),
        ({"words": "x" * 10_001}, "answer at most 10000"),
        ({"words": "a\0b"}, "Null characters are not allowed"),
    ],
)
def test_words_that_are_not_there_get_a_sentence_and_lose_nothing(
    cast: Cast, room: Room, sent: dict[str, str], sentence: str
) -> None:
    address = reverse("reply", args=[room.reason.public_id])
    typed = form(**{"passage": "p2", "elaboration": "Because.", **sent})
    response = signed_in(cast.ben).post(address, typed)
    assert response.status_code == 422
    page = unescape(text_of(response))
    assert sentence in words_of(response)
    assert "Because." in page
    assert typed["claim"] in page
    assert not Argument.objects.filter(claim=typed["claim"]).exists()
    assert signed_in(cast.ben).post(address, {**typed, "untied": "on", "words": ""}).status_code == 302, (
        "What cannot be tied can be posted without."
    )
    assert not Anchor.objects.exists()


def test_words_that_are_wrong_in_the_address_are_said_at_once(cast: Cast, room: Room) -> None:
    address = reverse("reply", args=[room.reason.public_id])
    page = signed_in(cast.ben).get(address, {"passage": "p2", "words": "Somebody was hurt"})
    assert page.status_code == 200
    assert "These words do not stand in passage 2" in words_of(page)


def test_a_rebuttal_is_tied_as_well(cast: Cast, room: Room) -> None:
    address = reverse("rebut", args=[room.reason.public_id])
    assert "Nobody was hurt</blockquote>" in text_of(
        signed_in(cast.ben).get(address, {"passage": "p2", "words": "Nobody was hurt"})
    )


def test_which_of_the_same_words_is_meant_their_surroundings_say(cast: Cast, room: Room) -> None:
    address = reverse("reply", args=[room.thesis.public_id])
    ben = signed_in(cast.ben)
    ben.post(address, form("The first.", passage="p3", words="sold"))
    ben.post(
        address, form("The second.", passage="p3", words="sold", before="It was sold, and ", after=" again.")
    )
    assert [row.start for row in Anchor.objects.order_by("pk")] == [7, 17]


def test_what_a_visitor_typed_comes_back_tied(cast: Cast, room: Room) -> None:
    client, address = Client(), reverse("reply", args=[room.reason.public_id])
    response = client.post(address, form(passage="p2", words=THIRD))
    assert response.status_code == 302
    client.force_login(cast.ben)
    page = text_of(client.get(address))
    assert f"{THIRD}</blockquote>" in page
    assert "It was mended twice." in page


def test_who_reads_only_passages_brings_the_words(cast: Cast, room: Room) -> None:
    room.read("passages")
    address = reverse("reply", args=[room.thesis.public_id])
    dan = signed_in(cast.dan)
    assert "Nobody asked the town" not in text_of(dan.get(address, {"passage": "p4"}))
    response = dan.post(address, form(passage="p4", words=""))
    assert response.status_code == 422
    assert "Paste the words that you answer" in words_of(response), (
        "Else the text could be read by answering each passage of it."
    )
    assert dan.post(address, form(passage="p4", words="asked the town")).status_code == 302


def test_a_closed_text_is_not_answered_nor_searched(cast: Cast, room: Room) -> None:
    room.read("staff")
    sentences = set()
    for words in ("asked the town", "asked the mayor"):
        with pytest.raises(Refused) as refusal:
            post_argument(cast.dan, room.thesis, con("No."), anchor=AnchorText("p4", words))
        sentences.add(refusal.value.sentence)
    assert len(sentences) == 1, "Found or not found must sound alike, or one could read by asking."


def test_the_text_of_a_hidden_source_is_not_answered(cast: Cast, room: Room) -> None:
    hide(cast.cleo, room.document.source, "It was forged.")
    with pytest.raises(Refused, match="is not here"):
        tied(cast, room)


# --------------------------------------------------------------------------------------------- on its own page


def test_the_margin_of_an_argument_says_which_words_it_answers(cast: Cast, room: Room) -> None:
    argument = tied(cast, room)
    [view] = anchored_of(argument, cast.dan)
    assert (view.where, view.words, view.before, view.lost) == (
        "paragraph 2",
        THIRD,
        "In the spring gale ",
        False,
    )
    assert view.url == f"{room.address}?passage=p2#p2"
    room.read("passages")
    [view] = anchored_of(argument, cast.dan)
    assert (view.words, view.before, view.after) == (THIRD, "", ""), "Only what was quoted is shown."
    room.read("staff")
    [view] = anchored_of(argument, cast.dan)
    assert (view.where, view.words) == ("paragraph 2", "")
    hide(cast.cleo, room.document.source, "It was forged.")
    assert anchored_of(argument, cast.dan) == []


def test_a_whole_passage_is_said_and_not_repeated(cast: Cast, room: Room) -> None:
    [view] = anchored_of(tied(cast, room, ""), cast.dan)
    assert view.whole
    assert view.words == ""


# --------------------------------------------------------------------------------------------- a text given anew


def test_words_find_their_passage_again_or_are_kept_as_lost(cast: Cast, room: Room, client: Client) -> None:
    stays, goes = tied(cast, room), tied(cast, room, "Nobody asked", "p4")
    new = "A preface.\n\n" + BOOK.replace("Nobody asked the town.", "The town agreed.")
    attach_text(cast.cleo, room.document.source, new, "everyone", "CC BY")
    again, lost = Anchor.objects.get(argument=stays), Anchor.objects.get(argument=goes)
    assert (again.place, again.passage and again.passage.text[again.start : again.end]) == ("p3", THIRD)
    assert (lost.place, lost.passage, lost.exact) == ("p4", None, "Nobody asked")
    [view] = anchored_of(goes, cast.dan)
    assert (view.lost, view.words) == (True, "Nobody asked")
    page = words_of(client.get(room.address))
    assert "Answers to words that are no longer in the text − Against ben Not so, says Ben of p4." in page
    attach_text(cast.cleo, room.document.source, BOOK, "everyone", "CC BY")
    back = Anchor.objects.get(argument=goes)
    assert back.passage is not None, "What was lost in one edition is found in the next."
    assert back.passage.place == "p4"


def test_an_anchor_that_comes_where_another_stood_does_not_get_in_its_way(cast: Cast, room: Room) -> None:
    argument = tied(cast, room, "It was sold", "p3")
    Anchor.objects.create(
        argument=argument,
        document=room.document,
        place="p3",
        passage=room.document.passages.get(place="p3"),
        start=13,
        end=21,
        exact="and sold",
        prefix="It was sold, ",
        suffix=" again.",
    )
    new = BOOK.replace("It was sold", "Long before, It was sold")
    attach_text(cast.cleo, room.document.source, new, "everyone", "")
    assert list(Anchor.objects.order_by("pk").values_list("start", "exact")) == [
        (13, "It was sold"),
        (26, "and sold"),
    ]


def test_looking_again_changes_no_row(cast: Cast, room: Room) -> None:
    tied(cast, room)
    before = list(Anchor.objects.values("argument", "place", "start", "end", "exact", "prefix", "suffix"))
    attach_text(cast.cleo, room.document.source, BOOK, "everyone", "CC BY")
    assert list(Anchor.objects.values(*before[0])) == before


# --------------------------------------------------------------------------------------- nothing lost on the way


def where(argument: Argument) -> list[tuple[str, str]]:
    """Return the passages and words that an argument answers."""
    return list(
        Anchor.objects.filter(argument=argument).order_by("place", "start").values_list("place", "exact")
    )


def rows() -> list[Any]:
    """Return all anchors, to be compared with what they were. Any: values of columns."""
    return list(Anchor.objects.order_by("pk").values())


def test_a_move_takes_the_tie_along(cast: Cast, room: Room) -> None:
    argument = tied(cast, room)
    move_argument(cast.cleo, argument, room.reason, "con", "claim", REASON)
    assert where(argument) == [("p2", THIRD)]


def test_a_merge_joins_what_both_answer_and_parts_it_again(cast: Cast, room: Room) -> None:
    kept, gone = tied(cast, room), tied(cast, room, "sold again", "p3")
    Anchor.objects.create(
        argument=gone,
        document=room.document,
        place="p2",
        passage=room.document.passages.get(place="p2"),
        start=19,
        end=BOOK.split("\n\n")[1].index(" Nobody"),
        exact=f"{THIRD}.",
        prefix="In the spring gale ",
        suffix=" Nobody was hurt, and nobody wou",
    )
    before = rows()
    merge = merge_arguments(cast.cleo, gone, kept, REASON)
    assert where(kept) == [("p2", f"{THIRD}."), ("p3", "sold again")], (
        "Of the same beginning the longer one stands."
    )
    assert room.counts("p3") == (0, 0, 1)
    undo_rearrangement(cast.cleo, merge, REASON)
    assert rows() == before, "Undoing gives back each row as it was."


def test_a_merge_is_undone_after_the_text_was_given_anew(cast: Cast, room: Room) -> None:
    kept, gone = tied(cast, room), tied(cast, room, f"{THIRD}. Nobody was hurt")
    merge = merge_arguments(cast.cleo, gone, kept, REASON)
    assert where(kept) == [("p2", f"{THIRD}. Nobody was hurt")]
    attach_text(cast.cleo, room.document.source, BOOK.replace("In the spring", "In a"), "everyone", "")
    undo_rearrangement(cast.cleo, merge, REASON)
    for argument, words in ((kept, THIRD), (gone, f"{THIRD}. Nobody was hurt")):
        anchor = Anchor.objects.select_related("passage").get(argument=argument)
        assert anchor.passage is not None
        assert anchor.passage.text[anchor.start : anchor.end] == words


def test_both_parts_of_a_split_answer_the_same_words(cast: Cast, room: Room) -> None:
    argument = tied(cast, room)
    before = rows()
    split = split_argument(
        cast.cleo, argument, "It did not fall.", ArgumentText("It was no crane."), [], "first", REASON
    )
    assert where(argument) == where(split.other) == [("p2", THIRD)]
    undo_rearrangement(cast.cleo, split, REASON)
    assert rows() == before
