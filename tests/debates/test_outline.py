"""The outline: a line an argument, folded as its address says, and no more fetched than is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from itertools import cycle
from typing import Any

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debates.actions.arranging.link_argument import link_argument
from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.moderating.hide import hide
from debates.actions.weighing.rate import rate
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.folding import EXCHANGE_MOST, LEVELS_MOST, SIBLINGS_MOST
from debates.models import Argument, Debate, State
from debates.tree import path_of
from forum.accounts.models import User
from tests.conftest import Cast, Scene, con, pro, signed_in

STATEMENTS = 12
"""The most that one page takes, whatever the size of the debate and whatever its address says."""


def read(debate: Debate, query: str = "", client: Client | None = None, **more: Any) -> str:
    """Return the outline in a state. Any: what a test client's `get` takes."""
    response = (client or Client()).get(f"{reverse('outline', args=[debate.slug])}?{query}", **more)
    assert response.status_code == 200, f"?{query} answers {response.status_code}."
    return str(response.content.decode())


def turned(debate: Debate, turn: str, query: str = "", client: Client | None = None) -> Any:
    """Return what htmx gets for one line, asked from a page in a state. Any: a response of the test client."""
    address = reverse("outline", args=[debate.slug])
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{address}?{query}"}
    return (client or Client()).get(f"{address}?turn={turn}", headers=headers)


def lines(html: str) -> list[str]:
    """Return the public ids of the lines, in their order."""
    return re.findall(r'class="line[^"]*" id="a-(\w+)"', html)


def line_of(html: str, one: Argument) -> str:
    """Return one line of a page."""
    start = html.index(f'id="a-{one.public_id}"')
    end = html.find('class="line ', start)
    return html[start : end if end > 0 else None]


def toggle(html: str, one: Argument) -> str:
    """Return where the fold of a line leads: the query of that page."""
    found = re.search(rf'id="f-{one.public_id}" href="[^"?]*\??([^"#]*)#a-{one.public_id}"', html)
    assert found is not None, f"“{one}” cannot be folded or opened."
    return unescape(found[1])


def plant(parents: list[Argument], each: int, *authors: User, stance: str = "") -> list[Argument]:
    """Write so many answers to each of some claims, in one statement, for and against in turns; return them."""
    who, rows = cycle(authors or (None,)), []
    for parent in parents:
        for number in range(each):
            side = stance or ("pro", "con")[number % 2]
            rows.append(
                Argument(
                    debate=parent.debate,
                    parent=parent,
                    stance=side,
                    attacks="claim" if side == "con" else "",
                    claim=f"Planted {number} below {parent.path}.",
                    path=path_of(parent.path, number),
                    depth=parent.depth + 1,
                    author=next(who),
                )
            )
    return Argument.objects.bulk_create(rows, batch_size=2_000)


def chain(thesis: Argument, length: int, *authors: User) -> list[Argument]:
    """Write a chain of single answers by authors in turns; return it from the top down."""
    found, above = [], thesis
    for _number, author in zip(range(length), cycle(authors), strict=False):
        (above,) = plant([above], 1, author)
        found.append(above)
    return found


def bare(cast: Cast, question: str) -> Argument:
    """Return the thesis of a new debate."""
    return open_debate(cast.ada, question, ["It is."], tags=["harbour"]).arguments.get()


@contextmanager
def rows_fetched() -> Iterator[list[Argument]]:
    """Collect the arguments that are made of rows meanwhile."""
    fetched: list[Argument] = []

    def made(instance: Argument, **_more: object) -> None:
        fetched.append(instance)

    post_init.connect(made, sender=Argument)
    try:
        yield fetched
    finally:
        post_init.disconnect(made, sender=Argument)


# ---------------------------------------------------------------------------------------------- lines


def test_each_argument_has_a_line_with_its_side_and_its_counts(scene: Scene) -> None:
    html = read(scene.debate)
    assert lines(html) == [one.public_id for one in (scene.thesis, scene.reason, scene.rebuttal)]
    assert "Thesis" in line_of(html, scene.thesis)
    assert "1 for · 0 against" in line_of(html, scene.thesis), "Counts are said in words, too."
    assert "For:<" in line_of(html, scene.reason), "The side is said, and not only drawn."
    assert "Rebuttal<" in line_of(html, scene.rebuttal)
    assert "unanswered" in line_of(html, scene.rebuttal)
    assert "ben" in line_of(html, scene.rebuttal)


