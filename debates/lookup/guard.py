"""Fetch an address that a stranger gave, without being led where only this machine can go.

What a stranger could do with a plain fetch (“server-side request forgery”), and what stands against it here:

* name an inner host, by number, in any spelling, or as a name that resolves to one: `read_address` refuses numbers, and
  every address that the name has must be public (`is_public`), not only the first;
* change the answer between check and visit (DNS rebinding): a name is asked for once in a visit, and the connection is made
  to an address from that answer, while the Host field, SNI and the check of the certificate use the name;
* lead on by a redirect: each is read and checked like a first address, at most five, never from https to http;
* hold us: one clock for the whole visit, whatever drips, and a limit on the head, the body, and what it unpacks to.

No cookies, no proxies from the environment, no credentials, no method but GET. Who runs the site should still keep its
machine from reaching inner hosts that it does not need: a firewall also stops what nobody has thought of.
"""

import http.client
import ipaddress
import queue
import re
import socket
import ssl
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError, SSLError
from urllib3.exceptions import TimeoutError as UrllibTimeout
from urllib3.util import make_headers
from urllib3.util.ssl_match_hostname import CertificateError

from debates.lookup.address import IP, PORTS, Address, is_public, next_address, read_address
from debates.lookup.connection import (
    LONGEST_HEAD,
    HeadTooLong,
    PlainConnection,
    ProtectedConnection,
    Watch,
    open_line,
)
from debates.lookup.refusal import (
    BadCertificate,
    Downgrade,
    FetchError,
    Garbled,
    Offline,
    PrivateAddress,
    RedirectLoop,
    RefusedPort,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unresolved,
)

type Resolver = Callable[[str], Sequence[str]]
"""Return every address of a name, as text; raises `socket.gaierror` where there is none."""

MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK = 16_384
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True)
class Limits:
    """What one visit may take: seconds in all and for a connection, bytes of the body once unpacked.

    With `cut` a longer body is cut there and the answer says so (`whole`), for those who only ask whether it is there.
    """

    seconds: float = 20.0
    connect_seconds: float = 5.0
    body: int = 2_000_000
    cut: bool = False


@dataclass(frozen=True)
class Hop:
    """One redirect on the way: the address that sent us on, and its status."""

    address: str
    status: int


@dataclass(frozen=True)
class Answer:
    """What came back at last, from `address`, after the redirects in `chain`.

    `type` is the media type in lower case without parameters, `charset` what the header declares (each “” if it declares
    none; both may be lies). `headers` has the names in lower case, without cookies.
    """

    status: int
    address: str
    chain: tuple[Hop, ...] = ()
    type: str = ""
    body: bytes = b""
    charset: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True


class Fetch(Protocol):
    """Whatever fetches: `Guard.fetch`, or a test's own."""

    def __call__(self, address: str, *, accept: str) -> Answer: ...


