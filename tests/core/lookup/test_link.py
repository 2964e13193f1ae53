"""A link is gone after three failures on three days, and never because a site does not like programs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.lookup.guard import Answer, Hop
from debates.lookup.link import DAYS_TO_BE_GONE, VISIT, Judgement, LinkState, judge, moved_to
from debates.lookup.notfound import says_not_found
from debates.lookup.pieces import pieces_of
from debates.lookup.refusal import (
    BadCertificate,
    Downgrade,
    Failed,
    FetchError,
    Garbled,
    NotConnected,
    Offline,
    PrivateAddress,
    RedirectLoop,
    RefusedPort,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unresolved,
)
from tests.core.lookup.server import Answering, Line, guard_for, page, redirect, running

ADDRESS = "https://harbour.example/2020/cranes"
MONDAY = date(2026, 11, 16)
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 3))
GOOD = b"<title>Cranes of the harbour</title><h1>Cranes</h1><p>Words about cranes."


def answer(
    status: int = 200, body: bytes = GOOD, address: str = ADDRESS, chain: tuple[Hop, ...] = (), **headers: str
) -> Answer:
    """Return an answer as the guard brings it."""
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, address, chain, "text/html", body, "utf-8", fields)


FAILURES: list[Answer | FetchError] = [
    answer(404, b"no"),
    answer(410, b"gone"),
    answer(500, b"oops"),
    answer(502, b""),
    answer(503, b"<title>Service unavailable</title>"),
    Unresolved("harbour.example"),
    NotConnected("harbour.example"),
    TooSlow("harbour.example", 20),
    Garbled("harbour.example"),
    BadCertificate("harbour.example"),
]


@pytest.mark.parametrize("outcome", FAILURES, ids=repr)
def test_three_failures_on_three_days_are_the_end(outcome: Answer | FetchError) -> None:
    first = judge(outcome, [], MONDAY)
    assert (first.state, first.failures) == (LinkState.FAILING, (MONDAY,))
    second = judge(outcome, first.failures, TUESDAY)
    assert (second.state, second.failures) == (LinkState.FAILING, (MONDAY, TUESDAY))
    third = judge(outcome, second.failures, THURSDAY)
    assert (third.state, third.failures) == (LinkState.GONE, (MONDAY, TUESDAY, THURSDAY))
    assert third.reason is not None
    assert str(third.reason).endswith((".", "?"))


@pytest.mark.parametrize("outcome", FAILURES, ids=repr)
def test_many_failures_on_two_days_are_not_the_end(outcome: Answer | FetchError) -> None:
    failures: tuple[date, ...] = ()
    for day in [MONDAY] * 9 + [TUESDAY] * 9:
        judgement = judge(outcome, failures, day)
        assert judgement.state is LinkState.FAILING, "A server that is down for an evening has lost nothing."
        failures = judgement.failures


def test_an_answer_between_failures_makes_them_forgotten() -> None:
    failures = judge(answer(404, b""), [MONDAY], TUESDAY).failures
    alive = judge(answer(), failures, WEDNESDAY)
    assert (alive.state, alive.failures) == (LinkState.ALIVE, ())
    assert judge(answer(404, b""), alive.failures, THURSDAY).state is LinkState.FAILING


@pytest.mark.parametrize(
    "outcome",
    [
        *(
            answer(status, b"no")
            for status in (400, 401, 402, 403, 405, 406, 407, 418, 421, 429, 451, 499, 999)
        ),
        answer(403, b"x", cf_mitigated="challenge"),
        answer(503, b"x", cf_mitigated="challenge"),
        answer(202, b"", x_amzn_waf_action="challenge"),
        answer(405, b"", x_amzn_waf_action="captcha"),
        answer(503, b"<title>Just a moment...</title>"),
        answer(503, b"<title>Attention Required! | Cloudflare</title>"),
        answer(200, b"<title>Are you a robot?</title><p>Tick the box."),
        answer(
            200,
            b"<title>Log in</title>",
            "https://harbour.example/login?next=/2020/cranes",
            (Hop(ADDRESS, 302),),
        ),
        answer(200, b"<title>Sign in</title>", "https://id.example/SignIn", (Hop(ADDRESS, 301),)),
        RedirectLoop("harbour.example"),
        TooManyRedirects("harbour.example", 5),
    ],
    ids=repr,
)
def test_a_site_that_lets_no_programs_in_has_lost_nothing(outcome: Answer | FetchError) -> None:
    judgement = judge(outcome, [MONDAY, TUESDAY], WEDNESDAY)
    assert judgement.state is LinkState.BLOCKED, (
        "Whoever is turned away at the door cannot say that the house is empty."
    )
    assert judgement.failures == (MONDAY, TUESDAY), (
        "It proves neither that the page is there nor that it is not."
    )
    assert judgement.reason is not None


@pytest.mark.parametrize(
    "outcome",
    [
        PrivateAddress("a.example"),
        RefusedPort("a.example", 8080),
        Downgrade("a.example"),
        Offline("a.example"),
    ],
    ids=repr,
)
def test_what_was_not_visited_is_not_known(outcome: FetchError) -> None:
    judgement = judge(outcome, [MONDAY, TUESDAY], WEDNESDAY)
    assert judgement == Judgement(LinkState.UNKNOWN, reason=outcome, failures=(MONDAY, TUESDAY))
    assert judgement.state == "", "The value that a source has before it was ever visited."


def test_a_long_page_is_there() -> None:
    assert judge(TooLarge("harbour.example", 10), [MONDAY], TUESDAY).state is LinkState.ALIVE
    assert judge(answer(200, b"%PDF" + b"x" * 1000), [MONDAY], TUESDAY).state is LinkState.ALIVE


@pytest.mark.parametrize("status", [200, 203, 204, 206, 300, 304])
def test_a_good_status_is_alive(status: int) -> None:
    assert judge(answer(status), [], MONDAY).state is LinkState.ALIVE


def hops(*steps: tuple[str, int]) -> tuple[Hop, ...]:
    return tuple(Hop(address, status) for address, status in steps)


@pytest.mark.parametrize(
    ("chain", "address", "target"),
    [
        ((), "https://a.example/x", ""),
        (hops(("https://a.example/x", 301)), "https://b.example/y", "https://b.example/y"),
        (hops(("https://a.example/x", 308)), "https://b.example/y", "https://b.example/y"),
        (hops(("https://a.example/x", 302)), "https://b.example/y", ""),
        (hops(("https://a.example/x", 307)), "https://b.example/y", ""),
        (hops(("https://doi.org/10.5555/a", 302), ("https://b.example/y", 301)), "https://b.example/z", ""),
        (hops(("https://a.example/x", 301), ("https://b.example/y", 301)), "https://b.example/z", "https://b.example/z"),
        (hops(("https://a.example/x", 301), ("https://b.example/y", 302)), "https://b.example/session/1", "https://b.example/y"),
        (hops(("http://a.example/x", 301)), "https://a.example/x", "https://a.example/x"),
        (hops(("http://a.example/x", 301)), "https://www.a.example/x/", "https://www.a.example/x/"),
        (hops(("https://a.example/x", 301)), "https://a.example/x/", ""),
        (hops(("https://a.example/x", 301)), "https://www.a.example/x", ""),
        (hops(("https://a.example/x?utm_source=n", 301)), "https://a.example/x", ""),
    ],
)  # fmt: skip
def test_a_link_has_moved_as_far_as_the_redirects_are_permanent(
    chain: tuple[Hop, ...], address: str, target: str
) -> None:
    outcome = answer(address=address, chain=chain)
    assert moved_to(outcome) == target
    judgement = judge(outcome, [MONDAY], TUESDAY)
    assert judgement == Judgement(LinkState.MOVED if target else LinkState.ALIVE, target, 200)


def test_a_page_that_moved_to_nowhere_has_not_moved() -> None:
    outcome = answer(404, b"", "https://b.example/y", hops(("https://a.example/x", 301)))
    assert judge(outcome, [], MONDAY).state is LinkState.FAILING


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (ADDRESS, "https://harbour.example/"),
        (ADDRESS, "https://harbour.example"),
        (ADDRESS, "https://www.harbour.example/en/"),
        (ADDRESS, "https://harbour.example/en-gb/index.html"),
        ("https://news.harbour.example/story.php?id=7", "https://harbour.example/home"),
        ("https://harbour.example/?p=7", "https://harbour.example/"),
    ],
)
@pytest.mark.parametrize("status", [301, 302])
def test_a_page_that_leads_to_the_front_page_is_gone_softly(first: str, last: str, status: int) -> None:
    outcome = answer(200, GOOD, last, hops((first, status)))
    assert judge(outcome, [MONDAY], TUESDAY).state is LinkState.SOFT_404


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("https://harbour.example/", "https://www.harbour.example/"),
        ("https://harbour.example/", "https://harbour.example/en/"),
        ("http://harbour.example/index.html", "https://harbour.example/"),
        ("https://short.example/abc", "https://harbour.example/"),
        (ADDRESS, "https://harbour.example/cranes"),
        (ADDRESS, "https://harbour.example/?p=7"),
    ],
)
def test_a_way_to_a_front_page_may_be_the_right_one(first: str, last: str) -> None:
    assert judge(answer(200, GOOD, last, hops((first, 302))), [], MONDAY).state is LinkState.ALIVE


ABSENT = [
    "<title>Page not found</title>",
    "<title>Page not found | Harbour News</title>",
    "<title>Harbour News - 404: Page Not Found</title>",
    "<title>404 - Page not found - Harbour News</title>",
    "<title>The page cannot be found</title>",
    "<title>Error 404 (Not Found)!!1</title><p>The requested URL was not found on this server.",
    "<title>404 Not Found</title><h1>404 Not Found</h1>",
    "<title>404</title><p>Sorry.",
    "<title>Harbour News</title><h1>Page not found</h1>",
    "<title>Harbour News</title><h1>Sorry, we can’t find that page</h1>",
    "<title>Harbour News</title><h1>This page doesn't exist</h1>",
    "<title>Harbour News</title><h1>The page you requested could not be found.</h1>",
    "<title>Seite nicht gefunden – Hafen</title>",
    "<title>Page introuvable</title>",
    "<title>Página no encontrada</title>",
    "<title>Pagina non trovata</title>",
    "<h1>This article is no longer available</h1>",
    "<h1>The requested page has been removed</h1>",
    "<title>Harbour News: Page not found</title>",
    "<h1>Oops! The page you're looking for doesn't exist.</h1>",
    "<title>Not Found</title><p>The file has been removed.",
]
PRESENT = [
    "<title>HTTP 404 - Wikipedia</title><p>" + "404, or “page not found”, is a message of servers. " * 20,
    "<title>404 | A song</title><p>" + "A song about numbers. " * 40,
    "<title>Not found: the lost ships of the harbour</title>",
    "<title>Page not found: how web servers say it</title>",
    "<title>Why “page not found” is not enough - Quay blog</title>",
    "<title>Not Found</title><p>" + "A film of 2020, in which nothing is found. " * 40,
    "<title>Cranes of the harbour</title>",
    "<title>Ropes</title><p>The page could not be found, she said.",
    "<title></title>",
    "",
]


@pytest.mark.parametrize("html", ABSENT)
def test_a_page_that_says_it_is_not_there_is_gone_softly(html: str) -> None:
    assert judge(answer(200, html.encode()), [], MONDAY).state is LinkState.SOFT_404


@pytest.mark.parametrize("html", PRESENT)
def test_a_page_about_what_is_lost_is_there(html: str) -> None:
    assert judge(answer(200, html.encode()), [], MONDAY).state is LinkState.ALIVE, (
        "An article must not die of its title."
    )
    assert not says_not_found(pieces_of(html))


def test_only_a_web_page_can_say_that_it_is_not_there() -> None:
    text = Answer(200, ADDRESS, type="text/plain", body=b"<title>Page not found</title>")
    assert judge(text, [], MONDAY).state is LinkState.ALIVE


@given(
    st.lists(st.sampled_from([*FAILURES, answer(), answer(403, b""), Offline("a.example")]), max_size=12),
    st.lists(st.integers(0, 2), min_size=12, max_size=12),
)
def test_gone_always_means_three_days_of_nothing_but_failure(
    outcomes: list[Answer | FetchError], gaps: list[int]
) -> None:
    failures: tuple[date, ...] = ()
    since: set[date] = set()
    day = MONDAY
    for outcome, gap in zip(outcomes, gaps, strict=False):
        day += timedelta(days=gap)
        judgement = judge(outcome, failures, day)
        failures = judgement.failures
        if judgement.state in (LinkState.FAILING, LinkState.GONE):
            since.add(day)
        elif judgement.state is LinkState.ALIVE:
            since.clear()
        assert (judgement.state is LinkState.GONE) == (
            len(since) >= DAYS_TO_BE_GONE
            and (isinstance(outcome, Failed) or getattr(outcome, "status", 0) >= 404)
            and judgement.state not in (LinkState.BLOCKED, LinkState.UNKNOWN)
        )
        assert set(failures) == since


@pytest.mark.parametrize("days", [[THURSDAY], [MONDAY, MONDAY, MONDAY], [THURSDAY, WEDNESDAY, MONDAY]])
def test_days_that_are_told_twice_or_lie_ahead_do_not_count(days: list[date]) -> None:
    assert judge(answer(404, b""), days, TUESDAY).state is LinkState.FAILING


def long_document(line: Line) -> None:
    """Send a document without end."""
    line.head(content_type="application/pdf")
    while not line.closing.is_set():
        line.send(b"%PDF" * 4096)


@pytest.mark.parametrize(
    ("answering", "state"),
    [
        (page(GOOD), LinkState.ALIVE),
        (long_document, LinkState.ALIVE),
        (page("", "404 Not Found"), LinkState.FAILING),
        (page("<title>Page not found</title>"), LinkState.SOFT_404),
        (page("no", "403 Forbidden"), LinkState.BLOCKED),
        (redirect("/cranes"), LinkState.BLOCKED),
        (redirect("http://127.0.0.1/"), LinkState.UNKNOWN),
        (redirect("/"), LinkState.SOFT_404),
        (redirect("/moved", "301 Moved Permanently"), LinkState.MOVED),
    ],
)
def test_a_visit_and_its_judgement_go_together(answering: Answering, state: LinkState) -> None:
    with running({"/cranes": answering, "/": page(GOOD), "/moved": page(GOOD)}) as server:
        outcome: Answer | FetchError
        try:
            outcome = guard_for(server).fetch(server.at("/cranes"), limits=VISIT)
        except FetchError as error:
            outcome = error
        assert judge(outcome, [], MONDAY).state is state