def test_for_comes_before_against_and_notes_come_last(cast: Cast, scene: Scene) -> None:
    note = post_argument(cast.ben, scene.thesis, ArgumentText(kind="note", claim="What is a crane?"))
    against = post_argument(cast.ben, scene.thesis, con("They rust."))
    more = post_argument(cast.ada, scene.thesis, pro("They work."))
    html = read(scene.debate, f"shut={scene.reason.public_id}")
    assert lines(html)[1:] == [one.public_id for one in (scene.reason, more, against, note)]


def test_joint_premises_stay_together(cast: Cast, scene: Scene) -> None:
    second = post_argument(cast.ada, scene.thesis, pro("Cranes are listed."))
    joint = post_argument(cast.ada, scene.thesis, pro("What is listed is kept."))
    Argument.objects.filter(pk=joint.pk).update(joint_with=scene.reason)
    html = read(scene.debate, "depth=1")
    assert lines(html)[1:] == [one.public_id for one in (scene.reason, joint, second)]
    assert html.index("works only together") < html.index(f'id="a-{joint.public_id}"')


def test_what_answers_from_elsewhere_is_named_with_its_home(cast: Cast, scene: Scene) -> None:
    thesis = bare(cast, "Should quays be kept?")
    guest = post_argument(cast.ben, thesis, pro("Quays are nothing without cranes."))
    link_argument(cast.cleo, guest, scene.thesis, "pro")
    html = read(scene.debate)
    assert "2 for · 0 against" in line_of(html, scene.thesis), (
        "A link counts like an answer, as on every page."
    )
    assert "also answered by" in html
    assert "Should quays be kept?" in html
    assert guest.public_id not in lines(html), "Its line is at its home."
    hide(cast.cleo, guest, "person")
    html = read(scene.debate)
    assert "Quays" not in html
    assert "1 for · 0 against" in line_of(html, scene.thesis)


def test_a_hidden_text_keeps_its_place_while_something_stands_below_it(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.reason, "person")
    html = read(scene.debate)
    assert lines(html) == [one.public_id for one in (scene.thesis, scene.reason, scene.rebuttal)]
    assert scene.reason.claim not in html
    assert "ada" not in line_of(html, scene.reason), "Who wrote it is not told, either."
    assert "no longer shown" in line_of(html, scene.reason)
    assert "unanswered" in line_of(html, scene.thesis) or "0 for" in line_of(html, scene.thesis)
    folded = read(scene.debate, "depth=1")
    assert scene.reason.public_id in lines(folded)
    assert "0 for · 1 against" in line_of(folded, scene.reason)
    hide(cast.cleo, scene.rebuttal, "person")
    assert lines(read(scene.debate)) == [scene.thesis.public_id]
    assert scene.reason.claim in read(scene.debate, client=signed_in(cast.ada)), "Its author reads it."
    hide(cast.cleo, scene.thesis, "person")
    assert "no thesis that can be shown" in read(scene.debate), "Nothing stands below it any more."


def test_what_is_gone_with_nothing_below_it_is_neither_drawn_nor_counted(cast: Cast) -> None:
    thesis = bare(cast, "Was much removed?")
    answers = plant([thesis], 260)
    for number, state in enumerate((State.REMOVED, State.HIDDEN, State.WITHDRAWN)):
        gone = [one.pk for one in answers[10 + number :: 3]]
        Argument.objects.filter(pk__in=gone).update(state=state)
    plain = read(thesis.debate)
    assert lines(plain)[1:] == [one.public_id for one in (*answers[:10:2], *answers[1:10:2])]
    for query in ("", f"more={thesis.public_id}:200", f"at={thesis.public_id}", "sort=strongest"):
        html = read(thesis.debate, query)
        assert len(lines(html)) == 11, f"?{query}: all that can be read stands on one page."
        assert "no longer shown" not in html
        assert "Answers 1 to" not in html, "Pages would tell how much was removed."
        assert not re.search(r"\d+ more<", html)
    (below,) = plant([answers[-1]], 1)
    html = read(thesis.debate, "depth=1")
    assert answers[-1].public_id in lines(html), "Something stands below it."
    assert "no longer shown" in line_of(html, answers[-1])
    assert below.public_id in lines(read(thesis.debate, f"to={below.public_id}"))
    moderated = read(thesis.debate, client=signed_in(cast.cleo))
    assert "Answers 1 to 100 of 260" in moderated, "Who may read it all turns its pages."


