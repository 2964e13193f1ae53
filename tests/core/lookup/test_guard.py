"""The guarded connection fetches like a browser without memory, and goes nowhere that it did not check."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib

import brotli  # type: ignore[import-untyped]  # published without types
import pytest

from debates.lookup.guard import Answer, Guard, Hop, Limits, resolve
from debates.lookup.refusal import (
    BadCertificate,
    Downgrade,
    NotConnected,
    Offline,
    PrivateAddress,
    RedirectLoop,
    Refused,
    RefusedPort,
    RefusedScheme,
    TooManyRedirects,
    TooSlow,
)
from tests.core.lookup.server import (
    AGENT,
    HOME,
    Answering,
    Certificates,
    Line,
    Names,
    guard_for,
    new_authority,
    page,
    redirect,
    running,
)


@pytest.fixture(scope="module")
def authority() -> Certificates:
    """Return an authority that signs the certificates of this module's servers."""
    return new_authority()


def test_a_page_is_fetched_with_what_it_says_of_itself() -> None:
    with running({"/a?b=c": page("Cranes", content_type='Text/HTML; Charset="ISO-8859-1"')}) as server:
        answer = guard_for(server).fetch(server.at("/a?b=c#d"), accept="text/html")
    assert answer == Answer(
        200,
        server.at("/a?b=c"),
        type="text/html",
        body=b"Cranes",
        charset="iso-8859-1",
        headers={"content-type": 'Text/HTML; Charset="ISO-8859-1"', "content-length": "6"},
    )


def test_a_request_names_the_site_and_carries_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    answers = {"/": page("x", set_cookie="session=1; Path=/"), "/go": redirect("/")}
    with running(answers) as server:
        answer = guard_for(server).fetch(server.at("/go"), accept="text/html")
        asked = [fields for _, fields in server.asked]
    assert answer.status == 200, "A proxy from the environment would have been a way around the check."
    for fields in asked:
        assert {name.lower() for name in fields} == {
            "host",
            "user-agent",
            "accept",
            "accept-encoding",
            "connection",
        }
    assert asked[0]["user-agent"] == AGENT
    assert asked[0]["Accept"] == "text/html"
    assert asked[0]["Host"] == f"works.example:{server.port}", (
        "The site is found by its name, not by its address."
    )
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "status", ["404 Not Found", "410 Gone", "500 Oops", "403 Forbidden", "999 Denied", "304 Not Modified"]
)
def test_an_answer_of_any_status_is_an_answer(status: str) -> None:
    with running({"/": page("" if status.startswith("304") else "words", status)}) as server:
        assert guard_for(server).fetch(server.at("/")).status == int(status[:3])


@pytest.mark.parametrize("status", ["204 No Content", "200 OK", "302 Found"])
def test_an_empty_answer_is_empty(status: str) -> None:
    with running({"/": page(b"", status)}) as server:
        answer = guard_for(server).fetch(server.at("/"))
    assert (answer.status, answer.body) == (int(status[:3]), b""), "A redirect to nowhere is an answer, too."


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"Cranes" * 99, mtime=0)),
        ("GZIP", gzip.compress(b"Cranes" * 99, mtime=0)),
        ("x-gzip", gzip.compress(b"Cranes" * 99, mtime=0)),
        ("deflate", zlib.compress(b"Cranes" * 99)),
        ("br", brotli.compress(b"Cranes" * 99)),
        ("deflate, gzip", gzip.compress(zlib.compress(b"Cranes" * 99), mtime=0)),
        ("identity", b"Cranes" * 99),
    ],
)
def test_a_packed_answer_is_unpacked(coding: str, packed: bytes) -> None:
    with running({"/": page(packed, content_encoding=coding)}) as server:
        assert guard_for(server).fetch(server.at("/")).body == b"Cranes" * 99


def test_an_answer_in_chunks_is_put_together() -> None:
    def answer(line: Line) -> None:
        line.head(transfer_encoding="chunked", content_type="text/plain")
        line.send(b"3;x=y\r\nCra\r\n")
        line.send(b"3\r\nnes\r\n0\r\nTrailer: x\r\n\r\n")

    with running({"/": answer}) as server:
        assert guard_for(server).fetch(server.at("/")).body == b"Cranes"


