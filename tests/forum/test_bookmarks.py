"""Bookmarks: kept by one click, taken away and put back with their note, carried by merges, and nobody else’s business."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.arranging.move_argument import move_argument
from debates.actions.arranging.undo_rearrangement import undo_rearrangement
from debates.actions.moderating.hide import hide
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument
from debates.models.visibility import NOBODY
from debates.permissions import Refused
from forum.accounts.models import User
from forum.bookmarks.actions import set_bookmark
from forum.bookmarks.actions.set_bookmark import drop, keep
from forum.bookmarks.actions.write_note import write_note
from forum.bookmarks.kept import bookmark_at, bookmarks_of, drawn, names_kept_by
from forum.bookmarks.models import Bookmark
from tests.conftest import Cast, Scene, con, make_cast, make_scene, pro, signed_in

TOGGLES = 200


def page(client: Client, address: str = "/bookmarks/") -> str:
    """Return the words of a page."""
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def press(client: Client, act: str, argument: Argument, **headers: str) -> str:
    """Press a button of a card; return what comes, or where it leads."""
    form = {act: argument.public_id, "next": argument.get_absolute_url()}
    response = client.post(reverse("set_bookmark"), form, headers=headers)
    assert response.status_code in (200, 302)
    return response.headers.get("Location", "") or response.content.decode()


# ------------------------------------------------------------------------------------------------ the verbs


def test_an_argument_is_kept_once_and_taken_away_once(scene: Scene, cast: Cast) -> None:
    assert keep(cast.dan, scene.reason)
    assert not keep(cast.dan, scene.reason)
    assert drop(cast.dan, scene.reason)
    assert not drop(cast.dan, scene.reason)
    assert not bookmarks_of(cast.dan).exists()
    with pytest.raises(Refused):
        keep(NOBODY, scene.reason)


def test_what_was_taken_away_comes_back_with_its_note_and_its_place(scene: Scene, cast: Cast) -> None:
    for argument in (scene.reason, scene.rebuttal):
        keep(cast.dan, argument)
    first = bookmark_at(cast.dan, scene.reason)
    assert first is not None
    write_note(cast.dan, first, "To be read again.")
    drop(cast.dan, scene.reason)
    assert keep(cast.dan, scene.reason)
    found = drawn(bookmarks_of(cast.dan), cast.dan)
    assert [(one.argument, one.row.note) for one in found] == [
        (scene.rebuttal, ""),
        (scene.reason, "To be read again."),
    ]


def test_after_a_day_the_note_of_what_was_taken_away_is_forgotten(scene: Scene, cast: Cast) -> None:
    keep(cast.dan, scene.reason)
    Bookmark.objects.update(note="Old.", removed_at=timezone.now() - timedelta(days=1, minutes=1))
    assert "Old." not in page(signed_in(cast.dan))
    assert keep(cast.dan, scene.reason)
    assert Bookmark.objects.get().note == ""


def test_so_many_are_kept_and_no_more(scene: Scene, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_bookmark, "MOST", 1)
    keep(cast.dan, scene.reason)
    with pytest.raises(Refused):
        keep(cast.dan, scene.rebuttal)
    assert not keep(cast.dan, scene.reason), "What is kept already asks for no room."


def test_two_hundred_toggles_at_once_leave_one_row(transactional_db: None) -> None:
    cast = make_cast()
    reason = make_scene(cast).reason
    for last in (keep, drop):
        with ThreadPoolExecutor(20) as pool:
            list(pool.map(lambda number: _toggle((keep, drop)[number % 2], cast.dan, reason), range(TOGGLES)))
        assert Bookmark.objects.count() == 1, "Two requests made a row each."
        last(cast.dan, reason)
        assert len(names_kept_by(cast.dan.pk)) == (last is keep)


def _toggle(act: Callable[[User, Argument], bool], member: User, argument: Argument) -> None:
    try:
        act(member, argument)
    finally:
        connection.close()


# ----------------------------------------------------------------------------------- what becomes of arguments


def test_a_merge_carries_bookmarks_and_undoing_it_gives_them_back(scene: Scene, cast: Cast) -> None:
    twin = post_argument(cast.ben, scene.thesis, pro("They remind the town of what it was."))
    keep(cast.dan, twin)
    keep(cast.cleo, twin)
    keep(cast.cleo, scene.reason)
    merge = merge_arguments(cast.cleo, twin, scene.reason, "They say the same.")
    assert scene.reason.public_id in names_kept_by(cast.dan.pk)
    assert [one.argument for one in drawn(bookmarks_of(cast.dan), cast.dan)] == [scene.reason]
    assert not keep(cast.dan, Argument.objects.get(pk=scene.reason.pk)), (
        "It is kept by what was merged into it."
    )
    undo_rearrangement(cast.cleo, merge, "They do not.")
    assert names_kept_by(cast.dan.pk) == {twin.public_id}
    assert names_kept_by(cast.cleo.pk) == {twin.public_id, scene.reason.public_id}, "Two bookmarks stay two."


def test_taking_away_what_something_was_merged_into_takes_both_and_putting_it_back_brings_both(
    scene: Scene, cast: Cast
) -> None:
    twin = post_argument(cast.ben, scene.thesis, pro("They remind the town of what it was."))
    for argument, note in ((twin, "Of the twin."), (scene.reason, "Of the reason.")):
        keep(cast.dan, argument)
        Bookmark.objects.filter(argument=argument).update(note=note)
    merge_arguments(cast.cleo, twin, scene.reason, "They say the same.")
    dan, reason = signed_in(cast.dan), Argument.objects.get(pk=scene.reason.pk)
    for note in ("Of the twin.", "Of the reason."):
        assert note in page(dan, reason.get_absolute_url())
    assert drop(cast.dan, reason)
    assert not bookmarks_of(cast.dan).exists()
    assert keep(cast.dan, reason)
    assert set(bookmarks_of(cast.dan).values_list("note", flat=True)) == {"Of the twin.", "Of the reason."}
    form = {"note": "Of the twin, again.", "next": "/bookmarks/"}
    dan.post(reverse("bookmark", args=[twin.public_id]), form)
    assert bookmarks_of(cast.dan).get(argument=twin).note == "Of the twin, again."


def test_a_bookmark_goes_where_its_argument_is_moved_and_goes_with_it_for_good(
    scene: Scene, cast: Cast
) -> None:
    keep(cast.dan, scene.rebuttal)
    other = open_debate(cast.ada, "Should the quay be rebuilt?", ["The quay should be rebuilt."])
    move_argument(cast.cleo, scene.rebuttal, other.arguments.get(), "con", "claim", "It belongs there.")
    assert other.question in page(signed_in(cast.dan))
    lone = open_debate(cast.ada, "Who counts?", ["Nobody does."]).arguments.get()
    keep(cast.dan, lone)
    lone.delete()
    assert bookmarks_of(cast.dan).get().argument == scene.rebuttal


def test_of_what_is_hidden_since_the_note_stays_and_the_claim_goes(scene: Scene, cast: Cast) -> None:
    keep(cast.dan, scene.rebuttal)
    Bookmark.objects.update(note="Ask Ben.")
    hide(cast.cleo, scene.rebuttal, "Spam.")
    dan = signed_in(cast.dan)
    for address in ("/bookmarks/", reverse("bookmark", args=[scene.rebuttal.public_id])):
        text = page(dan, address)
        assert "ot readable at present" in text
        assert "Ask Ben." in text
        assert scene.rebuttal.claim not in text
    press(dan, "drop", scene.rebuttal)
    assert not bookmarks_of(cast.dan).exists()
    assert scene.rebuttal.claim not in page(dan), "Among what was taken away, too, it is not named."


# ------------------------------------------------------------------------------------------------ the pages


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_the_button_of_a_card_keeps_and_takes_away(scene: Scene, cast: Cast, htmx: bool) -> None:
    dan, headers = signed_in(cast.dan), {"HX-Request": "true"} if htmx else {}
    address = scene.reason.get_absolute_url()
    assert f'name="keep" value="{scene.reason.public_id}"' in page(dan, address)
    answer = press(dan, "keep", scene.reason, **headers)
    here = f"{address}#a-{scene.reason.public_id}"
    assert ("Bookmarked." in answer and "data-hx-swap-oob" in answer) if htmx else answer == here
    assert f'name="drop" value="{scene.reason.public_id}"' in page(dan, address)
    answer = press(dan, "drop", scene.reason, **headers)
    assert "Put the bookmark back" in answer if htmx else answer == here
    assert f'name="keep" value="{scene.reason.public_id}"' in page(dan, address)
    text = page(dan)
    assert "Taken away within the last day" in text
    assert "Put it back" in text


def test_visitors_are_sent_no_byte_of_it_and_sign_in_to_keep(scene: Scene) -> None:
    visitor = Client()
    for address in (scene.debate.get_absolute_url(), scene.reason.get_absolute_url(), reverse("home")):
        assert "ookmark" not in page(visitor, address), address
    form = {"keep": scene.reason.public_id}
    assert "/accounts/login/" in visitor.post(reverse("set_bookmark"), form)["Location"]
    visitor.login(username="dan", password="a-long-enough-password")
    assert visitor.get(reverse("set_bookmark"))["Location"] == reverse(
        "bookmark", args=[scene.reason.public_id]
    )
    assert not Bookmark.objects.exists(), "A GET wrote."


def test_a_note_is_written_in_place_and_nobody_else_reads_it(scene: Scene, cast: Cast) -> None:
    dan = signed_in(cast.dan)
    form = {"note": "Not for\r\nBen’s eyes.", "next": "/bookmarks/#a-x"}
    address = reverse("bookmark", args=[scene.reason.public_id])
    assert dan.post(address, form)["Location"] == "/bookmarks/#a-x"
    assert Bookmark.objects.get().note == "Not for\nBen’s eyes."
    assert "Ben’s eyes." in page(dan)
    assert "Ben’s eyes." in page(dan, scene.reason.get_absolute_url())
    for other in (Client(), signed_in(cast.ben), signed_in(cast.cleo)):
        assert "eyes." not in page(other, scene.reason.get_absolute_url())
    for other in (signed_in(cast.ben), signed_in(cast.cleo)):
        assert "eyes." not in page(other, address) + page(other)


def test_a_note_that_is_too_long_comes_back_to_be_shortened(scene: Scene, cast: Cast) -> None:
    dan, address = signed_in(cast.dan), reverse("bookmark", args=[scene.reason.public_id])
    response = dan.post(address, {"note": "x" * 2001})
    assert response.status_code == 400
    assert "x" * 2001 in response.content.decode()
    assert not Bookmark.objects.exists()
    assert dan.post(address, {"note": "a\r\n" * 1000}).status_code == 302, "An end of line counts once."


@pytest.mark.parametrize("name", ["nothing", "a\0b", "\ud800", "9" * 400, "../.."])
def test_what_there_is_not_cannot_be_kept(scene: Scene, cast: Cast, name: str) -> None:
    dan = signed_in(cast.dan)
    body = "keep=" + name.encode("utf-8", "surrogatepass").hex("%")
    kind = "application/x-www-form-urlencoded"
    assert dan.post(reverse("set_bookmark"), body, content_type=kind).status_code == 404
    hide(cast.cleo, scene.rebuttal, "Spam.")
    assert dan.post(reverse("set_bookmark"), {"keep": scene.rebuttal.public_id}).status_code == 404
    assert dan.get(reverse("bookmark", args=[scene.rebuttal.public_id])).status_code == 404


def test_the_list_is_paged_and_takes_any_page_for_one(scene: Scene, cast: Cast) -> None:
    for number in range(31):
        keep(cast.dan, post_argument(cast.ben, scene.thesis, con(f"Number {number}.")))
    dan = signed_in(cast.dan)
    assert "Number 30." in page(dan)
    assert "Number 0." not in page(dan)
    assert "Number 0." in page(dan, "/bookmarks/?page=2")
    for query in ("?page=-1", "?page=9999999999999999999999", "?page=x", "?list=%00", "?list=nothing"):
        page(dan, f"/bookmarks/{query}")