def test_what_is_gone_far_below_adds_no_level(cast: Cast, scene: Scene) -> None:
    before = read(scene.debate)
    for one in chain(scene.rebuttal, LEVELS_MOST + 4, cast.ada):
        Argument.objects.filter(pk=one.pk).update(state=State.REMOVED)
    after = read(scene.debate)
    assert lines(after) == lines(before)
    assert after.count("depth=") == before.count("depth="), (
        "No depth is offered at which nothing can be read."
    )


def test_ones_own_text_below_what_is_gone_keeps_its_line(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.reason, "person")
    Argument.objects.filter(pk=scene.rebuttal.pk).update(state=State.PENDING)
    assert lines(read(scene.debate)) == [scene.thesis.public_id]
    own = read(scene.debate, client=signed_in(cast.ben))
    assert lines(own) == [one.public_id for one in (scene.thesis, scene.reason, scene.rebuttal)]


def test_what_waits_for_approval_is_on_no_line_and_in_no_count(cast: Cast, scene: Scene) -> None:
    Argument.objects.filter(pk=scene.rebuttal.pk).update(state=State.PENDING)
    html = read(scene.debate, f"open={scene.rebuttal.public_id}&to={scene.rebuttal.public_id}")
    assert scene.rebuttal.public_id not in lines(html)
    assert "unanswered" in line_of(html, scene.reason)
    own = read(scene.debate, client=signed_in(cast.ben))
    assert "waiting for approval" in line_of(own, scene.rebuttal)
    assert "unanswered" in line_of(own, scene.reason), "Counts are the same for everyone."


# ---------------------------------------------------------------------------------------------- folds


def test_a_depth_folds_what_is_below_it(scene: Scene) -> None:
    html = read(scene.debate, "depth=0")
    assert lines(html) == [scene.thesis.public_id]
    assert "2 in all" in line_of(html, scene.thesis), "Who folds sees how much there is."
    assert lines(read(scene.debate, "depth=1")) == [scene.thesis.public_id, scene.reason.public_id]


def test_a_line_is_opened_and_folded_by_its_link_and_back(scene: Scene) -> None:
    folded = read(scene.debate, "depth=1")
    opened = read(scene.debate, toggle(folded, scene.reason))
    assert scene.rebuttal.public_id in lines(opened)
    assert toggle(opened, scene.reason) == "depth=1", "The same state has the same address."
    shut = toggle(opened, scene.thesis)
    assert lines(read(scene.debate, shut)) == [scene.thesis.public_id]
    again = read(scene.debate, toggle(read(scene.debate, shut), scene.thesis))
    assert scene.rebuttal.public_id in lines(again), "What was open below it is open again."


@pytest.mark.parametrize(
    "query",
    [
        "depth=999999999999",
        "depth=-1&open=,,,",
        "open=" + "a" * 5_000,
        "open=nobody,%00,%ED%A0%80&shut=%F0%9F%90%98&at=nobody&to=nobody",
        "more=top:99999999,x:y,:5",
        "at=%00&to=%00&sort=random&seed=-1",
        "turn=open:nobody",
    ],
)
def test_whatever_stands_in_the_address_the_page_is_shown(scene: Scene, query: str) -> None:
    assert scene.thesis.public_id in lines(read(scene.debate, query))


def test_only_the_plain_outline_is_for_search_engines(scene: Scene) -> None:
    plain = f'<link rel="canonical" href="http://testserver{reverse("outline", args=[scene.debate.slug])}">'
    assert plain in read(scene.debate)
    assert "noindex" in read(scene.debate), "It repeats the debate's own page."
    for query in ("depth=1", f"at={scene.reason.public_id}", "stance=con"):
        html = read(scene.debate, query)
        assert plain in html
        assert 'content="noindex' in html, f"?{query} is one of very many states of the same page."


