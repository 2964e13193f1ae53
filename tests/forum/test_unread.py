"""What is new since the last visit: of others, shown to everyone, later than the mark; through moves, merges and splits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.arranging.move_argument import move_argument
from debates.actions.arranging.split_argument import split_argument
from debates.actions.arranging.undo_rearrangement import undo_rearrangement
from debates.actions.moderating.approve import approve
from debates.actions.moderating.hide import hide
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.models import Argument, Debate, State
from forum.accounts.models import User
from forum.following.actions.mark_read import mark_argument, mark_branch, mark_debate
from forum.following.models import ReadArgument, ReadMark
from forum.following.unread import counts_of, new_to, news_in
from tests.conftest import Cast, Scene, con, pro, signed_in


@pytest.fixture
def read(scene: Scene, cast: Cast) -> Scene:
    """Give the scene as Dan has read it to its end."""
    mark_debate(cast.dan, scene.debate, timezone.now())
    return scene


def new_for(member: User, debate: Debate | None = None) -> set[str]:
    """Return the claims that are new to a member."""
    found = new_to(member.pk)
    return set((found.filter(debate=debate) if debate else found).values_list("claim", flat=True))


def fresh(argument: Argument) -> Argument:
    """Return an argument as it stands now."""
    return Argument.objects.get(pk=argument.pk)


# ----------------------------------------------------------------------------------------------- what is new


def test_nothing_is_new_in_a_debate_that_was_never_marked(scene: Scene, cast: Cast) -> None:
    assert new_for(cast.dan) == set()


def test_what_others_post_after_the_mark_is_new_and_ones_own_is_not(read: Scene, cast: Cast) -> None:
    assert new_for(cast.dan) == set()
    post_argument(cast.ada, read.thesis, pro("They are seen from afar."))
    own = post_argument(cast.dan, read.thesis, con("They are in the way."))
    assert new_for(cast.dan) == {"They are seen from afar."}
    Argument.objects.filter(pk=own.pk).update(author=None)
    assert "They are in the way." in new_for(cast.dan), "What has no author is somebody else’s."


def test_nothing_hidden_is_counted_as_new(read: Scene, cast: Cast) -> None:
    answer = post_argument(cast.ada, read.thesis, pro("They are seen from afar."))
    hide(cast.cleo, answer, "Spam.")
    for member in (cast.dan, cast.cleo):
        mark_debate(member, read.debate, timezone.now() - timedelta(days=1))
        assert "They are seen from afar." not in new_for(member), "Counts are the same for everyone."
    post_argument(cast.ada, read.thesis, pro("They are red."))
    hide(cast.cleo, read.debate, "Spam.")
    assert new_for(cast.dan) == set()
    assert counts_of([read.debate.pk], cast.dan.pk) == {}


def test_what_waited_is_new_when_it_is_first_shown(scene: Scene, cast: Cast) -> None:
    answer = post_argument(cast.ada, scene.thesis, pro("They are seen from afar."))
    Argument.objects.filter(pk=answer.pk).update(state=State.PENDING)
    mark_debate(cast.dan, scene.debate, timezone.now())
    approve(cast.cleo, fresh(answer), "Fine.")
    assert new_for(cast.dan) == {"They are seen from afar."}, (
        "It was posted before the mark, but nobody saw it."
    )


def test_a_branch_and_one_argument_are_read_by_themselves(read: Scene, cast: Cast) -> None:
    first = post_argument(cast.ada, read.thesis, pro("One."))
    below = post_argument(cast.ben, first, con("Two."))
    post_argument(cast.ben, read.thesis, con("Three."))
    drawn = timezone.now()
    post_argument(cast.ada, below, con("Four."))
    assert mark_argument(cast.dan, below)
    assert not mark_argument(cast.dan, below)
    assert new_for(cast.dan) == {"One.", "Three.", "Four."}
    assert mark_branch(cast.dan, first, drawn)
    assert new_for(cast.dan) == {"Three.", "Four."}, "Four came after the page was drawn that was marked."
    assert mark_debate(cast.dan, read.debate, timezone.now())
    assert new_for(cast.dan) == set()
    assert not ReadArgument.objects.exists(), "The mark says it all by now."


def test_the_mark_never_goes_back_nor_into_the_future(read: Scene, cast: Cast) -> None:
    before = ReadMark.objects.get()
    assert not mark_debate(cast.dan, read.debate, before.read_to - timedelta(hours=1))
    mark_debate(cast.dan, read.debate, timezone.now() + timedelta(days=400))
    post_argument(cast.ada, read.thesis, pro("One."))
    assert new_for(cast.dan) == {"One."}


def test_counts_on_branches_are_those_of_a_naive_walk(read: Scene, cast: Cast) -> None:
    above = [read.thesis, read.reason, read.rebuttal]
    for number in range(12):
        above.append(post_argument(cast.ada, above[number * 7 % len(above)], pro(f"Number {number}.")))
    mark_argument(cast.dan, above[5])
    news, new = news_in(read.debate.pk, cast.dan.pk), new_for(cast.dan)
    for one in above:
        inside = Argument.objects.all().subtree_of(one).exclude(pk=one.pk).values_list("claim", flat=True)
        assert news.below[one.public_id] == len(new & set(inside))
    assert [one.path for one in news.arguments] == sorted(one.path for one in news.arguments)
    assert counts_of([read.debate.pk], cast.dan.pk) == {read.debate.pk: len(new)}


# ------------------------------------------------------------------------------------ moves, merges and splits


@pytest.fixture
def quay(cast: Cast) -> Debate:
    """Give another debate, which Dan has read, too."""
    return open_debate(cast.ada, "Should the quay be rebuilt?", ["The quay should be rebuilt."])


def test_a_move_to_another_debate_leaves_read_what_was_read_and_new_what_was_new(
    scene: Scene, quay: Debate, cast: Cast
) -> None:
    mark_debate(cast.dan, quay, timezone.now())
    mark_debate(cast.ben, quay, timezone.now())
    known = post_argument(cast.ada, scene.reason, pro("Known."))
    mark_debate(cast.dan, scene.debate, timezone.now())
    post_argument(cast.ada, known, pro("Unknown."))
    thesis = quay.arguments.get()
    move = move_argument(cast.cleo, fresh(scene.reason), thesis, "pro", "", "It belongs there.")
    assert new_for(cast.dan, quay) == {"Unknown."}, "Dan has read the others, in the debate where they stood."
    assert "Known." in new_for(cast.ben, quay), "Ben never read the other debate: here it is new to him."
    undo_rearrangement(cast.cleo, move, "It does not.")
    assert new_for(cast.dan) == {"Unknown."}
    assert not ReadArgument.objects.filter(member=cast.dan).exists()


def test_what_is_unread_stays_new_in_a_debate_that_was_read_later(
    scene: Scene, quay: Debate, cast: Cast
) -> None:
    mark_debate(cast.dan, scene.debate, timezone.now())
    answer = post_argument(cast.ada, scene.reason, pro("Unknown."))
    mark_debate(cast.dan, quay, timezone.now())
    move = move_argument(cast.cleo, answer, quay.arguments.get(), "pro", "", "It belongs there.")
    assert new_for(cast.dan, quay) == {"Unknown."}, (
        "Its new debate was read after it was posted, but not with it."
    )
    mark_debate(cast.dan, quay, timezone.now())
    assert new_for(cast.dan) == set()
    undo_rearrangement(cast.cleo, move, "It does not.")
    assert new_for(cast.dan) == set(), "It was read where it stood meanwhile."


def test_a_move_within_a_debate_changes_nothing(read: Scene, cast: Cast) -> None:
    post_argument(cast.ada, read.rebuttal, con("Unknown."))
    move_argument(
        cast.cleo, fresh(read.rebuttal), read.thesis, "con", "claim", "It speaks against the thesis."
    )
    assert new_for(cast.dan) == {"Unknown."}


def test_a_merge_keeps_the_replies_read_and_what_says_the_same(
    scene: Scene, quay: Debate, cast: Cast
) -> None:
    mark_debate(cast.dan, quay, timezone.now())
    kept = post_argument(cast.ada, quay.arguments.get(), pro("The quay is part of the town’s memory."))
    mark_debate(cast.dan, scene.debate, timezone.now())
    assert new_for(cast.dan) == {kept.claim}
    merge = merge_arguments(cast.cleo, fresh(scene.reason), kept, "They say the same.")
    assert new_for(cast.dan) == set(), "Dan has read what says the same, and the reply to it."
    undo_rearrangement(cast.cleo, merge, "They do not.")
    assert scene.rebuttal.claim not in new_for(cast.dan)


def test_what_is_split_off_is_as_new_as_the_whole_was(read: Scene, cast: Cast) -> None:
    mark_debate(cast.ben, read.debate, timezone.now() - timedelta(days=1))
    split_argument(
        cast.cleo,
        fresh(read.reason),
        "They are the town’s memory.",
        ArgumentText(claim="Visitors come for them.", stance="pro"),
        [],
        "first",
        "Two claims.",
    )
    assert new_for(cast.dan) == set(), "Dan read both claims when they were one."
    assert "Visitors come for them." in new_for(cast.ben)


# ----------------------------------------------------------------------------------------------- on the pages


def page(client: Client, address: str) -> str:
    """Return a page's text."""
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def mark_form(address: str, **more: str) -> dict[str, str]:
    """Return what the button sends that marks a page as read."""
    return {"to": timezone.now().isoformat(), "next": address, **more}


