"""An argument moves with all below it: nothing stays behind, nothing rests on itself, and everyone arrives."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from debates.actions.arranging.link_argument import link_argument
from debates.actions.arranging.move_argument import move_argument
from debates.actions.arranging.undo_rearrangement import undo_rearrangement
from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.weighing.rate import rate
from debates.actions.writing.concede import concede
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.models import Appearance, Argument, LogEntry, Rearrangement, State, Voice
from debates.permissions import Refused
from debates.signals import arguments_rearranged
from debates.tree import MAX_DEPTH
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in
from tests.debates.rearranging import REASON, check_tree, note
from tests.debates.test_once import all_at_once, crowd, text_of  # noqa: F401  # a fixture


def elsewhere(cast: Cast) -> Argument:
    """Return the thesis of another debate."""
    return open_debate(
        cast.ada, "Should the quay be rebuilt?", ["The quay should be rebuilt."]
    ).arguments.get()


def fresh(argument: Argument) -> Argument:
    """Return an argument as it stands now."""
    return Argument.objects.get(pk=argument.pk)


# ------------------------------------------------------------------------------------------------ what it does


def test_a_branch_moves_whole(cast: Cast, scene: Scene) -> None:
    above = post_argument(cast.dan, scene.thesis, pro("The town is old."))
    new = post_argument(cast.dan, above, pro("Its records go back far."))
    below = post_argument(cast.ada, scene.rebuttal, con("They were built here."))
    hidden = post_argument(cast.dan, below, con("Rude."))
    hide(cast.cleo, hidden, "Rude.")
    move_argument(cast.cleo, scene.rebuttal, new, "pro", "", REASON)
    moved = fresh(scene.rebuttal)
    assert (moved.parent, moved.stance, moved.attacks) == (new, "pro", "")
    assert fresh(hidden).path.startswith(new.path), (
        "What is hidden may be shown again, and then it must have a place."
    )
    assert moved.answers_revision == new.revisions.get(), "It answers another claim now."
    check_tree()


def test_a_branch_moves_into_another_debate(cast: Cast, scene: Scene) -> None:
    thesis = elsewhere(cast)
    voice = Voice.objects.create(slug="lena", name="Lena")
    Appearance.objects.create(voice=voice, debate=scene.debate, known="name", how="In a letter.")
    Argument.objects.filter(pk=scene.rebuttal.pk).update(voice=voice)
    rate(cast.dan, scene.rebuttal, holds=3, matters=4)
    move_argument(cast.cleo, scene.reason, thesis, "con", "claim", REASON)
    assert fresh(scene.rebuttal).debate_id == thesis.debate_id
    assert fresh(scene.rebuttal).standing.holds_sum == 3, "Ratings go along."
    assert voice.appearances.get(debate=thesis.debate).how == "In a letter."
    check_tree()
    move = Rearrangement.objects.get()
    undo_rearrangement(cast.cleo, move, REASON)
    assert fresh(scene.rebuttal).path == scene.rebuttal.path
    assert not voice.appearances.filter(debate=thesis.debate).exists()


def test_a_long_branch_moves_in_a_fixed_number_of_statements(cast: Cast, scene: Scene) -> None:
    def cost(parent: Argument) -> int:
        with CaptureQueriesContext(connection) as statements:
            move_argument(cast.cleo, fresh(scene.rebuttal), parent, "con", "claim", REASON)
        return len(statements)

    there = post_argument(cast.dan, scene.thesis, pro("The town is old."))
    first = cost(there)
    bottom = fresh(scene.rebuttal)
    for number in range(30):
        bottom = post_argument(cast.ada if number % 2 else cast.ben, bottom, pro(f"Step {number}."))
    assert cost(scene.reason) <= first + 3, "The paths of a branch are one statement, not one each."
    check_tree()


def test_what_would_stand_too_deep_stays(cast: Cast, scene: Scene) -> None:
    deep = post_argument(cast.ada, scene.thesis, pro("A deep one."))
    Argument.objects.filter(pk=deep.pk).update(depth=MAX_DEPTH - 1)
    with pytest.raises(Refused, match="deeper than a branch can be"):
        move_argument(cast.cleo, scene.reason, fresh(deep), "pro", "", REASON)
    assert fresh(scene.reason).path == scene.reason.path


def test_premises_move_as_one(cast: Cast, scene: Scene) -> None:
    leading = post_argument(cast.ada, scene.thesis, pro("Cranes are seen."))
    further = post_argument(cast.ada, scene.thesis, pro("What is seen is remembered."))
    below = post_argument(cast.ben, further, con("Not by all."))
    Argument.objects.filter(pk=further.pk).update(joint_with=leading)
    with pytest.raises(Refused, match="move that one"):
        move_argument(cast.cleo, fresh(further), scene.reason, "pro", "", REASON)
    move_argument(cast.cleo, leading, scene.reason, "con", "bearing", REASON)
    assert {(fresh(one).parent_id, fresh(one).attacks) for one in (leading, further)} == {
        (scene.reason.pk, "bearing")
    }
    assert fresh(below).path.startswith(fresh(further).path)
    check_tree()


def test_a_tag_that_charges_the_claim_above_does_not_stay_on_a_pro(cast: Cast, scene: Scene) -> None:
    new = post_argument(cast.dan, scene.thesis, pro("The town is old."))
    move = move_argument(cast.cleo, scene.rebuttal, new, "pro", "", REASON)
    assert not scene.rebuttal.argument_tags.exists()
    assert scene.rebuttal.revisions.count() == 2, (
        "Its side is part of a version: who edits it meanwhile must be told."
    )
    with pytest.raises(Refused, match="edited meanwhile"):
        edit_argument(cast.ben, scene.rebuttal, con("Half of them.", citations=(a_book(),)), 1)
    undo_rearrangement(cast.cleo, move, REASON)
    assert scene.rebuttal.argument_tags.get().tag.slug == "factual-error"
    assert scene.rebuttal.revisions.count() == 1


def test_what_was_granted_elsewhere_is_not_granted_here(cast: Cast, scene: Scene) -> None:
    new = post_argument(cast.dan, scene.thesis, pro("The town is old."))
    concede(cast.ada, scene.rebuttal, "True, but no matter.")
    move = move_argument(cast.cleo, scene.rebuttal, new, "con", "claim", REASON)
    assert not scene.rebuttal.concessions.exists(), "Ada said it of another claim."
    undo_rearrangement(cast.cleo, move, REASON)
    assert scene.rebuttal.concessions.get().why == "True, but no matter."


def test_replies_to_an_argument_that_changed_sides_were_written_against_another_text(
    cast: Cast, scene: Scene
) -> None:
    move = move_argument(cast.cleo, scene.reason, scene.thesis, "con", "claim", REASON)
    assert fresh(scene.rebuttal).stale_since is not None
    undo_rearrangement(cast.cleo, move, REASON)
    assert fresh(scene.rebuttal).stale_since is None


def test_who_rated_is_told_and_the_log_says_why(cast: Cast, scene: Scene) -> None:
    heard: list[dict[str, object]] = []

    def hear(**signal: object) -> None:
        heard.append(signal)

    rate(cast.dan, scene.rebuttal, holds=3)
    arguments_rearranged.connect(hear)
    try:
        move = move_argument(cast.cleo, scene.rebuttal, scene.thesis, "con", "claim", REASON)
    finally:
        arguments_rearranged.disconnect(hear)
    assert [(one["rearrangement"], one["raters"], one["undone"]) for one in heard] == [
        (move, [cast.dan.pk], False)
    ]
    entry = LogEntry.objects.get(act=LogEntry.Act.MOVE)
    assert (entry.item_id, entry.reason) == (scene.rebuttal.public_id, REASON)


def test_a_note_moves_without_a_side_and_what_is_unplaced_takes_one(cast: Cast, scene: Scene) -> None:
    remark = post_argument(cast.dan, scene.reason, note("Which cranes?"))
    loose = post_argument(cast.dan, scene.reason, note("Loose."))
    Argument.objects.filter(pk=loose.pk).update(kind=Argument.Kind.UNPLACED)
    with pytest.raises(Refused, match="takes no side"):
        move_argument(cast.cleo, remark, scene.thesis, "pro", "", REASON)
    move_argument(cast.cleo, remark, scene.thesis, "", "", REASON)
    move_argument(cast.cleo, fresh(loose), scene.thesis, "con", "claim", REASON)
    assert fresh(remark).kind == Argument.Kind.NOTE
    assert (fresh(loose).kind, fresh(loose).stance) == (Argument.Kind.ARGUMENT, "con")


# --------------------------------------------------------------------------------------------- what it refuses


@pytest.mark.parametrize("who", ["ada", "dan"])
def test_only_moderators_move(cast: Cast, scene: Scene, who: str) -> None:
    member = getattr(cast, who)
    with pytest.raises(Refused):
        move_argument(member, scene.rebuttal, scene.thesis, "con", "claim", REASON)
    address = f"{scene.rebuttal.get_absolute_url()}move/"
    assert signed_in(member).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_nothing_comes_to_rest_on_itself(cast: Cast, scene: Scene) -> None:
    below = post_argument(cast.ada, scene.rebuttal, con("They were built here."))
    beside = post_argument(cast.dan, scene.thesis, pro("The town is old."))
    for parent in (scene.rebuttal, below):
        with pytest.raises(Refused):
            move_argument(cast.cleo, scene.rebuttal, parent, "pro", "", REASON)
    link_argument(cast.dan, beside, below, "pro")
    with pytest.raises(Refused, match="rest on itself"):
        move_argument(cast.cleo, scene.rebuttal, beside, "pro", "", REASON)
    check_tree()


def test_a_thesis_stays_and_so_does_what_goes_nowhere(cast: Cast, scene: Scene) -> None:
    remark = post_argument(cast.dan, scene.reason, note("Which cranes?"))
    gone = post_argument(cast.dan, scene.thesis, pro("Gone soon."))
    hide(cast.cleo, gone, "Rude.")
    with pytest.raises(Refused, match="thesis"):
        move_argument(cast.cleo, scene.thesis, scene.reason, "pro", "", REASON)
    for parent, words in (
        (remark, "takes no answers"),
        (fresh(gone), "not shown"),
        (scene.reason, "already"),
    ):
        with pytest.raises(Refused, match=words):
            move_argument(cast.cleo, scene.rebuttal, parent, "con", "claim", REASON)
    for side in (("", ""), ("con", ""), ("pro", "claim"), ("con", "bearing")):
        with pytest.raises(Refused):
            move_argument(cast.cleo, scene.rebuttal, scene.thesis, *side, REASON)
    with pytest.raises(Refused) as refusal:
        move_argument(cast.cleo, scene.rebuttal, scene.thesis, "pro", "", " ")
    assert refusal.value.field == "reason"
    assert not Rearrangement.objects.exists()


def test_where_it_stands_by_a_link_it_is_not_moved(cast: Cast, scene: Scene) -> None:
    link_argument(cast.dan, scene.rebuttal, scene.thesis, "con", "claim")
    with pytest.raises(Refused, match="further place"):
        move_argument(cast.cleo, scene.rebuttal, scene.thesis, "con", "claim", REASON)


def test_a_lock_keeps_no_moderator_out(cast: Cast, scene: Scene) -> None:
    lock(cast.cleo, scene.debate, "It is over.")
    move_argument(cast.cleo, scene.rebuttal, scene.thesis, "con", "claim", REASON)
    assert fresh(scene.rebuttal).parent == scene.thesis


# -------------------------------------------------------------------------------------------------- its page


def test_moving_on_the_page(cast: Cast, scene: Scene) -> None:
    cleo, address = signed_in(cast.cleo), f"{scene.rebuttal.get_absolute_url()}move/"
    post_argument(cast.dan, scene.rebuttal, con("Not half."))
    found = text_of(cleo.get(address, {"q": "harbour keep cranes"}))
    assert f"?to={scene.thesis.public_id}" in found
    assert f"?to={scene.reason.public_id}" not in text_of(cleo.get(address, {"q": "cranes town"})), (
        "It stands there."
    )
    page = text_of(cleo.get(address, {"to": scene.thesis.get_absolute_url()}))
    assert "1 argument below goes along" in page
    assert text_of(cleo.get(address, {"to": "nothing"})).count('class="wrong"') == 1
    form = {"to": scene.thesis.public_id, "stance": "con", "attacks": "claim"}
    bare = cleo.post(address, form)
    assert bare.status_code == 422
    answer = cleo.post(address, form | {"reason": REASON})
    assert answer.headers["Location"] == scene.rebuttal.get_absolute_url()
    assert fresh(scene.rebuttal).parent == scene.thesis
    again = cleo.post(address, form | {"reason": REASON})
    assert (again.status_code, REASON in text_of(again)) == (409, True), "What was typed stays in the form."


def test_a_second_click_moves_nothing_and_says_the_same(cast: Cast, scene: Scene) -> None:
    cleo, address = signed_in(cast.cleo), f"{scene.rebuttal.get_absolute_url()}move/"
    form = {
        "to": scene.thesis.public_id,
        "stance": "con",
        "attacks": "claim",
        "reason": REASON,
        "key": "0f3c1c2e-5d0b-4c39-9d33-0d8f3a8b7c11",
    }
    assert [cleo.post(address, form).status_code for _click in range(2)] == [302, 302]
    assert Rearrangement.objects.count() == 1


# -------------------------------------------------------------------------------------------- at the same time


def test_replies_posted_during_a_move_are_below_what_they_answer(crowd: tuple[Cast, Scene]) -> None:  # noqa: F811  # the fixture
    cast, scene = crowd
    thesis, home = elsewhere(cast), scene.thesis

    def reply(number: int) -> int | str:
        try:
            return post_argument(cast.dan, scene.rebuttal, pro(f"Reply {number}.")).pk
        except Refused as refusal:
            return str(refusal.status)

    for turn in range(4):
        target = thesis if turn % 2 == 0 else home

        def job(target: Argument = target) -> int:
            return move_argument(cast.cleo, fresh(scene.rebuttal), target, "con", "claim", REASON).pk

        replies: list[Callable[[], int | str]] = [partial(reply, number) for number in range(6)]
        outcomes = all_at_once([*replies, job])[:-1]
        posted = [one for one in outcomes if one != "409"]
        assert scene.rebuttal.children.filter(pk__in=posted).count() == len(posted), "A reply was lost."
        check_tree()


def test_two_moves_that_would_close_a_circle_together_do_not(crowd: tuple[Cast, Scene]) -> None:  # noqa: F811  # the fixture
    cast, scene = crowd

    def move(one: Argument, under: Argument) -> str:
        try:
            move_argument(cast.cleo, one, under, "pro", "", REASON)
        except Refused:
            return "refused"
        return "moved"

    for turn in range(4):
        one = post_argument(cast.ada, scene.thesis, pro(f"One {turn}."))
        other = post_argument(cast.ada, elsewhere(cast) if turn % 2 else scene.thesis, pro(f"Other {turn}."))
        outcomes = all_at_once([partial(move, one, other), partial(move, other, one)])
        assert sorted(outcomes) == ["moved", "refused"], outcomes
        check_tree()
    assert not Argument.objects.exclude(state=State.PUBLISHED).exists()