def test_with_htmx_one_branch_comes_with_the_address_of_the_new_state(scene: Scene) -> None:
    answer = turned(scene.debate, f"open:{scene.reason.public_id}", "depth=1&sort=newest")
    html = answer.content.decode()
    assert lines(html) == [scene.reason.public_id, scene.rebuttal.public_id]
    assert "<html" not in html
    address = answer.headers["HX-Push-Url"]
    assert address.endswith(f"/outline/?depth=1&open={scene.reason.public_id}&sort=newest")
    assert f'id="f-{scene.reason.public_id}"' in html, (
        "The focus stays on what was pressed: it is found by its id."
    )
    assert 'aria-expanded="true"' in line_of(html, scene.reason)
    back = turned(scene.debate, f"shut:{scene.reason.public_id}", address.partition("?")[2])
    assert lines(back.content.decode()) == [scene.reason.public_id]
    assert back.headers["HX-Push-Url"].endswith("/outline/?depth=1&sort=newest")


def test_with_htmx_what_is_no_longer_there_is_answered_with_a_sentence(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.rebuttal, "person")
    for turn in (
        "open:nobody",
        f"open:{scene.rebuttal.public_id}",
        f"close:{scene.reason.public_id}",
        "open:%00",
    ):
        answer = turned(scene.debate, turn)
        assert answer.status_code == 404, turn
        assert "no longer here" in answer.content.decode()


# ---------------------------------------------------------------------------------------------- ways in


def test_a_deep_link_opens_its_ancestors_and_marks_its_target(scene: Scene) -> None:
    html = read(scene.debate, f"depth=0&to={scene.rebuttal.public_id}")
    assert lines(html) == [one.public_id for one in (scene.thesis, scene.reason, scene.rebuttal)]
    assert html.count('aria-current="location"') == 2, "The line and the end of the path are marked."
    assert "line-target" in html[: html.index(f'id="a-{scene.rebuttal.public_id}"')]


def test_what_a_deep_link_opened_can_be_folded(scene: Scene) -> None:
    html = read(scene.debate, f"depth=0&to={scene.rebuttal.public_id}")
    assert lines(read(scene.debate, toggle(html, scene.thesis))) == [scene.thesis.public_id]
    piece = turned(scene.debate, f"shut:{scene.reason.public_id}", f"depth=0&to={scene.rebuttal.public_id}")
    assert lines(piece.content.decode()) == [scene.reason.public_id]


def test_a_deep_link_leads_where_its_argument_was_merged(cast: Cast, scene: Scene) -> None:
    twin = post_argument(cast.ada, scene.thesis, pro("Cranes are memory."))
    merge_arguments(cast.cleo, twin, scene.reason, "The same.")
    answer = Client().get(reverse("outline", args=[scene.debate.slug]), {"to": twin.public_id})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"?to={scene.reason.public_id}")


def test_a_page_begins_with_a_line_and_names_the_path_to_it(cast: Cast, scene: Scene) -> None:
    html = read(scene.debate, f"at={scene.reason.public_id}")
    assert lines(html) == [scene.reason.public_id, scene.rebuttal.public_id]
    path = html[html.index("outline-path") :]
    assert scene.thesis.claim in path[: path.index("</nav>")]
    hide(cast.cleo, scene.thesis, "person")
    html = read(scene.debate, f"at={scene.reason.public_id}")
    assert scene.thesis.claim not in html


def test_a_chain_of_four_hundred_goes_on_here_and_here(cast: Cast) -> None:
    thesis = bare(cast, "Is it long?")
    links = chain(thesis, 400, cast.ada)
    html = read(thesis.debate)
    assert lines(html)[-1] == links[LEVELS_MOST - 1].public_id
    assert "Continue here" in line_of(html, links[LEVELS_MOST - 1])
    assert f"at={links[LEVELS_MOST - 1].public_id}" in line_of(html, links[LEVELS_MOST - 1])
    answer = Client().get(
        reverse("outline", args=[thesis.debate.slug]), {"to": links[-1].public_id}, follow=True
    )
    assert answer.status_code == 200
    html = answer.content.decode()
    assert lines(html)[-1] == links[-1].public_id, "The deepest can be led to."
    assert "between" in html[html.index("outline-path") : html.index("</nav>", html.index("outline-path"))]


