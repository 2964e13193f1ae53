"""Focus: one claim with its answers; a page draws what it can show and counts the rest."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.actions.weighing.rate import rate
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, Debate, Standing, State
from debates.tree import path_of
from forum.accounts.models import User
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in
from tests.debates.large import a_large_debate
from tests.debates.test_outline import lines, rows_fetched

MOST_CARDS = 250
NOTHING = "Nothing below this claim is like that."
GONE = [State.HIDDEN, State.WITHDRAWN, State.REMOVED]


def claims(page: str) -> list[str]:
    """Return the claims of a page in the order in which they stand."""
    found = re.findall(r'class="claim" dir="auto"><a href="[^"]*">([^<]*)</a>', page)
    return [claim.replace("&#x27;", "'") for claim in found]


def read(client: Client, scene: Scene, query: str = "") -> str:
    return client.get(f"{scene.debate.get_absolute_url()}{query}").content.decode()


@pytest.fixture
def answered(cast: Cast, scene: Scene) -> Scene:
    """Add three reasons: one that many agree with, one that nobody answered, one with a source."""
    strong = post_argument(cast.ada, scene.thesis, pro("The strong reason."))
    post_argument(cast.ben, strong, con("A doubt about it."))
    post_argument(cast.ada, scene.thesis, pro("The sourced reason.", citations=(a_book("Harbour books"),)))
    post_argument(cast.ben, scene.thesis, con("The lonely objection.", topic_tags=("money",)))
    for number in range(6):
        rate(User.objects.create_user(f"reader{number}"), strong, holds=4, matters=4)
    return scene


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("", "The strong reason."),
        ("strongest", "The strong reason."),
        ("newest", "The sourced reason."),
        ("posted", "The cranes are the town’s memory."),
        ("unanswered", "The sourced reason."),
        ("no such order", "The strong reason."),
        ("\0", "The strong reason."),
    ],
)
def test_dan_reads_the_answers_in_the_order_that_he_asks_for(
    client: Client, answered: Scene, sort: str, first: str
) -> None:
    page = client.get(answered.debate.get_absolute_url(), {"sort": sort}).content.decode()
    reasons = [one for one in claims(page) if "reason" in one or "memory" in one]
    assert reasons[0] == first


def test_a_random_order_stays_as_it_is_while_its_seed_stands_in_the_address(
    client: Client, answered: Scene
) -> None:
    one, again = read(client, answered, "?sort=random&seed=7"), read(client, answered, "?sort=random&seed=7")
    assert claims(one) == claims(again)
    assert "seed=" in read(client, answered, "?sort=random"), "Its links carry the seed that was drawn."


def test_an_order_by_strength_does_not_tell_ben_what_he_may_not_see_yet(answered: Scene, cast: Cast) -> None:
    ben = signed_in(User.objects.create_user("reader"))
    reasons = [one for one in claims(read(ben, answered)) if "reason" in one or "memory" in one]
    assert reasons[0] == "The cranes are the town’s memory.", (
        "Who has not answered yet whether an argument holds up would learn from its place what others say."
    )


@pytest.mark.parametrize(
    ("query", "chosen", "passing"),
    [
        ("?stance=con", "The lonely objection.", "The strong reason."),
        ("?tag=money", "The lonely objection.", None),
        ("?tag=MONEY", "The lonely objection.", None),
        ("?sources=cited", "The sourced reason.", "The cranes are the town’s memory."),
        ("?by=ben", "A doubt about it.", "The strong reason."),
    ],
)
def test_a_filter_keeps_what_was_chosen_and_the_way_to_it(
    client: Client, answered: Scene, query: str, chosen: str, passing: str | None
) -> None:
    page = read(client, answered, query)
    assert chosen in claims(page)
    if passing:
        card = page[: page.rindex(f">{passing}</a>")].rsplit("<article", 1)[1]
        assert "card-passing" in card, "What only leads to what was chosen is drawn softly."
    else:
        assert "The strong reason." not in claims(page)


def test_a_filter_that_nothing_passes_says_so(client: Client, answered: Scene) -> None:
    assert "Nothing in this debate is like that." in read(client, answered, "?by=nobody")


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("rebuttal", "stance=pro"),
        ("lonely", "stance=con"),
        ("reason", "stance=note"),
        ("reason", "tag=none"),
        ("reason", "by=nobody"),
        ("reason", "by=voice:nobody"),
        ("reason", "sources=checked"),
        ("lonely", "sources=cited"),
        ("rebuttal", "sources=none"),
        ("reason", "stance=note&tag=none&by=nobody&sources=checked&sort=newest"),
    ],
)
def test_on_an_argument_a_filter_that_nothing_passes_says_so(
    client: Client, cast: Cast, scene: Scene, name: str, query: str
) -> None:
    lonely = post_argument(cast.ada, scene.thesis, pro("A reason that nobody answered."))
    shown = {"reason": scene.reason, "rebuttal": scene.rebuttal, "lonely": lonely}[name]
    page = client.get(f"{shown.get_absolute_url()}?{query}")
    assert page.status_code == 200
    assert claims(page.content.decode()) == [shown.claim], "The top of a page is always drawn."
    assert NOTHING in page.content.decode()
    branch = client.get(f"{reverse('branch', args=[shown.public_id])}?{query}")
    assert branch.status_code == 200
    assert NOTHING in branch.content.decode()


def test_in_a_crowded_branch_a_filter_that_nothing_passes_says_so(client: Client, db: None) -> None:
    debate = a_large_debate(300, children=150)
    crowded = debate.arguments.get(claim="Reason number 0.")
    page = client.get(crowded.get_absolute_url(), {"tag": "none"}).content.decode()
    assert claims(page) == [crowded.claim]
    assert NOTHING in page


def test_on_an_argument_a_filter_keeps_the_answers_that_were_chosen(client: Client, scene: Scene) -> None:
    for query in ("stance=con", "by=ben", "sources=cited"):
        page = client.get(f"{scene.reason.get_absolute_url()}?{query}").content.decode()
        assert claims(page) == [scene.reason.claim, scene.rebuttal.claim]
        assert NOTHING not in page
    assert NOTHING not in client.get(scene.rebuttal.get_absolute_url()).content.decode(), (
        "Where nothing was asked for, nothing is missing."
    )


def test_a_side_that_a_filter_emptied_is_not_called_unanswered(client: Client, scene: Scene) -> None:
    page = read(client, scene, "?tag=none")
    assert "Nobody has argued for this yet." not in page, "One reason stands there, and is only not shown."
    assert "No argument for this is like that." in page
    assert "Nobody has argued against this yet." in page


def test_a_filter_finds_nothing_that_is_hidden(client: Client, answered: Scene, cast: Cast) -> None:
    lonely = Argument.objects.get(claim="The lonely objection.")
    hide(cast.cleo, lonely, "It insults.", "person")
    page = read(client, answered, "?tag=money")
    assert "The lonely objection." not in page
    assert "Nothing in this debate is like that." in page


def test_premises_that_work_together_stay_together_in_every_order(
    client: Client, answered: Scene, cast: Cast
) -> None:
    post_argument(cast.ada, answered.thesis, pro("The premise."), joint_with=answered.reason)
    for sort in ("strongest", "newest", "unanswered", "contested", "random&seed=3"):
        shown = claims(read(client, answered, f"?sort={sort}"))
        assert shown.index("The premise.") == shown.index(answered.reason.claim) + 2, (
            "The premise follows the argument that it works with, whose rebuttal stands between."
        )


def test_a_long_path_folds_its_middle(client: Client, cast: Cast, scene: Scene) -> None:
    parent = scene.rebuttal
    for number in range(5):
        parent = post_argument(cast.ada, parent, con(f"No, {number}."))
    page = client.get(parent.get_absolute_url()).content.decode()
    assert "4 claims between" in page
    assert scene.reason.claim in page, (
        "What is folded is still there, for scripts off and for search in the page."
    )


def test_a_debate_of_ten_thousand_draws_what_one_page_holds_and_counts_the_rest(
    client: Client, cast: Cast, scene: Scene
) -> None:
    counts = {}
    for size in (300, 10_000):
        debate = a_large_debate(size, slug=f"large-{size}")
        with CaptureQueriesContext(connection) as taken:
            page = client.get(debate.get_absolute_url()).content.decode()
        counts[size] = len(taken)
        assert len(claims(page)) <= MOST_CARDS, "A page draws no more than one can read."
        assert f"{size + 1:,} arguments in all".replace(",", "") in page.replace(",", ""), (
            "It counts them all."
        )
        below = sum(
            int(one.replace(",", "")) for one in re.findall(r"Open ([\d,]+) more in this branch", page)
        )
        assert below + len(claims(page)) == size + 1, "What is not drawn is counted where it is."
    assert counts[300] == counts[10_000], (
        "As many statements for ten thousand arguments as for three hundred."
    )


def test_a_claim_with_a_thousand_answers_shows_some_and_leads_to_the_rest(client: Client, db: None) -> None:
    debate = a_large_debate(1_000, children=1_000)
    page = client.get(debate.get_absolute_url()).content.decode()
    assert len(claims(page)) <= MOST_CARDS
    assert "920 more answers" in page


def a_debate_with_a_chain() -> tuple[Debate, list[str]]:
    """Return a debate of ten answers to a thesis and four below the first, one under another; and all its claims."""
    debate = a_large_debate(10, children=10)
    above = debate.arguments.get(claim="Reason number 0.")
    for number in range(4):
        above = Argument.objects.create(
            debate=debate,
            parent=above,
            claim=f"Deeper {number}.",
            stance="pro",
            path=path_of(above.path, 0),
            depth=above.depth + 1,
        )
    return debate, sorted(debate.arguments.values_list("claim", flat=True))


def leave_gone(above: Argument, count: int, author: User | None = None) -> None:
    """Write answers to a claim whose texts are no longer shown."""
    Argument.objects.bulk_create(
        Argument(
            debate=above.debate,
            parent=above,
            claim=f"Gone {number}.",
            stance="pro",
            path=path_of(above.path, 100 + number),
            depth=above.depth + 1,
            state=GONE[number % 3],
            author=author,
        )
        for number in range(count)
    )


def test_what_is_gone_takes_no_room_on_a_page(client: Client, cast: Cast) -> None:
    debate, every = a_debate_with_a_chain()
    with rows_fetched() as before, CaptureQueriesContext(connection) as statements_before:
        client.get(debate.get_absolute_url())
    for above in debate.arguments.filter(depth__lte=1):
        leave_gone(above, 250 if above.depth == 0 else 30, cast.ada)
    with rows_fetched() as after, CaptureQueriesContext(connection) as statements_after:
        page = client.get(debate.get_absolute_url()).content.decode()
    assert sorted(claims(page)) == every, "Who reads sees the same debate as if nothing had been removed."
    assert "more in this branch" not in page
    assert "no longer shown" not in page
    assert len(after) == len(before), "What is neither drawn nor leads to anything is not fetched."
    assert len(statements_after) == len(statements_before)
    moderated = claims(signed_in(cast.cleo).get(debate.get_absolute_url()).content.decode())
    assert len(moderated) <= MOST_CARDS, "Who may read what is gone gets no endless page of it, either."
    author = signed_in(cast.ada).get(debate.get_absolute_url()).content.decode()
    assert len(claims(author)) <= MOST_CARDS


def test_what_is_gone_far_below_does_not_make_a_debate_deep(client: Client, db: None) -> None:
    debate, every = a_debate_with_a_chain()
    with CaptureQueriesContext(connection) as before:
        client.get(debate.get_absolute_url())
    above = debate.arguments.get(claim="Deeper 3.")
    for _number in range(20):
        leave_gone(above, 1)
        above = above.children.get()
    with CaptureQueriesContext(connection) as after:
        page = client.get(debate.get_absolute_url()).content.decode()
    assert sorted(claims(page)) == every
    assert "more in this branch" not in page
    assert len(after) == len(before), "It is drawn as a whole, as it was."


def test_what_is_gone_keeps_its_place_while_something_below_it_can_be_read(
    client: Client, cast: Cast
) -> None:
    debate, every = a_debate_with_a_chain()
    debate.arguments.filter(claim="Deeper 1.").update(state=State.REMOVED)
    page = client.get(debate.get_absolute_url()).content.decode()
    assert sorted(claims(page)) == sorted(set(every) - {"Deeper 1."})
    assert page.count("no longer shown") == 1
    debate.arguments.filter(claim="Deeper 2.").update(state=State.PENDING, author=cast.ben)
    debate.arguments.filter(claim="Deeper 3.").update(state=State.PENDING)
    page = client.get(debate.get_absolute_url()).content.decode()
    assert "no longer shown" not in page
    assert "Deeper 2." not in page
    own = signed_in(cast.ben).get(debate.get_absolute_url()).content.decode()
    assert "Deeper 2." in claims(own), "A member finds their own text where they wrote it."
    assert own.count("no longer shown") == 1, "What it answered keeps its place for its author."


def test_the_answers_that_a_page_leaves_out_are_in_the_outline(client: Client, db: None) -> None:
    debate = a_large_debate(600, children=300)
    thesis, crowded = debate.arguments.get(depth=0), debate.arguments.get(claim="Reason number 0.")
    for claim, address in (
        (thesis, debate.get_absolute_url()),
        (thesis, thesis.get_absolute_url()),
        (crowded, crowded.get_absolute_url()),
        (crowded, reverse("branch", args=[crowded.public_id])),
    ):
        for sort in ("strongest", "newest"):
            page = client.get(address, {"sort": sort}).content.decode()
            leads = re.findall(r'<a href="([^"]*)">220 more answers in the outline</a>', page)
            assert len(leads) == 1, address
            outline = client.get(unescape(leads[0])).content.decode()
            assert lines(outline)[0] == claim.public_id, "The outline begins with the claim that was read."
            assert len(lines(outline)) == 101
            assert "Answers 1 to 100 of 300" in outline
            assert f'value="{sort}" selected' in outline, "It goes on in the order that was read."
            assert "200 more" in outline


def test_the_strongest_of_a_crowd_are_those_that_weigh_most(client: Client, db: None) -> None:
    debate = a_large_debate(300, children=300)
    pros = list(debate.arguments.filter(stance="pro").order_by("path"))
    Standing.objects.filter(argument__in=pros).update(strength=0.9, weight=0.01)
    Standing.objects.filter(argument=pros[0]).update(strength=0.8, weight=0.9)
    seen = claims(client.get(debate.get_absolute_url()).content.decode())
    assert pros[0].claim in seen, (
        "What is strong and hardly matters must not push out what reaches the claim."
    )
    assert next(one for one in seen if one != "It is.") == pros[0].claim


def test_which_of_a_thousand_are_shown_tells_nothing_that_is_still_to_be_rated(cast: Cast) -> None:
    debate = a_large_debate(1_000, children=1_000)
    strong = debate.arguments.get(claim="Reason number 0.")
    Standing.objects.filter(argument=strong).update(strength=0.99, weight=0.9)
    seen = claims(Client().get(debate.get_absolute_url()).content.decode())
    assert strong.claim in seen, "Who has no account sees how it stands, and has the strongest first."
    still = claims(signed_in(cast.dan).get(debate.get_absolute_url()).content.decode())
    assert strong.claim not in still, "That it is among the few that are drawn would say how strong it is."


def test_a_branch_is_opened_in_the_order_of_its_page(client: Client, answered: Scene) -> None:
    address = reverse("branch", args=[answered.thesis.public_id])
    newest = claims(client.get(address, {"sort": "newest"}).content.decode())
    posted = claims(client.get(address, {"sort": "posted"}).content.decode())
    assert sorted(newest) == sorted(posted)
    assert newest != posted
