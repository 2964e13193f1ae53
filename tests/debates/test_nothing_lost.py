"""Whatever people and moderators do at the same moment: no circle, no orphan, counters equal rows, nothing lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from debates.actions.arranging.link_argument import link_argument
from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.arranging.move_argument import move_argument
from debates.actions.arranging.split_argument import split_argument
from debates.actions.arranging.undo_rearrangement import undo_rearrangement
from debates.actions.moderating.hide import hide
from debates.actions.moderating.restore import restore
from debates.actions.weighing.rate import rate
from debates.actions.weighing.rescore_debates import find_drift
from debates.actions.weighing.standing_whole import whole
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, Debate, Rating, Rearrangement, Revision, State
from debates.permissions import Refused
from debates.strength.graph import Graph
from debates.tree import WIDTH, depth_of
from forum.accounts.models import User
from tests.conftest import Cast, con, make_cast, pro

EXAMPLES, STEPS = (60, 30) if "EXPLORE" in os.environ else (5, 12)
REASON = "Tried by a test."


@dataclass(frozen=True)
class Act:
    """One thing that somebody does: its name, and numbers that choose among what there is when it is done."""

    name: str
    who: int
    first: int
    second: int
    pro: bool


acts = st.builds(
    Act,
    st.sampled_from(
        [
            "reply",
            "reply",
            "reply",
            "vote",
            "vote",
            "move",
            "merge",
            "split",
            "undo",
            "hide",
            "restore",
            "link",
        ]
    ),
    st.integers(0, 3),
    st.integers(0, 999),
    st.integers(0, 999),
    st.booleans(),
)


class Site(RuleBasedStateMachine):
    """Two debates in which three things at a time are done by three threads, each in a transaction of its own."""

    cast: Cast
    debates: list[Debate]

    @initialize()
    def open(self) -> None:
        """Open two debates; earlier examples leave theirs, and nobody minds."""
        if not User.objects.filter(username="ada").exists():
            make_cast()
        self.cast = Cast(
            *User.objects.filter(username__in=["ada", "ben", "cleo", "dan"]).order_by("username")
        )
        theses = ["The harbour should keep its cranes.", "The cranes should be lit at night."]
        self.debates = [open_debate(self.cast.ada, f"Debate {uuid4()}?", theses) for _ in range(2)]
        self.number = count()
        self.said: set[str] = set()
        self.voted: set[tuple[int, int]] = set()
        self.faults: list[BaseException] = []

    @rule(together=st.lists(acts, min_size=1, max_size=3))
    def at_once(self, together: list[Act]) -> None:
        """Do some things at the same moment; each may be refused, and none may break."""
        barrier = Barrier(len(together))
        threads = [Thread(target=self._do, args=(act, barrier)) for act in together]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
            assert not thread.is_alive(), "Two acts wait for each other for ever."
        assert not self.faults, self.faults

    def _do(self, act: Act, barrier: Barrier) -> None:
        try:
            there = list(self._there())
            barrier.wait(30)
            if there:
                ACTS[act.name](self, act, there)
        except Refused:
            pass  # a sentence is an answer; that nothing is lost is asked below
        except BaseException as fault:  # a thread would swallow it
            self.faults.append(fault)
        finally:
            connection.close()

    def _there(self) -> list[Argument]:
        here = Argument.objects.filter(debate__in=self.debates, merged_into=None)
        return list(here.exclude(state=State.REMOVED).select_related("debate").order_by("pk"))

    def member(self, act: Act) -> User:
        """Return who acts."""
        return [self.cast.ada, self.cast.ben, self.cast.cleo, self.cast.dan][act.who]

    @invariant()
    def the_trees_are_trees(self) -> None:
        """No orphan, no wrong path, no circle."""
        if not hasattr(self, "debates"):
            return
        rows = {one.pk: one for one in Argument.objects.filter(debate__in=self.debates)}
        for one in rows.values():
            assert one.depth == depth_of(one.path)
            if one.parent_id is None:
                assert one.kind == Argument.Kind.THESIS
                continue
            parent = rows[one.parent_id]
            assert one.debate_id == parent.debate_id
            assert one.path[:-WIDTH] == parent.path, "A branch stands where its paths do not."
            assert parent.merged_into_id is None or one.merged_into_id is not None, (
                "An answer was left under an argument that is gone."
            )
        for debate in self.debates:
            read = whole(debate.pk)
            Graph(read.claims, read.places)  # raises where claims lead back to themselves

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every text that was posted can be found, every merged one leads on, every vote counts where its argument went."""
        if not hasattr(self, "debates"):
            return
        kept = set(Revision.objects.filter(argument__debate__in=self.debates).values_list("claim", flat=True))
        assert self.said <= kept, "A text that was posted is gone."
        for gone in Argument.objects.filter(debate__in=self.debates, merged_into__isnull=False):
            led = Argument.objects.named(gone.public_id)
            assert led is not None
            assert led.merged_into_id is None
        for key, member in self.voted:
            found = Argument.objects.named(Argument.objects.get(pk=key).public_id)
            assert found is not None
            if member not in authors_on_the_way(Argument.objects.get(pk=key)):  # nobody rates their own
                assert Rating.objects.filter(argument=found, member=member).exists(), "A vote is gone."

    @invariant()
    def counters_equal_rows(self) -> None:
        """What is stored of every standing is what the rows say, in numbers and in words."""
        if not hasattr(self, "debates"):
            return
        for debate in self.debates:
            assert find_drift(debate.pk) == []


