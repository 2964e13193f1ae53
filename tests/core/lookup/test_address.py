"""An address that a stranger gives leads to the public web or nowhere: refused before any connection is opened."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from debates.lookup.address import Address, is_public, next_address, read_address
from debates.lookup.guard import Guard
from debates.lookup.refusal import (
    BadAddress,
    NumericHost,
    PrivateAddress,
    Refused,
    RefusedCredentials,
    RefusedPort,
    RefusedScheme,
    Unresolved,
)
from tests.core.lookup.server import AGENT, Names

NAMES: dict[str, list[list[str]]] = {
    "inner.example": [["10.1.2.3"]],
    "mixed.example": [["93.184.215.14", "192.168.0.1"]],
    "mixed6.example": [["2606:2800:21f:cb07:6820:80da:af6b:8b2c", "fd00::1"]],
    "metadata.example": [["169.254.169.254"]],
    "link.example": [["fe80::1%eth0"]],
    "odd.example": [["not an address"]],
    "empty.example": [[]],
    "localhost.example": [["::1"]],
}

HOSTILE: list[tuple[str, type[Exception]]] = [
    # numbers, in every spelling that some reader of addresses takes for 127.0.0.1
    ("http://127.0.0.1/", PrivateAddress),
    ("http://127.0.0.1./", PrivateAddress),
    ("http://127.8.8.8/", PrivateAddress),
    ("http://127.1/", NumericHost),
    ("http://127.0.1/", NumericHost),
    ("http://2130706433/", NumericHost),
    ("http://2130706433./", NumericHost),
    ("http://017700000001/", NumericHost),
    ("http://0x7f000001/", NumericHost),
    ("http://0x7f.1/", NumericHost),
    ("http://0X7F.0.0.1/", NumericHost),
    ("http://0177.0.0.1/", NumericHost),
    ("http://127.0.0.0x1/", NumericHost),
    ("http://127.0.0.1.1/", NumericHost),
    ("http://256.256.256.256/", NumericHost),
    ("http://0x/", NumericHost),
    ("http://0/", NumericHost),
    ("http://①②⑦.⓪.⓪.①/", PrivateAddress),
    ("http://127。0。0。1/", PrivateAddress),
    ("http://\uff11\uff12\uff17.0.0.1/", PrivateAddress),
    ("http://%31%32%37.0.0.1/", NumericHost),
    ("http://127.0.0.1%00.example.org/", BadAddress),
    # every kind of address that is not the public web's
    ("http://0.0.0.0/", PrivateAddress),
    ("http://10.0.0.1/", PrivateAddress),
    ("http://100.64.0.1/", PrivateAddress),
    ("http://100.100.100.200/latest/meta-data/", PrivateAddress),
    ("http://169.254.169.254/latest/meta-data/", PrivateAddress),
    ("http://172.16.0.1/", PrivateAddress),
    ("http://192.168.1.1/", PrivateAddress),
    ("http://192.0.0.192/opc/v1/", PrivateAddress),
    ("http://192.0.2.1/", PrivateAddress),
    ("http://192.88.99.1/", PrivateAddress),
    ("http://198.18.0.1/", PrivateAddress),
    ("http://168.63.129.16/machine", PrivateAddress),
    ("http://224.0.0.1/", PrivateAddress),
    ("http://240.0.0.1/", PrivateAddress),
    ("http://255.255.255.255/", PrivateAddress),
    ("http://[::]/", PrivateAddress),
    ("http://[::1]/", PrivateAddress),
    ("http://[0:0:0:0:0:0:0:1]/", PrivateAddress),
    ("http://[::ffff:127.0.0.1]/", PrivateAddress),
    ("http://[::ffff:7f00:1]/", PrivateAddress),
    ("http://[::127.0.0.1]/", PrivateAddress),
    ("http://[64:ff9b::10.0.0.1]/", PrivateAddress),
    ("http://[64:ff9b::a9fe:a9fe]/", PrivateAddress),
    ("http://[64:ff9b:1::8.8.8.8]/", PrivateAddress),
    ("http://[2002:7f00:1::]/", PrivateAddress),
    ("http://[2002:808:808::]/", PrivateAddress),
    ("http://[2001:0:7f00:1::]/", PrivateAddress),
    ("http://[2001::f5ff:fffe]/", PrivateAddress),
    ("http://[2001:db8::1]/", PrivateAddress),
    ("http://[3fff::1]/", PrivateAddress),
    ("http://[5f00::1]/", PrivateAddress),
    ("http://[fc00::1]/", PrivateAddress),
    ("http://[fd00:ec2::254]/latest/meta-data/", PrivateAddress),
    ("http://[fe80::1]/", PrivateAddress),
    ("http://[fe80::1%25eth0]/", BadAddress),
    ("http://[fec0::1]/", PrivateAddress),
    ("http://[ff02::1]/", PrivateAddress),
    ("http://[::1/", BadAddress),
    ("http://[127.0.0.1]/", BadAddress),
    ("http://[v1.fe80]/", BadAddress),
    # names that lead there
    ("http://inner.example/", PrivateAddress),
    ("http://INNER.example./", PrivateAddress),
    ("https://metadata.example/", PrivateAddress),
    ("https://localhost.example/", PrivateAddress),
    ("https://link.example/", PrivateAddress),
    ("https://odd.example/", PrivateAddress),
    ("https://mixed.example/", PrivateAddress),
    ("https://mixed6.example/", PrivateAddress),
    ("https://empty.example/", Unresolved),
    ("https://nobody.example/", Unresolved),
    ("http://localhost/", BadAddress),
    ("http://intranet/", BadAddress),
    ("http://exa_mple..org/", BadAddress),
    ("http://-example.org/", BadAddress),
    (f"http://{'a' * 64}.example/", BadAddress),
    (f"http://{'a.' * 200}example/", BadAddress),
    # what readers of addresses read differently
    ("http://example.org\\@127.0.0.1/", BadAddress),
    ("http://127.0.0.1\\@example.org/", BadAddress),
    ("http://example.org@127.0.0.1/", RefusedCredentials),
    ("http://ada:secret@example.org/", RefusedCredentials),
    ("http://@example.org/", RefusedCredentials),
    ("http://example.org:80@127.0.0.1/", RefusedCredentials),
    ("http://example.org\t.evil.example/", BadAddress),
    ("http://exam\nple.org/", BadAddress),
    ("http://example.org/a b", BadAddress),
    ("http://example.org/\x00", BadAddress),
    ("http:///etc/passwd", BadAddress),
    ("http://", BadAddress),
    ("//127.0.0.1/", RefusedScheme),
    ("example.org", RefusedScheme),
    ("", BadAddress),
    (f"http://example.org/{'a' * 3000}", BadAddress),
    ("http://example.org/\ud800", BadAddress),
    # other schemes and other ports
    ("file:///etc/passwd", RefusedScheme),
    ("ftp://example.org/", RefusedScheme),
    ("gopher://127.0.0.1:6379/_SET", RefusedScheme),
    ("javascript:alert(1)", RefusedScheme),
    ("data:text/html,hello", RefusedScheme),
    ("dict://127.0.0.1:11211/", RefusedScheme),
    ("jar:http://example.org!/", RefusedScheme),
    ("http://93.184.215.14:22/", RefusedPort),
    ("http://93.184.215.14:6379/", RefusedPort),
    ("https://93.184.215.14:8443/", RefusedPort),
    ("http://93.184.215.14:0/", RefusedPort),
    ("http://93.184.215.14:99999/", BadAddress),
    ("http://93.184.215.14:80x/", BadAddress),
    ("http://93.184.215.14:-80/", BadAddress),
    ("http://93.184.215.14:٨٠/", BadAddress),
]


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Note, and refuse, whatever would open a socket or ask for a name."""
    opened: list[str] = []

    def refuse(*_: object, **__: object) -> None:
        opened.append("a socket")
        raise OSError("A test that opens no socket opened one.")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield opened
    monkeypatch.undo()