def test_two_who_take_turns_are_drawn_flat_as_an_exchange(cast: Cast) -> None:
    thesis = bare(cast, "Who has the last word?")
    links = chain(thesis, 20, cast.ada, cast.ben)
    html = read(thesis.debate)
    assert lines(html) == [one.public_id for one in (thesis, *links)], "In order, each on its line."
    assert html.count("lines-flat") == 1
    assert re.search(r"<bdi>ben</bdi>.*⇄.*<bdi>ada</bdi>, 14 answers", html)
    head = links[LEVELS_MOST - 1]
    folded = read(thesis.debate, toggle(html, head))
    assert lines(folded)[-1] == head.public_id
    assert lines(read(thesis.debate, toggle(folded, head)))[-1] == links[-1].public_id
    piece = turned(thesis.debate, f"open:{head.public_id}", toggle(html, head)).content.decode()
    assert lines(piece) == [one.public_id for one in links[LEVELS_MOST - 1 :]]


def test_a_long_exchange_goes_on_where_it_breaks_off(cast: Cast) -> None:
    thesis = bare(cast, "Who has the last word?")
    links = chain(thesis, 120, cast.ada, cast.ben)
    html = read(thesis.debate)
    last = links[LEVELS_MOST - 1 + EXCHANGE_MOST]
    assert lines(html)[-1] == last.public_id
    assert f"at={last.public_id}" in line_of(html, last)


def test_an_exchange_does_not_tell_who_wrote_what_is_hidden(cast: Cast) -> None:
    thesis = bare(cast, "Who has the last word?")
    links = chain(thesis, 20, cast.ada, cast.ben)
    hide(cast.cleo, links[LEVELS_MOST + 4], "person")
    html = read(thesis.debate)
    assert lines(html)[-1] == links[LEVELS_MOST + 3].public_id, "An exchange ends before what is hidden."
    assert "Continue here" in line_of(html, links[LEVELS_MOST + 3])


# ---------------------------------------------------------------------------------------------- filters, orders


def test_a_filter_keeps_what_matches_and_the_way_to_it(cast: Cast, scene: Scene) -> None:
    other = post_argument(cast.ada, scene.thesis, pro("They work."))
    html = read(scene.debate, "stance=con")
    assert lines(html) == [one.public_id for one in (scene.thesis, scene.reason, scene.rebuttal)]
    assert html.count("line-passing") == 2, "The way is soft, what matches is not."
    assert other.public_id not in lines(html)
    folded = read(scene.debate, "stance=con&depth=1")
    assert "stance=con" in toggle(folded, scene.reason)
    assert scene.rebuttal.public_id in lines(read(scene.debate, toggle(folded, scene.reason)))


def test_a_filter_that_keeps_nothing_says_so(scene: Scene) -> None:
    html = read(scene.debate, "tag=elephants")
    assert lines(html) == []
    assert "This debate has no arguments tagged “elephants”." in html


def test_an_order_by_standing_does_not_tell_what_may_not_be_seen(cast: Cast, scene: Scene) -> None:
    second = post_argument(cast.ada, scene.thesis, pro("They work."))
    for number in range(8):
        rate(User.objects.create_user(f"rater{number}"), second, holds=4, matters=4)
    visitor = lines(read(scene.debate, "sort=strongest&depth=1"))
    assert visitor[1:] == [second.public_id, scene.reason.public_id]
    blind = lines(read(scene.debate, "sort=strongest&depth=1", signed_in(cast.dan)))
    assert blind[1:] == [scene.reason.public_id, second.public_id], "Dan has not rated them yet."
    assert lines(read(scene.debate, "sort=newest&depth=1"))[1:] == [second.public_id, scene.reason.public_id]


# ---------------------------------------------------------------------------------------------- size


