"""Two arguments that say the same become one: each person keeps one answer, and no reply, place or citation is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth.models import AbstractUser

from debates.actions.arranging.link_argument import link_argument
from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.arranging.undo_rearrangement import undo_rearrangement
from debates.actions.moderating.hide import hide
from debates.actions.sources.ask_for_source import ask_for_source
from debates.actions.sources.check_citation import check_citation
from debates.actions.weighing.change_mind import change_mind
from debates.actions.weighing.opine import opine
from debates.actions.weighing.rate import rate
from debates.actions.weighing.rate_link import rate_link
from debates.actions.writing.concede import concede
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, Citation, LogEntry, Rating, Rearrangement, SourceRequest, State, Wording
from debates.permissions import Refused
from debates.signals import arguments_rearranged
from forum.accounts.models import User
from tests.conftest import Cast, Scene, con, pro, signed_in
from tests.debates.rearranging import check_tree, cite, note
from tests.debates.test_once import all_at_once, crowd, text_of  # noqa: F401  # a fixture
from tests.seeds.small import SMALL, load, seeded, write

REASON = "The same in other words."


def twin_of(cast: Cast, scene: Scene) -> Argument:
    """Return another argument for the thesis that says what Ada's reason says, by Ben."""
    return post_argument(cast.ben, scene.thesis, pro("The town remembers by its cranes."))


def fresh(argument: Argument) -> Argument:
    """Return an argument as it stands now."""
    return Argument.objects.get(pk=argument.pk)


def many(count: int) -> list[User]:
    """Return some more members."""
    return [
        User.objects.create_user(f"member{number}", f"m{number}@example.org", "x") for number in range(count)
    ]


# ------------------------------------------------------------------------------------------------ what it does


def test_each_person_keeps_one_answer(cast: Cast, scene: Scene) -> None:
    twin, (eve, finn, gus) = twin_of(cast, scene), many(3)
    rate(eve, scene.reason, holds=4, matters=4)
    rate(eve, twin, holds=0, matters=0)
    rate(finn, twin, holds=1, matters=2)
    rate(gus, scene.reason, holds=3)
    rate(gus, scene.reason, holds=None)
    rate(gus, twin, holds=2)
    rate(cast.ada, twin, holds=4)
    merge_arguments(cast.cleo, twin, scene.reason, REASON)
    answers = {
        row.member.username: (row.holds, row.matters) for row in scene.reason.ratings.select_related("member")
    }
    assert answers["member0"] == (4, 4), "Where somebody rated both, what they said of the kept one stands."
    assert answers["member1"] == (1, 2)
    assert answers["member2"] == (2, None), "An answer that was taken back is none."
    assert "ada" not in answers, "Nobody rates their own argument, by no way."
    assert twin.ratings.count() == 4, "What was said first stays as it was said."
    standing = fresh(scene.reason).standing
    assert (standing.holds_sum, standing.holds_count, standing.people) == (7, 3, 3)
    check_tree()


def test_replies_of_both_stand_below_the_one(cast: Cast, scene: Scene) -> None:
    twin = twin_of(cast, scene)
    answer = post_argument(cast.dan, twin, con("Not all of it."))
    below = post_argument(cast.ben, answer, con("All of it."))
    hidden = post_argument(cast.dan, twin, con("Rude."))
    hide(cast.cleo, hidden, "Rude.")
    merge_arguments(cast.cleo, twin, scene.reason, REASON)
    assert {one.pk for one in scene.reason.children.all()} == {scene.rebuttal.pk, answer.pk, hidden.pk}
    assert fresh(below).depth == 3
    assert fresh(answer).answers_revision == scene.reason.revisions.order_by("-number")[0]
    assert fresh(answer).stale_since is None
    check_tree()


def test_both_wordings_are_kept_also_through_two_merges(cast: Cast, scene: Scene) -> None:
    twin = twin_of(cast, scene)
    third = post_argument(cast.dan, scene.thesis, pro("Without cranes, no memory."))
    merge_arguments(cast.cleo, twin, third, REASON)
    merge_arguments(cast.cleo, third, scene.reason, REASON)
    assert set(Wording.objects.filter(argument=scene.reason).values_list("claim", flat=True)) == {
        "The town remembers by its cranes.",
        "Without cranes, no memory.",
    }
    assert Argument.objects.named(twin.public_id) == scene.reason, (
        "The oldest address leads on to what stands."
    )
    assert fresh(twin).state == State.REMOVED


