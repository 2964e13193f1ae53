"""A claim that says two things becomes two: each reply and rating goes where the one who splits says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from debates.actions.arranging.split_argument import split_argument
from debates.actions.arranging.undo_check import InTheWay
from debates.actions.arranging.undo_rearrangement import undo_rearrangement
from debates.actions.moderating.hide import hide
from debates.actions.sources.check_citation import check_citation
from debates.actions.weighing.rate import rate
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.models import Argument, LogEntry, Rearrangement, State
from debates.permissions import Refused
from tests.conftest import Cast, Scene, con, pro, signed_in
from tests.debates.rearranging import check_tree, cite
from tests.debates.test_once import all_at_once, crowd, text_of  # noqa: F401  # a fixture

REASON = "It says two things."
FIRST, SECOND = "The cranes are seen.", "The cranes are remembered."


def fresh(argument: Argument) -> Argument:
    """Return an argument as it stands now."""
    return Argument.objects.get(pk=argument.pk)


def a_composite(cast: Cast, scene: Scene) -> tuple[Argument, Argument, Argument]:
    """Return a claim of Ada's that says two things, cited, checked and rated, and an answer to each."""
    whole = post_argument(
        cast.ada,
        scene.thesis,
        pro(
            "The cranes are seen and remembered.",
            topic_tags=("memory",),
            citations=(cite(scene), cite(scene, "40")),
        ),
    )
    check_citation(cast.dan, whole.citations.order_by("position")[0], "yes")
    rate(cast.dan, whole, holds=3, matters=2)
    rate(cast.ben, whole, holds=1)
    return (
        whole,
        post_argument(cast.ben, whole, con("Not seen.")),
        post_argument(cast.ben, whole, con("Not remembered.")),
    )


def split(cast: Cast, whole: Argument, second: Argument, ratings: str = "first") -> Rearrangement:
    """Split a claim; one reply goes to the second part."""
    return split_argument(cast.cleo, whole, FIRST, ArgumentText(SECOND), [second.pk], ratings, REASON)  # type: ignore[arg-type]  # tests try both


# ------------------------------------------------------------------------------------------------ what it does


def test_the_first_keeps_its_address_and_the_second_stands_beside_it(cast: Cast, scene: Scene) -> None:
    whole, seen, remembered = a_composite(cast, scene)
    text = ArgumentText(SECOND, citations=(cite(scene, "40"),))
    new = split_argument(cast.cleo, whole, FIRST, text, [remembered.pk], "first", REASON).other
    whole = fresh(whole)
    assert (whole.claim, new.claim) == (FIRST, SECOND)
    assert (new.parent, new.stance, new.author) == (whole.parent, "pro", cast.ada)
    assert [row.tag.name for row in new.argument_tags.all()] == ["memory"]
    assert [row.locator for row in new.citations.all()] == ["40"]
    assert whole.citations.count() == 2, "What the first rests on is for its author to say."
    assert (fresh(seen).parent, fresh(remembered).parent) == (whole, new)
    assert (fresh(seen).stale_since is None, fresh(remembered).stale_since is None) == (False, True), (
        "Who stays with the first answered the whole; who was put under the second answers that."
    )
    assert whole.revisions.order_by("-number")[0].note == REASON
    assert LogEntry.objects.get(act=LogEntry.Act.SPLIT).item_id == whole.public_id
    check_tree()


@pytest.mark.parametrize(("ratings", "second"), [("first", []), ("both", [1, 3])])
def test_ratings_stay_with_the_first_or_count_for_both(
    cast: Cast, scene: Scene, ratings: str, second: list[int]
) -> None:
    whole, _seen, remembered = a_composite(cast, scene)
    new = split(cast, whole, remembered, ratings).other
    assert sorted(row.holds or 0 for row in new.ratings.all()) == second
    assert whole.ratings.count() == 2
    assert fresh(new).standing.holds_sum == sum(second)


# --------------------------------------------------------------------------------------------------- undoing it


def test_undone_it_is_one_claim_again_with_its_checks(cast: Cast, scene: Scene) -> None:
    whole, seen, remembered = a_composite(cast, scene)
    row = split(cast, whole, remembered, "both")
    assert whole.citations.with_balance()[0].said_yes == 0, "The source was checked for another claim."  # type: ignore[attr-defined]  # annotated
    undo_rearrangement(cast.cleo, row, "It is one.")
    whole = fresh(whole)
    assert (whole.claim, whole.edited_at, whole.revisions.count()) == (
        "The cranes are seen and remembered.",
        None,
        1,
    )
    assert whole.citations.with_balance()[0].said_yes == 1  # type: ignore[attr-defined]  # annotated
    assert {fresh(one).parent for one in (seen, remembered)} == {whole}
    assert fresh(seen).stale_since is None
    second = fresh(row.other)
    assert (second.state, Argument.objects.named(second.public_id)) == (State.REMOVED, whole)
    check_tree()