def test_a_claim_with_a_thousand_answers_shows_a_hundred_at_a_time(cast: Cast) -> None:
    thesis = bare(cast, "Is it crowded?")
    answers = plant([thesis], 1_000)
    plant(answers[:3], 2)
    html = read(thesis.debate)
    assert len(lines(html)) == 1 + SIBLINGS_MOST
    assert "Answers 1 to 100 of 1000" in html or "Answers 1 to 100 of 1,000" in html
    assert "900 more" in html
    first = set(lines(html)[1:])
    sides = [one.stance for one in answers if one.public_id in first]
    assert sides.count("pro") == sides.count("con"), "Neither side fills the first page."
    html = read(thesis.debate, toggle(html, answers[0]))
    assert len(lines(html)) == 1 + SIBLINGS_MOST + 2, (
        "In a crowd each answer begins folded, and can be opened."
    )
    seen: set[str] = set()
    for start in range(0, 1_000, SIBLINGS_MOST):
        page = set(lines(read(thesis.debate, f"depth=1&more={thesis.public_id}:{start}"))[1:])
        assert len(page) == SIBLINGS_MOST
        assert not page & seen
        seen |= page
    piece = turned(thesis.debate, f"200:{thesis.public_id}")
    assert len(lines(piece.content.decode())) == 1 + SIBLINGS_MOST
    assert f"more={thesis.public_id}:200" in piece.headers["HX-Push-Url"]
    assert 'tabindex="-1"' in piece.content.decode(), "The focus goes to what came."


def test_a_target_in_a_crowd_is_shown_though_its_page_is_not(cast: Cast) -> None:
    thesis = bare(cast, "Is it crowded?")
    answers = plant([thesis], 300)
    (below,) = plant([answers[-1]], 1)
    html = read(thesis.debate, f"to={below.public_id}")
    assert lines(html)[-2:] == [answers[-1].public_id, below.public_id], (
        "Both stand after the page that is shown."
    )


def test_a_crowd_of_theses_is_paged_too(cast: Cast) -> None:
    debate = bare(cast, "Is it many?").debate
    theses = [
        Argument(debate=debate, kind="thesis", claim=f"Thesis {n}.", path=path_of("", n), depth=0)
        for n in range(1, 250)
    ]
    Argument.objects.bulk_create(theses)
    html = read(debate)
    assert len(lines(html)) == SIBLINGS_MOST
    assert "150 more" in html
    assert len(lines(read(debate, "more=top:200"))) == 50


def a_debate_of(cast: Cast, size: int) -> tuple[Argument, list[Argument]]:
    """Return the thesis of a debate with about so many arguments, ten answers to each, and one of them each level."""
    thesis = bare(cast, f"Are there {size}?")
    level, path, planted = [thesis], [thesis], 1
    while planted < size:
        level = plant(level[: (size - planted) // 10 + 1], 10, cast.ada, cast.ben)
        planted += len(level)
        path.append(level[0])
    return thesis, path


@pytest.mark.parametrize("reader", ["a visitor", "a member"])
def test_ten_thousand_arguments_cost_a_page_no_more_than_they_draw(cast: Cast, reader: str) -> None:
    client = Client() if reader == "a visitor" else signed_in(cast.dan)
    taken: dict[tuple[int, str], int] = {}
    for size in (1_000, 10_000):
        thesis, path = a_debate_of(cast, size)
        deep = path[2].public_id
        states = {
            "first": "",
            "opened": f"depth=1&open={path[1].public_id},{deep}",
            "led to": f"to={path[-1].public_id}",
            "re-rooted": f"at={deep}",
            "filtered": "stance=con",
            "strongest": "sort=strongest",
        }
        for name, query in states.items():
            address = f"{reverse('outline', args=[thesis.debate.slug])}?{query}"
            with rows_fetched() as fetched, CaptureQueriesContext(connection) as statements:
                html = client.get(address).content.decode()
            shown = len(lines(html))
            assert 10 <= shown <= 1_000, f"{name} of {size}: {shown} lines."
            assert len(fetched) <= shown + 8, (
                f"{name} of {size}: {len(fetched)} rows for {shown} lines and a path."
            )
            taken[size, name] = len(statements)
        with rows_fetched() as fetched, CaptureQueriesContext(connection) as statements:
            piece = turned(thesis.debate, f"open:{path[2].public_id}", "depth=2", client)
        assert len(lines(piece.content.decode())) == 11
        assert len(fetched) <= 12
        taken[size, "piece"] = len(statements)
    most = STATEMENTS + (0 if reader == "a visitor" else 5)  # who it is, and what they may
    for (size, name), count in taken.items():
        assert count <= most, f"{name} of {size}: {count} statements."
        assert count == taken[1_000, name], f"{name}: as many statements with ten thousand as with one."
