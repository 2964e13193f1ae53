"""Grant a point to the other side: true, but it does not carry the claim above."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.writing.concede import concede, unconcede
from debates.actions.writing.post_argument import post_argument
from debates.models import Concession, Standing
from debates.models.visibility import NOBODY
from debates.permissions import Refused
from debates.signals import argument_conceded
from debates.views.parts.conceded import conceded_at
from tests.conftest import Cast, Scene, con, pro, signed_in
from tests.debates.test_once import all_at_once, crowd, text_of  # noqa: F401  # a fixture


def refusal_of[**P](act: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Refused:
    """Return the refusal that an act meets."""
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value


@contextmanager
def announced() -> Iterator[list[Concession]]:
    """Collect what is announced."""
    heard: list[Concession] = []

    def hear(concession: Concession, **_signal: Any) -> None:
        """Keep it. Any: a signal's words."""
        heard.append(concession)

    argument_conceded.connect(hear)
    try:
        yield heard
    finally:
        argument_conceded.disconnect(hear)


def address(scene: Scene) -> str:
    """Return the page on which a point is granted."""
    return reverse("concede", args=[scene.rebuttal.public_id])


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_either_of_the_two_who_disagree_grants_the_other_a_point_and_takes_it_back(
    cast: Cast, scene: Scene, who: str
) -> None:
    member = getattr(cast, who)
    with announced() as heard:
        assert concede(member, scene.rebuttal, "It says  little.")
        assert not concede(member, scene.rebuttal, "It says little."), "Said twice is said once."
        assert concede(member, scene.rebuttal, "It says nothing of memory.")
    assert [(one.member, one.argument) for one in heard] == [(member, scene.rebuttal)]
    assert Concession.objects.get().why == "It says nothing of memory."
    assert unconcede(member, scene.rebuttal)
    assert not unconcede(member, scene.rebuttal)


@pytest.mark.parametrize("who", ["dan", "cleo"])
def test_nobody_grants_for_others(cast: Cast, scene: Scene, who: str) -> None:
    member = getattr(cast, who)
    assert refusal_of(concede, member, scene.rebuttal).status == 403
    assert signed_in(member).get(address(scene)).status_code == 403
    concede(cast.ada, scene.rebuttal)
    assert not unconcede(member, scene.rebuttal)
    assert Concession.objects.exists(), "What one granted, nobody else takes back."


def test_there_is_nothing_to_grant_where_nobody_objects(cast: Cast, scene: Scene) -> None:
    against_thesis = post_argument(cast.ben, scene.thesis, con("They rust."))
    own = post_argument(cast.ada, scene.reason, con("I was wrong."))
    for member, argument, status in (
        (cast.ada, scene.reason, 403),  # a pro
        (cast.ada, scene.thesis, 403),
        (cast.ada, own, 403),  # both are hers
        (cast.ben, against_thesis, 409),  # a thesis carries nothing that it could fail to carry
        (NOBODY, scene.rebuttal, 401),
    ):
        assert refusal_of(concede, member, argument).status == status
    assert concede(cast.ada, against_thesis), "Who wrote the thesis may grant what speaks against it."


def test_in_a_locked_branch_and_of_what_is_gone_nothing_is_granted(cast: Cast, scene: Scene) -> None:
    concede(cast.ada, scene.rebuttal)
    lock(cast.cleo, scene.reason, "Settled.")
    assert refusal_of(concede, cast.ben, scene.rebuttal).status == 409
    assert refusal_of(unconcede, cast.ada, scene.rebuttal).status == 409
    scene.reason.refresh_from_db()
    scene.reason.locked_at = None
    scene.reason.save()
    hide(cast.cleo, scene.rebuttal, "It insults.")
    assert refusal_of(concede, cast.ben, scene.rebuttal).status == 409


def test_a_sentence_that_is_too_long_is_refused_at_its_field(cast: Cast, scene: Scene) -> None:
    assert refusal_of(concede, cast.ada, scene.rebuttal, "y" * 301).field == "why"
    assert refusal_of(concede, cast.ada, scene.rebuttal, "\0").field == "why"


