"""A reply answers one version of a claim: what happens when the claim is edited under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debates.actions.moderating.hide import hide
from debates.actions.writing.confirm_reply import confirm_reply
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import Argument, Voice
from debates.permissions import Refused
from debates.signals import replies_overtaken
from debates.views.parts.staleness import stale_of
from forum.notices.models import Notice
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in

REASON = pro("The cranes are the town’s memory.", topic_tags=("memory",))


def edit(cast: Cast, scene: Scene, text: ArgumentText) -> None:
    """Let Ada edit the claim that Ben answered."""
    assert edit_argument(cast.ada, scene.reason, text, scene.reason.revisions.count())


def is_stale(reply: Argument) -> bool:
    """Say whether a reply is marked."""
    reply.refresh_from_db()
    return reply.stale_since is not None


def page(reply: Argument, client: Client | None = None) -> str:
    """Return the page that shows the difference."""
    return (client or Client()).get(reverse("stale", args=[reply.public_id])).content.decode()


@pytest.fixture
def overtaken() -> Iterator[list[list[Argument]]]:
    """Collect what the signal names. Any: a signal's words."""
    heard: list[list[Argument]] = []

    def hear(replies: list[Argument], **_words: Any) -> None:
        heard.append(replies)

    replies_overtaken.connect(hear, weak=False, dispatch_uid="test")
    yield heard
    replies_overtaken.disconnect(dispatch_uid="test")


# ------------------------------------------------------------------------------------------------ what marks


@pytest.mark.parametrize(
    "text",
    [
        replace(REASON, claim="The cranes are the harbour’s memory."),
        replace(REASON, elaboration="They stood there first."),
        con(REASON.claim, topic_tags=("memory",)),
    ],
    ids=["claim", "elaboration", "stance"],
)
def test_an_edit_of_what_is_answered_overtakes_the_answers(
    cast: Cast, scene: Scene, overtaken: list[list[Argument]], text: ArgumentText
) -> None:
    edit(cast, scene, text)
    assert is_stale(scene.rebuttal)
    assert overtaken == [[scene.rebuttal]]


@pytest.mark.parametrize(
    "text",
    [replace(REASON, topic_tags=("cranes",)), replace(REASON, citations=(a_book("Memory of cranes"),))],
    ids=["tags", "citations"],
)
def test_tags_and_citations_overtake_nobody(
    cast: Cast, scene: Scene, overtaken: list[list[Argument]], text: ArgumentText
) -> None:
    edit(cast, scene, text)
    assert not is_stale(scene.rebuttal), "Nobody answers a tag."
    assert not overtaken


def test_a_form_that_changes_line_ends_alone_overtakes_nobody(cast: Cast, scene: Scene) -> None:
    edit(cast, scene, replace(REASON, elaboration="One.\nTwo."))
    assert confirm_reply(cast.ben, scene.rebuttal)
    edit(cast, scene, replace(REASON, elaboration="One.\r\nTwo.", topic_tags=("cranes",)))
    assert not is_stale(scene.rebuttal), "A browser sends two characters for each line end of a file."


def test_answers_below_the_answers_are_left_alone(cast: Cast, scene: Scene) -> None:
    below = post_argument(cast.ada, scene.rebuttal, con("They came to stay."))
    edit(cast, scene, replace(REASON, claim="Said anew."))
    assert is_stale(scene.rebuttal)
    assert not is_stale(below)


def test_only_the_newly_overtaken_are_named(
    cast: Cast, scene: Scene, overtaken: list[list[Argument]]
) -> None:
    edit(cast, scene, replace(REASON, claim="Said anew."))
    later = post_argument(cast.dan, scene.reason, pro("Said later."))
    edit(cast, scene, replace(REASON, claim="Said a third time."))
    assert overtaken == [[scene.rebuttal], [later]], (
        "Each author is told once, however often the claim changes."
    )


def test_a_withdrawn_answer_is_marked_but_nobody_is_told(
    cast: Cast, scene: Scene, overtaken: list[list[Argument]]
) -> None:
    withdraw_argument(cast.ben, scene.rebuttal)
    edit(cast, scene, replace(REASON, claim="Said anew."))
    assert is_stale(scene.rebuttal), "It may be published again, and answers the old version then, too."
    assert not overtaken


