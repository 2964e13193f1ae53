"""Lists of arguments: made, filled, ordered, shared by an address that nobody guesses, and private again."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.arranging.undo_rearrangement import undo_rearrangement
from debates.actions.moderating.hide import hide
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument
from debates.permissions import Refused
from forum.bookmarks.actions import make_list as making
from forum.bookmarks.actions import put_into_lists as putting
from forum.bookmarks.actions.arrange_list import arrange_list
from forum.bookmarks.actions.make_list import make_list
from forum.bookmarks.actions.put_into_lists import put_into_lists
from forum.bookmarks.actions.set_bookmark import keep
from forum.bookmarks.actions.share_list import share_list, stop_sharing
from forum.bookmarks.actions.write_note import write_note
from forum.bookmarks.kept import bookmark_at, entries_of, listed_in
from forum.bookmarks.models import ArgumentList, ListEntry
from tests.conftest import Cast, Scene, make_cast, make_scene, pro, signed_in
from tests.forum.test_bookmarks import page


def of_three(cast: Cast, scene: Scene) -> ArgumentList:
    """Let Dan make a list of the thesis, the reason and the rebuttal, in this order."""
    made = make_list(cast.dan, "What to read", "In this order.")
    for argument in (scene.thesis, scene.reason, scene.rebuttal):
        put_into_lists(cast.dan, argument, [made])
    return made


def claims(shown: ArgumentList) -> list[str]:
    """Return the claims that everyone may read of a list, in its order."""
    keys, listed = listed_in(shown)
    by_key = {row.pk: row.claim for row in listed}
    return [by_key[key] for key in keys]


def shared(shown: ArgumentList) -> str:
    """Return the address at which a list can be read."""
    secret = ArgumentList.objects.get(pk=shown.pk).secret
    assert secret
    return reverse("shared_list", args=[secret])


# ------------------------------------------------------------------------------------------------ the verbs


def test_a_list_is_made_once_and_filled(scene: Scene, cast: Cast) -> None:
    made = of_three(cast, scene)
    assert make_list(cast.dan, " What  to read ") == made
    assert claims(made) == [scene.thesis.claim, scene.reason.claim, scene.rebuttal.claim]
    assert not put_into_lists(cast.dan, scene.reason, [made]), "It is in it already, and keeps its place."
    assert put_into_lists(cast.dan, scene.reason, [])
    assert claims(made) == [scene.thesis.claim, scene.rebuttal.claim]


def test_nobody_fills_or_orders_the_list_of_another(scene: Scene, cast: Cast) -> None:
    made = of_three(cast, scene)
    entry = ListEntry.objects.filter(of=made).first()
    assert entry is not None
    assert not put_into_lists(cast.ben, scene.rebuttal, [made])
    assert not arrange_list(cast.ben, made, entry.pk, "out")
    assert not share_list(cast.ben, made)
    ben = signed_in(cast.ben)
    for route in ("edit_list", "arrange_list", "share_list", "delete_list"):
        for method in (ben.get, ben.post):
            assert method(reverse(route, args=[made.public_id])).status_code == 404, route
    assert claims(made) == [scene.thesis.claim, scene.reason.claim, scene.rebuttal.claim]


def test_limits_are_said_in_a_sentence(scene: Scene, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = of_three(cast, scene)
    monkeypatch.setattr(putting, "MOST_ENTRIES", 3)
    monkeypatch.setattr(making, "MOST_LISTS", 1)
    other = post_argument(cast.ben, scene.thesis, pro("One more."))
    with pytest.raises(Refused):
        put_into_lists(cast.dan, other, [made])
    dan = signed_in(cast.dan)
    response = dan.post(reverse("lists"), {"title": "Another", "description": "Kept."})
    assert response.status_code == 400
    assert "Kept." in response.content.decode(), "What was typed is still there."
    form = {"note": "A note.", "new_list": "Another"}
    response = dan.post(reverse("bookmark", args=[other.public_id]), form)
    assert response.status_code == 400
    assert "A note." in response.content.decode()
    assert bookmark_at(cast.dan, other) is None, "Half of a form was saved."


@pytest.mark.parametrize(
    ("at", "step", "then"),
    [
        (0, "up", "0 1 2"),
        (0, "down", "1 0 2"),
        (2, "up", "0 2 1"),
        (2, "down", "0 1 2"),
        (1, "out", "0 2"),
    ],
)
def test_buttons_order_a_list(scene: Scene, cast: Cast, at: int, step: str, then: str) -> None:
    made = of_three(cast, scene)
    named = [scene.thesis.claim, scene.reason.claim, scene.rebuttal.claim]
    entry = list(ListEntry.objects.filter(of=made))[at]
    response = signed_in(cast.dan).post(
        reverse("arrange_list", args=[made.public_id]), {step: f"{entry.pk}@{entry.place}"}
    )
    assert response["Location"] == f"{made.get_absolute_url()}#entry-{entry.pk}"
    assert claims(made) == [named[int(number)] for number in then.split()]


def test_ordering_at_once_loses_no_entry(transactional_db: None) -> None:
    cast = make_cast()
    made = of_three(cast, make_scene(cast))
    keys = list(ListEntry.objects.filter(of=made).values_list("pk", flat=True))

    def turn(number: int) -> None:
        try:
            arrange_list(cast.dan, made, keys[number % 3], "up" if number % 2 else "down")
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(turn, range(60)))
    assert sorted(ListEntry.objects.values_list("place", flat=True)) == [1, 2, 3]


# ----------------------------------------------------------------------------------- what becomes of arguments


def test_a_merge_shows_an_entry_once_and_undoing_it_gives_both_back(scene: Scene, cast: Cast) -> None:
    twin = post_argument(cast.ben, scene.thesis, pro("They remind the town of what it was."))
    made = of_three(cast, scene)
    put_into_lists(cast.dan, twin, [made])
    keep(cast.dan, twin)
    merge = merge_arguments(cast.cleo, twin, scene.reason, "They say the same.")
    assert claims(made) == [scene.thesis.claim, scene.reason.claim, scene.rebuttal.claim]
    assert [one.again for one in entries_of(made, cast.dan)] == [False, False, False, True]
    dan = signed_in(cast.dan)
    assert scene.reason.claim in page(dan, f"/bookmarks/?list={made.public_id}")
    form = {"note": "Both.", "lists": [made.pk], "new_list": ""}
    assert dan.post(reverse("bookmark", args=[twin.public_id]), form).status_code == 302
    assert ListEntry.objects.count() == 4, "A note of the merged one took it out of its list."
    undo_rearrangement(cast.cleo, merge, "They do not.")
    assert claims(made)[3] == twin.claim


# ------------------------------------------------------------------------------------------------- sharing


def test_a_list_is_read_by_its_address_alone_and_never_with_notes(scene: Scene, cast: Cast) -> None:
    made = of_three(cast, scene)
    keep(cast.dan, scene.reason)
    row = bookmark_at(cast.dan, scene.reason)
    assert row is not None
    write_note(cast.dan, row, "For Dan’s eyes.")
    dan = signed_in(cast.dan)
    dan.post(reverse("share_list", args=[made.public_id]))
    address = shared(made)
    assert len(address.rstrip("/").rpartition("/")[2]) >= 32
    for client in (Client(), signed_in(cast.ben)):
        response = client.get(address)
        text = unescape(response.content.decode())
        assert [text.count(f">{claim}<") > 0 for claim in claims(made)] == [True] * 3
        assert "Dan’s eyes" not in text
        assert scene.debate.question in text
        assert 'content="noindex' in text
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "same-origin", (
            "A link would tell the address to whom it leads to; under “no-referrer” browsers send forms with `Origin: null`,"
            " and every button of the page is refused."
        )
    assert address in page(dan, made.get_absolute_url())
    dan.post(reverse("share_list", args=[made.public_id]), {"stop": "1"})
    assert Client().get(address).status_code == 404
    assert not stop_sharing(cast.dan, made)
    assert share_list(cast.dan, made)
    assert not share_list(cast.dan, made), "Sharing again what is shared leaves its address."
    assert shared(made) != address, "Who had the old address would be let in again."


def test_what_is_hidden_drops_out_of_a_shared_list_and_of_its_count(scene: Scene, cast: Cast) -> None:
    made = of_three(cast, scene)
    share_list(cast.dan, made)
    assert "3 arguments." in page(Client(), shared(made))
    hide(cast.cleo, scene.rebuttal, "Spam.")
    for client in (Client(), signed_in(cast.dan), signed_in(cast.cleo), signed_in(cast.ben)):
        text = page(client, shared(made))
        assert scene.rebuttal.claim not in text, "A list is the same for everyone."
        assert "2 arguments." in text
    assert "Not readable at present" in page(signed_in(cast.dan), made.get_absolute_url())
    hide(cast.cleo, scene.debate, "Spam.")
    assert "Nothing of this list can be read at present." in page(Client(), shared(made))


def test_the_list_of_somebody_who_left_is_shared_no_longer(scene: Scene, cast: Cast) -> None:
    made = of_three(cast, scene)
    share_list(cast.dan, made)
    cast.dan.is_active = False
    cast.dan.save()
    assert Client().get(shared(made)).status_code == 404


def test_the_references_of_a_shared_list_are_those_that_everyone_may_read(scene: Scene, cast: Cast) -> None:
    made = of_three(cast, scene)
    share_list(cast.dan, made)
    address = f"{shared(made)}references.bib"
    assert address in page(Client(), shared(made))
    assert "Cranes of the harbour" in page(Client(), address)
    hide(cast.cleo, scene.rebuttal, "Spam.")
    assert "Cranes of the harbour" not in page(Client(), address)
    assert address not in page(Client(), shared(made))


# ------------------------------------------------------------------------------------------------- the pages


def test_a_list_is_made_from_an_argument_called_anew_and_deleted(scene: Scene, cast: Cast) -> None:
    dan = signed_in(cast.dan)
    assert "You have no lists yet" in page(dan, reverse("lists"))
    form = {"note": "", "new_list": "Good ones"}
    dan.post(reverse("bookmark", args=[scene.reason.public_id]), form)
    made = ArgumentList.objects.get()
    assert "1 argument ·" in page(dan, reverse("lists"))
    assert "Good ones" in page(dan)
    form = {"title": "Better ones", "description": "<b>Plain</b>"}
    assert dan.post(made.get_absolute_url(), form)["Location"] == made.get_absolute_url()
    assert "&lt;b&gt;Plain" in dan.get(made.get_absolute_url()).content.decode()
    assert dan.post(made.get_absolute_url(), {"title": "x" * 121}).status_code == 400
    assert dan.post(made.get_absolute_url(), {"title": "  "}).status_code == 400
    make_list(cast.dan, "Other ones")
    assert dan.post(made.get_absolute_url(), {"title": "Other ones"}).status_code == 400
    for form in ({}, {"up": "x"}, {"up": "9" * 30 + "@1"}, {"sideways": "1"}):
        assert dan.post(reverse("arrange_list", args=[made.public_id]), form).status_code == 400
    assert dan.get(reverse("delete_list", args=[made.public_id])).status_code == 200
    assert ArgumentList.objects.count() == 2, "A GET deleted."
    dan.post(reverse("delete_list", args=[made.public_id]))
    assert dan.get(made.get_absolute_url()).status_code == 404
    assert Argument.objects.filter(pk=scene.reason.pk).exists()
    assert bookmark_at(cast.dan, scene.reason) is not None


def test_the_demo_has_a_shared_list_once(db: None, settings: Settings) -> None:
    settings.DEMO = True
    for said in ("Ada keeps and shares arguments.", "unchanged"):
        call_command("makedemo", stdout=io.StringIO())
        out = io.StringIO()
        call_command("keepdemo", stdout=out)
        assert out.getvalue().strip() == said
    made = ArgumentList.objects.get()
    assert len(claims(made)) == 4
    assert made.title in page(Client(), shared(made))
