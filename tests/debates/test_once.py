"""What is sent twice is done once, what comes too late comes back to its author, and nothing typed is lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.weighing.rescore_debates import find_drift
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.edit_debate import edit_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.reinstate_argument import reinstate_argument
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import Argument, Debate, FormKey, State
from debates.permissions import Refused
from forum.accounts.models import User
from forum.notices.models import Notice
from tests.conftest import Cast, Scene, make_cast, make_scene, pro, signed_in

SENDERS = 20
TIMES = 10
"""How often each sender sends: SAFETY promises one argument from 200 identical forms."""
REPLIERS = 30

NO_CITATION = {"cite-TOTAL_FORMS": "0", "cite-INITIAL_FORMS": "0"}


def a_form(claim: str, key: object = "", **more: str) -> dict[str, str]:
    """Return what the browser sends for an argument in favour."""
    return {**NO_CITATION, "stance": "pro", "claim": claim, "key": str(key or uuid.uuid4()), **more}


def reply_to(argument: Argument) -> str:
    """Return the address of the form that answers an argument."""
    return f"{argument.get_absolute_url()}reply/"


def text_of(response: Any) -> str:
    """Return a page's text. Any: the test client's response."""
    return str(response.content.decode())


def all_at_once[T](jobs: list[Callable[[], T]]) -> list[T]:
    """Run jobs in as many threads, all let go at the same moment, each with a connection that is closed after it."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], T]) -> T:
        barrier.wait()
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(run, job) for job in jobs]]


@pytest.fixture
def crowd(transactional_db: None) -> tuple[Cast, Scene]:
    """Give cast and scene for tests with threads: written for good, so that every thread sees them."""
    cast = make_cast()
    return cast, make_scene(cast)


# ------------------------------------------------------------------------------------------- at the same time


def test_one_form_sent_two_hundred_times_at_once_makes_one_argument(crowd: tuple[Cast, Scene]) -> None:
    cast, scene = crowd
    form = a_form("Two hundred clicks, one argument.")
    clients = [signed_in(cast.ada) for _ in range(SENDERS)]
    noticed = Notice.objects.count()
    rounds = all_at_once(
        [
            lambda one=one: [one.post(reply_to(scene.rebuttal), form) for _ in range(TIMES)]  # type: ignore[misc]  # mypy does not see the default
            for one in clients
        ]
    )
    answers = [answer for one in rounds for answer in one]
    assert len(answers) == 200
    made = Argument.objects.filter(claim="Two hundred clicks, one argument.")
    assert made.count() == 1, f"{made.count()} arguments from one form: the key did not hold."
    assert {answer.status_code for answer in answers} == {302}, "Whoever clicked twice must not see an error."
    assert {answer.headers["Location"] for answer in answers} == {made.get().get_absolute_url()}
    assert made.get().revisions.count() == 1
    assert FormKey.objects.count() == 1
    assert list(scene.rebuttal.children.values_list("pk", flat=True)) == [made.get().pk]
    assert Notice.objects.count() == noticed + 1, "Ben is told of one answer, once."
    assert find_drift(scene.debate.pk) == [], "What claims stand on must be counted from one argument."


def test_windows_that_a_browser_brings_back_at_once_post_their_words_once(crowd: tuple[Cast, Scene]) -> None:
    cast, scene = crowd
    clients = [signed_in(cast.ada) for _ in range(SENDERS)]
    answers = all_at_once(
        [
            lambda one=one: one.post(reply_to(scene.rebuttal), a_form("In twenty windows."))  # type: ignore[misc]  # as above
            for one in clients
        ]
    )
    made = Argument.objects.filter(claim="In twenty windows.")
    assert made.count() == 1, (
        f"{made.count()} arguments: forms with keys of their own did not wait for each other."
    )
    assert {answer.headers["Location"] for answer in answers} == {made.get().get_absolute_url()}


def test_thirty_replies_at_once_find_thirty_places(crowd: tuple[Cast, Scene]) -> None:
    cast, scene = crowd
    clients = [signed_in(cast.ada if number % 2 else cast.ben) for number in range(REPLIERS)]
    answers = all_at_once(
        [
            lambda client=client, number=number: client.post(  # type: ignore[misc]  # as above
                reply_to(scene.rebuttal), a_form(f"Reply number {number}.")
            )
            for number, client in enumerate(clients)
        ]
    )
    assert {answer.status_code for answer in answers} == {302}, "Answering at the same time is no error."
    children = list(scene.rebuttal.children.values_list("path", flat=True))
    assert len(children) == REPLIERS, f"{REPLIERS} replies were sent and {len(children)} are there."
    assert len(set(children)) == REPLIERS, "Two replies share a place in the tree."
    assert all(path.startswith(scene.rebuttal.path) for path in children)


