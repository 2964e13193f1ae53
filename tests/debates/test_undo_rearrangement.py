"""A move, a merge or a split is undone exactly, or it is said what stands in the way; nothing that came since is lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debates.actions.arranging.link_argument import link_argument
from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.arranging.move_argument import move_argument
from debates.actions.arranging.split_argument import split_argument
from debates.actions.arranging.undo_check import InTheWay
from debates.actions.arranging.undo_rearrangement import undo_rearrangement
from debates.actions.moderating.hide import hide
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.models import Argument, LogEntry, Rearrangement
from debates.models.visibility import NOBODY
from debates.permissions import Refused
from debates.views.parts.rearranged import rearrangements_of, wordings_of
from tests.conftest import Cast, Scene, con, pro, signed_in
from tests.debates.rearranging import REASON, World, a_world, check_tree, cite, state_of
from tests.debates.test_once import all_at_once, crowd, text_of  # noqa: F401  # a fixture

BACK = "It was right as it was."
ACTS = ("move", "merge", "split", "undo")


@pytest.fixture
def world(cast: Cast, scene: Scene) -> World:
    """Give two debates with everything in them."""
    return a_world(cast, scene)


def rearrange(world: World, act: str, one: int, other: int, side: bool) -> None:
    """Do one thing to arguments chosen by number."""
    rows = list(Argument.objects.filter(pk__in=[row.pk for row in world.every]).order_by("pk"))
    first, second = rows[one % len(rows)], rows[other % len(rows)]
    cleo = world.cast.cleo
    if act == "move":
        stance = "" if first.kind == Argument.Kind.NOTE else "pro" if side else "con"
        move_argument(cleo, first, second, stance, "claim" if stance == "con" else "", REASON)
    elif act == "merge":
        merge_arguments(cleo, first, second, REASON)
    elif act == "split":
        replies = list(first.children.values_list("pk", flat=True))[: other % 3]
        text = ArgumentText(claim=f"The second part of {first.pk}.")
        split_argument(
            cleo, first, f"The first part of {first.pk}.", text, replies, "both" if side else "first", REASON
        )
    else:
        active = list(Rearrangement.objects.filter(undone_at=None).order_by("pk"))
        if active:
            undo_rearrangement(cleo, active[one % len(active)], BACK)


def undo_all(world: World) -> None:
    """Undo what stands, the newest first."""
    while (last := Rearrangement.objects.filter(undone_at=None).order_by("-pk").first()) is not None:
        assert undo_rearrangement(world.cast.cleo, last, BACK)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(ACTS), st.integers(0, 16), st.integers(0, 16), st.booleans()), max_size=7
    )
)
def test_after_undoing_all_everything_stands_as_at_first(
    world: World, acts: list[tuple[str, int, int, bool]]
) -> None:
    with transaction.atomic():
        before, in_order = state_of(world.every), True
        for act, one, other, side in acts:
            with suppress(Refused), transaction.atomic():
                rearrange(world, act, one, other, side)
            check_tree()
            in_order &= act != "undo"
        undo_all(world)
        check_tree()
        after = state_of(world.every)
        if not in_order:
            # What was undone while something else had come to answer it leaves a version behind that says the same.
            before.pop("versions")
        for name, rows in before.items():
            assert after[name] == rows, f"Undoing must give back exactly the {name} that were there."
        transaction.set_rollback(True)


# ------------------------------------------------------------------------------------- what stands in the way


def test_a_later_one_is_undone_first_and_said_by_its_address(cast: Cast, scene: Scene) -> None:
    there = post_argument(cast.dan, scene.thesis, pro("The town is old."))
    first = move_argument(cast.cleo, scene.rebuttal, there, "con", "claim", REASON)
    second = move_argument(cast.cleo, scene.rebuttal, scene.thesis, "con", "claim", REASON)
    with pytest.raises(InTheWay, match="undo that first") as refusal:
        undo_rearrangement(cast.cleo, first, BACK)
    assert refusal.value.first == second
    page = text_of(signed_in(cast.cleo).get(f"/rearrangements/{first.pk}/undo/"))
    assert f"/rearrangements/{second.pk}/undo/" in page
    undo_rearrangement(cast.cleo, second, BACK)
    undo_rearrangement(cast.cleo, first, BACK)
    assert Argument.objects.get(pk=scene.rebuttal.pk).path == scene.rebuttal.path


def test_what_was_left_is_merged_since_so_that_comes_first(cast: Cast, scene: Scene) -> None:
    there = post_argument(cast.dan, scene.thesis, pro("The town is old."))
    move = move_argument(cast.cleo, scene.rebuttal, there, "con", "claim", REASON)
    merge = merge_arguments(cast.cleo, scene.reason, there, REASON)
    with pytest.raises(InTheWay) as refusal:
        undo_rearrangement(cast.cleo, move, BACK)
    assert refusal.value.first == merge, "What it stood under is gone: there is nowhere to go back to."


def test_moves_of_others_do_not_stand_in_the_way(cast: Cast, scene: Scene) -> None:
    there = post_argument(cast.dan, scene.thesis, pro("The town is old."))
    beside = post_argument(cast.dan, scene.reason, pro("And handsome."))
    first = move_argument(cast.cleo, scene.rebuttal, there, "con", "claim", REASON)
    move_argument(cast.cleo, beside, there, "pro", "", REASON)
    move_argument(cast.cleo, there, scene.reason, "pro", "", REASON)
    undo_rearrangement(cast.cleo, first, BACK)
    assert Argument.objects.get(pk=scene.rebuttal.pk).parent == scene.reason
    check_tree()


def test_it_does_not_go_back_under_what_stands_below_it_now(cast: Cast, scene: Scene) -> None:
    move = move_argument(cast.cleo, scene.rebuttal, scene.thesis, "con", "claim", REASON)
    move_argument(cast.cleo, scene.reason, scene.rebuttal, "pro", "", REASON)
    with pytest.raises(Refused, match="stands in the branch"):
        undo_rearrangement(cast.cleo, move, BACK)
    check_tree()


def test_a_link_since_that_would_close_a_circle_is_named(cast: Cast, scene: Scene) -> None:
    below = post_argument(cast.dan, scene.rebuttal, pro("The records say so."))
    move = move_argument(cast.cleo, scene.rebuttal, scene.thesis, "con", "claim", REASON)
    link_argument(cast.dan, scene.reason, below, "pro")
    with pytest.raises(Refused, match="rest on itself"):
        undo_rearrangement(cast.cleo, move, BACK)
    assert Argument.objects.get(pk=scene.rebuttal.pk).parent == scene.thesis


def test_nothing_goes_back_to_where_it_was_placed_by_a_link_since(cast: Cast, scene: Scene) -> None:
    move = move_argument(cast.cleo, scene.rebuttal, scene.thesis, "con", "claim", REASON)
    link_argument(cast.dan, scene.rebuttal, scene.reason, "con", "claim")
    with pytest.raises(InTheWay, match="take it away there first"):
        undo_rearrangement(cast.cleo, move, BACK)
    assert Argument.objects.get(pk=scene.rebuttal.pk).parent == scene.thesis, "It would stand there twice."


def test_a_place_that_another_took_is_not_taken_from_it(cast: Cast, scene: Scene) -> None:
    there = post_argument(cast.dan, scene.thesis, pro("The town is old."))
    move = move_argument(cast.cleo, scene.rebuttal, there, "con", "claim", REASON)
    since = post_argument(cast.dan, scene.reason, con("Not the memory."))
    assert since.path == scene.rebuttal.path
    undo_rearrangement(cast.cleo, move, BACK)
    assert list(scene.reason.children.order_by("path")) == [since, scene.rebuttal]
    check_tree()


def test_it_is_undone_once_and_by_moderators(cast: Cast, scene: Scene) -> None:
    move = move_argument(cast.cleo, scene.rebuttal, scene.thesis, "con", "claim", REASON)
    with pytest.raises(Refused):
        undo_rearrangement(cast.ada, move, BACK)
    with pytest.raises(Refused) as refusal:
        undo_rearrangement(cast.cleo, move, " ")
    assert refusal.value.field == "reason"
    assert undo_rearrangement(cast.cleo, move, BACK)
    assert not undo_rearrangement(cast.cleo, move, BACK), "The second click finds nothing to do."
    entry = LogEntry.objects.get(act=LogEntry.Act.REARRANGE_BACK)
    assert (entry.item_id, entry.reason) == (scene.rebuttal.public_id, BACK)


# ------------------------------------------------------------------------------------------- what a page tells


def test_the_margin_tells_what_was_done_and_names_nothing_that_is_hidden(cast: Cast, scene: Scene) -> None:
    there = post_argument(cast.dan, scene.thesis, pro("The town is old."))
    twin = post_argument(cast.dan, scene.thesis, pro("Old is the town.", elaboration="Look at it."))
    move_argument(cast.cleo, scene.rebuttal, there, "con", "claim", REASON)
    merge_arguments(cast.cleo, twin, there, REASON)
    (told,) = rearrangements_of(scene.rebuttal, NOBODY)
    assert (told.words, told.claim, told.by, told.undo_url) == (
        "Moved here from",
        scene.reason.claim,
        "cleo",
        "",
    )
    assert rearrangements_of(scene.rebuttal, cast.cleo)[0].undo_url
    assert [one.claim for one in wordings_of(there)] == ["Old is the town."]
    assert "Merged" in rearrangements_of(there, cast.ada)[0].words
    hide(cast.cleo, scene.reason, "Rude.")
    (told,) = rearrangements_of(scene.rebuttal, NOBODY)
    assert (told.words, told.claim, told.url) == ("Moved here from another claim", "", "")
    assert rearrangements_of(scene.rebuttal, cast.ada)[0].claim, "Its author reads it."


def test_the_margin_is_drawn_with_its_button(cast: Cast, scene: Scene) -> None:
    twin = post_argument(
        cast.dan,
        scene.thesis,
        pro("Old is the town.", elaboration="Look at it.[^1]", citations=(cite(scene),)),
    )
    merge_arguments(cast.cleo, twin, scene.reason, REASON)
    split = split_argument(
        cast.cleo, scene.reason, "The town is old.", ArgumentText("The town is fair."), [], "first", REASON
    )
    context = {
        "rearrangements": rearrangements_of(scene.reason, cast.cleo),
        "wordings": wordings_of(scene.reason),
    }
    drawn = render_to_string("debates/rearranged.html#rearranged", context)
    assert f"/rearrangements/{split.pk}/undo/" in drawn
    assert split.other.get_absolute_url() in drawn
    wordings = render_to_string("debates/rearranged.html#wordings", context)
    assert "Look at it." in wordings
    assert "[^" not in wordings, "The marks of another list of sources mean nothing here."
    assert "Undo" not in render_to_string(
        "debates/rearranged.html#rearranged", {"rearrangements": rearrangements_of(scene.reason, NOBODY)}
    )


# -------------------------------------------------------------------------------------------- at the same time


def test_two_undo_one_and_what_is_said_meanwhile_stays(crowd: tuple[Cast, Scene]) -> None:  # noqa: F811  # the fixture
    cast, scene = crowd
    twin = post_argument(cast.ben, scene.thesis, pro("The town remembers by its cranes."))
    answer = post_argument(cast.dan, twin, con("Not all of it."))
    merge = merge_arguments(cast.cleo, twin, scene.reason, REASON)

    def reply(number: int) -> int:
        return post_argument(cast.dan, scene.reason, pro(f"Reply {number}.")).pk

    replies: list[Callable[[], int]] = [partial(reply, number) for number in range(4)]
    clicks: list[Callable[[], int]] = [partial(undo_rearrangement, cast.cleo, merge, BACK)] * 2
    outcomes = all_at_once(replies + clicks)
    assert sorted(outcomes[4:]) == [False, True]
    assert scene.reason.children.filter(pk__in=outcomes[:4]).count() == 4
    assert Argument.objects.get(pk=answer.pk).parent == twin
    check_tree()
