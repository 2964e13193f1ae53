"""Joint premises: several arguments that only work together, each answered by itself; and let one of them stand alone."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from debates.actions.arranging.bundle import MOST_PREMISES, bundle_key, bundle_of
from debates.actions.arranging.part_premise import part_premise
from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import Argument, Rating, State
from debates.permissions import Refused
from tests.conftest import Cast, Scene, con, pro, signed_in
from tests.debates.test_once import NO_CITATION, all_at_once, crowd, text_of  # noqa: F401  # a fixture


def with_premises(cast: Cast, scene: Scene, count: int = 2) -> list[Argument]:
    """Return Ada's reason with further premises, the leading one first."""
    further = [
        post_argument(cast.ada, scene.thesis, pro(f"Premise {number}."), joint_with=scene.reason)
        for number in range(1, count)
    ]
    return [scene.reason, *further]


def refusal_of[**P](act: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Refused:
    """Return the refusal that an act meets."""
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value


def bundles(scene: Scene) -> list[set[str]]:
    """Return the claims under the thesis, bundle by bundle, as they stand now."""
    found: dict[int, set[str]] = {}
    for argument in scene.thesis.children.order_by("path"):
        found.setdefault(bundle_key(argument), set()).add(argument.claim)
    return list(found.values())


def address(argument: Argument) -> str:
    """Return the page of an argument's premises."""
    return reverse("premise", args=[argument.public_id])


def a_form(claim: str, **more: str) -> dict[str, str]:
    """Return what the form of a premise sends."""
    return {**NO_CITATION, "claim": claim, "key": str(uuid.uuid4()), **more}


# ------------------------------------------------------------------------------------------------- joining


def test_a_further_premise_stands_beside_the_first_and_works_together_with_it(
    cast: Cast, scene: Scene
) -> None:
    first, second, third = with_premises(cast, scene, 3)
    assert (second.parent, second.stance, second.joint_with) == (scene.thesis, "pro", first)
    assert first.joint_with is None, "The leading premise points to none."
    fourth = post_argument(cast.ada, scene.thesis, pro("Premise 4."), joint_with=third)
    assert fourth.joint_with == first, "Whichever premise is named, all point to the leading one."
    assert list(bundle_of(third)) == [first, second, third, fourth]
    assert len(bundles(scene)) == 1
    assert post_argument(cast.ben, second, con("Not that.")).parent == second, "Each is answered by itself."


@pytest.mark.parametrize("who", ["ben", "cleo"])
def test_only_its_author_adds_a_premise(cast: Cast, scene: Scene, who: str) -> None:
    member = getattr(cast, who)
    refusal = refusal_of(post_argument, member, scene.thesis, pro("Mine."), joint_with=scene.reason)
    assert refusal.status == 403
    assert signed_in(member).get(address(scene.reason)).status_code == 403
    assert "/login/" in Client().get(address(scene.reason))["Location"]


def test_premises_answer_one_claim_on_one_side(cast: Cast, scene: Scene) -> None:
    own = post_argument(cast.ada, scene.rebuttal, pro("So they did."))
    for parent, text in (
        (scene.rebuttal, pro("Elsewhere.")),
        (scene.thesis, con("Against.")),
        (scene.thesis, pro("x", kind="note")),
    ):
        refusal = refusal_of(post_argument, cast.ada, parent, text, joint_with=scene.reason)
        assert refusal.status == 409
    assert (
        refusal_of(post_argument, cast.ada, scene.rebuttal, pro("x"), joint_with=scene.thesis).status == 403
    )
    assert bundle_of(own).count() == 1


def test_neither_what_is_gone_nor_a_locked_branch_takes_a_premise(cast: Cast, scene: Scene) -> None:
    def add() -> Argument:
        return post_argument(cast.ada, scene.thesis, pro("One more."), joint_with=scene.reason)

    lock(cast.cleo, scene.reason, "Settled.")
    assert refusal_of(add).status == 409
    Argument.objects.update(locked_at=None)
    withdraw_argument(cast.ada, scene.reason)
    assert refusal_of(add).status == 409


def test_a_bundle_has_an_end(cast: Cast, scene: Scene) -> None:
    with_premises(cast, scene, MOST_PREMISES)
    refusal = refusal_of(post_argument, cast.ada, scene.thesis, pro("x"), joint_with=scene.reason)
    assert (refusal.status, f"{MOST_PREMISES} premises" in refusal.sentence) == (409, True)


def test_of_many_premises_at_once_no_more_come_in_than_fit(crowd: tuple[Cast, Scene]) -> None:  # noqa: F811  # the fixture
    cast, scene = crowd

    def add() -> bool:
        try:
            post_argument(cast.ada, scene.thesis, pro("At once."), joint_with=scene.reason)
        except Refused:
            return False
        return True

    assert sum(all_at_once([add] * 10)) == MOST_PREMISES - 1
    assert bundle_of(scene.reason).count() == MOST_PREMISES


def test_a_rated_argument_may_be_joined_for_it_never_gains_by_that(cast: Cast, scene: Scene) -> None:
    Rating.objects.create(argument=scene.reason, member=cast.ben, holds=4)
    assert len(with_premises(cast, scene)) == 2


def test_a_premise_does_not_change_sides_while_it_works_with_others(cast: Cast, scene: Scene) -> None:
    first, second = with_premises(cast, scene)
    for premise in (first, second):
        refusal = refusal_of(edit_argument, cast.ada, premise, con("Turned."), 1)
        assert (refusal.field, refusal.status) == ("stance", 409)
        assert edit_argument(cast.ada, premise, pro("Said better."), 1), "Its words may change."
    part_premise(cast.ada, second)
    assert edit_argument(cast.ada, second, con("Turned."), 2)


def test_what_remains_is_a_bundle_when_the_leading_premise_is_gone(cast: Cast, scene: Scene) -> None:
    first, second, third = with_premises(cast, scene, 3)
    withdraw_argument(cast.ada, first)
    shown = bundle_of(third).filter(state=State.PUBLISHED)
    assert list(shown) == [second, third]
    assert bundle_key(second) == bundle_key(third)
    assert post_argument(cast.ada, scene.thesis, pro("One more."), joint_with=third).joint_with == first


# -------------------------------------------------------------------------------------------------- parting


def test_a_premise_is_let_stand_alone(cast: Cast, scene: Scene) -> None:
    _first, second, _third = with_premises(cast, scene, 3)
    assert part_premise(cast.ada, second)
    assert bundles(scene) == [{scene.reason.claim, "Premise 2."}, {"Premise 1."}]
    assert not part_premise(cast.ada, second), "It stands alone already."


def test_where_the_leading_premise_leaves_the_next_one_leads(cast: Cast, scene: Scene) -> None:
    first, second, third = with_premises(cast, scene, 3)
    assert part_premise(cast.ada, first)
    assert bundles(scene) == [{scene.reason.claim}, {"Premise 1.", "Premise 2."}]
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.joint_with, third.joint_with) == (None, second)