@pytest.mark.parametrize("what", ["answered", "rated", "checked", "edited", "hidden", "first edited"])
def test_what_was_built_on_the_second_stands_in_the_way(cast: Cast, scene: Scene, what: str) -> None:
    whole, _seen, remembered = a_composite(cast, scene)
    text = ArgumentText(SECOND, citations=(cite(scene, "40"),))
    row = split_argument(cast.cleo, whole, FIRST, text, [remembered.pk], "both", REASON)
    second = row.other
    if what == "answered":
        post_argument(cast.dan, second, con("Not by me."))
    elif what == "rated":
        rate(cast.dan, second, holds=4)
    elif what == "checked":
        check_citation(cast.dan, second.citations.get(), "yes")
    elif what == "edited":
        edit_argument(cast.ada, second, pro("They are well remembered."), 1)
    elif what == "hidden":
        hide(cast.cleo, second, "Rude.")
    else:
        edit_argument(cast.ada, whole, pro("They are well seen."), 2)
    with pytest.raises(InTheWay, match="so the split stays"):
        undo_rearrangement(cast.cleo, row, "It is one.")
    assert fresh(remembered).parent == second
    check_tree()


# --------------------------------------------------------------------------------------------- what it refuses


def test_what_makes_no_two_claims_is_not_split(cast: Cast, scene: Scene) -> None:
    whole, _seen, remembered = a_composite(cast, scene)
    for first, second in ((FIRST, FIRST), ("", SECOND), (FIRST, " "), (FIRST, "x" * 301)):
        with pytest.raises(Refused):
            split_argument(cast.cleo, whole, first, ArgumentText(second), [], "first", REASON)
    for replies in ([scene.rebuttal.pk], [whole.pk]):
        with pytest.raises(Refused, match="no longer stands here"):
            split_argument(cast.cleo, whole, FIRST, ArgumentText(SECOND), replies, "first", REASON)
    with pytest.raises(Refused):
        split_argument(cast.ada, whole, FIRST, ArgumentText(SECOND), [], "first", REASON)
    edit_argument(cast.ada, whole, pro("Said anew.", citations=(cite(scene),)), 1)
    with pytest.raises(Refused, match="edited meanwhile"):
        split_argument(cast.cleo, whole, FIRST, ArgumentText(SECOND), [], "first", REASON, seen=1)
    assert not Rearrangement.objects.exists()
    assert fresh(remembered).parent == whole


def test_premises_of_an_answer_go_together(cast: Cast, scene: Scene) -> None:
    whole, seen, remembered = a_composite(cast, scene)
    Argument.objects.filter(pk=seen.pk).update(joint_with=remembered)
    with pytest.raises(Refused, match="the same claim") as refusal:
        split(cast, whole, remembered)
    assert refusal.value.field == f"reply-{seen.pk}"
    hide(cast.cleo, seen, "Rude.")
    split(cast, whole, remembered)
    assert fresh(seen).parent_id == fresh(remembered).parent_id, "A hidden premise may be shown again."
    check_tree()


# -------------------------------------------------------------------------------------------------- its page


def test_splitting_on_the_page(cast: Cast, scene: Scene) -> None:
    whole, seen, remembered = a_composite(cast, scene)
    cleo, address = signed_in(cast.cleo), f"{whole.get_absolute_url()}split/"
    assert signed_in(cast.dan).get(address).status_code == 403
    page = text_of(cleo.get(address))
    for words in (whole.claim, seen.claim, remembered.claim, "[2] "):
        assert words in page
    form = {
        "first_claim": FIRST,
        "second_claim": SECOND,
        "citations": [str(whole.citations.order_by("position")[1].pk)],
        f"reply-{seen.pk}": "first",
        f"reply-{remembered.pk}": "second",
        "ratings": "both",
        "seen": "1",
        "key": "0f3c1c2e-5d0b-4c39-9d33-0d8f3a8b7c12",
    }
    bare = cleo.post(address, form)
    assert (bare.status_code, SECOND in text_of(bare)) == (422, True), "What was typed stays in the form."
    done = [cleo.post(address, form | {"reason": REASON}).headers["Location"] for _click in range(2)]
    second = Rearrangement.objects.get().other
    assert done == [second.get_absolute_url()] * 2, "A second click splits nothing."
    assert [row.locator for row in second.citations.all()] == ["40"]
    assert fresh(remembered).parent == second
    stale = cleo.post(address, form | {"reason": REASON, "key": "", f"reply-{remembered.pk}": "first"})
    assert (stale.status_code, SECOND in text_of(stale)) == (409, True)


# -------------------------------------------------------------------------------------------- at the same time


def test_replies_posted_during_a_split_are_below_the_first(crowd: tuple[Cast, Scene]) -> None:  # noqa: F811  # the fixture
    cast, scene = crowd
    whole, _seen, remembered = a_composite(cast, scene)

    def reply(number: int) -> int:
        return post_argument(cast.dan, whole, pro(f"Reply {number}.")).pk

    replies: list[Callable[[], int]] = [partial(reply, number) for number in range(6)]
    outcomes = all_at_once([*replies, lambda: split(cast, whole, remembered).pk])
    assert whole.children.filter(pk__in=outcomes[:6]).count() == 6, "A reply was lost."
    check_tree()