def test_redirects_are_followed_and_told() -> None:
    answers = {
        "/1": redirect("/2", "301 Moved Permanently"),
        "/2": redirect("//www.works.example:{port}/3", "302 Found"),
        "/3": redirect("4", "303 See Other"),
        "/4": redirect("?5", "307 Temporary Redirect"),
        "/4?5": redirect("/6", "308 Permanent Redirect"),
        "/6": page("There."),
    }
    with running(answers) as server:
        answers["/2"] = redirect(f"//www.works.example:{server.port}/3")
        answer = guard_for(server).fetch(server.at("/1"))
        other = "www.works.example"
        assert answer.address == server.at("/6", other)
        assert answer.chain == (
            Hop(server.at("/1"), 301),
            Hop(server.at("/2"), 302),
            Hop(server.at("/3", other), 303),
            Hop(server.at("/4", other), 307),
            Hop(server.at("/4?5", other), 308),
        )


def test_the_sixth_redirect_is_one_too_many() -> None:
    with running({f"/{number}": redirect(f"/{number + 1}") for number in range(9)}) as server:
        with pytest.raises(TooManyRedirects):
            guard_for(server).fetch(server.at("/0"))
        assert len(server.asked) == 6


@pytest.mark.parametrize(
    "answers", [{"/": redirect("/")}, {"/": redirect("/b#c"), "/b": redirect("/")}, {"/": redirect("")}]
)
def test_a_circle_is_left_at_once(answers: dict[str, Answering]) -> None:
    with running(answers) as server:
        with pytest.raises(RedirectLoop):
            guard_for(server).fetch(server.at("/"))
        assert len(server.asked) == len(answers)


@pytest.mark.parametrize(
    ("location", "refusal"),
    [
        ("http://127.0.0.1/", PrivateAddress),
        ("http://2130706433/", Refused),
        ("http://169.254.169.254/latest/meta-data/", PrivateAddress),
        ("http://[::ffff:169.254.169.254]/", PrivateAddress),
        ("//10.0.0.1/", PrivateAddress),
        ("http://inner.example/", PrivateAddress),
        ("file:///etc/passwd", RefusedScheme),
        ("gopher://works.example/", RefusedScheme),
        ("javascript:alert(1)", RefusedScheme),
        ("http://works.example:6379/", RefusedPort),
        ("http://ada:secret@works.example/", Refused),
        ("http://exa mple.org/", Refused),
        ("http://[::1/", Refused),
        ("/" + "a" * 3000, Refused),
    ],
)
def test_a_redirect_is_checked_like_a_first_address(location: str, refusal: type[Exception]) -> None:
    names = Names({"works.example": [[HOME]], "inner.example": [["10.0.0.1"]]})
    with running({"/": redirect(location)}) as server:
        with pytest.raises(refusal):
            guard_for(server, names=names).fetch(server.at("/"))
        assert len(server.asked) == 1


def test_a_redirect_to_another_port_of_this_machine_is_refused() -> None:
    with running({"/": page("inner")}) as inner, running({"/": redirect("/")}) as server:
        server.pages["/"] = redirect(inner.at("/"))
        with pytest.raises(RefusedPort):
            guard_for(server).fetch(server.at("/"))
        assert inner.asked == [], "The port beside the one that is let in belongs to somebody else."


def test_the_port_that_tests_may_visit_here_is_closed_elsewhere() -> None:
    names = Names({"works.example": [["93.184.215.14"]]})
    with running({}) as server, pytest.raises(RefusedPort):
        guard_for(server, names=names).fetch(server.at("/"))


def test_a_name_is_asked_for_once_and_cannot_change_its_answer() -> None:
    names = Names({"works.example": [[HOME], ["10.0.0.1"], ["169.254.169.254"]]})
    with running({"/": redirect("/b"), "/b": page("The same machine.")}) as server:
        answer = guard_for(server, names=names).fetch(server.at("/"))
    assert answer.body == b"The same machine."
    assert names.asked == ["works.example"], "A second question is the door of DNS rebinding."