def test_an_answer_of_a_voice_is_marked_and_one_of_nobody_is_not(cast: Cast, scene: Scene) -> None:
    voice = Voice.objects.create(slug="quill", name="Quill")
    Argument.objects.filter(pk=scene.rebuttal.pk).update(author=None, voice=voice)
    nobody = post_argument(cast.dan, scene.reason, pro("Posted before leaving."))
    Argument.objects.filter(pk=nobody.pk).update(author=None)
    edit(cast, scene, replace(REASON, claim="Said anew."))
    assert is_stale(scene.rebuttal)
    assert not is_stale(nobody)


# ------------------------------------------------------------------------------------------------- what ends


def test_its_author_confirms_it(cast: Cast, scene: Scene) -> None:
    edit(cast, scene, replace(REASON, claim="Said anew."))
    assert confirm_reply(cast.ben, scene.rebuttal, seen=2)
    assert not is_stale(scene.rebuttal)
    assert scene.rebuttal.answers_revision is not None
    assert scene.rebuttal.answers_revision.number == 2, "It answers the version that its author has seen."
    assert not confirm_reply(cast.ben, scene.rebuttal), "Confirming twice changes nothing."


def test_what_changed_once_more_is_looked_at_again(cast: Cast, scene: Scene) -> None:
    edit(cast, scene, replace(REASON, claim="Said anew."))
    edit(cast, scene, replace(REASON, claim="Said a third time."))
    ben = signed_in(cast.ben)
    answer = ben.post(reverse("stale", args=[scene.rebuttal.public_id]), {"seen": "2"})
    assert answer.status_code == 409
    assert "edited once more" in answer.content.decode()
    assert is_stale(scene.rebuttal)
    assert ben.post(reverse("stale", args=[scene.rebuttal.public_id]), {"seen": "3"}).status_code == 302
    assert not is_stale(scene.rebuttal)


@pytest.mark.parametrize("who", ["ada", "cleo", "dan"])
def test_nobody_confirms_for_another(cast: Cast, scene: Scene, who: str) -> None:
    edit(cast, scene, replace(REASON, claim="Said anew."))
    with pytest.raises(Refused):
        confirm_reply(getattr(cast, who), scene.rebuttal)
    answer = signed_in(getattr(cast, who)).post(
        reverse("stale", args=[scene.rebuttal.public_id]), {"seen": "2"}
    )
    assert answer.status_code == 403
    assert is_stale(scene.rebuttal)


def test_editing_the_answer_brings_it_up_to_date(cast: Cast, scene: Scene) -> None:
    reply = post_argument(cast.dan, scene.reason, con("Not of this town."))
    edit(cast, scene, replace(REASON, claim="Said anew."))
    assert edit_argument(cast.dan, reply, con("Not of any town."), 1)
    assert not is_stale(reply)
    assert reply.answers_revision is not None
    assert reply.answers_revision.number == 2


def test_saving_the_answer_unchanged_is_no_answer_to_the_edit(cast: Cast, scene: Scene) -> None:
    reply = post_argument(cast.dan, scene.reason, con("Not of this town."))
    edit(cast, scene, replace(REASON, claim="Said anew."))
    assert not edit_argument(cast.dan, reply, con("Not of this town."), 1)
    assert is_stale(reply)


def test_the_very_text_coming_back_ends_it(cast: Cast, scene: Scene, overtaken: list[list[Argument]]) -> None:
    edit(cast, scene, replace(REASON, claim="Said anew."))
    between = post_argument(cast.dan, scene.reason, pro("It is well said anew."))
    edit(cast, scene, REASON)
    assert not is_stale(scene.rebuttal), "It answers the very words that stand there."
    assert is_stale(between), "It answers what stood there in between."
    assert overtaken == [[scene.rebuttal], [between]]


def test_what_was_confirmed_is_overtaken_when_the_old_text_comes_back(cast: Cast, scene: Scene) -> None:
    edit(cast, scene, replace(REASON, claim="Said anew."))
    confirm_reply(cast.ben, scene.rebuttal)
    edit(cast, scene, REASON)
    assert is_stale(scene.rebuttal)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["One.", "Two.", "Three.", "confirm"]), min_size=1, max_size=6))
