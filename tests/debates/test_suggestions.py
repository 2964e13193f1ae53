"""Suggested edits: anybody offers another wording, the author decides, and the credit stays."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.writing.decline_suggestion import decline_suggestion
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.suggest_edit import suggest_edit
from debates.actions.writing.take_back_suggestion import take_back_suggestion
from debates.actions.writing.take_suggestion import AUTHOR_FIRST, take_suggestion
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import Argument, LogEntry, Revision, Suggestion, Voice
from debates.permissions import Refused
from debates.views.parts.suggestions import credits_of, suggestions_of
from forum.accounts.models import User
from forum.notices.models import Notice
from tests.conftest import Cast, Scene, con, pro, signed_in
from tests.debates.test_once import all_at_once, crowd  # noqa: F401  # a fixture

CLAIM = "The cranes are what the town remembers."
WHY = "Memory is not a thing that stands."


def suggested(member: User, scene: Scene, claim: str = CLAIM, elaboration: str = "") -> Suggestion:
    """Return an edit of Ada's reason that a member suggests."""
    last = scene.reason.revisions.count()
    return suggest_edit(member, scene.reason, claim, elaboration, WHY, last)


def made_long_ago(suggestion: Suggestion) -> None:
    """Let a suggestion have waited until a moderator may decide."""
    Suggestion.objects.filter(pk=suggestion.pk).update(created_at=timezone.now() - AUTHOR_FIRST)
    suggestion.refresh_from_db()


def form(**more: Any) -> dict[str, Any]:
    """Return what the browser sends when somebody suggests an edit. Any: form values."""
    return {
        "claim": CLAIM,
        "elaboration": "",
        "why": WHY,
        "seen": "1",
        "key": str(uuid.uuid4()),
        "post": "1",
        **more,
    }


def suggest_page(argument: Argument) -> str:
    return reverse("suggest", args=[argument.public_id])


def page(suggestion: Suggestion) -> str:
    return reverse("suggestion", args=[suggestion.pk])


def text_of(response: Any) -> str:
    """Return a page's text. Any: the test client's response."""
    return str(response.content.decode())


# ------------------------------------------------------------------------------------------------ suggesting


def test_ben_suggests_and_ada_is_told(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    assert scene.reason.claim in text_of(ben.get(suggest_page(scene.reason)))
    answer = ben.post(suggest_page(scene.reason), form())
    suggestion = Suggestion.objects.get()
    assert answer["Location"] == page(suggestion)
    assert (suggestion.member, suggestion.claim, suggestion.revision.number) == (cast.ben, CLAIM, 1)
    assert "what the town remembers" in text_of(signed_in(cast.ada).get(page(suggestion)))
    notices = text_of(signed_in(cast.ada).get(reverse("notices")))
    for words in ("<bdi>ben</bdi> suggests an edit of your argument", WHY, page(suggestion)):
        assert words in notices


def test_the_form_can_show_first_what_it_changes(cast: Cast, scene: Scene) -> None:
    data = form(preview="1")
    del data["post"]
    text = text_of(signed_in(cast.ben).post(suggest_page(scene.reason), data))
    assert "<ins>" in text
    assert not Suggestion.objects.exists()


def test_one_form_sent_twice_suggests_once(cast: Cast, scene: Scene) -> None:
    ben, data = signed_in(cast.ben), form()
    assert (
        ben.post(suggest_page(scene.reason), data)["Location"]
        == ben.post(suggest_page(scene.reason), data)["Location"]
    )
    assert Suggestion.objects.count() == 1
    answer = ben.post(suggest_page(scene.reason), {**data, "claim": "Another text with the same key."})
    assert answer.status_code == 409
    assert "Another text with the same key." in text_of(answer), "Nothing typed is lost."


def test_one_waits_at_a_time(cast: Cast, scene: Scene) -> None:
    first = suggested(cast.ben, scene)
    ben = signed_in(cast.ben)
    answer = ben.post(suggest_page(scene.reason), form(claim="A second one."))
    assert answer.status_code == 409
    assert "A second one." in text_of(answer)
    assert ben.get(suggest_page(scene.reason))["Location"] == page(first)
    suggested(cast.dan, scene, "Dan’s own.")  # others may suggest theirs
    take_back_suggestion(cast.ben, first)
    suggested(cast.ben, scene, "A second one.")
    assert Suggestion.objects.filter(outcome="open").count() == 2


@pytest.mark.parametrize("gone", ["own", "withdrawn", "debate", "locked"])
def test_who_cannot_suggest_is_told_why(cast: Cast, scene: Scene, gone: str) -> None:
    member = cast.ada if gone == "own" else cast.ben
    if gone == "withdrawn":
        withdraw_argument(cast.ada, scene.reason)
    elif gone == "debate":
        hide(cast.cleo, scene.debate, "By order.", "unlawful")
    elif gone == "locked":
        lock(cast.cleo, scene.reason, "Enough.")
    with pytest.raises(Refused):
        suggested(member, scene)
    answer = signed_in(member).post(suggest_page(scene.reason), form())
    assert answer.status_code in (403, 409)
    assert CLAIM in text_of(answer), "What was typed comes back, also when the argument is gone meanwhile."
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"claim": "The cranes are the town’s  memory."}, "Nothing differs"),
        ({"claim": "x" * 301}, "shorten it to 300"),
        ({"claim": ""}, "Write the claim"),
        ({"why": " "}, "Say why"),
        ({"why": "x" * 501}, "500"),
        ({"elaboration": "See [^1]."}, "[^1]"),
        ({"claim": "A NUL\0 in it."}, ""),
    ],
    ids=["same", "long", "empty", "no why", "long why", "no such source", "nul"],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(
    cast: Cast, scene: Scene, more: dict[str, str], says: str
) -> None:
    answer = signed_in(cast.ben).post(suggest_page(scene.reason), form(**more))
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert WHY in text_of(answer) or "why" in more
    assert not Suggestion.objects.exists()


