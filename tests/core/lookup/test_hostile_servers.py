"""A server may answer slowly, hugely, brokenly or not at all: the visit ends in time, in little memory, in a sentence."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Iterator

import brotli  # type: ignore[import-untyped]  # published without types
import pytest

from debates.lookup.connection import LONGEST_HEAD
from debates.lookup.guard import Limits
from debates.lookup.refusal import Failed, Garbled, NotConnected, TooLarge, TooSlow
from tests.core.lookup.server import Answering, Line, guard_for, page, redirect, running, wait_until

SOON = Limits(seconds=0.3, connect_seconds=0.3)
BOMB = 50_000_000


def nothing(line: Line) -> None:
    """Take the request and say nothing."""
    line.closing.wait(5)


def slow_head(line: Line) -> None:
    """Send a head a byte at a time."""
    line.drip(b"HTTP/1.1 200 OK\r\n" + b"X-Slow: yes\r\n" * 500)


def slow_body(line: Line) -> None:
    """Send a body of known length a byte at a time."""
    line.head(content_type="text/html", content_length="5000")
    line.drip(b"x" * 5000)


def slow_end(line: Line) -> None:
    """Send a body without a length a byte at a time: when it is cut off it looks complete."""
    line.head(content_type="text/html")
    line.drip(b"x" * 5000)


def slow_chunks(line: Line) -> None:
    """Send chunks of one byte each."""
    line.head(transfer_encoding="chunked")
    while not line.closing.wait(0.05):
        line.send(b"1\r\nx\r\n")


def slow_trailer(line: Line) -> None:
    """Send the whole body, and then trailers for ever."""
    line.head(transfer_encoding="chunked")
    line.send(b"1\r\nx\r\n0\r\n")
    while not line.closing.wait(0.05):
        line.send(b"Trailer: x\r\n")


def slow_chunk_line(line: Line) -> None:
    """Begin a chunk whose length never ends."""
    line.head(transfer_encoding="chunked")
    line.drip(b"0" * 5000)


def empty_members(line: Line) -> None:
    """Send gzip members without a byte in them, for ever."""
    line.head(content_encoding="gzip")
    member = gzip.compress(b"") * 100
    while not line.closing.is_set():
        line.send(member)


def going_on(line: Line) -> None:
    """Promise an answer again and again (1xx)."""
    while not line.closing.wait(0.02):
        line.send(b"HTTP/1.1 100 Continue\r\n\r\n")


@pytest.mark.parametrize(
    "answering",
    [
        nothing, slow_head, slow_body, slow_end, slow_chunks, slow_trailer, slow_chunk_line, empty_members, going_on,
    ],
)  # fmt: skip
def test_one_clock_ends_every_kind_of_slowness(answering: Answering) -> None:
    with running({"/": answering}) as server:
        begun = time.monotonic()
        with pytest.raises(TooSlow, match=r"did not answer within 0\.3 seconds"):
            guard_for(server, limits=SOON).fetch(server.at("/"))
        assert time.monotonic() - begun < 1.5, "A limit that starts again with every byte is none."


def test_the_clock_runs_in_the_handshake_too() -> None:
    with running({}) as server:  # which waits for a request and knows no TLS
        begun = time.monotonic()
        with pytest.raises(TooSlow):
            guard_for(server, limits=SOON).fetch(server.at("/").replace("http:", "https:"))
        assert time.monotonic() - begun < 1.5


def test_the_clock_does_not_start_again_with_a_redirect() -> None:
    def later(line: Line) -> None:
        line.closing.wait(0.12)
        redirect(f"{line.target}x")(line)

    with running({f"/{'x' * number}": later for number in range(6)}) as server:
        begun = time.monotonic()
        with pytest.raises(TooSlow):
            guard_for(server, limits=SOON).fetch(server.at("/"))
        assert time.monotonic() - begun < 1.5


def zeros() -> Iterator[bytes]:
    """Yield fifty million zeros."""
    for _ in range(BOMB // 1_000_000):
        yield bytes(1_000_000)


def packed(how: str) -> bytes:
    """Pack fifty million zeros."""
    if how == "br":
        brotlis = brotli.Compressor(quality=5)
        return b"".join([*(bytes(brotlis.process(part)) for part in zeros()), brotlis.finish()])
    wbits = {"gzip": 31, "deflate": 15, "gzip, gzip": 31}[how]
    deflating = zlib.compressobj(9, zlib.DEFLATED, wbits)
    once = b"".join(deflating.compress(part) for part in zeros()) + deflating.flush()
    return gzip.compress(once) if how == "gzip, gzip" else once


@pytest.mark.parametrize("how", ["gzip", "deflate", "br", "gzip, gzip"])
@pytest.mark.parametrize("chunked", [True, False])
def test_a_bomb_is_refused_while_it_unpacks(how: str, chunked: bool) -> None:
    bomb = packed(how)
    assert len(bomb) < 100_000, "The bomb must be small enough to be let in."

    def in_chunks(line: Line) -> None:
        line.head(content_encoding=how, transfer_encoding="chunked")
        line.send(b"%x\r\n%b\r\n0\r\n\r\n" % (len(bomb), bomb))

    with running({"/": in_chunks if chunked else page(bomb, content_encoding=how)}) as server:
        guard = guard_for(server)
        tracemalloc.start()
        try:
            with pytest.raises(TooLarge, match="longer than the 2000000 bytes"):
                guard.fetch(server.at("/"))
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert most < 8_000_000, f"Fifty megabytes were unpacked before they were counted ({most:,} bytes)."


def endless_chunks(line: Line) -> None:
    """Send chunks as fast as they are taken, without end."""
    line.head(transfer_encoding="chunked")
    while not line.closing.is_set():
        line.send(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


def endless(line: Line) -> None:
    """Send a body as fast as it is taken, without end."""
    line.head()
    while not line.closing.is_set():
        line.send(b"x" * 0x10000)


def huge_chunk(line: Line) -> None:
    """Announce a chunk of an exabyte."""
    line.head(transfer_encoding="chunked")
    line.send(b"FFFFFFFFFFFFFFF\r\n")
    while not line.closing.is_set():
        line.send(b"x" * 0x10000)


@pytest.mark.parametrize("answering", [endless_chunks, endless, huge_chunk])
def test_an_endless_answer_is_refused_at_the_limit(answering: Answering) -> None:
    with running({"/": answering}) as server, pytest.raises(TooLarge):
        guard_for(server).fetch(server.at("/"))


def test_the_longest_body_that_is_read_is_read() -> None:
    with running({"/": page(b"x" * 1000), "/more": page(b"x" * 1001)}) as server:
        guard = guard_for(server, limits=Limits(seconds=2, body=1000))
        assert len(guard.fetch(server.at("/")).body) == 1000
        with pytest.raises(TooLarge):
            guard.fetch(server.at("/more"))


@pytest.mark.parametrize(
    "answering", [endless, endless_chunks, page(packed("gzip"), content_encoding="gzip")]
)
def test_who_only_asks_whether_it_is_there_gets_the_beginning(answering: Answering) -> None:
    with running({"/": answering}) as server:
        answer = guard_for(server).fetch(server.at("/"), limits=Limits(seconds=2, body=5000, cut=True))
    assert (answer.status, len(answer.body), answer.whole) == (200, 5000, False), (
        "A long PDF is there, although nobody reads the whole of it."
    )


def long_field(line: Line) -> None:
    """Send one field of a megabyte."""
    line.head(x="a" * 1_000_000)


def many_fields(line: Line) -> None:
    """Send ninety fields of 60 kilobytes."""
    line.head(**{f"x_{number}": "a" * 60_000 for number in range(90)})


def long_status(line: Line) -> None:
    """Send a status line of a megabyte."""
    line.head("200 " + "a" * 1_000_000)


def long_promises(line: Line) -> None:
    """Send fields of promise after promise (1xx)."""
    while not line.closing.is_set():
        line.send(b"HTTP/1.1 100 Continue\r\nX: " + b"a" * 5000 + b"\r\n\r\n")


@pytest.mark.parametrize("answering", [many_fields, long_promises])
def test_a_huge_head_is_refused(answering: Answering) -> None:
    with running({"/": answering}) as server, pytest.raises(TooLarge, match=str(LONGEST_HEAD)):
        guard_for(server).fetch(server.at("/"))


@pytest.mark.parametrize("answering", [long_field, long_status])
def test_a_huge_line_is_no_head(answering: Answering) -> None:
    with running({"/": answering}) as server, pytest.raises((TooLarge, Garbled)):
        guard_for(server).fetch(server.at("/"))


def a_thousand_fields(line: Line) -> None:
    """Send more fields than anybody needs."""
    line.head(**{f"x_{number}": "a" for number in range(1000)})


def cut_body(line: Line) -> None:
    """Promise a thousand bytes and send ten."""
    line.head(content_length="1000")
    line.send(b"x" * 10)


def cut_chunk(line: Line) -> None:
    """Promise a chunk and break off in it."""
    line.head(transfer_encoding="chunked")
    line.send(b"100\r\nxxx")


def cut_chunks(line: Line) -> None:
    """Break off between two chunks."""
    line.head(transfer_encoding="chunked")
    line.send(b"3\r\nxxx\r\n")


def cut_head(line: Line) -> None:
    """Break off in the head."""
    line.send(b"HTTP/1.1 200 OK\r\nContent-Ty")


def no_answer(line: Line) -> None:
    """Close the door."""


def no_http(line: Line) -> None:
    """Speak something else."""
    line.send(b"220 mail.works.example ESMTP\r\n")


def bad_chunk(line: Line) -> None:
    """Give a length that is no number."""
    line.head(transfer_encoding="chunked")
    line.send(b"xyz\r\nabc\r\n")


@pytest.mark.parametrize(
    "answering",
    [
        a_thousand_fields, cut_body, cut_chunk, cut_chunks, cut_head, no_answer, no_http, bad_chunk,
        page(b"not gzip at all", content_encoding="gzip"),
        page(gzip.compress(b"x" * 100)[:-20] + b"?" * 20, content_encoding="gzip"),
        page(b"words", content_encoding="compress"),
        page(b"words", content_encoding=", ".join(["gzip"] * 9)),
        page(b"words", "1x0 Odd"),
        page(b"words", content_length="5, 6"),
    ],
)  # fmt: skip
def test_a_broken_answer_is_said_to_be_broken(answering: Answering) -> None:
    with running({"/": answering}) as server, pytest.raises(Garbled, match="broke off or makes no sense"):
        guard_for(server, limits=SOON).fetch(server.at("/"))


def test_a_broken_redirect_does_not_hold_what_it_leads_from() -> None:
    def with_body(line: Line) -> None:
        line.head("302 Found", location="/there", content_length="100000000")
        line.send(b"x" * 1000)

    with running({"/": with_body, "/there": page("x")}) as server:
        assert guard_for(server).fetch(server.at("/")).body == b"x", (
            "The body of a redirect is nobody's business."
        )


def test_what_was_left_is_left_for_good() -> None:
    gone: list[bool] = []

    def until_gone(line: Line) -> None:
        line.head()
        try:
            while not line.closing.is_set():
                line.send(b"x" * 0x10000)
        except OSError:
            gone.append(True)

    with running({"/": until_gone}) as server:
        with pytest.raises(TooLarge):
            guard_for(server).fetch(server.at("/"))
        assert wait_until(lambda: gone == [True]), "A connection that is not closed goes on costing."


def test_every_failure_is_a_failure_and_no_refusal() -> None:
    assert issubclass(TooSlow, Failed)
    assert issubclass(Garbled, Failed)
    assert issubclass(NotConnected, Failed)
    assert not issubclass(TooLarge, Failed), "A long page is there; it must never be counted as gone."