def test_one_inner_address_among_public_ones_is_enough_to_refuse() -> None:
    names = Names({"works.example": [[HOME, "192.168.0.1"]]})
    with running({"/": page("x")}) as server:
        with pytest.raises(PrivateAddress):
            guard_for(server, names=names).fetch(server.at("/"))
        assert server.asked == []


def test_the_next_address_is_tried_when_the_first_takes_no_connection() -> None:
    with running({"/": page("x")}) as server:
        guard = Guard(
            AGENT,
            limits=Limits(seconds=10, connect_seconds=5),
            allow={("127.0.0.9", server.port), (HOME, server.port)},
            resolver=Names({"works.example": [["127.0.0.9", HOME]]}),
        )
        assert guard.fetch(server.at("/")).body == b"x"


def test_a_closed_port_is_said_to_be_closed() -> None:
    with running({}) as server:
        pass
    with pytest.raises(NotConnected, match="does not take connections"):
        guard_for(server).fetch(server.at("/"))


def test_a_resolver_that_cannot_be_reached_says_nothing_about_the_site() -> None:
    def away(name: str) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with pytest.raises(Offline):
        Guard(AGENT, resolver=away).fetch("https://works.example/")


def test_the_system_is_asked_for_the_name_and_for_no_inner_host_that_begins_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    def answer(host: object, port: object, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(0, 0, 0, "", (ip, 0)) for ip in ("10.0.0.1", "10.0.0.1", "::1")]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    assert resolve("works.example") == ["10.0.0.1", "::1"]
    assert asked == ["works.example."], "Without the dot a search list makes works.example.inner.lan of it."


def test_a_resolver_that_never_answers_is_not_waited_for() -> None:
    never = threading.Event()

    def slow(name: str) -> list[str]:
        never.wait(5)
        return [HOME]

    try:
        with pytest.raises(TooSlow, match=r"within 0\.2 seconds"):
            Guard(AGENT, resolver=slow, limits=Limits(seconds=0.2)).fetch("https://works.example/")
    finally:
        never.set()


def test_the_certificate_is_checked_against_the_name(authority: Certificates) -> None:
    with running({"/": page("x")}, authority.serving("works.example")) as server:
        guard = guard_for(server, trust=authority.trusting())
        assert guard.fetch(server.at("/")).body == b"x"
        assert server.names == ["works.example"], "A machine of many sites must be told which one is meant."
        with pytest.raises(BadCertificate):
            guard.fetch(server.at("/", "doi.example"))
        with pytest.raises(BadCertificate):
            guard_for(server).fetch(server.at("/"))
        assert len(server.asked) == 1


@pytest.mark.parametrize(("name", "days"), [("works.example", -1), ("other.example", 10), (HOME, 10)])
def test_a_bad_certificate_is_refused(authority: Certificates, name: str, days: int) -> None:
    with running({"/": page("x")}, authority.serving(name, days=days)) as server:
        with pytest.raises(BadCertificate):
            guard_for(server, trust=authority.trusting()).fetch(server.at("/"))
        assert server.asked == []


def test_a_literal_address_is_checked_in_the_certificate_too(authority: Certificates) -> None:
    with running({"/": page("x")}, authority.serving(HOME)) as server:
        assert guard_for(server, trust=authority.trusting()).fetch(server.at("/", HOME)).body == b"x"


def test_no_redirect_leads_from_https_to_http(authority: Certificates) -> None:
    with running({"/": page("x")}) as plain, running({}, authority.serving("works.example")) as server:
        server.pages["/"] = redirect(plain.at("/"))
        with pytest.raises(Downgrade):
            guard_for(server, plain, trust=authority.trusting()).fetch(server.at("/"))
        assert plain.asked == []


def test_a_redirect_from_http_to_https_is_followed(authority: Certificates) -> None:
    with running({}) as plain, running({"/": page("x")}, authority.serving("works.example")) as server:
        plain.pages["/"] = redirect(server.at("/"), "301 Moved Permanently")
        answer = guard_for(server, plain, trust=authority.trusting()).fetch(plain.at("/"))
    assert answer.address == server.at("/")


@pytest.mark.parametrize("agent", ["", " ", "Counter\r\npoint: x", "Zürich"])
def test_a_site_without_a_name_fetches_nothing(agent: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        Guard(agent)
