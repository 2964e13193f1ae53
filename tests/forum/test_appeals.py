"""Appeals: once per decision, decided by somebody else, and both are told."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from django.contrib.auth.models import Group
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from debates.actions.moderating.hide import hide
from debates.models import Argument, LogEntry, State
from debates.permissions import Refused
from forum.accounts.groups import MODERATORS
from forum.accounts.models import User
from forum.moderation.actions.appeal import appeal, decline_appeal, uphold_appeal
from forum.moderation.models import Appeal
from forum.notices.models import Notice
from tests.conftest import PASSWORD, Cast, Scene, make_cast, make_scene, signed_in


def a_second_moderator() -> User:
    """Make Dora, who moderates, too."""
    dora = User.objects.create_user("dora", "dora@example.org", PASSWORD, is_staff=True)
    dora.groups.add(Group.objects.get(name=MODERATORS))
    return dora


@pytest.fixture
def dora(cast: Cast) -> User:
    """Give the second moderator."""
    return a_second_moderator()


@pytest.fixture
def hidden(cast: Cast, scene: Scene) -> Argument:
    """Give Ben's rebuttal, which Cleo hid."""
    hide(cast.cleo, scene.rebuttal, "It insults the town.", "person")
    return scene.rebuttal


def test_ben_appeals_dora_upholds_and_all_are_told(cast: Cast, hidden: Argument, dora: User) -> None:
    ben, address = signed_in(cast.ben), reverse("appeal", args=[hidden.public_id])
    assert address in ben.get(cast.ben.get_absolute_url()).content.decode(), (
        "Who may appeal is shown the way."
    )
    form = ben.get(address).content.decode()
    assert "It insults the town." in form
    assert "within 7 days" in form
    ben.post(address, {"words": "It counts cranes."})
    assert "Another moderator decides it by" in ben.get(address).content.decode()
    made = Appeal.objects.get()
    queue = signed_in(dora).get(reverse("admin:moderation_appeal_change", args=[made.pk])).content.decode()
    assert "It counts cranes." in queue
    assert "It insults the town." in queue, "The first reason is in sight of the second moderator."
    signed_in(dora).post(
        reverse("admin:moderation_appeal_changelist"),
        {"action": "uphold", "_selected_action": [made.pk], "decided": "1", "reason": "It is a count."},
    )
    hidden.refresh_from_db()
    assert hidden.state == State.PUBLISHED
    told = set(Notice.objects.filter(reason="It is a count.").values_list("recipient__username", "kind"))
    assert {("ben", "appeal-upheld"), ("cleo", "overruled")} <= told
    assert "A colleague upheld an appeal" in signed_in(cast.cleo).get(reverse("notices")).content.decode()
    assert LogEntry.objects.filter(act=LogEntry.Act.UPHOLD_APPEAL, actor_name="dora").exists()
    assert "Upheld" in ben.get(address).content.decode()


def test_declined_the_decision_stands(cast: Cast, hidden: Argument, dora: User) -> None:
    made = appeal(cast.ben, hidden, "It counts cranes.")
    assert decline_appeal(dora, made, "It does more than that.")
    assert not uphold_appeal(dora, made, "On second thoughts."), "What is decided is decided."
    hidden.refresh_from_db()
    assert hidden.state == State.HIDDEN
    page = signed_in(cast.ben).get(reverse("appeal", args=[hidden.public_id])).content.decode()
    assert "It does more than that." in page
    assert Notice.objects.filter(recipient=cast.cleo, kind=Notice.Kind.CONFIRMED).exists()


def test_whoever_decided_first_or_wrote_it_does_not_decide_the_appeal(cast: Cast, hidden: Argument) -> None:
    made = appeal(cast.ben, hidden, "It counts cranes.")
    cast.ben.groups.add(Group.objects.get(name=MODERATORS))
    ben = User.objects.get(pk=cast.ben.pk)
    for judge in (cast.cleo, ben):
        with pytest.raises(Refused, match="somebody else"):
            uphold_appeal(judge, made, "So it is.")
    with pytest.raises(Refused, match="Only moderators"):
        uphold_appeal(cast.dan, made, "So it is.")
    made.refresh_from_db()
    assert made.state == Appeal.State.OPEN


def test_there_is_one_appeal_against_each_decision(cast: Cast, hidden: Argument, dora: User) -> None:
    first = appeal(cast.ben, hidden, "It counts cranes.")
    with pytest.raises(Refused, match="have appealed"):
        appeal(cast.ben, hidden, "Once more.")
    uphold_appeal(dora, first, "It does.")
    with pytest.raises(Refused, match="nothing to appeal"):
        appeal(cast.ben, hidden, "What for?")
    hide(cast.cleo, hidden, "It was edited since.")
    assert appeal(cast.ben, hidden, "That is another decision.").pk != first.pk


def test_only_its_author_appeals(cast: Cast, hidden: Argument, scene: Scene) -> None:
    address = reverse("appeal", args=[hidden.public_id])
    assert signed_in(cast.ada).get(address).status_code == 404, "She may not even know of it."
    assert signed_in(cast.cleo).get(address).status_code == 403
    shown = reverse("appeal", args=[scene.reason.public_id])
    assert signed_in(cast.ada).get(shown).status_code == 409, "Nobody hid it."


@pytest.mark.parametrize("words", ["", "   ", "x" * 2001, "\x00"])
def test_what_cannot_be_sent_comes_back(cast: Cast, hidden: Argument, words: str) -> None:
    answer = signed_in(cast.ben).post(reverse("appeal", args=[hidden.public_id]), {"words": words})
    assert answer.status_code in (400, 422)
    assert not Appeal.objects.exists()
    if "x" in words:
        assert words in answer.content.decode(), "Bad input loses nothing."


def test_the_queue_says_what_is_overdue(cast: Cast, hidden: Argument, dora: User) -> None:
    made = appeal(cast.ben, hidden, "It counts cranes.")
    assert not made.is_overdue
    Appeal.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert Appeal.objects.get().is_overdue
    page = signed_in(dora).get(reverse("admin:moderation_appeal_change", args=[made.pk])).content.decode()
    assert "overdue" in page


@pytest.mark.django_db(transaction=True)
def test_upheld_and_declined_at_once_it_is_decided_once() -> None:
    cast = make_cast()
    scene = make_scene(cast)
    judges = [a_second_moderator()]
    other = User.objects.create_user("ezra", "ezra@example.org", PASSWORD, is_staff=True)
    other.groups.add(Group.objects.get(name=MODERATORS))
    judges.append(other)
    hide(cast.cleo, scene.rebuttal, "It insults.")
    made = appeal(cast.ben, scene.rebuttal, "It counts cranes.")
    done: list[bool] = []

    def decide(judge: User, number: int) -> None:
        try:
            done.append((uphold_appeal if number % 2 else decline_appeal)(judge, made, "So I find."))
        finally:
            connections.close_all()

    threads = [Thread(target=decide, args=(judges[number % 2], number)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done.count(True) == 1
    made.refresh_from_db()
    scene.rebuttal.refresh_from_db()
    assert (made.state == Appeal.State.UPHELD) == (scene.rebuttal.state == State.PUBLISHED)
    assert Notice.objects.filter(kind__in=("appeal-upheld", "appeal-declined")).count() == 1