def resolve(name: str) -> list[str]:
    """Ask the system for every address of a name, as an absolute one: no search list makes it an inner host's."""
    found = socket.getaddrinfo(f"{name}.", None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Guard:
    """Fetch by the rules above. `agent` names the site in every request: “Counterpoint/0.1 (+https://…)”.

    `allow`, `resolver` and `trust` are the tests' door to a server on this machine: pairs of literal address and port that
    may be visited although they are not public, who resolves names, and whose certificates hold. No setting reaches
    them: a production that could be told to visit an inner host would be told to.
    """

    agent: str
    limits: Limits = Limits()
    allow: Collection[tuple[str, int]] = ()
    resolver: Resolver = resolve
    trust: ssl.SSLContext | None = None

    def __post_init__(self) -> None:
        if not self.agent.isascii() or not self.agent.isprintable() or not self.agent.strip():
            raise ValueError("The agent goes into a header field: printable ASCII, and not empty.")

    def fetch(self, address: str, *, accept: str = "*/*", limits: Limits | None = None) -> Answer:
        """Visit an address and those it redirects to; `accept` is the Accept field. Raises a `FetchError`.

        An answer of any status is an answer, also 404 and 500; a redirect without a place to go to is one, too.
        """
        place = read_address(address)
        visit = _Visit(self, accept, limits or self.limits)
        with visit.watch:
            return visit.run(place)


class _Visit:
    """One visit: its clock, the names it has asked for, and where it has been."""

    def __init__(self, guard: Guard, accept: str, limits: Limits) -> None:
        self.guard = guard
        self.limits = limits
        self.watch = Watch(limits.seconds)
        self.names: dict[str, tuple[IP, ...]] = {}
        self.fields = {
            **make_headers(accept_encoding=True, user_agent=guard.agent),
            "Accept": accept,
            "Connection": "close",
        }

    def run(self, place: Address) -> Answer:
        """Visit a place and go on as it says."""
        chain: list[Hop] = []
        seen = {str(place)}
        while True:
            answer, location = self.ask(place, tuple(chain))
            if location is None:
                return answer
            here, place = place, next_address(place, location)
            chain.append(Hop(str(here), answer.status))
            if here.scheme == "https" and place.scheme == "http":
                raise Downgrade(place.host)
            if str(place) in seen:
                raise RedirectLoop(place.host)
            if len(chain) > MOST_REDIRECTS:
                raise TooManyRedirects(place.host, MOST_REDIRECTS)
            seen.add(str(place))

    def ask(self, place: Address, chain: tuple[Hop, ...]) -> tuple[Answer, str | None]:
        """Send one request; return the answer, and where it redirects to (its body is not read then)."""
        ips = self.checked(place)

        def open_door() -> socket.socket:
            return open_line(place, ips, self.watch, self.limits.connect_seconds)

        seconds = self.limits.seconds
        connection = (
            ProtectedConnection(place, open_door, seconds, self.guard.trust or ssl.create_default_context())
            if place.scheme == "https"
            else PlainConnection(place, open_door, seconds)
        )
        try:
            with self.told(place.host, BadCertificate):
                connection.connect()
            with self.told(place.host, Garbled):
                connection.request("GET", place.target, headers=self.fields, preload_content=False)
                response = connection.getresponse()
                try:
                    headers = {name.lower(): value for name, value in response.headers.items()}
                    headers.pop("set-cookie", None)
                    location = headers.get("location") if response.status in REDIRECTS else None
                    body, whole = (b"", True) if location is not None else self.read(response, place.host)
                finally:
                    response.close()
        finally:
            connection.close()
        declared = headers.get("content-type", "")
        charset = _CHARSET.search(declared)
        answer = Answer(
            status=response.status,
            address=str(place),
            chain=chain,
            type=declared.partition(";")[0].strip().lower(),
            body=body,
            charset=charset[1].lower() if charset else "",
            headers=headers,
            whole=whole,
        )
        return answer, location

    def read(self, response: BaseHTTPResponse, host: str) -> tuple[bytes, bool]:
        """Read and unpack a body up to the limit; tell whether that was all of it."""
        packed = response.headers.get("content-encoding", "").lower().replace(",", " ").split()
        if any(coding not in {*response.CONTENT_DECODERS, "identity"} for coding in packed):
            raise Garbled(host)
        most = self.limits.body
        parts: list[bytes] = []
        length = 0
        for part in response.stream(_CHUNK, decode_content=True):
            parts.append(part)
            length += len(part)
            if length > most:
                if self.limits.cut:
                    return b"".join(parts)[:most], False
                raise TooLarge(host, most)
        self.watch.left(host)  # a stream that the watch has cut looks like one that came to its end
        return b"".join(parts), True

    def checked(self, place: Address) -> tuple[IP, ...]:
        """Return the addresses to connect to, after every one of them was found public (or let in by a test)."""
        allow = self.guard.allow
        standard = place.port in PORTS.values()
        if not standard and not any(port == place.port for _, port in allow):
            raise RefusedPort(place.host, place.port)
        ips = (place.ip,) if place.ip is not None else self.resolved(place.host)
        for ip in ips:
            if (str(ip), place.port) in allow:
                continue
            if not is_public(ip):
                raise PrivateAddress(place.host)
            if not standard:
                raise RefusedPort(place.host, place.port)
        return ips

    def resolved(self, name: str) -> tuple[IP, ...]:
        """Ask for a name, once in a visit; in a thread of its own, since the system's resolver knows no time limit."""
        if name in self.names:
            return self.names[name]
        answers: queue.SimpleQueue[Sequence[str] | OSError | UnicodeError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self.guard.resolver(name))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self.watch.left(name))
        except queue.Empty:
            raise TooSlow(name, self.limits.seconds) from None
        if isinstance(answer, socket.gaierror) and answer.errno == socket.EAI_AGAIN:
            raise Offline(name) from answer
        if isinstance(answer, OSError | UnicodeError) or not answer:
            raise Unresolved(name)
        try:
            found = tuple(ipaddress.ip_address(one) for one in answer)
        except ValueError as error:  # an address with the name of a link, as in fe80::1%eth0, may fail here
            raise PrivateAddress(name) from error
        self.names[name] = found
        return found

    @contextmanager
    def told(self, host: str, unprotected: type[BadCertificate | Garbled]) -> Iterator[None]:
        """Turn what urllib3, http.client and the socket raise into one sentence; `unprotected` is for what TLS raises."""
        try:
            yield
        except FetchError:
            raise
        except HeadTooLong as error:
            raise TooLarge(host, LONGEST_HEAD) from error
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            if self.watch.over or isinstance(error, UrllibTimeout | TimeoutError):
                raise TooSlow(host, self.limits.seconds) from error
            if isinstance(error, SSLError | ssl.SSLError | CertificateError):
                raise unprotected(host) from error
            raise Garbled(host) from error
