"""The demo shows everything that there is to see; what its readers answer is made up, fair to both sides, and says so."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from statistics import fmean

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from debates.actions.weighing.rescore_debates import find_drift
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.duplicates import likely_duplicates
from debates.models import (
    Argument,
    Concession,
    Debate,
    Delta,
    Link,
    LinkRating,
    Opinion,
    Rating,
    Rearrangement,
    Standing,
    StandingChange,
    Suggestion,
    Wording,
)
from debates.models.rating import LAST_POINT, SURE
from debates.models.standing import Label, Word
from debates.queues import Queue, counts
from debates.strength.opinion import Shift, shift
from debates.views.weighing.cruxes import cruxes_of
from forum.accounts.demo import about_a_library
from forum.accounts.demo.chance import ON_EITHER_SIDE, answers, latent, views
from forum.accounts.demo.members import READERS, make_members, make_readers
from forum.accounts.demo.ratings import DEMONSTRATIONS, DRIFTS, PLANNED, rate_debates
from forum.accounts.models import User
from forum.moderation.models import Appeal, Report
from tests.conftest import Scene, pro
from tests.seeds.small import dump, load

ANYBODY = AnonymousUser()
MADE_UP = (
    "The ratings in this demonstration are made up by a program, to show what the pages look like; nobody holds these "
    "opinions."
)


@pytest.fixture
def demo_mode(settings: Settings) -> Settings:
    """Switch demo mode on."""
    settings.DEMO = True
    return settings


def make_demo() -> str:
    """Make the members, their demonstrations, the readers and what they answer, without the five debates; return what is said."""
    call_command("makedemo", stdout=io.StringIO())
    out = io.StringIO()
    call_command("ratedemo", stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def demo(db: None, demo_mode: Settings) -> None:
    """Make the demo."""
    make_demo()


def library() -> Debate:
    """Return the demonstration in which everything was done."""
    return Debate.objects.get(question=about_a_library.QUESTION)


def words(kind: str) -> set[str]:
    """Return the words of what is shown of one kind."""
    shown = Standing.objects.filter(argument__kind=kind, argument__state="published")
    return set(shown.values_list("word", flat=True))


def changes_of_opinion(debate: Debate) -> dict[str, Shift | None]:
    """Return what reading changed, by the claims of the theses."""
    both = Opinion.objects.filter(thesis__debate=debate, before__isnull=False, after__isnull=False)
    found: dict[str, list[tuple[int, int]]] = {}
    for claim, before, after in both.values_list("thesis__claim", "before", "after"):
        assert before is not None
        assert after is not None
        found.setdefault(claim, []).append((before, after))
    return {claim: shift(pairs) for claim, pairs in found.items()}


# ------------------------------------------------------------------------------------------ only there


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make",
    [
        lambda: call_command("makedemo"),
        lambda: call_command("ratedemo"),
        lambda: call_command("keepdemo"),
        lambda: call_command("moderatedemo"),
        make_members,
        make_readers,
        rate_debates,
    ],
)
def test_nothing_of_the_demo_is_made_outside_demo_mode(
    make: Callable[[], object], settings: Settings
) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo mode only"):
        make()
    assert not User.objects.exists(), "A made-up reader on a real site would be a forged vote."
    assert not Rating.objects.exists()


@pytest.mark.django_db
def test_the_demo_shows_what_becomes_of_reports(demo_mode: Settings) -> None:
    call_command("makedemo")
    for _again in range(2):
        call_command("moderatedemo")
    outcomes = list(Report.objects.values_list("outcome", flat=True))
    assert sorted(outcomes) == ["declined", "open", "upheld"], "A report in each state, and each once."
    assert Appeal.objects.get().state == Appeal.State.OPEN, "An appeal waits for a second moderator."


@pytest.mark.django_db
def test_nobody_can_sign_in_as_a_made_up_reader(demo_mode: Settings) -> None:
    readers = make_readers()
    assert [reader.username for reader in readers] == list(READERS)
    for reader in readers:
        assert reader.username.startswith("demo-reader-"), "The name alone says that nobody is behind it."
        assert not reader.has_usable_password()
        assert not reader.email, "Without an address, no new password can be asked for."
        assert not reader.is_staff
        assert not reader.is_superuser
    assert make_readers() == readers


def test_every_page_of_the_demo_says_that_the_ratings_are_made_up(
    scene: Scene, client: Client, demo_mode: Settings
) -> None:
    addresses = [reverse("home"), scene.debate.get_absolute_url(), scene.reason.get_absolute_url()]
    for address in addresses:
        assert MADE_UP in client.get(address).content.decode(), f"{address} does not say so."
    demo_mode.DEMO = False
    for address in addresses:
        assert MADE_UP not in client.get(address).content.decode(), "On a real site they are real."


# ---------------------------------------------------------------------------------------- what there is to see


def test_every_word_chip_panel_and_queue_can_be_seen(demo: None) -> None:
    everything = set(Word.values)
    assert words("thesis") == everything, "Somebody who looks round meets every word on a thesis."
    assert words("argument") == everything
    shown = Standing.objects.filter(argument__state="published").select_related("argument")
    assert {row.label for row in shown} == set(Label.values)
    assert [row for row in shown if row.word != row.second_word], "The second opinion differs somewhere."
    assert [row for row in shown if row.bearing < 1], "An undercut takes off relevance somewhere."
    assert [row for row in shown if row.cited > 0], "A checked citation counts somewhere."
    assert [row for row in shown if row.after_count], "Somebody answered after seeing the others."
    assert [row for row in shown if row.argument.kind == "argument" and row.people < 5], "Something is new."
    waiting = counts()
    empty = [
        queue for queue in Queue if waiting[queue] == 0
    ]  # None: the queue is not counted, but looked into below
    assert not empty, f"Queues without anything to show: {empty}"
    debate = library()
    assert likely_duplicates(debate), "Two of its claims still wait to be merged."
    of = {one.thesis.claim: one for one in cruxes_of(ANYBODY, debate)}[about_a_library.SUNDAYS]
    assert of.cruxes
    assert of.common
    moved = changes_of_opinion(debate)
    assert set(moved) == set(about_a_library.THESES)
    assert all(one and one.interval for one in moved.values()), f"People enough answer twice: {moved}"
    towards = moved[about_a_library.SUNDAYS]
    assert towards, "See above."
    assert towards.interval, "See above."
    assert towards.interval[0] > 0, "One change is more than chance."
    history = StandingChange.objects.filter(thesis__claim=about_a_library.SUNDAYS)
    assert {"posted", "rearranged", "rated"} <= set(history.values_list("cause", flat=True))


def test_everything_that_can_be_done_to_an_argument_was_done_to_one(demo: None) -> None:
    said = Argument.objects.listed().filter(debate__question__in=DEMONSTRATIONS)
    assert set(said.values_list("claim", flat=True)) >= {*PLANNED, *DRIFTS}, (
        "A claim that was worded anew has lost what was planned for it."
    )
    done = Counter((one.kind, one.undone_at is not None) for one in Rearrangement.objects.all())
    assert done == {("move", False): 1, ("merge", False): 1, ("split", False): 1, ("move", True): 1}
    assert Wording.objects.filter(argument__claim=about_a_library.COSTS).count() == 1
    kept = Argument.objects.get(claim=about_a_library.COSTS)
    assert kept.ratings.filter(member__username="cleo").count() == 1, "Who rated both has one answer."
    assert set(Suggestion.objects.values_list("outcome", flat=True)) == {"open", "taken"}
    assert Argument.objects.filter(stale_since__isnull=False).exists()
    assert Argument.objects.filter(joint_with__isnull=False).exists()
    assert Concession.objects.exists()
    link = Link.objects.get(argument__debate=library(), relation="answers")
    assert link.matters_count == link.ratings.count() > 0
    sentences = Delta.objects.values_list("why", flat=True)
    assert sentences
    assert all(why.startswith("Demonstration: ") for why in sentences), (
        "Nobody may take one for a member’s own."
    )


def test_the_five_debates_are_rated_too(db: None, demo_mode: Settings) -> None:
    load()
    assert rate_debates() == 5
    for debate in Debate.objects.all():
        assert not find_drift(debate.pk), f"What is shown of {debate.slug} does not follow from its ratings."
        assert Rating.objects.filter(argument__debate=debate).exists()
        assert all(changes_of_opinion(debate).values()), "People enough say twice what they think."
    assert words("argument") == set(Word.values)
    assert {"contested", "leaning-backed"} <= words("thesis")
    parted = [one for debate in Debate.objects.all() for one in cruxes_of(ANYBODY, debate)]
    assert [one for one in parted if one.cruxes and one.common]
    rated = LinkRating.objects.exclude(link__matters_count=0)
    assert rated.count() == LinkRating.objects.count() > 0
    assert not Rating.objects.exclude(member__username__in=READERS).exists()


# ------------------------------------------------------------------------------------------ the same every time


def test_a_second_run_changes_nothing_and_rates_nothing_that_was_posted_since(demo: None) -> None:
    ada = User.objects.get(username="ada")
    own = open_debate(ada, "Of a visitor?", ["Mine."])
    for parent in (own.arguments.get(), library().arguments.get(claim=about_a_library.CAT)):
        post_argument(ada, parent, pro("Mine, too."))
    before = dump()
    assert make_demo() == "unchanged"
    assert dump() == before, "Whoever tries the site would find votes on what they wrote, of nobody."


def test_the_readers_answer_the_same_at_every_load(db: None, demo_mode: Settings) -> None:
    def said() -> dict[str, list[tuple[object, ...]]]:
        """Return all that the readers said, by names that stay the same."""
        ratings = Rating.objects.filter(member__username__in=READERS)
        return {
            "ratings": sorted(
                ratings.values_list("argument__claim", "member__username", "holds", "after_seeing")
            ),
            "opinions": sorted(Opinion.objects.values_list("thesis__claim", "member__username", "before")),
            "deltas": sorted(Delta.objects.values_list("argument__claim", "member__username", "why")),
            "links": sorted(
                LinkRating.objects.values_list("link__parent__claim", "member__username", "matters")
            ),
            "standings": sorted(
                Standing.objects.exclude(argument__debate__state="hidden").values_list(
                    "argument__claim", "argument__path", "strength", "word"
                )
            ),
        }

    with transaction.atomic():
        make_demo()
        first = said()
        transaction.set_rollback(True)
    assert not Debate.objects.exists()
    User.objects.create(username="somebody")  # so that no key is what it was
    debate = Debate.objects.create(question="Something?", slug="something", state="hidden")
    Argument.objects.create(debate=debate, kind="thesis", claim="Something.", path="0000", depth=0)
    make_demo()
    assert said() == first
    assert all(first.values()), f"Nothing was compared: {first}"


def test_the_numbers_drawn_are_the_same_with_every_python() -> None:
    strikes = latent("a name")
    assert strikes.holds == pytest.approx(0.27537103475993796, abs=1e-12)
    assert strikes.people == 15
    said = [(one.reader, one.holds, one.matters) for one in answers("a name", strikes, 1, [0] * 24)]
    assert said[:5] == [(10, 2, 2), (14, 1, 2), (19, 1, 2), (2, 2, None), (9, 0, 2)]


# --------------------------------------------------------------------------------------- fair to both sides


@given(name=st.text(max_size=30), readers=st.integers(2 * ON_EITHER_SIDE, 40))
def test_as_many_readers_agree_with_a_thesis_as_disagree(name: str, readers: int) -> None:
    given_views = views(name, readers)
    assert sorted(one.reader for one in given_views) == list(range(readers))
    leans = Counter(one.lean for one in given_views)
    assert leans[1] == leans[-1] == ON_EITHER_SIDE, "Otherwise the demo would take a side."
    assert all(0 <= one.before <= LAST_POINT for one in given_views)
    assert all(one.after is None or 0 <= one.after <= LAST_POINT for one in given_views)


@given(
    name=st.text(max_size=30),
    side=st.sampled_from([1, -1]),
    leans=st.lists(st.sampled_from([1, 0, -1]), min_size=24, max_size=24),
)
def test_what_readers_answer_is_the_same_on_the_other_side(name: str, side: int, leans: list[int]) -> None:
    strikes = latent(name)
    here = list(answers(name, strikes, side, leans))
    there = list(answers(name, strikes, -side, [-lean for lean in leans]))
    assert here == there, "With both sides swapped, everything stays: none is favoured by design."
    assert len(here) == min(strikes.people, len(leans))
    assert all(0 <= one.holds <= SURE for one in here)
    assert all(one.matters is None or 0 <= one.matters <= SURE for one in here)


def test_on_the_whole_the_readers_neither_like_nor_dislike_what_they_read() -> None:
    drawn = [latent(f"name {number}") for number in range(2000)]
    assert fmean(one.holds for one in drawn) == pytest.approx(0.5, abs=0.02)
    moves = [
        one.after - one.before
        for number in range(300)
        for one in views(f"name {number}", 24)
        if one.after is not None
    ]
    assert fmean(moves) == pytest.approx(0, abs=0.02)