def test_citations_are_joined_after_those_that_stand_there(cast: Cast, scene: Scene) -> None:
    shared, own = cite(scene), cite(scene, "40")
    kept = post_argument(
        cast.dan, scene.thesis, pro("Cranes fell.", elaboration="So it was.[^1]", citations=(shared,))
    )
    gone = post_argument(cast.ben, scene.thesis, pro("There were falls.", citations=(own, shared)))
    moved, twice = gone.citations.order_by("position")
    check_citation(cast.ada, moved, "yes")
    check_citation(cast.ada, twice, "partly")
    merge_arguments(cast.cleo, gone, kept, REASON)
    rows = list(kept.citations.order_by("position"))
    assert [(row.position, row.locator) for row in rows] == [(1, "12"), (2, "40")], (
        "[^1] must mean what it meant."
    )
    assert rows[1].pk == moved.pk, "The row goes along, with its address."
    balances = {row.locator: (row.said_yes, row.said_partly) for row in kept.citations.with_balance()}  # type: ignore[attr-defined]  # annotated
    assert balances == {"12": (0, 1), "40": (1, 0)}, "What was checked for the one is checked for both."
    with pytest.raises(Refused, match="edited meanwhile"):
        edit_argument(cast.dan, kept, pro("Cranes fell.", citations=(shared,)), 1)


def test_no_place_is_lost(cast: Cast, scene: Scene) -> None:
    above = post_argument(cast.dan, scene.thesis, con("The quay needs room."))
    gone = post_argument(cast.ben, above, con("The town remembers by its cranes."))
    eve, finn = many(2)
    rate(eve, gone, holds=4, matters=3)
    rate(finn, gone, matters=1)
    merge_arguments(cast.cleo, gone, scene.reason, REASON)
    link = scene.reason.links.get()
    assert (link.parent, link.stance, link.attacks) == (above, "con", "claim")
    assert (link.matters_sum, link.matters_count) == (4, 2), (
        "It was rated there, and does matter there as much."
    )
    rating = Rating.objects.get(argument=scene.reason)
    assert (rating.member, rating.holds, rating.matters) == (eve, 4, None), (
        "Whether it matters was asked of another place; it says nothing of this one."
    )
    check_tree()


def test_links_of_both_are_links_of_the_one(cast: Cast, scene: Scene) -> None:
    twin, (eve, finn) = twin_of(cast, scene), many(2)
    far = open_debate(
        cast.ada, "Should the quay be rebuilt?", ["The quay should be rebuilt."]
    ).arguments.get()
    near = post_argument(cast.dan, scene.thesis, pro("The town is old."))
    mine, theirs = (
        link_argument(cast.dan, scene.reason, far, "pro"),
        link_argument(cast.dan, twin, far, "pro"),
    )
    rate_link(eve, mine, 4)
    rate_link(eve, theirs, 0)
    rate_link(finn, theirs, 1)
    link_argument(cast.dan, near, twin, "pro")
    merge_arguments(cast.cleo, twin, scene.reason, REASON)
    mine.refresh_from_db()
    assert (mine.matters_sum, mine.matters_count) == (5, 2)
    assert near.links.get().parent == scene.reason
    check_tree()


def test_what_changed_minds_and_what_was_granted_goes_along(cast: Cast, scene: Scene) -> None:
    first = post_argument(cast.dan, scene.reason, con("Half came from elsewhere."))
    (eve,) = many(1)
    change_mind(eve, first, "I had not known.")
    change_mind(cast.ada, first, "Nor I.")
    change_mind(eve, scene.rebuttal, "So they did.")
    concede(cast.ada, first, "True, but no matter.")
    merge_arguments(cast.cleo, first, scene.rebuttal, REASON)
    said = {row.member.username: row.why for row in scene.rebuttal.deltas.select_related("member")}
    assert said == {"member0": "So they did.", "ada": "Nor I."}
    assert scene.rebuttal.concessions.get().member == cast.ada


