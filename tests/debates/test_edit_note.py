"""For a quarter of an hour an author edits freely; afterwards, and once others rely on it, with a sentence on what is changed."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from debates.actions.arranging.link_argument import link_argument
from debates.actions.moderating.hide import hide
from debates.actions.weighing.rate import rate
from debates.actions.writing.edit_note import FREELY
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument
from tests.conftest import Cast, Scene, con, pro, signed_in

TYPED = "The cranes are what we remember."
NOTE = "I took back “the town”."


@pytest.fixture
def fresh(cast: Cast, scene: Scene) -> Argument:
    """Give an argument that Ada has posted just now, and nobody has touched."""
    return post_argument(cast.ada, scene.thesis, pro("The cranes are what the town remembers."))


def sent(argument: Argument, note: str = "") -> dict[str, str]:
    """Return what the form of an edit sends."""
    return {
        "claim": TYPED,
        "stance": argument.stance,
        "attacks": argument.attacks,
        "elaboration": "",
        "note": note,
        "seen": str(argument.revisions.count()),
        "key": str(uuid.uuid4()),
        "cite-TOTAL_FORMS": "0",
        "cite-INITIAL_FORMS": "0",
        "post": "1",
    }


def edit(argument: Argument) -> str:
    return reverse("edit", args=[argument.public_id])


def grown_old(argument: Argument) -> None:
    """Let a quarter of an hour pass."""
    Argument.objects.filter(pk=argument.pk).update(created_at=timezone.now() - FREELY)


def answered(cast: Cast, argument: Argument) -> None:
    post_argument(cast.ben, argument, con("They are not."))


def answered_and_hidden(cast: Cast, argument: Argument) -> None:
    hide(cast.cleo, post_argument(cast.ben, argument, con("They are not.")), "It insults.")


def answered_from_elsewhere(cast: Cast, argument: Argument) -> None:
    thesis = argument.parent
    assert thesis is not None
    link_argument(cast.ben, post_argument(cast.ben, thesis, con("They rust.")), argument, "con", "claim")


def rated(cast: Cast, argument: Argument) -> None:
    rate(cast.ben, argument, holds=1)


def quoted(cast: Cast, argument: Argument) -> None:
    thesis = argument.parent
    assert thesis is not None
    post_argument(cast.ben, thesis, con("Said too much.", elaboration=f"> {argument.claim}\n\nNo."))


RELIED: list[Callable[[Cast, Argument], None]] = [
    answered,
    answered_and_hidden,
    answered_from_elsewhere,
    rated,
    quoted,
    lambda _cast, argument: grown_old(argument),
]


def test_a_slip_is_mended_at_once_without_a_note(cast: Cast, fresh: Argument) -> None:
    post_argument(
        cast.ada, fresh, pro("And I have a photograph.")
    )  # of one's own, which nobody else relies on
    ada = signed_in(cast.ada)
    page = ada.get(edit(fresh)).content.decode()
    assert "no note is needed" in page
    assert timezone.localtime(fresh.created_at + FREELY).strftime("%H:%M") in page, "It says until when."
    assert ada.post(edit(fresh), sent(fresh)).status_code == 302
    assert list(fresh.revisions.values_list("claim", flat=True)) == [fresh.claim, TYPED], "A version is kept."


@pytest.mark.parametrize("relied", RELIED)
def test_once_others_rely_on_it_an_edit_says_what_it_changes(
    cast: Cast, fresh: Argument, relied: Callable[[Cast, Argument], None]
) -> None:
    ada = signed_in(cast.ada)
    assert "no note is needed" in ada.get(edit(fresh)).content.decode()
    relied(cast, fresh)  # while the form is open
    late = ada.post(edit(fresh), sent(fresh))
    page = late.content.decode()
    assert late.status_code == 422, "The rule is asked again when it is saved."
    assert "Say in a sentence what you change" in page
    assert TYPED in page, "A form that was opened in time loses nothing when it is late."
    assert "no note is needed" not in page
    assert 'name="note"' in page
    assert fresh.revisions.count() == 1
    assert ada.post(edit(fresh), sent(fresh, NOTE)).status_code == 302
    assert fresh.revisions.get(number=2).note == NOTE
    history = Client().get(reverse("history", args=[fresh.public_id])).content.decode()
    assert "I took back" in history, "Who reads the history reads why."


def test_a_note_that_is_too_long_is_refused_and_kept(cast: Cast, fresh: Argument) -> None:
    long = "word " * 80
    late = signed_in(cast.ada).post(edit(fresh), sent(fresh, long))
    assert late.status_code == 422
    assert long.strip() in late.content.decode(), "What was typed is not cut behind somebody’s back."
    assert fresh.revisions.count() == 1


def test_who_answered_the_earlier_version_reads_what_was_changed(cast: Cast, fresh: Argument) -> None:
    answer = post_argument(cast.ben, fresh, con("They are not."))
    signed_in(cast.ada).post(edit(fresh), sent(fresh, NOTE))
    ben = signed_in(cast.ben)
    for address in (reverse("notices"), reverse("stale", args=[answer.public_id])):
        assert "I took back" in ben.get(address).content.decode(), address
    hide(cast.cleo, fresh, "It insults.")
    assert "I took back" not in ben.get(reverse("notices")).content.decode(), (
        "The note goes with the claim that it is about."
    )