def authors_on_the_way(argument: Argument) -> set[int | None]:
    """Return who wrote what an argument was merged into, and into what that was."""
    authors = set()
    while argument.merged_into is not None:
        argument = argument.merged_into
        authors.add(argument.author_id)
    return authors


def _reply(site: Site, act: Act, there: list[Argument]) -> None:
    claim = f"Claim {next(site.number)} of {site.debates[0].pk}."
    text = pro(claim) if act.pro else con(claim)
    post_argument(site.member(act), there[act.first % len(there)], text)
    site.said.add(claim)


def _vote(site: Site, act: Act, there: list[Argument]) -> None:
    argument, member = there[act.first % len(there)], site.member(act)
    rate(member, argument, holds=act.second % 5, matters=act.first % 5)
    site.voted.add((argument.pk, member.pk))


def _move(site: Site, act: Act, there: list[Argument]) -> None:
    stance, attacks = ("pro", "") if act.pro else ("con", "claim")
    move_argument(
        site.cast.cleo,
        there[act.first % len(there)],
        there[act.second % len(there)],
        stance,
        attacks,
        REASON,
    )


def _merge(site: Site, act: Act, there: list[Argument]) -> None:
    merge_arguments(site.cast.cleo, there[act.first % len(there)], there[act.second % len(there)], REASON)


def _split(site: Site, act: Act, there: list[Argument]) -> None:
    argument = there[act.first % len(there)]
    second = f"Second half {next(site.number)} of {site.debates[0].pk}."
    replies = [one.pk for one in there if one.parent_id == argument.pk][:1]
    split_argument(
        site.cast.cleo,
        argument,
        argument.claim,
        pro(second) if argument.stance == "pro" else con(second),
        replies,
        "both" if act.pro else "first",
        REASON,
    )
    site.said.add(second)


def _undo(site: Site, act: Act, there: list[Argument]) -> None:
    rows = list(Rearrangement.objects.filter(argument__debate__in=site.debates, undone_at=None))
    if rows:
        undo_rearrangement(site.cast.cleo, rows[act.first % len(rows)], REASON)


def _hide(site: Site, act: Act, there: list[Argument]) -> None:
    hide(site.cast.cleo, there[act.first % len(there)], REASON)


def _restore(site: Site, act: Act, there: list[Argument]) -> None:
    hidden = [one for one in there if one.state == State.HIDDEN]
    if hidden:
        restore(site.cast.cleo, hidden[act.first % len(hidden)], REASON)


def _link(site: Site, act: Act, there: list[Argument]) -> None:
    stance, attacks = ("pro", "") if act.pro else ("con", "claim")
    argument, parent = there[act.first % len(there)], there[act.second % len(there)]
    link_argument(site.member(act), argument, parent, stance, attacks)


ACTS: dict[str, Callable[[Site, Act, list[Argument]], None]] = {
    "reply": _reply,
    "vote": _vote,
    "move": _move,
    "merge": _merge,
    "split": _split,
    "undo": _undo,
    "hide": _hide,
    "restore": _restore,
    "link": _link,
}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_whatever_is_done_at_once() -> None:
    run_state_machine_as_test(
        Site,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