@pytest.mark.parametrize(("address", "refusal"), HOSTILE, ids=[repr(address)[:60] for address, _ in HOSTILE])
def test_a_hostile_address_is_refused_before_any_connection(
    address: str, refusal: type[Exception], no_sockets: list[str]
) -> None:
    guard = Guard(AGENT, resolver=Names({name: list(answers) for name, answers in NAMES.items()}))
    with pytest.raises(refusal) as refused:
        guard.fetch(address)
    assert type(refused.value) is refusal
    assert no_sockets == [], "What was refused must not have been visited: the refusal comes after the harm."
    assert str(refused.value).endswith((".", "?")), "A person reads this: it is a sentence."


def test_there_are_enough_hostile_addresses() -> None:
    assert len(HOSTILE) >= 25
    assert len({address for address, _ in HOSTILE}) == len(HOSTILE)


def test_a_refusal_does_not_tell_inner_addresses() -> None:
    guard = Guard(AGENT, resolver=Names({"inner.example": [["10.1.2.3"]]}))
    with pytest.raises(PrivateAddress) as refused:
        guard.fetch("http://inner.example/")
    assert "10.1.2.3" not in str(refused.value), "A sentence must not map somebody's network."


def test_no_setting_opens_the_door_to_this_machine(no_sockets: list[str]) -> None:
    guard = Guard(AGENT, allow={("127.0.0.1", 8000)})
    for address in ("http://127.0.0.1/", "http://127.0.0.2:8000/", "http://[::ffff:127.0.0.1]:8000/"):
        with pytest.raises(Refused):
            guard.fetch(address)
    assert no_sockets == [], "The tests' door is one address and one port, and nothing beside it."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://example.org", "https://example.org/"),
        (" HTTPS://Example.ORG/A?b=C#d ", "https://example.org/A?b=C"),
        ("http://example.org.:80/", "http://example.org/"),
        ("https://example.org:443/x", "https://example.org/x"),
        ("http://example.org:443/x", "http://example.org:443/x"),
        ("https://bücher.example/ä?ö=ü", "https://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC"),
        ("https://example.org/a%20b%", "https://example.org/a%20b%"),
        (
            "https://example.org/(SICI)1097:8<693::AID>3.0;2-O",
            "https://example.org/(SICI)1097:8%3C693::AID%3E3.0;2-O",
        ),
        ("https://example.org?q=1", "https://example.org/?q=1"),
        (
            "https://[2606:2800:21f:cb07:6820:80DA:af6b:8b2c]/",
            "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        ),
        ("https://93.184.215.14/", "https://93.184.215.14/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
    ],
)
def test_an_ordinary_address_is_read(written: str, read: str) -> None:
    assert str(read_address(written)) == read


