"""Members rate arguments: what is written, who sees what others say, and that counters equal rows whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.actions.weighing.ask_to_see import ask_to_see
from debates.actions.weighing.rate import UNCHANGED, Answer, rate
from debates.actions.weighing.rate_link import rate_link
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import Argument, Link, LinkRating, Rating, Standing, State, Voice
from debates.models.rating import counted
from debates.permissions import Refused
from debates.views.parts.ratings import ratings_of, tallies_of
from forum.accounts.models import User
from tests.conftest import Cast, Scene, con, make_cast, make_scene, pro, signed_in
from tests.debates.test_once import all_at_once

TOGGLES, HANDS = 200, 20
COUNTERS = ("holds_sum", "holds_count", "matters_sum", "matters_count", "people", "after_count")
TALLY = "say that it holds up"


def rate_page(argument: Argument) -> str:
    """Return the address of the two questions."""
    return reverse("rate", args=[argument.public_id])


def see_page(argument: Argument) -> str:
    """Return the address that shows what others say first."""
    return reverse("see", args=[argument.public_id])


def words(response: Any) -> str:
    """Return a page's text. Any: the test client's response."""
    return unescape(response.content.decode())


def own(member: User, argument: Argument) -> Rating:
    """Return a member's row."""
    return Rating.objects.get(member=member, argument=argument)


def counters(argument: Argument) -> dict[str, int]:
    """Return what the standing of an argument holds of its ratings."""
    row = Standing.objects.get(argument=argument)
    return {name: getattr(row, name) for name in COUNTERS}


def counted_anew(argument: Argument) -> dict[str, int]:
    """Return the same from the rows, one by one."""
    rows = list(Rating.objects.filter(counted(), argument=argument))
    holds = [row.holds for row in rows if row.holds is not None]
    matters = [row.matters for row in rows if row.matters is not None]
    after = Rating.objects.filter(argument=argument, after_seeing=True).exclude(holds=None, matters=None)
    return {
        "holds_sum": sum(holds),
        "holds_count": len(holds),
        "matters_sum": sum(matters),
        "matters_count": len(matters),
        "people": len(rows),
        "after_count": after.count(),
    }


# ----------------------------------------------------------------------------------------- what is written


def test_an_answer_is_written_changed_and_taken_back(cast: Cast, scene: Scene) -> None:
    assert rate(cast.ben, scene.reason, holds=3)
    assert not rate(cast.ben, scene.reason, holds=3), "The same answer again is no change."
    assert rate(cast.ben, scene.reason, matters=1)
    assert (own(cast.ben, scene.reason).holds, own(cast.ben, scene.reason).matters) == (3, 1)
    assert rate(cast.ben, scene.reason, holds=None)
    assert (own(cast.ben, scene.reason).holds, own(cast.ben, scene.reason).matters) == (None, 1), (
        "Taking one answer back leaves the other."
    )
    assert not rate(cast.ben, scene.reason), "Who answers neither question says nothing."
    assert counters(scene.reason) == counted_anew(scene.reason)


def test_taking_back_what_was_never_given_writes_nothing(cast: Cast, scene: Scene) -> None:
    assert not rate(cast.ben, scene.reason, holds=None, matters=None)
    assert not Rating.objects.exists()


@pytest.mark.parametrize("answer", [-1, 5, 99])
def test_an_answer_outside_the_five_is_refused(cast: Cast, scene: Scene, answer: int) -> None:
    with pytest.raises(Refused) as refusal:
        rate(cast.ben, scene.reason, holds=answer)
    assert refusal.value.status == 400
    assert not Rating.objects.exists()


def test_nobody_rates_their_own(cast: Cast, scene: Scene) -> None:
    with pytest.raises(Refused, match="your own argument") as refusal:
        rate(cast.ada, scene.reason, holds=4)
    assert refusal.value.status == 403
    assert signed_in(cast.ada).post(rate_page(scene.reason), {"agree": "1"}).status_code == 403
    assert not Rating.objects.exists()


def test_everybody_rates_what_a_voice_says(cast: Cast, scene: Scene) -> None:
    voice = Voice.objects.create(slug="an-invented-voice", name="An invented voice")
    Argument.objects.filter(pk=scene.reason.pk).update(author=None, voice=voice)
    scene.reason.refresh_from_db()
    for member in (cast.ada, cast.ben, cast.cleo, cast.dan):
        assert rate(member, scene.reason, holds=4)
    assert counters(scene.reason)["people"] == 4