def test_who_waits_for_a_source_waits_on_or_is_told(cast: Cast, scene: Scene) -> None:
    twin = twin_of(cast, scene)
    for member in (cast.ada, cast.dan):
        ask_for_source(member, twin)
    merge_arguments(cast.cleo, twin, scene.reason, REASON)
    open_request = SourceRequest.objects.get(argument=scene.reason)
    assert [member.username for member in open_request.members.all()] == ["dan"], (
        "Nobody waits for a source of their own."
    )
    cited = post_argument(cast.ben, scene.thesis, pro("Cranes are the memory.", citations=(cite(scene),)))
    merge = merge_arguments(cast.cleo, cited, scene.reason, REASON)
    open_request.refresh_from_db()
    assert open_request.filled_at is not None
    undo_rearrangement(cast.cleo, merge, "They differ.")
    open_request.refresh_from_db()
    assert open_request.filled_at is None


def test_two_theses_become_one_with_the_opinions_of_both(cast: Cast, scene: Scene) -> None:
    debate = open_debate(cast.ada, "Rebuild the quay?", ["It should be rebuilt.", "One should rebuild it."])
    kept, gone = debate.arguments.order_by("path")
    opine(cast.ben, kept, 1, "before")
    opine(cast.ben, gone, 6, "before")
    opine(cast.dan, gone, 5, "before")
    post_argument(cast.ben, gone, con("It is too dear."))
    merge_arguments(cast.cleo, gone, kept, REASON)
    assert {(row.member.username, row.before) for row in kept.opinions.select_related("member")} == {
        ("ben", 1),
        ("dan", 5),
    }
    assert kept.children.count() == 1
    check_tree()


def test_tags_are_joined_and_a_charge_stays_with_a_con(cast: Cast, scene: Scene) -> None:
    above = post_argument(cast.dan, scene.thesis, pro("The town is old.", topic_tags=("age",)))
    twin = post_argument(cast.dan, above, con("Half came from abroad.", topic_tags=("trade",)))
    merge_arguments(cast.cleo, scene.rebuttal, twin, REASON)
    assert {row.tag.name for row in twin.argument_tags.select_related("tag")} == {"trade", "factual error"}
    assert {"trade", "factual-error"} == set(twin.revisions.order_by("-number")[0].tags)
    third = post_argument(cast.dan, scene.thesis, pro("There was trade."))
    merge_arguments(cast.cleo, twin, third, REASON)
    assert "factual error" not in {row.tag.name for row in third.argument_tags.select_related("tag")}


def test_who_rated_what_is_gone_is_told(cast: Cast, scene: Scene) -> None:
    heard: list[object] = []

    def hear(raters: object, **_signal: object) -> None:
        heard.append(raters)

    twin = twin_of(cast, scene)
    rate(cast.dan, twin, holds=3)
    arguments_rearranged.connect(hear)
    try:
        merge = merge_arguments(cast.cleo, twin, scene.reason, REASON)
        undo_rearrangement(cast.cleo, merge, "They differ.")
    finally:
        arguments_rearranged.disconnect(hear)
    assert heard == [[cast.dan.pk], [cast.dan.pk]]
    assert LogEntry.objects.get(act=LogEntry.Act.MERGE).reason == REASON


# ---------------------------------------------------------------------------------------- undoing it, afterwards


def test_what_came_since_stays_on_the_kept_one(cast: Cast, scene: Scene) -> None:
    twin, (eve, finn) = twin_of(cast, scene), many(2)
    rate(eve, twin, holds=1, matters=1)
    old = post_argument(cast.dan, twin, con("Not all of it."))
    merge = merge_arguments(cast.cleo, twin, scene.reason, REASON)
    rate(eve, scene.reason, holds=4)
    rate(finn, scene.reason, holds=3)
    since = post_argument(cast.dan, scene.reason, con("Since then."))
    undo_rearrangement(cast.cleo, merge, "They differ.")
    assert fresh(since).parent == scene.reason
    assert fresh(old).parent == twin
    assert {row.member.username: row.holds for row in scene.reason.ratings.select_related("member")} == {
        "member0": 4,
        "member1": 3,
    }
    assert twin.ratings.get().holds == 1
    assert since.answers_revision is not None
    check_tree()


