"""A server on this machine that answers as a test says, byte by byte where it must: well, badly, slowly, or without end."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from debates.lookup.guard import Guard, Limits

HOME = "127.0.0.1"
AGENT = "Counterpoint-tests/1 (+https://counterpoint.example/about)"

type Answering = Callable[["Line"], None]


@dataclass
class Line:
    """One connection as a test sees it: what was asked, and the way to answer."""

    connection: socket.socket
    target: str
    fields: Mapping[str, str]
    closing: threading.Event

    def send(self, data: bytes) -> None:
        """Send bytes as they are; raises `OSError` when the other side has gone."""
        self.connection.sendall(data)

    def head(self, status: str = "200 OK", **fields: str) -> None:
        """Send a status line and fields; `content_type="text/html"` is Content-Type."""
        lines = [f"{name.replace('_', '-').title()}: {value}" for name, value in fields.items()]
        self.send("\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1"))

    def drip(self, data: bytes, seconds: float = 0.05) -> None:
        """Send one byte after another, with a pause before each, until the test is over."""
        for index in range(len(data)):
            if self.closing.wait(seconds):
                return
            self.send(data[index : index + 1])


def page(body: bytes | str, status: str = "200 OK", **fields: str) -> Answering:
    """Return what answers with a body as a well-behaved server does."""
    data = body.encode() if isinstance(body, str) else body

    def answer(line: Line) -> None:
        line.head(
            status, **{"content_type": "text/html; charset=utf-8", "content_length": str(len(data))} | fields
        )
        line.send(data)

    return answer


def redirect(location: str, status: str = "302 Found") -> Answering:
    """Return what sends the visitor on."""
    return page(b"", status, location=location)


@dataclass
class Server:
    """A server in threads; `pages` says who answers for a target (“/a?b”), `asked` what it was asked for, in order."""

    pages: dict[str, Answering] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    port: int = 0
    context: ssl.SSLContext | None = None
    names: list[str | None] = field(default_factory=list)
    """The name that each visitor asked for in TLS (SNI)."""

    def at(self, target: str, host: str = "works.example") -> str:
        """Return the address of a target under a name that `guard_for` lets lead here."""
        return f"{'https' if self.context else 'http'}://{host}:{self.port}{target}"

    def serve(self, connection: socket.socket, closing: threading.Event) -> None:
        with connection, suppress(OSError):
            connection.settimeout(5)
            if self.context is not None:
                connection = self.context.wrap_socket(connection, server_side=True)
            with connection:
                asked = b""
                while b"\r\n\r\n" not in asked:
                    piece = connection.recv(4096)
                    if not piece:
                        return
                    asked += piece
                first, *rest = asked.decode("latin-1").split("\r\n")
                target = first.split(" ")[1]
                fields = dict(one.split(": ", 1) for one in rest if ": " in one)
                self.asked.append((target, fields))
                line = Line(connection, target, fields, closing)
                self.pages.get(target, page("Nothing here.", "404 Not Found"))(line)
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_WR)


@contextmanager
def running(pages: dict[str, Answering], context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Run a server on a free port of this machine while a test lasts."""
    server = Server(pages, context=context)
    if context is not None:
        context.sni_callback = lambda _socket, name, _context: server.names.append(name)
    closing = threading.Event()
    threads: list[threading.Thread] = []
    listening = socket.create_server((HOME, 0))
    server.port = listening.getsockname()[1]

    def listen() -> None:
        while not closing.is_set():
            with suppress(OSError):
                connection, _ = listening.accept()
                threads.append(threading.Thread(target=server.serve, args=(connection, closing), daemon=True))
                threads[-1].start()

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        yield server
    finally:
        closing.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for thread in [listener, *threads]:
            thread.join(5)


@dataclass
class Names:
    """A resolver that says what a test tells it, answer after answer, and remembers what it was asked."""

    known: dict[str, list[list[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, name: str) -> list[str]:
        self.asked.append(name)
        answers = self.known.get(name)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return answers.pop(0) if len(answers) > 1 else answers[0]


def guard_for(
    *servers: Server,
    names: Names | None = None,
    limits: Limits | None = None,
    trust: ssl.SSLContext | None = None,
) -> Guard:
    """Return a guard whose one door stands open to these servers, under the names of `names`."""
    return Guard(
        AGENT,
        limits=limits or Limits(seconds=10, connect_seconds=5),
        allow={(HOME, server.port) for server in servers},
        resolver=names
        or Names({name: [[HOME]] for name in ("works.example", "doi.example", "www.works.example")}),
        trust=trust,
    )


@dataclass(frozen=True)
class Certificates:
    """A certificate authority of the test's own, and what it signs."""

    key: ec.EllipticCurvePrivateKey
    root: x509.Certificate

    def trusting(self) -> ssl.SSLContext:
        """Return the context of a visitor who trusts this authority and no other."""
        return ssl.create_default_context(cadata=self.root.public_bytes(serialization.Encoding.PEM).decode())

    def serving(self, name: str, *, days: int = 10) -> ssl.SSLContext:
        """Return the context of a server with a certificate for a name or an address; with negative days it is over."""
        key = ec.generate_private_key(ec.SECP256R1())
        try:
            who: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
        except ValueError:
            who = x509.DNSName(name)
        signed = (
            _builder(name, self.root.subject, key, days)
            .add_extension(x509.SubjectAlternativeName([who]), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
            )
            .sign(self.key, hashes.SHA256())
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "server.pem"
            path.write_bytes(
                key.private_bytes(
                    serialization.Encoding.PEM,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
                + signed.public_bytes(serialization.Encoding.PEM)
            )
            context.load_cert_chain(path)
        return context


def _builder(
    name: str, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=30))
        .not_valid_after(now + datetime.timedelta(days=days))
    )


def new_authority() -> Certificates:
    """Make a certificate authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority for tests")])
    root = (
        _builder("An authority for tests", name, key, 10)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                key_cert_sign=True,
                crl_sign=True,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    return Certificates(key, root)


def wait_until(true: Callable[[], bool], seconds: float = 2) -> bool:
    """Wait for something that happens in another thread."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not true():
        time.sleep(0.01)
    return true()
