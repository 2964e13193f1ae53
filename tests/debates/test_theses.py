"""Several theses under one question; and a thesis, which bears on nothing, cannot fail to matter."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.writing.add_thesis import add_thesis
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import MOST_THESES, open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.forms.argument import ArgumentForm, RebuttalForm
from debates.models import Argument
from debates.permissions import Refused
from tests.conftest import Cast, Scene, con, signed_in
from tests.debates.test_once import all_at_once, crowd, text_of  # noqa: F401  # a fixture

SENTENCE = "A thesis stands for itself, so it cannot fail to matter here: say why it is not true."


def a_thesis(claim: str) -> ArgumentText:
    """Return the text of a thesis."""
    return ArgumentText(claim=claim, kind=Argument.Kind.THESIS)


def refusal_of[**P](act: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Refused:
    """Return the refusal that an act meets."""
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value


def address(scene: Scene) -> str:
    """Return the page that adds a thesis."""
    return reverse("add_thesis", args=[scene.debate.slug])


# ---------------------------------------------------------------------------------------- several theses


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_who_opened_a_debate_and_moderators_add_a_thesis(cast: Cast, scene: Scene, who: str) -> None:
    member = getattr(cast, who)
    thesis = add_thesis(member, scene.debate, a_thesis("The cranes should go to a museum."))
    assert (thesis.kind, thesis.parent, thesis.depth, thesis.author) == ("thesis", None, 0, member)
    assert thesis.path > scene.thesis.path
    assert thesis.revisions.count() == 1
    assert post_argument(cast.ben, thesis, con("It is full.")).parent == thesis
    assert thesis.claim in text_of(Client().get(scene.debate.get_absolute_url()))


@pytest.mark.parametrize("who", ["ben", "dan"])
def test_nobody_else_does(cast: Cast, scene: Scene, who: str) -> None:
    member = getattr(cast, who)
    assert refusal_of(add_thesis, member, scene.debate, a_thesis("Mine.")).status == 403
    assert signed_in(member).get(address(scene)).status_code == 403
    assert "/login/" in Client().get(address(scene))["Location"]


def test_a_debate_takes_no_thesis_twice_and_no_more_than_fit(cast: Cast, scene: Scene) -> None:
    refusal = refusal_of(add_thesis, cast.ada, scene.debate, a_thesis(f" {scene.thesis.claim.upper()} "))
    assert (refusal.field, refusal.status) == ("claim", 409)
    for number in range(1, MOST_THESES):
        add_thesis(cast.ada, scene.debate, a_thesis(f"Thesis {number}."))
    assert f"at most {MOST_THESES}" in refusal_of(add_thesis, cast.ada, scene.debate, a_thesis("x")).sentence


def test_a_debate_that_is_locked_or_gone_takes_none(cast: Cast, scene: Scene) -> None:
    lock(cast.cleo, scene.debate, "Settled.")
    assert refusal_of(add_thesis, cast.ada, scene.debate, a_thesis("x")).status == 409
    assert add_thesis(cast.cleo, scene.debate, a_thesis("A moderator’s.")).is_published
    hide(cast.cleo, scene.debate, "It insults.")
    assert refusal_of(add_thesis, cast.cleo, scene.debate, a_thesis("y")).status == 409


def test_a_thesis_takes_no_side(cast: Cast, scene: Scene) -> None:
    assert refusal_of(add_thesis, cast.ada, scene.debate, con("Against.")).status == 400


def test_theses_added_at_once_find_places_of_their_own(crowd: tuple[Cast, Scene]) -> None:  # noqa: F811  # the fixture
    cast, scene = crowd
    made = all_at_once(
        [
            lambda n=n: add_thesis(cast.ada, scene.debate, a_thesis(f"At once {n}."))  # type: ignore[misc]  # mypy does not see the default
            for n in range(6)
        ]
    )
    assert len({thesis.path for thesis in made}) == 6


def test_the_page_adds_one_and_loses_nothing_that_was_typed(cast: Cast, scene: Scene) -> None:
    ada = signed_in(cast.ada)
    assert scene.thesis.claim in text_of(ada.get(address(scene)))
    for claim, status in (("", 422), ("y" * 301, 422), (scene.thesis.claim, 422)):
        answer = ada.post(address(scene), {"claim": claim, "elaboration": "Because."})
        assert answer.status_code == status
        assert "Because." in text_of(answer)
    form = {"claim": "They should go.", "topics": "museum", "key": str(uuid.uuid4())}
    answers = [ada.post(address(scene), form) for _ in range(2)]
    thesis = Argument.objects.get(claim="They should go.")
    assert {answer["Location"] for answer in answers} == {thesis.get_absolute_url()}
    assert [tag.name for tag in thesis.topic_tags] == ["museum"]


def test_a_visitor_signs_in_and_finds_the_thesis_again(cast: Cast, scene: Scene) -> None:
    visitor = Client()
    visitor.post(address(scene), {"claim": "Typed before."})
    visitor.force_login(cast.ada)
    assert "Typed before." in text_of(visitor.get(address(scene)))


# ------------------------------------------------------------------------------- a thesis bears on nothing


def beside_the_point(claim: str = "It is beside the point.") -> ArgumentText:
    """Return the text of a con against the bearing."""
    return ArgumentText(claim=claim, stance="con", attacks="bearing")


def test_nobody_says_of_a_thesis_that_it_does_not_matter(cast: Cast, scene: Scene) -> None:
    refusal = refusal_of(post_argument, cast.ben, scene.thesis, beside_the_point())
    assert (refusal.sentence, refusal.field, refusal.status) == (SENTENCE, "attacks", 400)
    assert post_argument(cast.ben, scene.reason, beside_the_point()).attacks == "bearing"


def test_nor_by_an_edit(cast: Cast, scene: Scene) -> None:
    rust = post_argument(cast.ben, scene.thesis, con("They rust."))
    assert refusal_of(edit_argument, cast.ben, rust, beside_the_point(), 1).sentence == SENTENCE
    rust.refresh_from_db()
    assert rust.attacks == "claim"


def test_the_page_says_so_at_the_field_and_keeps_the_text(cast: Cast, scene: Scene) -> None:
    form = {
        "stance": "con",
        "attacks": "bearing",
        "claim": "It is beside the point.",
        "cite-TOTAL_FORMS": "0",
        "cite-INITIAL_FORMS": "0",
        "key": str(uuid.uuid4()),
    }
    answer = signed_in(cast.ben).post(reverse("reply", args=[scene.thesis.public_id]), form)
    assert answer.status_code == 422
    assert SENTENCE in text_of(answer)
    assert "It is beside the point." in text_of(answer)


@pytest.mark.parametrize("form_class", [ArgumentForm, RebuttalForm])
def test_the_form_of_an_answer_to_a_thesis_does_not_offer_it(
    scene: Scene, form_class: type[ArgumentForm]
) -> None:
    def errors(parent: Argument, **more: str) -> list[object]:
        data = {"claim": "x", "stance": "con", "rebuttal_tags": ["circular"], **more}
        return list(form_class(data, parent=parent).errors.get("attacks", []))

    assert "does not matter" not in str(form_class(parent=scene.thesis)["attacks"])
    assert "does not matter" in str(form_class(parent=scene.reason)["attacks"])
    assert errors(scene.thesis, attacks="bearing") == [SENTENCE]
    assert not errors(scene.reason, attacks="bearing")
    assert not errors(scene.thesis, attacks="claim")
    assert errors(scene.reason), "Below a thesis there are two things to attack."


def test_against_a_thesis_the_side_is_enough(scene: Scene) -> None:
    form = ArgumentForm({"claim": "They rust.", "stance": "con"}, parent=scene.thesis)
    assert form.is_valid()
    assert form.text(()).attacks == "claim"


def test_several_theses_can_be_opened_with(cast: Cast) -> None:
    debate = open_debate(cast.ada, "Three ways?", ["One.", "Two.", "Three."])
    assert debate.arguments.filter(kind="thesis").count() == 3