def test_what_its_author_has_saved_since_stays_and_the_other_cites_it_again(cast: Cast, scene: Scene) -> None:
    gone = post_argument(cast.ben, scene.thesis, pro("There were falls.", citations=(cite(scene, "40"),)))
    check_citation(cast.dan, gone.citations.get(), "yes")
    merge = merge_arguments(cast.cleo, gone, scene.reason, REASON)
    text = pro("The cranes are our memory.", elaboration="They fell.[^1]", citations=(cite(scene, "40"),))
    edit_argument(cast.ada, scene.reason, text, 2)
    undo_rearrangement(cast.cleo, merge, "They differ.")
    assert [row.locator for row in scene.reason.citations.all()] == ["40"], "Her footnote refers to it."
    again = Citation.objects.with_balance().get(argument=gone)
    assert (again.locator, again.said_yes) == ("40", 1)  # type: ignore[attr-defined]  # annotated
    assert scene.reason.revisions.count() == 3


def test_what_was_said_of_its_further_place_goes_back_with_it(cast: Cast, scene: Scene) -> None:
    above = post_argument(cast.dan, scene.thesis, con("The quay needs room."))
    gone = post_argument(cast.ben, above, con("The town remembers by its cranes."))
    (eve,) = many(1)
    merge = merge_arguments(cast.cleo, gone, scene.reason, REASON)
    rate_link(eve, scene.reason.links.get(), 4)
    undo_rearrangement(cast.cleo, merge, "They differ.")
    assert not scene.reason.links.exists()
    assert gone.ratings.get().matters == 4, "Eve said that it matters there; it stands there again."
    check_tree()


# --------------------------------------------------------------------------------------------- what it refuses


@pytest.mark.parametrize("who", ["ada", "dan"])
def test_only_moderators_merge(cast: Cast, scene: Scene, who: str) -> None:
    member: AbstractUser = getattr(cast, who)
    twin = twin_of(cast, scene)
    with pytest.raises(Refused):
        merge_arguments(member, twin, scene.reason, REASON)
    assert signed_in(cast.dan).get(f"{twin.get_absolute_url()}merge/").status_code == 403


def test_what_cannot_be_one_stays_two(cast: Cast, scene: Scene) -> None:
    twin, against = twin_of(cast, scene), post_argument(cast.ben, scene.thesis, con("They rust."))
    remark = post_argument(cast.dan, scene.thesis, note("Which cranes?"))
    rude = post_argument(cast.dan, scene.thesis, pro("Rude."))
    hide(cast.cleo, rude, "Rude.")
    below = post_argument(cast.dan, scene.thesis, pro("By way of a link."))
    link_argument(cast.dan, below, scene.rebuttal, "pro")
    premise = post_argument(cast.ben, scene.thesis, pro("A premise."))
    Argument.objects.filter(pk=premise.pk).update(joint_with=twin)
    third = post_argument(cast.ben, scene.thesis, pro("A third."))
    for gone, kept, words in (
        (scene.reason, scene.reason, "itself"),
        (scene.reason, scene.thesis, "thesis"),
        (scene.reason, against, "One speaks for"),
        (scene.rebuttal, scene.reason, "in the branch"),
        (scene.reason, scene.rebuttal, "in the branch"),
        (scene.reason, below, "by way of a link"),
        (below, scene.reason, "by way of a link"),
        (third, rude, "not shown"),
        (third, remark, "is a note"),
        (twin, third, "other premises"),
        (third, fresh(premise), "other premises"),
    ):
        with pytest.raises(Refused, match=words):
            merge_arguments(cast.cleo, fresh(gone), fresh(kept), REASON)
    assert not Rearrangement.objects.exists()
    check_tree()


def test_the_only_thesis_of_a_debate_is_not_merged_away(cast: Cast, scene: Scene) -> None:
    far = open_debate(cast.ada, "Keep the cranes?", ["The cranes should be kept."]).arguments.get()
    with pytest.raises(Refused, match="only thesis"):
        merge_arguments(cast.cleo, far, scene.thesis, REASON)