def test_theses_and_notes_are_not_rated(cast: Cast, scene: Scene) -> None:
    note = post_argument(cast.ada, scene.thesis, ArgumentText(claim="Which cranes?", kind="note"))
    for argument in (scene.thesis, note):
        with pytest.raises(Refused):
            rate(cast.ben, argument, holds=4)


@pytest.mark.parametrize("state", [State.DRAFT, State.PENDING, State.HIDDEN, State.WITHDRAWN, State.REMOVED])
def test_what_is_not_published_is_not_rated(cast: Cast, scene: Scene, state: State) -> None:
    Argument.objects.filter(pk=scene.reason.pk).update(state=state)
    with pytest.raises(Refused, match="no longer shown"):
        rate(cast.cleo, scene.reason, holds=4)


@pytest.mark.parametrize("locked", ["the branch", "a branch above", "the debate"])
def test_under_a_lock_answers_are_only_taken_back(cast: Cast, scene: Scene, locked: str) -> None:
    rate(cast.dan, scene.rebuttal, holds=1)
    if locked == "the debate":
        lock(cast.cleo, scene.debate, "It has run its course.")
    else:
        lock(cast.cleo, scene.rebuttal if locked == "the branch" else scene.reason, "It has run its course.")
    for member in (cast.dan, cast.cleo):
        with pytest.raises(Refused, match="locked"):
            rate(member, scene.rebuttal, holds=4)
    assert rate(cast.dan, scene.rebuttal, holds=None, matters=None), "One’s own answer is one’s own."


def test_an_answer_is_taken_back_after_the_argument_went(cast: Cast, scene: Scene) -> None:
    rate(cast.ben, scene.reason, holds=4)
    withdraw_argument(cast.ada, scene.reason)
    assert rate(cast.ben, scene.reason, holds=None)


def test_the_database_holds_one_row_per_member(cast: Cast, scene: Scene) -> None:
    rate(cast.ben, scene.reason, holds=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(argument=scene.reason, member=cast.ben, holds=0)


# -------------------------------------------------------------------------------------- first looks kept apart


def test_what_is_answered_after_asking_is_kept_apart_for_good(cast: Cast, scene: Scene) -> None:
    assert ask_to_see(cast.ben, scene.reason)
    assert not ask_to_see(cast.ben, scene.reason)
    rate(cast.ben, scene.reason, holds=4)
    assert own(cast.ben, scene.reason).after_seeing
    rate(cast.ben, scene.reason, holds=None, matters=None)
    rate(cast.ben, scene.reason, holds=0, matters=2)
    assert own(cast.ben, scene.reason).after_seeing, "Taking back and answering again must not launder it."
    assert counters(scene.reason) == counted_anew(scene.reason)
    assert (counters(scene.reason)["people"], counters(scene.reason)["after_count"]) == (0, 1)


def test_an_answer_given_unseen_stays_counted_when_it_changes(cast: Cast, scene: Scene) -> None:
    rate(cast.ben, scene.reason, holds=4)
    rate(cast.ben, scene.reason, holds=1)
    rate(cast.ben, scene.reason, matters=3)
    assert not own(cast.ben, scene.reason).after_seeing
    rate(cast.ben, scene.reason, holds=None, matters=None)
    rate(cast.ben, scene.reason, holds=2)
    assert not own(cast.ben, scene.reason).after_seeing, "The row remembers that the first answer was unseen."


def test_who_has_answered_one_question_cannot_look_at_the_other(cast: Cast, scene: Scene) -> None:
    rate(cast.ben, scene.reason, holds=4)
    with pytest.raises(Refused, match="answered already"):
        ask_to_see(cast.ben, scene.reason)
    assert own(cast.ben, scene.reason).asked_at is None


def test_taken_back_asked_and_answered_is_kept_apart(cast: Cast, scene: Scene) -> None:
    rate(cast.ben, scene.reason, holds=4)
    rate(cast.ben, scene.reason, holds=None)
    ask_to_see(cast.ben, scene.reason)
    rate(cast.ben, scene.reason, matters=4)
    assert own(cast.ben, scene.reason).after_seeing, (
        "The second question was first answered with its tally open."
    )


def test_nobody_asks_to_see_what_they_see(cast: Cast, scene: Scene) -> None:
    with pytest.raises(Refused):
        ask_to_see(cast.ada, scene.reason)
    assert not Rating.objects.exists()


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("rate"),
            st.sampled_from([None, UNCHANGED, 0, 1, 4]),
            st.sampled_from([None, UNCHANGED, 0, 4]),
        ),
        st.just(("ask", None, None)),
    ),
    max_size=8,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(steps=STEPS)
