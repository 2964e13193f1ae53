"""One argument in several places: a link has a stance of its own, and nothing ever comes to rest on itself."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debates.actions.arranging.link_argument import link_argument, unlink_argument
from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.reinstate_argument import reinstate_argument
from debates.actions.writing.text import ArgumentText
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.formats.outline import arguments_of
from debates.management.commands.loadseeds import SEEDS, read_files
from debates.models import Argument, Link, LinkRating, LogEntry
from debates.models.visibility import NOBODY
from debates.permissions import Refused
from debates.strength.graph import Claim, Graph, Place
from debates.views.parts.linked import linked_below
from tests.conftest import Cast, Scene, con, pro, signed_in
from tests.debates.test_once import all_at_once, crowd, text_of  # noqa: F401  # a fixture
from tests.seeds.small import OTHER, SMALL, load, seeded, write

CIRCLE = "would then rest on itself"


def a_second_debate(cast: Cast) -> Argument:
    """Return the thesis of another debate."""
    return open_debate(
        cast.ada, "Who pays for the harbour?", ["The town pays for the harbour."]
    ).arguments.get()


def refusal_of[**P](act: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Refused:
    """Return the refusal that an act meets."""
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value


def at(name: str, argument: Argument, query: str = "") -> str:
    """Return an address of an argument."""
    return reverse(name, args=[argument.public_id]) + query


def side_of(parent: Argument, **more: str) -> dict[str, str]:
    """Return what the form sends that places an argument under a claim as a pro."""
    return {"to": parent.public_id, "stance": "pro", "key": str(uuid.uuid4()), **more}


# ----------------------------------------------------------------------------------------------- what it does


def test_an_argument_stands_in_a_second_place_with_a_stance_of_its_own(cast: Cast, scene: Scene) -> None:
    other = a_second_debate(cast)
    link = link_argument(cast.dan, scene.reason, other, "con", "claim")
    assert (link.argument, link.parent, link.stance, link.attacks) == (scene.reason, other, "con", "claim")
    assert (link.relation, link.added_by, link.seeded) == ("answers", cast.dan, False)
    home = Argument.objects.get(pk=scene.reason.pk)
    assert (home.parent, home.stance) == (scene.thesis, "pro"), "Its home is not touched by a further place."


def test_a_link_can_say_that_its_parent_does_not_matter(cast: Cast, scene: Scene) -> None:
    second = post_argument(cast.ben, scene.thesis, pro("They are listed."))
    link = link_argument(cast.ben, scene.rebuttal, second, "con", "bearing")
    assert link.attacks == "bearing"


def test_what_a_pro_would_attack_is_void(cast: Cast, scene: Scene) -> None:
    link = link_argument(cast.ada, scene.reason, a_second_debate(cast), "pro", "claim")
    assert link.attacks == ""


@pytest.mark.parametrize(
    ("stance", "attacks", "field"), [("", "", "stance"), ("no", "", "stance"), ("con", "", "attacks")]
)
def test_a_link_takes_a_side(cast: Cast, scene: Scene, stance: str, attacks: str, field: str) -> None:
    other = a_second_debate(cast)
    assert refusal_of(link_argument, cast.ada, scene.reason, other, stance, attacks).field == field
    assert not Link.objects.exists()


def test_nothing_fails_to_matter_to_a_thesis(cast: Cast, scene: Scene) -> None:
    other = a_second_debate(cast)
    refusal = refusal_of(link_argument, cast.ada, scene.reason, other, "con", "bearing")
    assert (refusal.field, refusal.status) == ("attacks", 400)
    assert "A thesis stands for itself" in refusal.sentence


def test_places_that_make_no_sense_are_refused(cast: Cast, scene: Scene) -> None:
    other = a_second_debate(cast)
    note = post_argument(cast.dan, scene.thesis, ArgumentText(claim="Which cranes?", kind="note"))
    for argument, parent, why in (
        (scene.reason, scene.reason, "under itself"),
        (scene.reason, scene.thesis, "home"),
        (note, other, "Only what stands for or against"),
        (scene.thesis, other, "Only what stands for or against"),
        (scene.reason, note, "A note takes no answers"),
    ):
        refusal = refusal_of(link_argument, cast.ada, argument, parent, "pro")
        assert why in refusal.sentence
    link_argument(cast.ada, scene.reason, other, "pro")
    assert refusal_of(link_argument, cast.ben, scene.reason, other, "con", "claim").status == 409
    assert Link.objects.count() == 1


def test_claims_that_are_the_same_cannot_speak_for_each_other(cast: Cast, scene: Scene) -> None:
    twin = post_argument(cast.ben, a_second_debate(cast), pro("The town remembers by its cranes."))
    Link.objects.create(argument=twin, parent=scene.reason, relation=Link.Relation.SAME)
    for argument, parent in ((twin, scene.reason), (scene.reason, twin)):
        refusal = refusal_of(link_argument, cast.ada, argument, parent, "pro")
        assert "the same claim" in refusal.sentence


def test_only_what_everyone_reads_is_placed_and_only_where_one_may_answer(cast: Cast, scene: Scene) -> None:
    other = a_second_debate(cast)
    assert refusal_of(link_argument, NOBODY, scene.reason, other, "pro").status == 401
    lock(cast.cleo, other, "Settled.")
    assert refusal_of(link_argument, cast.dan, scene.reason, other, "pro").status == 409
    assert link_argument(cast.cleo, scene.reason, other, "pro").parent == other
    third = open_debate(cast.ada, "A third one?", ["Yes."]).arguments.get()
    withdraw_argument(cast.ben, scene.rebuttal)
    assert refusal_of(link_argument, cast.ben, scene.rebuttal, third, "pro").status == 409
    hide(cast.cleo, third.debate, "It insults.")
    assert refusal_of(link_argument, cast.ada, scene.reason, third, "pro").status == 409


# ------------------------------------------------------------------------------------------------- circles


def test_an_argument_is_not_placed_below_itself(cast: Cast, scene: Scene) -> None:
    refusal = refusal_of(link_argument, cast.dan, scene.reason, scene.rebuttal, "pro")
    assert (refusal.field, refusal.status) == ("to", 409)
    assert refusal.sentence == (
        "“The cranes are the town’s memory” would then rest on itself: "
        "“Half of the cranes came from elsewhere” already stands right below it."
    )


def test_a_circle_through_two_debates_is_refused_and_the_way_is_named(cast: Cast, scene: Scene) -> None:
    other = a_second_debate(cast)
    tax = post_argument(cast.ben, other, pro("The tax pays for it."))
    toll = post_argument(cast.ben, tax, con("The toll pays for it."))
    link_argument(cast.ada, tax, scene.rebuttal, "con", "claim")
    refusal = refusal_of(link_argument, cast.dan, scene.reason, toll, "pro")
    assert refusal.sentence == (
        "“The cranes are the town’s memory” would then rest on itself: it already stands above "
        "“The toll pays for it”, by way of “The tax pays for it” and “Half of the cranes came from elsewhere”."
    )
    assert link_argument(cast.dan, toll, scene.thesis, "pro").parent == scene.thesis, (
        "A second way up to the same claim is no circle."
    )


def test_a_long_way_is_named_in_three_steps_and_tells_nothing_that_is_hidden(
    cast: Cast, scene: Scene
) -> None:
    here, chain = scene.reason, []
    for number in range(6):
        here = post_argument(cast.ben, here, pro(f"Step {number}."))
        chain.append(here)
    hide(cast.cleo, chain[4], "It insults.")
    said = refusal_of(link_argument, cast.dan, scene.reason, chain[5], "pro").sentence
    assert said.endswith("by way of a claim that is no longer shown, “Step 3”, “Step 2” and 2 more.")


def test_what_is_withdrawn_today_may_come_back_and_close_no_circle_then(cast: Cast, scene: Scene) -> None:
    tax = post_argument(cast.ben, a_second_debate(cast), pro("The tax pays for it."))
    link_argument(cast.ada, tax, scene.rebuttal, "pro")
    withdraw_argument(cast.ben, scene.rebuttal)
    with pytest.raises(Refused, match=CIRCLE):
        link_argument(cast.dan, scene.reason, tax, "pro")
    reinstate_argument(cast.ben, scene.rebuttal)


def test_that_two_make_the_same_claim_is_no_step_of_a_circle(cast: Cast, scene: Scene) -> None:
    tax = post_argument(cast.ben, a_second_debate(cast), pro("The tax pays for it."))
    Link.objects.create(argument=tax, parent=scene.rebuttal, relation=Link.Relation.SAME)
    assert link_argument(cast.dan, scene.reason, tax, "pro").parent == tax


def test_the_way_up_is_found_without_reading_the_site(cast: Cast, scene: Scene) -> None:
    other = a_second_debate(cast)
    tax = post_argument(cast.ben, other, pro("The tax pays for it."))

    def statements() -> int:
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            link_argument(cast.ada, tax, scene.rebuttal, "pro")
            transaction.set_rollback(True)
        return sum("standing" not in one["sql"] for one in asked.captured_queries)

    few = statements()
    for number in range(12):
        parent = post_argument(cast.ben, scene.thesis, pro(f"Beside it, {number}."))
        deep = post_argument(cast.ben, parent, pro(f"Below that, {number}."))
        link_argument(cast.ada, deep, other, "pro")
    assert statements() <= few, "What stands beside the way up is not read."


def is_free_of_circles() -> bool:
    """Say whether all places together have an order, as the reference in `strength` sees it."""
    places = [
        Place(pk, parent, pro=True)
        for pk, parent in Argument.objects.exclude(parent=None).values_list("pk", "parent")
        if parent is not None
    ]
    places += [
        Place(link.argument_id, link.parent_id, pro=True, home=False)
        for link in Link.objects.filter(relation=Link.Relation.ANSWERS)
    ]
    Graph([Claim(pk) for pk in Argument.objects.values_list("pk", flat=True)], places)
    return True


@pytest.fixture
def woods(cast: Cast) -> tuple[Cast, list[Argument]]:
    """Give two debates of seven arguments each, in which any could be placed under any other."""
    made = []
    for question in ("The first?", "The second?"):
        row = [open_debate(cast.ada, question, [f"{question[:-1]} holds."]).arguments.get()]
        for number in range(6):
            row.append(post_argument(cast.ada, row[number // 2], pro(f"{question} {number}.")))
        made += row
    return cast, made


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ties=st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=14))
def test_whatever_is_linked_nothing_rests_on_itself(
    woods: tuple[Cast, list[Argument]], ties: list[tuple[int, int]]
) -> None:
    cast, arguments = woods
    with transaction.atomic():
        for child, parent in ties:
            with suppress(Refused):
                link_argument(cast.dan, arguments[child], arguments[parent], "pro")
        assert is_free_of_circles()
        for child, parent in ties:  # and what was refused would have closed one, or stands there already
            argument, claim = arguments[child], arguments[parent]
            stands = Link.objects.filter(argument=argument, parent=claim).exists()
            if stands or argument.parent_id == claim.pk or argument.kind == "thesis" or argument == claim:
                continue
            with pytest.raises(Refused, match=CIRCLE):
                link_argument(cast.dan, argument, claim, "pro")
        transaction.set_rollback(True)


def test_of_two_links_that_would_close_a_circle_together_one_is_refused(
    crowd: tuple[Cast, Scene],  # noqa: F811  # the fixture
) -> None:
    """In four debates, so that the two have no tree in common: what keeps them apart is the lock on all links."""
    cast, _scene = crowd
    one, two, three, four = (
        post_argument(cast.ben, a_second_debate(cast), pro(f"Claim {number}.")) for number in range(4)
    )
    link_argument(cast.ada, two, three, "pro")
    link_argument(cast.ada, four, one, "pro")

    def place(argument: Argument, parent: Argument) -> str:
        try:
            link_argument(cast.dan, argument, parent, "pro")
        except Refused as refusal:
            return refusal.sentence
        return ""

    for _round in range(5):
        said = all_at_once([lambda: place(one, two), lambda: place(three, four)])
        assert sorted(map(bool, said)) == [False, True], (
            "Each alone closes no circle: both must not look before either has written."
        )
        assert CIRCLE in max(said)
        assert is_free_of_circles()
        Link.objects.filter(added_by=cast.dan).delete()


def test_many_links_and_answers_at_once_all_come_through(crowd: tuple[Cast, Scene]) -> None:  # noqa: F811  # the fixture
    """Trees are locked before links, in one order: nobody waits for somebody who waits for them."""
    cast, scene = crowd
    other = a_second_debate(cast)
    here = [post_argument(cast.ada, scene.thesis, pro(f"Here {number}.")) for number in range(6)]
    there = [post_argument(cast.ada, other, pro(f"There {number}.")) for number in range(6)]
    jobs: list[Callable[[], object]] = []
    for one, two in zip(here, there, strict=True):
        jobs += [
            lambda one=one: link_argument(cast.ben, one, other, "pro"),  # type: ignore[misc]  # mypy does not see the default
            lambda two=two: link_argument(cast.ben, two, scene.thesis, "pro"),  # type: ignore[misc]  # as above
            lambda one=one: post_argument(cast.ben, one, con("No.")),  # type: ignore[misc]  # as above
        ]
    all_at_once(jobs)
    assert Link.objects.count() == 12
    assert Argument.objects.filter(claim="No.").count() == 6


# ----------------------------------------------------------------------------------------------- taking away


def test_who_placed_it_takes_it_away_again(cast: Cast, scene: Scene) -> None:
    link = link_argument(cast.dan, scene.reason, a_second_debate(cast), "pro")
    for member in (cast.ada, cast.ben):
        assert refusal_of(unlink_argument, member, link).status == 403
    assert unlink_argument(cast.dan, link)
    assert not unlink_argument(cast.dan, link), "The second time there is nothing to take away."
    assert not LogEntry.objects.exists()


def test_a_moderator_takes_it_away_with_a_reason_that_the_log_shows(cast: Cast, scene: Scene) -> None:
    link = link_argument(cast.dan, scene.reason, a_second_debate(cast), "pro")
    assert refusal_of(unlink_argument, cast.cleo, link).field == "reason"
    assert unlink_argument(cast.cleo, link, "It does not speak of that.")
    entry = LogEntry.objects.get()
    assert (entry.item_id, entry.reason) == (scene.reason.public_id, "It does not speak of that.")


def test_once_others_have_rated_it_there_only_a_moderator_takes_it_away(cast: Cast, scene: Scene) -> None:
    link = link_argument(cast.dan, scene.reason, a_second_debate(cast), "pro")
    LinkRating.objects.create(link=link, member=cast.dan, matters=4)
    LinkRating.objects.create(link=link, member=cast.ben, matters=3)
    assert refusal_of(unlink_argument, cast.dan, link).status == 409
    assert unlink_argument(cast.cleo, link, "It does not speak of that.")


# ------------------------------------------------------------------------------------------------- the pages


def test_the_page_finds_claims_of_this_debate_first(cast: Cast, scene: Scene) -> None:
    far = post_argument(cast.ben, a_second_debate(cast), pro("Gulls on the harbour pay nothing."))
    near = post_argument(cast.ben, scene.thesis, pro("Gulls nest on them."))
    note = post_argument(cast.ben, scene.thesis, ArgumentText(claim="Which gulls?", kind="note"))
    page = text_of(signed_in(cast.dan).get(at("link", scene.reason, "?q=gulls")))
    assert page.index(near.claim) < page.index(far.claim)
    assert note.claim not in page, "A note takes no answers, so nothing is placed under it."
    assert f"?to={far.public_id}" in page
    assert "No other claim holds" in text_of(
        signed_in(cast.dan).get(at("link", scene.reason, "?q=elephants"))
    )


@pytest.mark.parametrize(
    "written", ["{id}", "/arguments/{id}/", "https://example.org/arguments/{id}/?x=1", " {id} "]
)
def test_an_address_is_pasted_and_the_side_chosen(cast: Cast, scene: Scene, written: str) -> None:
    other, dan = a_second_debate(cast), signed_in(cast.dan)
    page = dan.get(at("link", scene.reason), {"to": written.format(id=other.public_id)})
    assert other.claim in text_of(page)
    answer = dan.post(at("link", scene.reason), side_of(other))
    assert answer["Location"] == other.get_absolute_url()
    assert Link.objects.get().stance == "pro"


def test_the_form_sent_twice_places_once(cast: Cast, scene: Scene) -> None:
    other, dan = a_second_debate(cast), signed_in(cast.dan)
    form = side_of(other)
    answers = [dan.post(at("link", scene.reason), form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Link.objects.count() == 1


def test_what_is_wrong_is_said_and_the_choice_stays(cast: Cast, scene: Scene) -> None:
    other, dan = a_second_debate(cast), signed_in(cast.dan)
    for form, status, said in (
        ({"to": "nothing here"}, 422, "is not the address of a claim"),
        (side_of(other, stance=""), 422, "Say whether it speaks for that claim"),
        (side_of(scene.rebuttal, stance="con"), 422, "is not true, or does not matter"),
        (side_of(other, stance="con", attacks="bearing"), 422, "A thesis stands for itself"),
        (side_of(scene.rebuttal), 409, CIRCLE),
    ):
        answer = dan.post(at("link", scene.reason), form)
        assert answer.status_code == status
        assert said in text_of(answer)
    assert re.search(r'value="pro"[^>]*checked', text_of(answer)), "What was chosen must come back."
    assert not Link.objects.exists()


def test_against_a_thesis_the_side_is_enough(cast: Cast, scene: Scene) -> None:
    other = a_second_debate(cast)
    signed_in(cast.dan).post(at("link", scene.reason), side_of(other, stance="con"))
    assert Link.objects.get().attacks == "claim"


def test_a_claim_that_one_may_not_read_is_no_address(cast: Cast, scene: Scene) -> None:
    hidden = a_second_debate(cast)
    hide(cast.cleo, hidden, "It insults.")
    page = signed_in(cast.dan).get(at("link", scene.reason, f"?to={hidden.public_id}"))
    assert hidden.claim not in text_of(page)
    assert "is not the address of a claim" in text_of(page)


def test_visitors_sign_in_and_find_their_choice_again(cast: Cast, scene: Scene) -> None:
    other, visitor = a_second_debate(cast), Client()
    assert "/login/" in visitor.post(at("link", scene.reason), side_of(other))["Location"]
    visitor.force_login(cast.dan)
    page = text_of(visitor.get(at("link", scene.reason)))
    assert other.claim in page
    assert re.search(r'value="pro"[^>]*checked', page)


@pytest.mark.parametrize(("who", "reason"), [("dan", ""), ("cleo", "It does not speak of that.")])
def test_the_page_that_takes_it_away_asks_first(cast: Cast, scene: Scene, who: str, reason: str) -> None:
    link = link_argument(cast.dan, scene.reason, a_second_debate(cast), "pro")
    address, client = reverse("unlink", args=[link.pk]), signed_in(getattr(cast, who))
    page = text_of(client.get(address))
    assert scene.reason.claim in page
    assert ('name="reason"' in page) == bool(reason), "A moderator says why; who placed it need not."
    if reason:
        assert client.post(address).status_code == 422
    assert Link.objects.exists(), "Asking takes nothing away."
    assert client.post(address, {"reason": reason}).status_code == 302
    assert not Link.objects.exists()
    assert client.get(address).status_code == 404


def test_nobody_else_is_offered_to_take_it_away(cast: Cast, scene: Scene) -> None:
    link = link_argument(cast.dan, scene.reason, a_second_debate(cast), "pro")
    assert signed_in(cast.ben).get(reverse("unlink", args=[link.pk])).status_code == 403
    hide(cast.cleo, scene.reason, "It insults.")
    assert signed_in(cast.dan).get(reverse("unlink", args=[link.pk])).status_code == 404


# ------------------------------------------------------------------------------------------- what is drawn


def viewers(cast: Cast) -> dict[str, Any]:
    """Return who looks. Any: members and a visitor."""
    return {"visitor": NOBODY, "ada": cast.ada, "dan": cast.dan, "cleo": cast.cleo}


def test_what_stands_below_in_a_further_place_is_drawn_with_its_stance_there(
    cast: Cast, scene: Scene
) -> None:
    other = a_second_debate(cast)
    link = link_argument(cast.dan, scene.reason, other, "con", "claim")
    (child,) = linked_below([other.pk, scene.thesis.pk], NOBODY)[other.pk]
    assert (child.claim, child.url) == (scene.reason.claim, scene.reason.get_absolute_url())
    assert (child.stance, child.side_words, child.mark, child.by) == ("con", "Against", "−", "ada")
    assert (child.pro_count, child.con_count, child.note_count) == (0, 1, 0)
    assert (child.debate, child.debate_url) == (scene.debate.question, scene.debate.get_absolute_url())
    assert child.unlink_url == ""
    assert linked_below([other.pk], cast.dan)[other.pk][0].unlink_url == f"/links/{link.pk}/unlink/"
    inside = link_argument(cast.dan, scene.rebuttal, scene.thesis, "con", "claim")
    (child,) = linked_below([scene.thesis.pk], NOBODY)[scene.thesis.pk]
    assert (child.link, child.debate) == (inside.pk, ""), "Within one debate its name says nothing."


def test_one_statement_draws_all_of_them(cast: Cast, scene: Scene, django_assert_num_queries: Any) -> None:
    theses = [open_debate(cast.ada, f"Number {n}?", [f"Thesis {n}."]).arguments.get() for n in range(5)]
    for thesis in theses:
        link_argument(cast.dan, scene.reason, thesis, "pro")
    with django_assert_num_queries(1):
        assert len(linked_below([thesis.pk for thesis in theses], NOBODY)) == 5


def test_its_answers_can_be_opened_where_it_is_placed_too(cast: Cast, scene: Scene, client: Client) -> None:
    other = open_debate(cast.ada, "Should the quay be lit?", ["The quay should be lit."])
    link_argument(cast.ada, scene.reason, other.arguments.get(), "pro")
    page = client.get(other.get_absolute_url()).content.decode()
    assert scene.reason.claim in page
    assert f'hx-get="{reverse("branch", args=[scene.reason.public_id])}"' in page
    assert "Open 1 answer" in page, "Edits and replies of an argument show in all of its places."


@pytest.mark.parametrize(
    ("who", "reads"), [("visitor", False), ("dan", False), ("ada", True), ("cleo", True)]
)
@pytest.mark.parametrize("what", ["argument", "debate"])
def test_what_may_not_be_read_is_not_drawn_elsewhere(
    cast: Cast, scene: Scene, who: str, reads: bool, what: str
) -> None:
    other = a_second_debate(cast)
    link_argument(cast.dan, scene.reason, other, "pro")
    if what == "argument":
        hide(cast.cleo, scene.reason, "It insults.")
    else:
        hide(cast.cleo, scene.debate, "It insults.")
    drawn = linked_below([other.pk], viewers(cast)[who]).get(other.pk, [])
    assert [child.claim for child in drawn] == [scene.reason.claim] * reads


# -------------------------------------------------------------------------------------------------- the seeds


def test_a_seed_that_would_close_a_circle_leaves_the_link_out_and_says_so(db: None, tmp_path: Path) -> None:
    cranes = SMALL.replace(
        "claim: The cranes are the memory of the town.\n",
        "claim: The cranes are the memory of the town.\n"
        "        answers: [{argument: harbour-lamps/dark, stance: pro}]\n",
    )
    lamps = (
        OTHER + "    replies:\n      - id: dark\n        stance: con\n        claim: Nobody lands at night.\n"
    )
    lamps += "        answers: [{argument: harbour-cranes/foreign, stance: con, attacks: claim}]\n"
    report = load(write(tmp_path, cranes=cranes, lamps=lamps))
    assert (
        "harbour-lamps/dark cannot answer harbour-cranes/foreign, which rests on it already" in report
        or "harbour-cranes/memory cannot answer harbour-lamps/dark, which rests on it already" in report
    )
    assert Link.objects.count() == 1
    assert is_free_of_circles()
    assert seeded("foreign").state == "published"
    load(tmp_path)
    assert Link.objects.count() == 1, "Loading again changes nothing."


def test_our_seeds_close_no_circle() -> None:
    """Of the outlines, so that no database is needed: to load them all takes seconds."""
    keys: dict[str, int] = {}
    places: dict[tuple[int, int], Place] = {}

    def place(child: str, parent: str, *, home: bool) -> None:
        pair = keys.setdefault(child, len(keys)), keys.setdefault(parent, len(keys))
        places.setdefault(pair, Place(*pair, pro=True, home=home))

    for outline in read_files([SEEDS]):
        for argument, parent in arguments_of(outline):
            key = f"{outline.key}/{argument.key}"
            if parent is not None:
                place(key, f"{outline.key}/{parent.key}", home=True)
            for link in argument.links:
                if link.relation == Link.Relation.ANSWERS:
                    place(key, link.target, home=False)
    assert len(places) > 400, "The seeds have moved, and this test looks at none."
    Graph(map(Claim, keys.values()), places.values())
