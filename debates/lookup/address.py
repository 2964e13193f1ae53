"""Read an address of the web once, so that what was checked and what is visited cannot be two things. Pure."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from debates.bibliography.identifiers import LONGEST_ADDRESS
from debates.lookup.refusal import (
    BadAddress,
    NumericHost,
    RefusedCredentials,
    RefusedScheme,
)

type IP = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}

_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_NEVER = re.compile(r"[\x00-\x20\x7f\\]")
"""What readers of addresses disagree about: some drop it, some stop at it, some take a backslash for a slash."""
_PATH = "/%:@!$&'()*+,;=~-._[]"

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NEVER_VISITED = (
    ipaddress.ip_network("192.88.99.0/24"),  # relays of 6to4, given up by RFC 7526
    ipaddress.ip_network("168.63.129.16/32"),  # looks public; inside Azure it is the host's own door
    ipaddress.ip_network("2001::/23"),  # protocol assignments, Teredo (RFC 4380) and ORCHID among them
    ipaddress.ip_network("2002::/16"),  # 6to4 (RFC 3056): an IPv4 address in disguise
    ipaddress.ip_network("3fff::/20"),  # documentation (RFC 9637); Python 3.13 does not know it yet
)


@dataclass(frozen=True)
class Address:
    """An address in its parts: `host` in ASCII without a dot at the end, `target` path and query, percent-encoded.

    `ip` is set where the host is a literal address and no name.
    """

    scheme: str
    host: str
    port: int
    target: str
    ip: IP | None = None

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"


def read_address(written: str) -> Address:
    """Read an address that somebody gave; the fragment is dropped, since no server ever sees it.

    Raises a `Refused` for what is no address, is not of the web, or holds credentials.
    """
    text = written.strip()
    if not text or len(text) > LONGEST_ADDRESS or _NEVER.search(text):
        raise BadAddress(written)
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname or ""
        target = quote(parts.path or "/", _PATH) + (
            f"?{quote(parts.query, _PATH + '?')}" if parts.query else ""
        )
    except ValueError as error:
        raise BadAddress(written) from error
    if parts.scheme not in PORTS:
        raise RefusedScheme(written)
    if "@" in parts.netloc:
        raise RefusedCredentials
    if not target.startswith("/") or ("[" in parts.netloc and ":" not in host):
        raise BadAddress(written)
    name, ip = read_host(host, written)
    return Address(parts.scheme, name, port if port is not None else PORTS[parts.scheme], target, ip)


def read_host(host: str, written: str) -> tuple[str, IP | None]:
    """Return a host in ASCII and, where it is a literal address, that address; `written` is for the sentence.

    A number that is not four plain decimals is refused rather than worked out: 127.1, 0x7f.1, 0177.0.0.1 and 2130706433
    are forms that inet_aton(3) reads and no person writes. IDNA 2003 (RFC 3490) is Python's own; it also turns the digits
    and full stops of other scripts into ours, which is why it comes first.
    """
    if ":" in host:
        try:
            literal = ipaddress.IPv6Address(host)
        except ValueError as error:
            raise BadAddress(written) from error
        if literal.scope_id is not None:
            raise BadAddress(written)
        return str(literal), literal
    try:
        name = host[:300].encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise BadAddress(written) from error
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        try:
            return name, ipaddress.IPv4Address(name)
        except ValueError as error:
            raise NumericHost(host) from error
    if len(name) > 253 or not _NAME.fullmatch(name):
        raise BadAddress(written)
    return name, None


def next_address(here: Address, location: str) -> Address:
    """Read where a redirect leads, relative to where it stood (RFC 9110, 10.2.2).

    Header fields come as Latin-1; many sites put UTF-8 and spaces there, which browsers put right, and so do we.
    """
    try:
        text = location.encode("latin-1").decode()
    except UnicodeError:
        text = location
    text = text.strip().replace(" ", "%20")
    if len(text) > LONGEST_ADDRESS:
        raise BadAddress(text)
    try:
        joined = urljoin(str(here), text)
    except ValueError as error:
        raise BadAddress(text) from error
    return read_address(joined)


def is_public(ip: IP) -> bool:
    """Tell whether an address belongs to the public web (IANA's special-purpose registries, RFC 6890, and some more).

    An IPv4 address inside an IPv6 one (mapped, RFC 4291; NAT64, RFC 6052) is judged as itself, since a machine with
    nothing but IPv6 sees the whole old web through NAT64. A network's own NAT64 prefix cannot be told from any other
    address: such a network needs a rule in its firewall as well.
    """
    if isinstance(ip, ipaddress.IPv6Address) and (ip in _MAPPED or ip in _NAT64):
        return is_public(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _GLOBAL_UNICAST:
        return False
    if any(ip.version == net.version and ip in net for net in _NEVER_VISITED):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)