def test_whatever_one_does_nothing_seen_is_ever_counted(cast: Cast, scene: Scene, steps: list[Any]) -> None:
    """Any: pairs of answers, or the wish to see. The model: an answer is seen when its tally had been open before it."""
    Rating.objects.all().delete()
    Standing.objects.all().delete()
    seen_before: set[str] = set()
    for verb, holds, matters in steps:
        if verb == "ask":
            try:
                ask_to_see(cast.ben, scene.reason)
            except Refused:
                continue
        else:
            row = Rating.objects.filter(member=cast.ben).first()
            stood = row is not None and (row.holds is not None or row.matters is not None)
            asked = row is not None and row.asked_at is not None
            if rate(cast.ben, scene.reason, holds, matters) and asked and not stood:
                seen_before.add("answered")
        row = Rating.objects.filter(member=cast.ben).first()
        if "answered" in seen_before:
            assert row is not None
            assert row.after_seeing, "Once an answer came after asking, the row never counts again."
        if row is not None:
            assert row.asked_at is None or row.holds is None or row.after_seeing, (
                "An answer that counts stands beside an open tally that its member had asked for."
            )
            if Standing.objects.filter(argument=scene.reason).exists():
                assert counters(scene.reason) == counted_anew(scene.reason)


# ----------------------------------------------------------------------------------------- who sees what others say


@pytest.fixture
def rated(cast: Cast, scene: Scene) -> Scene:
    """Give the scene with Dan’s answers about Ada’s argument."""
    rate(cast.dan, scene.reason, holds=4, matters=4)
    return scene


def test_what_others_say_is_hidden_until_one_has_answered(cast: Cast, rated: Scene) -> None:
    for member in (cast.ben, cast.cleo):
        client = signed_in(member)
        before = words(client.get(rate_page(rated.reason)))
        assert TALLY not in before, f"{member} may rate this: no tally before the answer, staff or not."
        assert "scale-count" not in before
        client.post(rate_page(rated.reason), {"holds": "0"})
        after = words(client.get(rate_page(rated.reason)))
        assert f"of {2 if member == cast.ben else 3} {TALLY}" in after
        assert "matters much here" not in after, "Each tally opens with the answer to its own question."
        client.post(rate_page(rated.reason), {"matters": "1"})
        assert "matters much here" in words(client.get(rate_page(rated.reason)))


def test_visitors_and_the_author_see_what_members_say(client: Client, cast: Cast, rated: Scene) -> None:
    for who in (client, signed_in(cast.ada)):
        page = words(who.get(rate_page(rated.reason)))
        assert "1 of 1 say that it holds up." in page
        assert "1 of 1 say that it matters much here." in page
        assert f'action="{rate_page(rated.reason)}"' not in page, "There is no form for who cannot rate."


def test_pages_of_visitors_hold_no_token(client: Client, rated: Scene) -> None:
    response = client.get(rate_page(rated.reason))
    assert "csrfmiddlewaretoken" not in words(response)
    assert not response.cookies, "A visitor’s page is the same for all, so that it can be kept."


def test_asking_shows_and_says_the_price(cast: Cast, rated: Scene) -> None:
    ben = signed_in(cast.ben)
    assert "kept apart and does not count" in words(ben.get(rate_page(rated.reason)))
    ben.post(see_page(rated.reason))
    page = words(ben.get(rate_page(rated.reason)))
    assert "1 of 1 say that it holds up." in page
    assert "1 of 1 say that it matters much here." in page
    ben.post(rate_page(rated.reason), {"agree": "1"})
    page = words(ben.get(rate_page(rated.reason)))
    assert "1 of 1 say that it holds up." in page, "Ben’s answer is kept apart from the tally."
    assert "1 member answered after seeing what others say" in page


