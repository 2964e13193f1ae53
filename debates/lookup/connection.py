"""Connections that end in time: opened to addresses that were checked, cut off when the visit's time is over."""

import errno
import http.client
import io
import socket
import ssl
import struct
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Lock, Timer
from types import TracebackType
from typing import Self

from urllib3.connection import HTTPConnection, HTTPSConnection

from debates.lookup.address import IP, Address
from debates.lookup.refusal import FetchError, NotConnected, Offline, TooSlow

type Door = Callable[[], socket.socket]

LONGEST_HEAD = 65_536
"""Bytes of the status line and all header fields of one answer together."""
MOST_TRIES = 3
"""Addresses of one host that are tried, in the order in which they were resolved."""
_OUR_LINE = {errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}


class Watch:
    """Cut the connection off when the time of the whole visit is over.

    A time limit on the socket starts again with every byte: a server that drips one a second holds it for ever. So a
    timer shuts down the connection itself, through a descriptor of its own, which stays right while TLS takes over the
    first one; whatever waits, in the handshake, the header or the body, wakes up to an ended stream.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._lock = Lock()
        self._line: socket.socket | None = None
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self.let_go()

    @property
    def over(self) -> bool:
        """Tell whether the time is over."""
        return time.monotonic() >= self._end

    def left(self, host: str) -> float:
        """Return the seconds that are left, more than none; `host` is for the sentence."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise TooSlow(host, self.seconds)
        return seconds

    def take(self, line: socket.socket) -> None:
        """Watch over a connection instead of the one before."""
        self.let_go()
        with self._lock:
            self._line = line.dup()

    def let_go(self) -> None:
        """Watch over nothing any more."""
        with self._lock:
            if self._line is not None:
                self._line.close()
            self._line = None

    def _cut(self) -> None:
        with self._lock:
            if self._line is not None:
                with suppress(OSError):  # it may have ended by itself
                    # Zero seconds of lingering: the other side is told at once, and sends no more into the void.
                    self._line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self._line.shutdown(socket.SHUT_RDWR)


def open_line(place: Address, ips: Sequence[IP], watch: Watch, connect_seconds: float) -> socket.socket:
    """Open a connection to one of the addresses that were checked; no name is looked up here."""
    ours = True
    slow = False
    for ip in ips[:MOST_TRIES]:
        family = socket.AF_INET6 if ip.version == 6 else socket.AF_INET
        try:
            line = socket.socket(family, socket.SOCK_STREAM)
        except OSError:
            continue  # a machine without IPv6
        try:
            line.settimeout(min(connect_seconds, watch.left(place.host)))
            line.connect((str(ip), place.port))
            line.settimeout(watch.left(place.host))
            watch.take(line)
            return line
        except TimeoutError:
            ours, slow = False, True
        except OSError as error:
            ours = ours and error.errno in _OUR_LINE
        except FetchError:
            line.close()
            raise
        line.close()
    if slow:
        raise TooSlow(place.host, connect_seconds)
    raise Offline(place.host) if ours else NotConnected(place.host)


class HeadTooLong(http.client.HTTPException):
    """The head of an answer is longer than `LONGEST_HEAD`."""


class _Reader(io.BufferedReader):
    """Read an answer, counting what its head takes; a head that breaks off is not taken for one that ends."""

    in_head = True
    _taken = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        if self.in_head:
            if not line and self._taken:
                raise http.client.IncompleteRead(b"")
            self._taken += len(line)
            if self._taken > LONGEST_HEAD:
                raise HeadTooLong
        return line


class _Answer(http.client.HTTPResponse):
    """An answer whose head has an end: http.client itself takes a hundred fields of 64 KiB, and any number of 1xx."""

    def begin(self) -> None:
        reader = self.fp = _Reader(self.fp.detach())
        super().begin()
        reader.in_head = False
        lengths = {
            one.strip() for field in self.headers.get_all("content-length", []) for one in field.split(",")
        }
        if len(lengths) > 1:  # urllib3 refuses it, too, but leaves the answer open
            raise http.client.HTTPException("two lengths")


class PlainConnection(HTTPConnection):
    """A connection by http to addresses that were checked; `place.host` goes into the Host field."""

    response_class = _Answer

    def __init__(self, place: Address, open_door: Door, seconds: float) -> None:
        super().__init__(place.host, place.port, timeout=seconds)
        self._open_door = open_door

    def _new_conn(self) -> socket.socket:
        return self._open_door()


class ProtectedConnection(HTTPSConnection):
    """A connection by https to addresses that were checked; `place.host` is also what the certificate must name."""

    response_class = _Answer

    def __init__(self, place: Address, open_door: Door, seconds: float, trust: ssl.SSLContext) -> None:
        super().__init__(place.host, place.port, timeout=seconds, ssl_context=trust)
        self._open_door = open_door

    def _new_conn(self) -> socket.socket:
        return self._open_door()
