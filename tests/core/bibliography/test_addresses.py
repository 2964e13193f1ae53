"""Addresses that lead to the same page are the same when compared, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.addresses import normal_address
from tests.core.bibliography.items import HOSTILE

PAGES = [
    [
        "https://example.org/a",
        "http://example.org/a",
        "HTTPS://WWW.Example.ORG/a/",
        "https://example.org.:443/a",
        "http://example.org:80/a#top",
        "https://example.org/a?",
        "https://example.org/a?utm_source=feed&utm_medium=x&fbclid=7",
        "https://example.org/a?GCLID=7&mc_cid=1",
        "https://example.org/%61",
        " https://example.org/a ",
    ],
    ["https://example.org/A"],
    ["https://example.org/a/b", "https://example.org/a/b/", "https://example.org/a/b#:~:text=crane"],
    ["https://example.org/a%2Fb", "https://example.org/a%2fb"],
    ["https://example.org:8080/a"],
    ["http://example.org:443/a"],
    ["https://blog.example.org/a"],
    ["https://example.org", "https://www.example.org/", "http://example.org?utm_campaign=x"],
    ["https://example.org/#!/cranes"],
    ["https://example.org/#/cranes"],
    [
        "https://example.org/a?b=1&c=2",
        "https://example.org/a?c=2&b=1&&utm_term=x",
        "https://example.org/a/?c=2&b=1",
    ],
    ["https://example.org/a?b=1&b=2"],
    ["https://example.org/a?b=2&b=1"],
    ["https://example.org/a?b=%26"],
    ["https://example.org/a?glide=1"],
    ["https://bücher.example/ö", "https://xn--bcher-kva.example/%C3%B6", "https://BÜCHER.example/%c3%b6"],
    ["https://www.com/a"],
    ["https://com/a"],
]


@pytest.mark.parametrize("page", PAGES)
def test_the_addresses_of_one_page_are_equal(page: list[str]) -> None:
    assert len({normal_address(address) for address in page}) == 1


def test_the_addresses_of_two_pages_are_not() -> None:
    normal = [normal_address(page[0]) for page in PAGES]
    assert len(set(normal)) == len(PAGES), "Two works must not be taken for one."


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "javascript:alert(1)",
        "ftp://example.org/a",
        "https://",
        "https://[::1/",
        "https://a:b/",
    ],
)
def test_what_is_no_address_of_the_web_is_like_no_other(address: str) -> None:
    assert normal_address(address) == ""


@given(st.sampled_from(HOSTILE) | st.text(max_size=40), st.text(max_size=20))
def test_no_address_is_too_odd_to_compare(path: str, query: str) -> None:
    once = normal_address(f"https://example.org/{path}?{query}")
    assert normal_address(f"https://{once}") == once, "What is normal stays as it is."
    normal_address(path)