def test_an_edit_meanwhile_is_looked_at_before_it_is_suggested(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    edit_argument(cast.ada, scene.reason, pro("Said anew."), 1)
    answer = ben.post(suggest_page(scene.reason), form())
    assert answer.status_code == 409
    assert CLAIM in text_of(answer)
    assert 'name="seen" value="2"' in text_of(answer)
    assert ben.post(suggest_page(scene.reason), form(seen="2")).status_code == 302


def test_what_a_visitor_typed_returns_after_signing_in(cast: Cast, scene: Scene) -> None:
    client = Client()
    assert client.post(suggest_page(scene.reason), form())["Location"].startswith(reverse("account_login"))
    client.force_login(cast.ben)
    assert CLAIM in text_of(client.get(suggest_page(scene.reason)))


def test_eight_windows_at_once_suggest_one_edit(crowd: tuple[Cast, Scene]) -> None:  # noqa: F811
    cast, scene = crowd

    def one(key: int) -> bool:
        try:
            suggest_edit(cast.ben, scene.reason, f"{CLAIM} {key}", "", WHY, 1)
        except Refused:
            return False
        return True

    jobs: list[Callable[[], bool]] = [lambda key=key: one(key) for key in range(8)]  # type: ignore[misc]  # mypy does not see the default
    assert sum(all_at_once(jobs)) == 1
    assert Suggestion.objects.count() == 1, (
        "One suggestion of a member waits at a time, however many windows send."
    )


# -------------------------------------------------------------------------------------------------- deciding


def test_taken_as_it_is_it_becomes_a_version_with_credit(cast: Cast, scene: Scene) -> None:
    suggestion = suggested(cast.ben, scene)
    ada = signed_in(cast.ada)
    answer = ada.post(
        page(suggestion), {"take": "1", "claim": CLAIM, "elaboration": "", "word": "Thank you.", "seen": "1"}
    )
    assert answer["Location"] == scene.reason.get_absolute_url()
    suggestion.refresh_from_db()
    revision = scene.reason.revisions.get(number=2)
    assert (suggestion.outcome, suggestion.result, suggestion.decided_by) == ("taken", revision, cast.ada)
    assert (revision.claim, revision.note, revision.editor) == (CLAIM, WHY, cast.ada)
    scene.reason.refresh_from_db()
    assert (scene.reason.claim, scene.reason.stance) == (CLAIM, "pro")
    assert scene.reason.topic_tags[0].name == "memory", "What was not suggested stays as it is."
    assert {number: one.by for number, one in credits_of(scene.reason, cast.dan).items()} == {2: "ben"}
    notices = text_of(signed_in(cast.ben).get(reverse("notices")))
    assert "The edit that you suggested was taken." in notices
    assert "Thank you." in notices
    assert not LogEntry.objects.exists(), (
        "An author decides about their own text; that is no act of a moderator."
    )


def test_a_rebuttal_keeps_its_source_and_its_charge(cast: Cast, scene: Scene) -> None:
    before = scene.rebuttal.citations.get()
    suggestion = suggest_edit(cast.dan, scene.rebuttal, "Many cranes came from elsewhere.", "", WHY, 1)
    assert take_suggestion(cast.ben, suggestion, 1)
    after = scene.rebuttal.citations.get()
    assert (after.pk, after.quotation, after.locator) == (before.pk, before.quotation, before.locator)
    assert Argument.objects.get(pk=scene.rebuttal.pk).is_rebuttal


def test_taken_with_changes_says_so(cast: Cast, scene: Scene) -> None:
    suggestion = suggested(cast.ben, scene)
    signed_in(cast.ada).post(
        page(suggestion), {"take": "1", "claim": "Mine and Ben’s.", "elaboration": "", "seen": "1"}
    )
    suggestion.refresh_from_db()
    assert suggestion.outcome == "changed"
    assert suggestion.claim == CLAIM, "What was suggested stays on record."
    assert "taken, with changes" in text_of(signed_in(cast.ben).get(reverse("notices")))
    shown = text_of(Client().get(page(suggestion)))
    assert "What was changed before it was taken" in shown


def test_declined_with_a_word(cast: Cast, scene: Scene) -> None:
    suggestion = suggested(cast.ben, scene)
    ada = signed_in(cast.ada)
    answer = ada.post(
        page(suggestion), {"decline": "1", "word": "", "claim": "Half-typed.", "elaboration": "", "seen": "1"}
    )
    assert answer.status_code == 422
    assert "Half-typed." in text_of(answer), "Nothing typed is lost."
    ada.post(page(suggestion), {"decline": "1", "word": "It says less."})
    suggestion.refresh_from_db()
    assert (suggestion.outcome, suggestion.word) == ("declined", "It says less.")
    assert scene.reason.revisions.count() == 1
    notices = text_of(signed_in(cast.ben).get(reverse("notices")))
    assert "was declined" in notices
    assert "It says less." in notices


def test_a_suggestion_for_an_older_version_is_looked_at_again(cast: Cast, scene: Scene) -> None:
    suggestion = suggested(cast.ben, scene)
    edit_argument(cast.ada, scene.reason, pro("The cranes are our memory.", topic_tags=("memory",)), 1)
    ada = signed_in(cast.ada)
    assert "What its author changed since" in text_of(ada.get(page(suggestion)))
    data = {"take": "1", "claim": "What the town remembers.", "elaboration": "", "seen": "1"}
    answer = ada.post(page(suggestion), data)
    assert answer.status_code == 409, "Taking it unseen would undo the edit."
    assert "What the town remembers." in text_of(answer)
    assert 'name="seen" value="2"' in text_of(answer)
    assert scene.reason.revisions.count() == 2
    assert ada.post(page(suggestion), {**data, "seen": "2"}).status_code == 302
    assert scene.reason.revisions.count() == 3


def test_what_stands_there_already_is_not_taken(cast: Cast, scene: Scene) -> None:
    suggestion = suggested(cast.ben, scene)
    edit_argument(cast.ada, scene.reason, pro(CLAIM, topic_tags=("memory",)), 1)
    with pytest.raises(Refused) as refusal:
        take_suggestion(cast.ada, suggestion, 2)
    assert "Nothing differs" in refusal.value.sentence
    assert scene.reason.revisions.count() == 2


def test_taking_twice_takes_once_and_a_second_decision_is_refused(cast: Cast, scene: Scene) -> None:
    suggestion = suggested(cast.ben, scene)
    assert take_suggestion(cast.ada, suggestion, 1)
    assert not take_suggestion(cast.ada, suggestion, 1)
    assert scene.reason.revisions.count() == 2
    with pytest.raises(Refused) as refusal:
        decline_suggestion(cast.ada, suggestion, "No.")
    assert refusal.value.status == 409
    with pytest.raises(Refused):
        take_back_suggestion(cast.ben, suggestion)
    answer = signed_in(cast.ada).post(page(suggestion), {"decline": "1", "word": "Said at length."})
    assert answer.status_code == 409
    assert "Said at length." in text_of(answer), "Nothing typed is lost."


@pytest.mark.parametrize("who", ["ben", "dan", "cleo"])
def test_only_the_author_decides_at_first(cast: Cast, scene: Scene, who: str) -> None:
    suggestion, member = suggested(cast.ben, scene), getattr(cast, who)
    with pytest.raises(Refused):
        take_suggestion(member, suggestion, 1, word="For good.")
    with pytest.raises(Refused):
        decline_suggestion(member, suggestion, "No.")
    assert (
        signed_in(member).post(page(suggestion), {"take": "1", "claim": CLAIM, "seen": "1"}).status_code
        == 403
    )
    assert "Take it?" not in text_of(signed_in(member).get(page(suggestion)))
    assert Suggestion.objects.get().outcome == "open"


def test_after_a_week_a_moderator_may_with_a_reason_in_the_log(cast: Cast, scene: Scene) -> None:
    suggestion = suggested(cast.ben, scene)
    made_long_ago(suggestion)
    with pytest.raises(Refused):
        take_suggestion(cast.dan, suggestion, 1, word="I like it.")
    cleo = signed_in(cast.cleo)
    data = {"take": "1", "claim": CLAIM, "elaboration": "", "seen": "1"}
    assert cleo.post(page(suggestion), data).status_code == 422, (
        "Without a reason nothing is logged, so nothing done."
    )
    assert scene.reason.revisions.count() == 1
    cleo.post(page(suggestion), {**data, "word": "It mends a slip."})
    entry = LogEntry.objects.get()
    assert (entry.act, entry.item_id, entry.reason) == (
        "take-suggestion",
        scene.reason.public_id,
        "It mends a slip.",
    )
    scene.reason.refresh_from_db()
    assert (scene.reason.claim, scene.reason.author) == (CLAIM, cast.ada)
    assert "A moderator took an edit" in text_of(signed_in(cast.ada).get(reverse("notices")))
    assert "cleo" not in text_of(signed_in(cast.ada).get(reverse("notices")))


def test_a_moderator_declines_after_a_week(cast: Cast, scene: Scene) -> None:
    suggestion = suggested(cast.ben, scene)
    made_long_ago(suggestion)
    assert decline_suggestion(cast.cleo, suggestion, "It says less.")
    assert LogEntry.objects.get().act == "decline-suggestion"
    assert set(Notice.objects.filter(suggestion=suggestion).values_list("recipient__username", "kind")) >= {
        ("ben", "edit-declined"),
        ("ada", "edit-declined-for"),
    }


def test_nobody_decides_on_their_own_suggestion(cast: Cast, scene: Scene) -> None:
    suggestion = suggested(cast.cleo, scene)
    made_long_ago(suggestion)
    with pytest.raises(Refused):
        take_suggestion(cast.cleo, suggestion, 1, word="Mine.")


def test_of_a_voice_a_moderator_decides_at_once(cast: Cast, scene: Scene) -> None:
    voice = Voice.objects.create(slug="quill", name="Quill")
    Argument.objects.filter(pk=scene.reason.pk).update(author=None, voice=voice)
    Notice.objects.all().delete()
    suggestion = suggested(cast.ben, scene)
    assert not Notice.objects.exists()
    assert take_suggestion(cast.cleo, suggestion, 1, word="It mends a slip.")
    assert scene.reason.revisions.count() == 2


def test_taking_it_overtakes_the_answers_and_brings_the_text_itself_up_to_date(
    cast: Cast, scene: Scene
) -> None:
    edit_argument(cast.ada, scene.reason, pro("Said anew."), 1)
    suggestion = suggest_edit(cast.dan, scene.rebuttal, "Many cranes came from elsewhere.", "", WHY, 1)
    below = post_argument(cast.ada, scene.rebuttal, con("They came to stay."))
    take_suggestion(cast.ben, suggestion, 1)
    scene.rebuttal.refresh_from_db()
    below.refresh_from_db()
    assert scene.rebuttal.stale_since is None
    assert below.stale_since is not None


def test_line_ends_of_the_author_stay(cast: Cast, scene: Scene) -> None:
    edit_argument(cast.ada, scene.reason, pro("Said anew.", elaboration="One.\nTwo."), 1)
    with pytest.raises(Refused):
        suggest_edit(cast.ben, scene.reason, "Said anew.", "One.\r\nTwo.", WHY, 2)
    suggestion = suggest_edit(cast.ben, scene.reason, "Said anew.", "One.\r\nTwo!", WHY, 2)
    assert suggestion.elaboration == "One.\nTwo!"


# ----------------------------------------------------------------------------------------- taking back, reading


def test_what_is_taken_back_leaves_no_notice(cast: Cast, scene: Scene) -> None:
    suggestion = suggested(cast.ben, scene)
    assert Notice.objects.filter(kind="edit-suggested").exists()
    for who in (cast.ada, cast.dan):
        with pytest.raises(Refused):
            take_back_suggestion(who, suggestion)
    assert signed_in(cast.ben).post(page(suggestion), {"back": "1"}).status_code == 302
    assert not Notice.objects.filter(kind="edit-suggested").exists()
    assert not take_back_suggestion(cast.ben, suggestion)
    assert Suggestion.objects.get().outcome == "withdrawn"


READ = {
    "open": {"ada", "ben", "cleo", "dan"},
    "taken": {"ada", "ben", "cleo", "dan", "visitor"},
    "declined": {"ada", "ben", "cleo"},
    "withdrawn": {"ada", "ben", "cleo"},
    "hidden": {"ada", "cleo"},
}
"""Who reads a suggestion of Ben's for Ada's argument; hidden: its argument was."""


@pytest.mark.parametrize("state", READ)
def test_who_reads_a_suggestion(cast: Cast, scene: Scene, state: str) -> None:
    suggestion = suggested(cast.ben, scene)
    if state == "taken":
        take_suggestion(cast.ada, suggestion, 1)
    elif state == "declined":
        decline_suggestion(cast.ada, suggestion, "No.")
    elif state == "withdrawn":
        take_back_suggestion(cast.ben, suggestion)
    elif state == "hidden":
        hide(cast.cleo, scene.reason, "It insults.", "person")
    argument = Argument.objects.get(pk=scene.reason.pk)
    for who in ("visitor", "ada", "ben", "cleo", "dan"):
        client = Client() if who == "visitor" else signed_in(getattr(cast, who))
        reads = who in READ[state]
        assert client.get(page(suggestion)).status_code == (200 if reads else 404), f"{who}, {state}"
        if who != "visitor":
            listed = suggestions_of(argument, getattr(cast, who))
            assert bool(listed.waiting or listed.decided) == reads, f"{who}, {state}"
    if state == "hidden":
        assert signed_in(cast.ben).post(page(suggestion), {"back": "1"}).status_code == 409
        assert WHY not in text_of(signed_in(cast.ben).get(reverse("notices")))


def test_the_page_of_an_argument_offers_it_to_others(cast: Cast, scene: Scene) -> None:
    assert suggestions_of(scene.reason, cast.ben).suggest_url == suggest_page(scene.reason)
    assert suggestions_of(scene.reason, cast.ada).suggest_url == ""


def test_the_staff_room_shows_what_waits_and_decides(cast: Cast, scene: Scene) -> None:
    suggestion = suggested(cast.ben, scene)
    made_long_ago(suggestion)
    cleo = signed_in(cast.cleo)
    address = reverse("admin:debates_suggestion_changelist")
    assert WHY in text_of(cleo.get(address))
    shown = text_of(cleo.get(reverse("admin:debates_suggestion_change", args=[suggestion.pk])))
    assert CLAIM in shown
    assert "<ins>" in shown
    data = {
        "action": "decline",
        "_selected_action": [suggestion.pk],
        "decided": "1",
        "reason": "It says less.",
    }
    assert cleo.post(address, data).status_code == 302
    suggestion.refresh_from_db()
    assert suggestion.outcome == "declined"
    assert WHY not in text_of(cleo.get(address)), "It is a queue: what is decided is out of the way."
    assert Revision.objects.filter(argument=scene.reason).count() == 1


def test_a_new_tag_makes_no_suggestion_old(cast: Cast, scene: Scene) -> None:
    suggestion = suggested(cast.ben, scene)
    edit_argument(cast.ada, scene.reason, pro(scene.reason.claim, topic_tags=("memory", "cranes")), 1)
    assert "What its author changed since" not in text_of(signed_in(cast.ada).get(page(suggestion)))
    assert take_suggestion(cast.ada, suggestion, 1), "Only another wording is a reason to look again."


def test_a_number_that_no_row_has_is_not_found(cast: Cast) -> None:
    for number in (10**9, 10**30):
        for method in ("get", "post"):
            answer = getattr(signed_in(cast.ada), method)(f"/suggestions/{number}/")
            assert answer.status_code == 404