def test_a_reply_is_stale_exactly_where_it_answers_another_text(
    cast: Cast, scene: Scene, steps: list[str]
) -> None:
    with transaction.atomic():
        for step in steps:
            if step == "confirm":
                confirm_reply(cast.ben, scene.rebuttal)
            else:
                text = replace(REASON, claim=step)
                edit_argument(cast.ada, scene.reason, text, scene.reason.revisions.count())
            stale, now = is_stale(scene.rebuttal), Argument.objects.get(pk=scene.reason.pk)
            answered = scene.rebuttal.answers_revision
            assert answered is not None
            assert stale == (answered.claim != now.claim), f"After {steps}, at “{step}”."
        transaction.set_rollback(True)


# ------------------------------------------------------------------------------------------------- the pages


def test_the_difference_is_shown_to_everybody_and_the_acts_to_the_author(cast: Cast, scene: Scene) -> None:
    edit(cast, scene, replace(REASON, claim="The cranes are the harbour’s memory."))
    reply = Argument.objects.get(pk=scene.rebuttal.pk)
    shown = stale_of(reply)
    assert shown is not None
    assert shown.url == reverse("stale", args=[reply.public_id])
    for reader in (Client(), signed_in(cast.dan)):
        text = page(reply, reader)
        assert "<del>" in text
        assert "<ins>" in text
        assert "It stands as it is" not in text
    own = page(reply, signed_in(cast.ben))
    for act in (
        "It stands as it is",
        reverse("edit", args=[reply.public_id]),
        reverse("withdraw", args=[reply.public_id]),
    ):
        assert act in own


def test_another_side_is_said_in_words(cast: Cast, scene: Scene) -> None:
    edit(cast, scene, con(REASON.claim, topic_tags=("memory",)))
    assert "The claim was for; it is against." in page(scene.rebuttal)


def test_a_reply_that_is_not_stale_says_so(scene: Scene) -> None:
    assert stale_of(scene.rebuttal) is None
    assert "It answers the claim as it is" in page(scene.rebuttal)
    assert Client().get(reverse("stale", args=[scene.thesis.public_id])).status_code == 404


def test_what_is_hidden_above_is_not_compared(cast: Cast, scene: Scene) -> None:
    edit(cast, scene, replace(REASON, claim="Said anew, with a secret."))
    hide(cast.cleo, scene.reason, "It tells a secret.", "person")
    text = page(scene.rebuttal, signed_in(cast.ben))
    assert "secret" not in text
    assert "memory" not in text, "Its earlier versions are hidden with it."
    assert "no longer shown" in text


def test_what_was_answered_elsewhere_is_shown_only_where_it_may_be_read(cast: Cast, scene: Scene) -> None:
    other = post_argument(cast.dan, scene.thesis, pro("Whispered words."))
    edit(cast, scene, replace(REASON, claim="Said anew."))
    Argument.objects.filter(pk=scene.rebuttal.pk).update(
        answers_revision=other.revisions.get()
    )  # as a move leaves it
    text = page(scene.rebuttal)
    assert "Whispered" in text
    assert "came here by a move or a merge" in text
    hide(cast.cleo, other, "It insults.", "person")
    assert "Whispered" not in page(scene.rebuttal)


def test_a_visitor_who_confirms_signs_in_first(cast: Cast, scene: Scene) -> None:
    edit(cast, scene, replace(REASON, claim="Said anew."))
    answer = Client().post(reverse("stale", args=[scene.rebuttal.public_id]), {"seen": "2"})
    assert answer["Location"].startswith(reverse("account_login"))


def test_a_stale_answer_that_was_hidden_meanwhile_cannot_be_confirmed(cast: Cast, scene: Scene) -> None:
    edit(cast, scene, replace(REASON, claim="Said anew."))
    hide(cast.cleo, scene.rebuttal, "It insults.", "person")
    with pytest.raises(Refused) as refusal:
        confirm_reply(cast.ben, scene.rebuttal)
    assert refusal.value.status == 409


def test_each_author_is_told_once_and_nobody_of_their_own_claim(cast: Cast, scene: Scene) -> None:
    own = post_argument(cast.ada, scene.reason, con("On the other hand."))
    Notice.objects.all().delete()
    edit(cast, scene, replace(REASON, claim="Said anew."))
    edit(cast, scene, replace(REASON, claim="Said a third time."))
    assert is_stale(own)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.argument) == (cast.ben, "overtaken", scene.rebuttal)
    text = signed_in(cast.ben).get(reverse("notices")).content.decode()
    assert reverse("stale", args=[scene.rebuttal.public_id]) in text