def test_a_first_visit_offers_to_begin_and_reading_a_page_marks_nothing(scene: Scene, cast: Cast) -> None:
    dan, address = signed_in(cast.dan), scene.debate.get_absolute_url()
    assert "Mark read to here" in page(dan, address)
    assert "new-mark" not in page(dan, address)
    assert not ReadMark.objects.exists(), "A GET wrote."
    answer = dan.post(reverse("read_debate", args=[scene.debate.slug]), mark_form(address))
    assert answer.status_code == 302
    assert answer["Location"] == address
    assert "Nothing new since" in page(dan, address)


def test_new_is_drawn_in_every_view_that_shows_the_tree_and_counted_at_the_debate(
    read: Scene, cast: Cast
) -> None:
    dan, answer = signed_in(cast.dan), post_argument(cast.ada, read.rebuttal, con("They came from here."))
    post_argument(cast.ben, answer, con("They did not."))
    for address, marks in (
        (read.debate.get_absolute_url(), 1),
        (answer.get_absolute_url(), 2),
        (reverse("outline", args=[read.debate.slug]), 2),
        (reverse("latest", args=[read.debate.slug]), 2),
    ):
        text = page(dan, address)
        assert "2 new in this debate" in text
        assert text.count("</span> new</span>") >= marks, address
        assert "new-mark" not in page(Client(), address), (
            "A visitor has read nothing, and nothing is new to them."
        )
    assert "2 new" in page(dan, reverse("home"))
    assert "2 new" not in page(Client(), reverse("home"))