def test_only_its_author_parts_a_premise_and_only_until_others_rated_the_bundle(
    cast: Cast, scene: Scene
) -> None:
    first, second = with_premises(cast, scene)
    assert refusal_of(part_premise, cast.cleo, second).status == 403
    rating = Rating.objects.create(argument=first, member=cast.ben, holds=3)
    refusal = refusal_of(part_premise, cast.ada, second)
    assert refusal.status == 409
    assert "as parts of one argument" in refusal.sentence
    Rating.objects.filter(pk=rating.pk).update(holds=None)
    assert part_premise(cast.ada, second), "What was taken back binds nobody."


# -------------------------------------------------------------------------------------------------- the page


def test_the_page_adds_a_premise_on_the_side_of_its_argument(cast: Cast, scene: Scene) -> None:
    ada = signed_in(cast.ada)
    page = text_of(ada.get(address(scene.reason)))
    assert scene.reason.claim in page
    assert 'name="stance"' not in page, "The side is that of the argument."
    form = a_form("They are listed.", elaboration="Since 1950.")
    answers = [ada.post(address(scene.reason), form) for _ in range(2)]
    posted = Argument.objects.get(claim="They are listed.")
    assert {answer["Location"] for answer in answers} == {posted.get_absolute_url()}
    assert (posted.joint_with, posted.stance, posted.parent) == (scene.reason, "pro", scene.thesis)
    assert posted.elaboration == "Since 1950."


def test_nothing_typed_is_lost(cast: Cast, scene: Scene) -> None:
    ada = signed_in(cast.ada)
    for form, status in (
        (a_form("y" * 301), 422),
        (a_form("A premise.", elaboration="Because.", preview="1"), 200),
        (a_form("A premise.", elaboration="Because.", more="1"), 200),
    ):
        answer = ada.post(address(scene.reason), form)
        assert answer.status_code == status
        assert form["claim"] in text_of(answer)
    hide(cast.cleo, scene.reason, "It insults.")
    answer = ada.post(address(scene.reason), a_form("Too late.", elaboration="Because."))
    assert answer.status_code == 409
    assert "Too late." in text_of(answer)
    assert Argument.objects.count() == 3


def test_a_visitor_signs_in_and_finds_the_premise_again(cast: Cast, scene: Scene) -> None:
    visitor = Client()
    visitor.post(address(scene.reason), a_form("Typed before."))
    visitor.force_login(cast.ada)
    assert "Typed before." in text_of(visitor.get(address(scene.reason)))


def test_a_button_lets_a_premise_stand_alone(cast: Cast, scene: Scene) -> None:
    _first, second = with_premises(cast, scene)
    ada = signed_in(cast.ada)
    assert "Let it stand alone" in text_of(ada.get(address(scene.reason)))
    assert ada.post(address(scene.reason), {"part": second.public_id}).status_code == 302
    assert len(bundles(scene)) == 2
    assert "Let it stand alone" not in text_of(ada.get(address(scene.reason)))
    assert (
        signed_in(cast.ben).post(address(scene.reason), {"part": scene.reason.public_id}).status_code == 403
    )


def test_a_thesis_has_no_premises(cast: Cast, scene: Scene) -> None:
    ada = signed_in(cast.ada)
    assert ada.get(address(scene.thesis)).status_code == 403
    assert ada.post(address(scene.thesis), a_form("x")).status_code == 403