def test_of_two_edits_at_once_one_is_told(crowd: tuple[Cast, Scene]) -> None:
    cast, scene = crowd

    def save(words: str) -> bool | int:
        try:
            return edit_argument(cast.ada, scene.reason, pro(words), 1)
        except Refused as refusal:
            return refusal.status

    outcomes = all_at_once([lambda: save("From one window."), lambda: save("From the other.")])
    assert sorted(outcomes) == [True, 409], (
        "The later of two windows must not overwrite the earlier in silence."
    )
    assert scene.reason.revisions.count() == 2


# ------------------------------------------------------------------------------------------------- form keys


def test_the_second_sending_leads_to_what_the_first_made(cast: Cast, scene: Scene) -> None:
    form = a_form("Said once.")
    first, second = (signed_in(cast.ben).post(reply_to(scene.thesis), form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Argument.objects.filter(claim="Said once.").count() == 1


def test_a_used_key_with_another_text_is_refused_and_the_text_comes_back(cast: Cast, scene: Scene) -> None:
    ben, key = signed_in(cast.ben), uuid.uuid4()
    ben.post(reply_to(scene.thesis), a_form("The first text.", key))
    answer = ben.post(
        reply_to(scene.thesis), a_form("The second text.", key, elaboration="With its reasons.")
    )
    page = text_of(answer)
    assert answer.status_code == 409
    assert "The second text." in page, "What was typed must come back."
    assert "With its reasons." in page
    assert str(key) not in page, "The page must carry a new key, or the text can never be sent."
    assert not Argument.objects.filter(claim="The second text.").exists()


def test_the_form_of_a_refused_key_can_be_sent_again(cast: Cast, scene: Scene) -> None:
    ben, key = signed_in(cast.ben), uuid.uuid4()
    ben.post(reply_to(scene.thesis), a_form("The first text.", key))
    answer = ben.post(reply_to(scene.thesis), a_form("The second text.", key))
    again = a_form("The second text.", answer.context["key"])
    assert ben.post(reply_to(scene.thesis), again).status_code == 302
    assert Argument.objects.filter(claim="The second text.").count() == 1


def test_nobody_uses_the_key_of_another(cast: Cast, scene: Scene) -> None:
    form = a_form("Said by Ben.")
    signed_in(cast.ben).post(reply_to(scene.thesis), form)
    answer = signed_in(cast.ada).post(reply_to(scene.thesis), form)
    assert answer.status_code == 409, "The key of another must neither post nor tell what it made."
    assert "Said by Ben." in text_of(answer)
    assert Argument.objects.filter(claim="Said by Ben.").count() == 1


def test_the_same_words_in_a_form_that_a_browser_filled_anew_are_the_same_text(
    cast: Cast, scene: Scene
) -> None:
    """After a crash, or back on a page that it no longer has, a browser puts the old words into a form with a new key."""
    ben = signed_in(cast.ben)
    first, again = (ben.post(reply_to(scene.thesis), a_form("Said once.")) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    assert Argument.objects.filter(claim="Said once.").count() == 1, (
        "What was posted must not be posted twice."
    )
    for who, under, form in (
        (ben, scene.rebuttal, a_form("Said once.")),
        (ben, scene.thesis, a_form("Said once.", elaboration="And why.")),
        (signed_in(cast.ada), scene.thesis, a_form("Said once.")),
    ):
        before = Argument.objects.count()
        who.post(reply_to(under), form)
        assert Argument.objects.count() == before + 1, "Another text, place or member is no second sending."
    FormKey.objects.update(created_at=timezone.now() - timedelta(days=1, seconds=1))
    ben.post(reply_to(scene.thesis), a_form("Said once."))
    assert Argument.objects.filter(claim="Said once.", author=cast.ben, parent=scene.thesis).count() == 3


def test_words_that_were_withdrawn_can_be_posted_again(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    said = Argument.objects.filter(claim="Said after all.")
    ben.post(reply_to(scene.thesis), a_form("Said after all."))
    withdraw_argument(cast.ben, said.get())
    for sent in ("again", "and once more by a browser"):
        answer = ben.post(reply_to(scene.thesis), a_form("Said after all."))
        standing = said.get(state=State.PUBLISHED)
        assert answer.headers["Location"] == standing.get_absolute_url(), (
            f"Sent {sent}: whoever posts must be led to a text that stands, not to one that they withdrew."
        )
    hide(cast.cleo, standing, "Rude.", "person")
    ben.post(reply_to(scene.thesis), a_form("Said after all."))
    assert said.count() == 2, "What a moderator hid is not brought back by sending it once more."


def test_a_refused_form_leaves_its_key_unused(cast: Cast, scene: Scene) -> None:
    ben, form = signed_in(cast.ben), a_form("x" * 301)
    assert ben.post(reply_to(scene.thesis), form).status_code == 422
    assert not FormKey.objects.exists(), "A key that made nothing must stay free."
    assert ben.post(reply_to(scene.thesis), {**form, "claim": "Short enough."}).status_code == 302


def test_a_form_with_a_broken_key_is_taken_once(cast: Cast, scene: Scene) -> None:
    assert signed_in(cast.ben).post(reply_to(scene.thesis), a_form("No key.", "nonsense")).status_code == 302


def test_a_debate_opened_twice_is_one(cast: Cast) -> None:
    form = {"question": "Once?", "theses": "Yes, once.", "key": str(uuid.uuid4())}
    first, second = (signed_in(cast.ada).post("/debates/open/", form) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]


def test_a_debate_that_moved_meanwhile_is_found_by_whoever_opens_it_again(cast: Cast) -> None:
    ada, form = signed_in(cast.ada), {"question": "Once?", "theses": "Yes, once."}
    ada.post("/debates/open/", form | {"key": str(uuid.uuid4())})
    debate = Debate.objects.get(question="Once?")
    edit_debate(cast.ada, debate, "Only once?", "", [], "only-once")
    again = ada.post("/debates/open/", form | {"key": str(uuid.uuid4())}, follow=True)
    assert again.redirect_chain[-1][0] == "/debates/only-once/", (
        "The address of the first sending must lead on."
    )
    assert Debate.objects.filter(question__endswith="once?").count() == 1


# --------------------------------------------------------------------------------------- what comes too late


def hide_it(cast: Cast, argument: Argument) -> None:
    """Hide an argument, as a moderator would."""
    hide(cast.cleo, argument, "It insults.", "person")


def withdraw_it(cast: Cast, argument: Argument) -> None:
    """Withdraw an argument, as its author would."""
    assert argument.author is not None
    withdraw_argument(argument.author, argument)


def hide_its_debate(cast: Cast, argument: Argument) -> None:
    """Hide the whole debate."""
    hide(cast.cleo, argument.debate, "It insults.", "person")


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("form", ["reply", "rebut"])
@pytest.mark.parametrize("meanwhile", [hide_it, withdraw_it, hide_its_debate])
def test_a_reply_to_what_has_gone_meanwhile_comes_back(
    cast: Cast, scene: Scene, meanwhile: Callable[[Cast, Argument], None], form: str, htmx: bool
) -> None:
    ben = signed_in(cast.ben)
    meanwhile(cast, scene.reason)
    answer = ben.post(
        f"{scene.reason.get_absolute_url()}{form}/",
        a_form("A reply that took an hour.", elaboration="Typed with care & patience."),
        headers={"HX-Request": "true"} if htmx else {},
    )
    page = text_of(answer)
    assert answer.status_code == 409, "Not 404: who wrote for an hour must learn what happened."
    assert "A reply that took an hour." in page, "What was typed must come back."
    assert "Typed with care &amp; patience." in page
    assert scene.reason.claim not in page, "The refusal must not show what was hidden."
    assert not Argument.objects.filter(claim="A reply that took an hour.").exists()


def test_a_reply_to_what_never_was_is_not_found(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    assert ben.post("/arguments/nothinghere/reply/", a_form("To nobody.")).status_code == 404


@pytest.mark.parametrize("state", [State.DRAFT, State.PENDING])
def test_a_reply_to_what_was_never_seen_is_not_found(cast: Cast, scene: Scene, state: State) -> None:
    Argument.objects.filter(pk=scene.reason.pk).update(state=state)
    answer = signed_in(cast.ben).post(reply_to(scene.reason), a_form("To a draft."))
    assert answer.status_code == 404, "That a draft exists is nobody's business."


@pytest.mark.parametrize("locked", ["the branch", "a branch above", "the debate"])
def test_a_reply_under_a_lock_comes_back(cast: Cast, scene: Scene, locked: str) -> None:
    if locked == "the debate":
        lock(cast.cleo, scene.debate, "It has run its course.")
    else:
        lock(cast.cleo, scene.rebuttal if locked == "the branch" else scene.reason, "It has run its course.")
    answer = signed_in(cast.ada).post(reply_to(scene.rebuttal), a_form("One last word."))
    assert answer.status_code == 409
    assert "One last word." in text_of(answer)
    assert not Argument.objects.filter(claim="One last word.").exists()


def test_a_lock_beside_the_branch_does_not_matter(cast: Cast, scene: Scene) -> None:
    other = post_argument(cast.ben, scene.thesis, pro("Another branch."))
    lock(cast.cleo, other, "It has run its course.")
    assert signed_in(cast.ada).post(reply_to(scene.rebuttal), a_form("Still open.")).status_code == 302


def test_a_moderator_answers_under_a_lock(cast: Cast, scene: Scene) -> None:
    lock(cast.cleo, scene.reason, "It has run its course.")
    assert signed_in(cast.cleo).post(reply_to(scene.reason), a_form("Why it is locked.")).status_code == 302


def test_the_second_of_two_windows_gets_both_texts(cast: Cast, scene: Scene) -> None:
    address = f"{scene.reason.get_absolute_url()}edit/"
    ada = signed_in(cast.ada)
    seen = ada.get(address).context["seen"]
    assert (
        ada.post(address, a_form("From the first window.", note="Clearer.", seen=str(seen))).status_code
        == 302
    )
    answer = ada.post(address, a_form("From the second window.", note="Clearer.", seen=str(seen)))
    page = text_of(answer)
    assert answer.status_code == 409
    assert "From the second window." in page, "What was typed must come back."
    assert "From the first window." in page, "What stands now must be there to compare with."
    scene.reason.refresh_from_db()
    assert scene.reason.claim == "From the first window."


def test_the_second_window_can_save_after_it_was_told(cast: Cast, scene: Scene) -> None:
    address = f"{scene.reason.get_absolute_url()}edit/"
    ada = signed_in(cast.ada)
    ada.post(address, a_form("From the first window.", note="Clearer.", seen="1"))
    answer = ada.post(address, a_form("From the second window.", note="Clearer.", seen="1"))
    again = a_form("From the second window.", note="Clearer.", seen=str(answer.context["seen"]))
    assert ada.post(address, again).status_code == 302
    assert scene.reason.revisions.count() == 3, "Both windows' texts are in the history."


def test_an_edit_of_what_was_hidden_meanwhile_comes_back(cast: Cast, scene: Scene) -> None:
    hide_it(cast, scene.reason)
    answer = signed_in(cast.ada).post(
        f"{scene.reason.get_absolute_url()}edit/", a_form("A better wording.", note="Clearer.", seen="1")
    )
    assert answer.status_code == 409
    assert "A better wording." in text_of(answer)


# ----------------------------------------------------------------------------------- withdrawn and taken back


def test_withdrawn_goes_and_comes_back(client: Client, cast: Cast, scene: Scene) -> None:
    ada, page = signed_in(cast.ada), scene.reason.get_absolute_url()
    assert ada.post(f"{page}withdraw/").status_code == 302
    assert client.get(page).status_code == 404
    assert text_of(ada.get(page)).count("Publish again") == 1
    assert ada.post(f"{page}reinstate/").status_code == 302
    assert scene.reason.claim in text_of(client.get(page))


def test_withdrawing_twice_changes_nothing_twice(cast: Cast, scene: Scene) -> None:
    assert withdraw_argument(cast.ada, scene.reason) is True
    assert withdraw_argument(cast.ada, scene.reason) is False
    assert reinstate_argument(cast.ada, scene.reason) is True
    assert reinstate_argument(cast.ada, scene.reason) is False


@pytest.mark.parametrize("verb", [withdraw_argument, reinstate_argument])
def test_nobody_withdraws_or_takes_back_for_another(
    cast: Cast, scene: Scene, verb: Callable[[User, Argument], bool]
) -> None:
    with pytest.raises(Refused):
        verb(cast.ben, scene.reason)


def test_what_a_moderator_hid_is_not_taken_back(cast: Cast, scene: Scene) -> None:
    hide_it(cast, scene.reason)
    answer = signed_in(cast.ada).post(f"{scene.reason.get_absolute_url()}reinstate/")
    assert answer.status_code == 409, "Taking back a withdrawal must not undo a moderator."
    scene.reason.refresh_from_db()
    assert scene.reason.state == State.HIDDEN