@given(st.text(max_size=40) | st.text("htps:/@.[]0x17faA%\\?#_-", max_size=30).map("http://{}".format))
@example("http://0x.0x.0x.0x")
def test_any_text_is_an_address_or_refused_in_a_sentence(written: str) -> None:
    try:
        address = read_address(written)
    except Refused:
        return
    assert read_address(str(address)) == address, "What is checked and what is visited must be one thing."
    assert isinstance(address, Address)


@given(st.ip_addresses(v=4))
@example(ipaddress.IPv4Address("127.0.0.1"))
@example(ipaddress.IPv4Address("8.8.8.8"))
def test_an_ipv4_address_is_judged_alike_in_every_dress(ip: ipaddress.IPv4Address) -> None:
    mapped = ipaddress.IPv6Address(f"::ffff:{ip}")
    nat64 = ipaddress.IPv6Address(f"64:ff9b::{ip}")
    assert is_public(mapped) == is_public(ip) == is_public(nat64)
    assert not is_public(ipaddress.IPv6Address((0x2002 << 112) + (int(ip) << 80))), (
        "6to4 leads into any network."
    )


@given(
    st.ip_addresses(v=4),
    st.sampled_from(["{0}", "{0:#x}", "0{0:o}", "{1}.{2}", "{3:#x}.{4}.{5}.{6}", "0{3:o}.{2}"]),
)
@example(ipaddress.IPv4Address("127.0.0.1"), "{0}")
def test_a_number_in_another_form_is_never_worked_out(ip: ipaddress.IPv4Address, form: str) -> None:
    one, two, three, four = ip.packed
    host = form.format(int(ip), one, int(ip) & 0xFFFFFF, one, two, three, four)
    with pytest.raises(NumericHost):
        read_address(f"http://{host}/")


@given(st.ip_addresses())
def test_no_inner_address_is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if is_public(ip):
        assert ip.is_global or ip in ipaddress.ip_network("64:ff9b::/96")
        assert not ip.is_private
        assert not ip.is_multicast


@pytest.mark.parametrize(
    ("location", "there"),
    [
        ("/b", "https://example.org/b"),
        ("b", "https://example.org/a/b"),
        ("?c=1", "https://example.org/a/x?c=1"),
        ("//other.example/", "https://other.example/"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/\xc3\xa4", "https://example.org/%C3%A4"),
        ("https://example.org/\xe4", "https://example.org/%C3%A4"),
        ("#part", "https://example.org/a/x"),
    ],
)
def test_a_redirect_is_read_from_where_it_stood(location: str, there: str) -> None:
    assert str(next_address(read_address("https://example.org/a/x"), location)) == there