def test_next_new_goes_round_in_reading_order_and_marks_nothing(read: Scene, cast: Cast) -> None:
    dan = signed_in(cast.dan)
    late = post_argument(cast.ada, read.thesis, pro("The last in the tree."))
    early = post_argument(cast.ben, read.rebuttal, con("The first in the tree."))
    way = reverse("next_new", args=[read.debate.slug])
    assert dan.get(way)["Location"] == early.get_absolute_url()
    assert dan.get(way, {"after": early.public_id})["Location"] == late.get_absolute_url()
    assert dan.get(way, {"after": late.public_id})["Location"] == early.get_absolute_url()
    assert dan.get(way, {"after": "nobody\0"})["Location"] == early.get_absolute_url()
    assert not ReadArgument.objects.exists(), "A GET wrote."
    step = dan.post(reverse("read_argument", args=[early.public_id]))
    assert step["Location"] == f"{way}?after={early.public_id}"
    assert new_for(cast.dan) == {late.claim}
    dan.post(reverse("read_argument", args=[read.thesis.public_id]), mark_form("/", branch="1"))
    assert "Nothing else is new" in page(dan, way)


@pytest.mark.parametrize(
    "to", ["", "yesterday", "2026-02-30T10:00:00Z", "2026-02-03T10:00:00", "\0", "9" * 400]
)
def test_a_time_that_no_page_of_ours_sends_is_refused(scene: Scene, cast: Cast, to: str) -> None:
    answer = signed_in(cast.dan).post(reverse("read_debate", args=[scene.debate.slug]), {"to": to})
    assert answer.status_code == 400
    assert not ReadMark.objects.exists()


def test_nobody_marks_what_they_may_not_read_nor_without_an_account(read: Scene, cast: Cast) -> None:
    hide(cast.cleo, read.debate, "Spam.")
    dan, ways = signed_in(cast.dan), [reverse("read_debate", args=[read.debate.slug])]
    ways += [
        reverse("next_new", args=[read.debate.slug]),
        reverse("read_argument", args=[read.reason.public_id]),
    ]
    for way in ways:
        assert dan.post(way, mark_form("/")).status_code == 404
        assert Client().post(way, mark_form("/"))["Location"].startswith(reverse("account_login"))


def test_a_form_leads_nowhere_else(read: Scene, cast: Cast) -> None:
    way = reverse("read_debate", args=[read.debate.slug])
    answer = signed_in(cast.dan).post(way, mark_form("https://elsewhere.example/"))
    assert answer["Location"] == read.debate.get_absolute_url()


def test_what_is_new_costs_a_member_two_statements_however_much_it_is(scene: Scene, cast: Cast) -> None:
    dan, address = signed_in(cast.dan), scene.debate.get_absolute_url()

    def ours() -> int:
        with CaptureQueriesContext(connection) as caught:
            page(dan, address)
        return sum("following_" in one["sql"] for one in caught)

    assert ours() == 1, "Without a mark there is nothing to look for."
    mark_debate(cast.dan, scene.debate, timezone.now())
    for number in range(9):
        post_argument(cast.ada, scene.reason, pro(f"Number {number}."))
    assert ours() == 2
    with CaptureQueriesContext(connection) as caught:
        page(Client(), address)
    assert not any("following_" in one["sql"] for one in caught)