def test_under_a_lock_everybody_sees(cast: Cast, rated: Scene) -> None:
    lock(cast.cleo, rated.reason, "It has run its course.")
    assert "1 of 1 say that it holds up." in words(signed_in(cast.ben).get(rate_page(rated.reason)))
    dan = words(signed_in(cast.dan).get(rate_page(rated.reason)))
    assert 'name="back"' in dan, "One’s own answer can be taken back under a lock."
    assert 'name="holds"' not in dan


def test_a_page_asks_once_for_all_its_arguments(cast: Cast, scene: Scene) -> None:
    for number in range(10):
        answered = post_argument(cast.ada, scene.reason, pro(f"Number {number}."))
        rate(cast.ben, answered, holds=3)
    tree = list(Argument.objects.filter(debate=scene.debate).select_related("debate"))
    with CaptureQueriesContext(connection) as taken:
        seen = ratings_of(cast.ben, tree)
    assert len(taken) == 1, "A page of 250 cards asks once."
    for argument in tree:
        may = argument.kind == Argument.Kind.ARGUMENT and argument.author_id != cast.ben.pk
        assert seen[argument.pk].may_rate is may
        assert seen[argument.pk].sees is (not may or argument.claim.startswith("Number"))


@pytest.mark.parametrize("alone", [True, False])
def test_a_lock_above_is_seen_wherever_it_is_asked(cast: Cast, scene: Scene, alone: bool) -> None:
    lock(cast.cleo, scene.reason, "It has run its course.")
    beside = post_argument(cast.ada, scene.thesis, pro("Beside it."))
    shown = Argument.objects.filter(debate=scene.debate).select_related("debate")
    asked = shown.filter(pk__in=[scene.rebuttal.pk, beside.pk]) if alone else shown
    seen = ratings_of(cast.dan, asked)
    assert not seen[scene.rebuttal.pk].may_rate
    assert seen[beside.pk].may_rate


def test_tallies_count_what_was_given_unseen(cast: Cast, rated: Scene) -> None:
    ask_to_see(cast.ben, rated.reason)
    rate(cast.ben, rated.reason, holds=0)
    rate(cast.cleo, rated.reason, holds=2)
    tally = tallies_of([rated.reason, rated.rebuttal])[rated.reason.pk]
    assert (tally.holds, tally.matters, tally.apart) == ((0, 0, 1, 0, 1), (0, 0, 0, 0, 1), 1)


# ----------------------------------------------------------------------------------------------- page and fragment


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_one_click_agrees_and_the_next_takes_it_back(cast: Cast, scene: Scene, htmx: bool) -> None:
    ben, headers = signed_in(cast.ben), {"HX-Request": "true"} if htmx else {}
    for value, holds, pressed in (("1", 4, "true"), ("", None, "false")):
        answer = ben.post(rate_page(scene.reason), {"agree": value}, headers=headers)
        assert own(cast.ben, scene.reason).holds == holds
        if htmx:
            page = words(answer)
            assert answer.status_code == 200
            assert f'name="agree" value="{"" if value else "1"}" aria-pressed="{pressed}"' in page
            assert "<html" not in page
            assert "HX-Request" in answer.headers["Vary"]
        else:
            assert (answer.status_code, answer.headers["Location"]) == (302, scene.reason.get_absolute_url())


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_one_click_answers_a_question(cast: Cast, scene: Scene, htmx: bool) -> None:
    ben, headers = signed_in(cast.ben), {"HX-Request": "true"} if htmx else {}
    ben.post(rate_page(scene.reason), {"holds": "1"}, headers=headers)
    answer = ben.post(rate_page(scene.reason), {"matters": "0"}, headers=headers)
    assert (own(cast.ben, scene.reason).holds, own(cast.ben, scene.reason).matters) == (1, 0)
    page = words(answer) if htmx else words(ben.get(rate_page(scene.reason)))
    assert 'name="holds" value="" aria-pressed="true"' in page
    ben.post(rate_page(scene.reason), {"back": "1"}, headers=headers)
    assert (own(cast.ben, scene.reason).holds, own(cast.ben, scene.reason).matters) == (None, None)