def test_no_standing_changes_by_it(cast: Cast, scene: Scene) -> None:
    def standings() -> list[tuple[int, float, float]]:
        return list(Standing.objects.order_by("pk").values_list("pk", "strength", "weight"))

    before = standings()
    concede(cast.ada, scene.rebuttal)
    concede(cast.ben, scene.rebuttal)
    assert standings() == before, "What the two say of each other is no review of either claim."


def test_granted_twice_at_once_it_is_granted_once(crowd: tuple[Cast, Scene]) -> None:  # noqa: F811  # the fixture
    cast, scene = crowd
    assert sum(all_at_once([lambda: concede(cast.ada, scene.rebuttal, "So be it.")] * 8)) == 1
    assert Concession.objects.count() == 1


# -------------------------------------------------------------------------------------------------- the pages


def test_the_page_grants_changes_and_takes_back(cast: Cast, scene: Scene) -> None:
    ada = signed_in(cast.ada)
    assert scene.rebuttal.claim in text_of(ada.get(address(scene)))
    assert ada.post(address(scene), {"why": "So be it."}).status_code == 302
    page = text_of(ada.get(address(scene)))
    assert "So be it." in page
    assert "Take it back" in page
    answer = ada.post(address(scene), {"why": "y" * 301})
    assert (answer.status_code, "y" * 301 in text_of(answer)) == (422, True)
    assert ada.post(address(scene), {"take_back": "1"}).status_code == 302
    assert not Concession.objects.exists()


def test_who_wrote_the_objection_is_asked_about_the_claim_above(cast: Cast, scene: Scene) -> None:
    page = text_of(signed_in(cast.ben).get(address(scene)))
    assert "You speak against this claim." in page


def test_a_visitor_signs_in_and_finds_the_sentence_again(cast: Cast, scene: Scene) -> None:
    visitor = Client()
    visitor.post(address(scene), {"why": "Typed before."})
    visitor.force_login(cast.ada)
    assert "Typed before." in text_of(visitor.get(address(scene)))


def test_what_was_granted_can_be_taken_back_whatever_became_of_it(cast: Cast, scene: Scene) -> None:
    concede(cast.ben, scene.rebuttal)
    hide(cast.cleo, scene.rebuttal, "It insults.")
    ben = signed_in(cast.ben)
    assert ben.get(address(scene)).status_code == 200
    ben.post(address(scene), {"take_back": "1"})
    assert not Concession.objects.exists()


def test_the_card_says_who_granted_what(cast: Cast, scene: Scene, django_assert_num_queries: Any) -> None:
    concede(cast.ada, scene.rebuttal, "It says <nothing> of memory.")
    concede(cast.ben, scene.rebuttal)
    pro_beside = post_argument(cast.ada, scene.thesis, pro("They are listed."))
    with django_assert_num_queries(1):
        granted = conceded_at([scene.rebuttal.pk, pro_beside.pk], NOBODY)
    assert list(granted) == [scene.rebuttal.pk]
    drawn = render_to_string("debates/conceded.html#conceded", {"conceded": granted[scene.rebuttal.pk]})
    assert '<a href="/members/ada/"><bdi>ada</bdi></a> grants this: true, but the claim above stands' in drawn
    assert "It says &lt;nothing&gt; of memory." in drawn
    assert "<bdi>ben</bdi></a> grants the claim above: true, but it does not carry" in drawn
    assert not render_to_string("debates/conceded.html#conceded", {"conceded": []}).strip()


def test_who_has_no_part_in_it_any_more_is_not_quoted(cast: Cast, scene: Scene) -> None:
    concede(cast.ada, scene.rebuttal)
    scene.rebuttal.parent = post_argument(cast.dan, scene.thesis, pro("Moved here since."))
    scene.rebuttal.save(update_fields=["parent"])
    assert conceded_at([scene.rebuttal.pk], NOBODY) == {}