def test_a_seed_that_answers_what_was_merged_answers_what_stands(cast: Cast, tmp_path: Path) -> None:
    load(write(tmp_path, cranes=SMALL))
    kept = post_argument(cast.ada, seeded("keep"), pro("The town remembers by its cranes."))
    merge_arguments(cast.cleo, seeded("memory"), kept, REASON)
    more = SMALL.replace(
        "          - id: foreign\n",
        "          - {id: late, stance: pro, claim: It came late.}\n          - id: foreign\n",
    ).replace("claim: Half of the cranes", "claim: Most of the cranes")
    load(write(tmp_path, cranes=more))
    assert seeded("late").parent == kept
    assert (seeded("foreign").parent, seeded("foreign").claim[:4]) == (kept, "Most")
    assert all(seeded(name).path.startswith(fresh(kept).path) for name in ("late", "foreign", "welcome"))


# -------------------------------------------------------------------------------------------------- its pages


def test_merging_and_undoing_on_the_pages(cast: Cast, scene: Scene) -> None:
    twin, cleo = twin_of(cast, scene), signed_in(cast.cleo)
    address = f"{twin.get_absolute_url()}merge/"
    assert f"?other={scene.reason.public_id}" in text_of(cleo.get(address)), (
        "The two share most of their words."
    )
    page = text_of(cleo.get(address, {"other": scene.reason.get_absolute_url()}))
    assert page.count(scene.reason.claim) >= 2
    assert text_of(cleo.get(address, {"other": twin.public_id})).count('class="wrong"') == 1
    form = {"other": scene.reason.public_id, "kept": scene.reason.public_id}
    assert cleo.post(address, form).status_code == 422
    answer = cleo.post(address, form | {"reason": REASON})
    assert answer.headers["Location"] == scene.reason.get_absolute_url()
    merge = Rearrangement.objects.get()
    undo = f"/rearrangements/{merge.pk}/undo/"
    assert signed_in(cast.ada).post(undo, {"reason": "x"}).status_code == 403
    assert cleo.post(undo, {}).status_code == 422
    assert cleo.post(undo, {"reason": "They differ."}).headers["Location"] == twin.get_absolute_url()
    assert "undone already" in text_of(cleo.get(undo))


# -------------------------------------------------------------------------------------------- at the same time


def test_of_two_merges_the_other_way_round_at_once_one_holds(crowd: tuple[Cast, Scene]) -> None:  # noqa: F811  # the fixture
    cast, scene = crowd

    def merge(gone: Argument, kept: Argument) -> str:
        try:
            merge_arguments(cast.cleo, gone, kept, REASON)
        except Refused as refusal:
            return str(refusal.status)
        return "merged"

    for turn in range(4):
        one = post_argument(cast.ben, scene.thesis, pro(f"One {turn}."))
        other = post_argument(cast.dan, scene.thesis if turn % 2 else scene.reason, pro(f"Other {turn}."))
        outcomes = all_at_once([partial(merge, one, other), partial(merge, other, one)])
        assert sorted(outcomes) == ["409", "merged"], f"Two moderators, one outcome: {outcomes}"
        check_tree()


def test_what_is_said_during_a_merge_is_below_what_stands_or_comes_back(crowd: tuple[Cast, Scene]) -> None:  # noqa: F811  # the fixture
    cast, scene = crowd
    twin = twin_of(cast, scene)

    def reply(number: int) -> object:
        try:
            return post_argument(cast.dan, twin, pro(f"Reply {number}.")).pk
        except Refused as refusal:
            return str(refusal.status)

    def answer(member: User) -> object:
        try:
            return rate(member, twin, holds=3)
        except Refused as refusal:
            return str(refusal.status)

    members = many(4)

    def merging() -> int:
        return merge_arguments(cast.cleo, twin, scene.reason, REASON).pk

    replies: list[Callable[[], object]] = [partial(reply, number) for number in range(6)]
    answers: list[Callable[[], object]] = [partial(answer, member) for member in members]
    outcomes = all_at_once([*replies, *answers, merging])
    posted = [one for one in outcomes[:6] if isinstance(one, int)]
    assert set(outcomes[:6]) - set(posted) <= {"409"}, outcomes
    assert scene.reason.children.filter(pk__in=posted).count() == len(posted), "A reply was lost."
    assert not twin.children.exists()
    assert scene.reason.ratings.count() == outcomes[6:10].count(True), "An answer was lost."
    check_tree()