def test_asking_in_place_opens_the_tallies(cast: Cast, rated: Scene) -> None:
    answer = signed_in(cast.ben).post(see_page(rated.reason), headers={"HX-Request": "true"})
    assert "1 of 1 say that it holds up." in words(answer)


def test_the_questions_come_in_place(client: Client, cast: Cast, rated: Scene) -> None:
    htmx = {"HX-Request": "true"}
    ben = words(signed_in(cast.ben).get(rate_page(rated.reason), headers=htmx))
    assert '<details class="rate" open>' in ben
    assert TALLY not in ben
    assert "1 of 1 say that it holds up." in words(client.get(rate_page(rated.reason), headers=htmx))


def test_the_answer_leads_back_to_where_it_was_given(cast: Cast, scene: Scene) -> None:
    ben, here = signed_in(cast.ben), f"http://testserver{scene.debate.get_absolute_url()}?open=all"
    answer = ben.post(rate_page(scene.reason), {"agree": "1"}, headers={"Referer": f"{here}#somewhere"})
    assert answer.headers["Location"] == f"{here}#a-{scene.reason.public_id}"
    named = ben.post(rate_page(scene.reason), {"agree": "", "next": "/search/?q=crane"})
    assert named.headers["Location"] == f"/search/?q=crane#a-{scene.reason.public_id}"


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example", "\\\\evil.example", "javascript:x"]
)
def test_it_never_leads_elsewhere(cast: Cast, scene: Scene, evil: str) -> None:
    answer = signed_in(cast.ben).post(
        rate_page(scene.reason), {"agree": "1", "next": evil}, headers={"Referer": evil}
    )
    assert answer.headers["Location"] == scene.reason.get_absolute_url()


@pytest.mark.parametrize(
    "form", [{"holds": "5"}, {"holds": "-1"}, {"matters": "much"}, {"holds": "٣"}, {"holds": "9" * 40}]
)
def test_what_no_button_sends_is_refused(cast: Cast, scene: Scene, form: dict[str, str]) -> None:
    assert signed_in(cast.ben).post(rate_page(scene.reason), form).status_code == 400
    assert not Rating.objects.exists()


def test_a_visitor_is_sent_to_sign_in_and_finds_the_question(
    client: Client, cast: Cast, scene: Scene
) -> None:
    answer = client.post(rate_page(scene.reason), {"agree": "1"})
    assert answer.status_code == 302
    assert reverse("account_login") in answer.headers["Location"]
    client.force_login(cast.ben)
    assert "choose once more" in words(client.get(rate_page(scene.reason)))
    assert client.get(see_page(scene.reason)).status_code == 302, (
        "The way back from signing in leads somewhere."
    )


def test_what_was_hidden_meanwhile_is_not_found(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.reason, "Rude.", "person")
    for address in (rate_page(scene.reason), see_page(scene.reason)):
        assert signed_in(cast.ben).post(address, {"agree": "1"}).status_code == 404


# --------------------------------------------------------------------------------------------------- further places


@pytest.fixture
def link(cast: Cast, scene: Scene) -> Link:
    """Give Ada’s argument a further place, under another thesis of hers."""
    other = post_argument(cast.ada, scene.thesis, con("Cranes are only iron."))
    return Link.objects.create(
        argument=scene.reason, parent=other, stance="con", attacks="claim", added_by=cast.ben
    )


def test_whether_it_matters_there_is_asked_on_its_own(client: Client, cast: Cast, link: Link) -> None:
    dan, page = signed_in(cast.dan), rate_page(link.argument)
    assert "Where else it stands" in words(dan.get(page))
    dan.post(page, {"link": str(link.pk), "matters": "3"})
    assert LinkRating.objects.get().matters == 3
    assert not Rating.objects.exists(), "The home place is another question."
    link.refresh_from_db()
    assert (link.matters_sum, link.matters_count) == (3, 1)
    assert "1 of 1 say that it matters much here." in words(dan.get(page))
    assert "1 of 1 say that it matters much here." in words(client.get(page)), "Visitors see it."
    assert "1 of 1 say that it matters much here." not in words(signed_in(cast.cleo).get(page))
    assert rate_link(cast.dan, link, None)
    assert not rate_link(cast.dan, link, None)
    link.refresh_from_db()
    assert (link.matters_sum, link.matters_count) == (0, 0)


def test_who_wrote_or_placed_it_does_not_rate_the_place(cast: Cast, link: Link) -> None:
    for member in (cast.ada, cast.ben):
        with pytest.raises(Refused):
            rate_link(member, link, 4)


@pytest.mark.parametrize("why", ["same claim", "parent hidden", "parent locked"])
def test_a_place_that_takes_no_answer(cast: Cast, link: Link, why: str) -> None:
    if why == "same claim":
        Link.objects.filter(pk=link.pk).update(relation="same", stance="", attacks="")
    elif why == "parent hidden":
        hide(cast.cleo, link.parent, "Rude.", "person")
    else:
        lock(cast.cleo, link.parent, "It has run its course.")
    with pytest.raises(Refused):
        rate_link(cast.dan, link, 4)


def test_a_link_of_another_argument_is_not_found(cast: Cast, scene: Scene, link: Link) -> None:
    form = {"link": str(link.pk), "matters": "3"}
    assert signed_in(cast.dan).post(rate_page(scene.rebuttal), form).status_code == 404
    assert signed_in(cast.dan).post(rate_page(link.argument), {"link": "", "matters": "3"}).status_code == 404


# ------------------------------------------------------------------------------------------------- at the same time


def test_counters_equal_rows_after_two_hundred_toggles_at_once(transactional_db: None) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    members = [cast.ben, cast.dan, cast.cleo, *(User.objects.create_user(f"reader{n}") for n in range(5))]
    arguments = [
        scene.reason,
        *(post_argument(cast.ada, scene.thesis, pro(f"Toggled {n}.")) for n in range(3)),
    ]
    link = Link.objects.create(argument=arguments[3], parent=arguments[1], stance="pro")
    answers: tuple[Answer, ...] = (None, 0, 4, 1, 3, UNCHANGED, None)
    jobs: list[Callable[[], bool]] = []
    for number in range(TOGGLES):
        member, argument = members[number % 8], arguments[number // 3 % 4]
        if number % 20 == 0:
            jobs.append(partial(rate_link, member, link, (None, 0, 4)[number // 20 % 3]))
        else:
            jobs.append(partial(rate, member, argument, answers[number % 7], answers[number // 5 % 7]))

    changed: list[bool] = []
    for start in range(0, TOGGLES, HANDS):  # in rounds: on SQLite who waits is not served in turn
        changed += all_at_once(jobs[start : start + HANDS])
    assert sum(changed) > TOGGLES / 3, "Most of the clicks must do something, or this shows nothing."
    for argument in arguments:
        assert counters(argument) == counted_anew(argument), "Counters and rows have parted."
        per_member = Rating.objects.filter(argument=argument).values_list("member", flat=True)
        assert len(per_member) == len(set(per_member))
    link.refresh_from_db()
    left = [row.matters for row in LinkRating.objects.filter(link=link) if row.matters is not None]
    assert (link.matters_sum, link.matters_count) == (sum(left), len(left))


def test_twenty_first_clicks_at_once_make_one_row(transactional_db: None) -> None:
    cast = make_cast()
    scene = make_scene(cast)
    clients = [signed_in(cast.ben) for _ in range(20)]

    def click(client: Client) -> int:
        return client.post(rate_page(scene.reason), {"agree": "1"}).status_code

    answers = all_at_once([partial(click, client) for client in clients])
    assert set(answers) == {302}, "Who clicked twice must not see an error."
    assert Rating.objects.filter(argument=scene.reason, member=cast.ben).count() == 1
    assert counters(scene.reason) == counted_anew(scene.reason)


def test_what_was_merged_meanwhile_is_not_rated_in_the_others_place(scene: Scene, cast: Cast) -> None:
    other = post_argument(cast.ben, scene.thesis, pro("Cranes bring visitors to the quay."))
    merge_arguments(cast.cleo, other, scene.reason, "They say the same.")
    answer = signed_in(cast.dan).post(reverse("rate", args=[other.public_id]), {"holds": "0"})
    assert answer.status_code == 409
    assert "was merged into" in answer.content.decode()
    assert not Rating.objects.filter(member=cast.dan).exists(), "Nobody rates words that they have not seen."
