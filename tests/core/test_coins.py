"""What reference managers and search engines read off a page: COinS, Highwire tags, schema.org."""

import re
from urllib.parse import parse_qs, parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.coins import coins, page_ends
from debates.bibliography.highwire import highwire
from debates.bibliography.linked_data import work
from debates.bibliography.record import TYPES, Name, Record

MARSH = Name("Marsh", "Lena")
HARBOUR = Record(
    type="book",
    title="Cranes of the harbour",
    authors=(MARSH, Name(literal="Harbour Board")),
    issued=(1999, 5),
    publisher="Quay Press",
    place="Seaham",
    edition="2",
    isbn="9780306406157",
    url="https://example.org/cranes",
)
ARTICLE = Record(
    type="article-journal",
    title="On rust & salt",
    authors=(MARSH, Name("La Fontaine", "Jean", dropping="de"), Name("Dyke", "Otto", particle="van")),
    issued=(2003, 2, 9),
    container="Journal of Quays",
    volume="12",
    issue="3",
    pages="184–185",
    doi="10.1000/182",
    extra={"ISSN": "1234-5679"},
)
HOSTILE = (
    "</script><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "a&b=c+d%20e",
    "\u202eesrever",
)


def read(record: Record) -> dict[str, list[str]]:
    """Read COinS back, strictly."""
    return parse_qs(coins(record), strict_parsing=True)


# ---------------------------------------------------------------------------------------------------- COinS


def test_a_book_is_an_openurl_book() -> None:
    assert read(HARBOUR) == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:book"],
        "rft_id": ["https://example.org/cranes"],
        "rft.genre": ["book"],
        "rft.btitle": ["Cranes of the harbour"],
        "rft.place": ["Seaham"],
        "rft.pub": ["Quay Press"],
        "rft.edition": ["2"],
        "rft.aulast": ["Marsh"],
        "rft.aufirst": ["Lena"],
        "rft.au": ["Marsh, Lena"],
        "rft.aucorp": ["Harbour Board"],
        "rft.date": ["1999-05"],
        "rft.isbn": ["9780306406157"],
    }


def test_a_journal_article_says_where_it_stands() -> None:
    said = read(ARTICLE)
    assert said["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:journal"]
    assert (said["rft.atitle"], said["rft.jtitle"]) == (["On rust & salt"], ["Journal of Quays"])
    assert (said["rft.volume"], said["rft.issue"], said["rft.issn"]) == (["12"], ["3"], ["1234-5679"])
    assert (said["rft.pages"], said["rft.spage"], said["rft.epage"]) == (["184–185"], ["184"], ["185"])
    assert said["rft_id"] == ["info:doi/10.1000/182"]
    assert said["rft.au"] == ["Marsh, Lena", "La Fontaine, Jean de", "van Dyke, Otto"]


def test_a_chapter_is_part_of_its_book() -> None:
    said = read(Record(type="chapter", title="Rust", container="Of iron", authors=(MARSH,)))
    assert (said["rft.genre"], said["rft.atitle"], said["rft.btitle"]) == (
        ["bookitem"],
        ["Rust"],
        ["Of iron"],
    )


def test_a_thesis_names_its_university() -> None:
    said = read(
        Record(type="thesis", title="Rust", publisher="University of Seaham", extra={"genre": "PhD thesis"})
    )
    assert said["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dissertation"]
    assert (said["rft.title"], said["rft.inst"], said["rft.degree"]) == (
        ["Rust"],
        ["University of Seaham"],
        ["PhD thesis"],
    )


def test_a_web_page_goes_as_dublin_core() -> None:
    said = read(
        Record(
            type="webpage",
            title="The cranes",
            authors=(MARSH,),
            container="Harbour news",
            url="https://example.org/x",
        )
    )
    assert said["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
    assert (said["rft.type"], said["rft.source"]) == (["webpage"], ["Harbour news"])
    assert (said["rft.creator"], said["rft.identifier"]) == (["Marsh, Lena"], ["https://example.org/x"])
    assert "rft.au" not in said, "Dublin Core has creators, not authors."


def test_the_version_stands_first_and_the_genre_as_it_is() -> None:
    """Zotero looks for `rft.genre=bookitem` as it stands, and for the format at the head of a part."""
    said = coins(Record(type="chapter", title="Rust"))
    assert said.startswith("ctx_ver=Z39.88-2004&rft_val_fmt=")
    assert "rft.genre=bookitem" in said.split("&")


@pytest.mark.parametrize("kind", [*TYPES, "song", "paper-conference"])
def test_every_type_has_a_format_and_its_title(kind: str) -> None:
    said = read(Record(type=kind, title="Cranes"))
    assert ["Cranes"] in (said.get("rft.atitle"), said.get("rft.btitle"), said.get("rft.title")), (
        f"Without its title a {kind} would not be offered at all."
    )


def test_a_work_without_a_title_is_not_offered() -> None:
    assert coins(Record(type="book", title="")) == ""
    assert highwire(Record(type="book", title="", publisher="Quay Press")) == []


@given(st.sampled_from([*TYPES]), st.text(min_size=1), st.text(), st.text(), st.text())
def test_whatever_the_words_are_they_come_back(
    kind: str, title: str, name: str, pages: str, url: str
) -> None:
    record = Record(type=kind, title=title, authors=(Name(literal=name),), pages=pages, url=url)
    said = coins(record)
    assert re.fullmatch(r"[A-Za-z0-9_.~%=&-]*", said), (
        "Only ASCII without quotes stands in an attribute safely, whatever quotes it."
    )
    values = [value for _key, value in parse_qsl(said, strict_parsing=True)]
    assert title in values
    assert not name or name in values


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.org/x"])
def test_only_an_address_of_the_web_is_handed_on(address: str) -> None:
    record = Record(type="webpage", title="Cranes", url=address)
    assert "rft_id" not in read(record)
    assert "citation_public_url" not in dict(highwire(record))
    assert "url" not in work(record, "https://example.org/sources/1/")


@pytest.mark.parametrize(
    ("pages", "ends"),
    [
        ("184–185", ("184", "185")),
        ("184-5", ("184", "5")),
        ("12", ("12", "")),
        ("e1–e9", ("e1", "e9")),
        ("1, 4–5", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_single_range_of_pages_has_two_ends(pages: str, ends: tuple[str, str]) -> None:
    assert page_ends(pages) == ends


# ------------------------------------------------------------------------------------------------- Highwire


def test_an_article_in_highwire_tags() -> None:
    assert highwire(ARTICLE) == [
        ("citation_title", "On rust & salt"),
        ("citation_author", "Marsh, Lena"),
        ("citation_author", "La Fontaine, Jean de"),
        ("citation_author", "van Dyke, Otto"),
        ("citation_publication_date", "2003/2/9"),
        ("citation_journal_title", "Journal of Quays"),
        ("citation_volume", "12"),
        ("citation_issue", "3"),
        ("citation_firstpage", "184"),
        ("citation_lastpage", "185"),
        ("citation_issn", "1234-5679"),
        ("citation_doi", "10.1000/182"),
    ]


def test_a_book_in_highwire_tags() -> None:
    tags = dict(highwire(HARBOUR))
    assert (tags["citation_publisher"], tags["citation_isbn"]) == ("Quay Press", "9780306406157")
    assert tags["citation_public_url"] == "https://example.org/cranes"
    assert "citation_journal_title" not in tags


@pytest.mark.parametrize(
    ("kind", "tag"),
    [("thesis", "citation_dissertation_institution"), ("report", "citation_technical_report_institution")],
)
def test_a_thesis_and_a_report_name_their_institution(kind: str, tag: str) -> None:
    tags = dict(highwire(Record(type=kind, title="Rust", publisher="University of Seaham", number="7")))
    assert tags[tag] == "University of Seaham"
    assert "citation_publisher" not in tags
    assert tags.get("citation_technical_report_number") == ("7" if kind == "report" else None)


def test_a_chapter_names_its_book() -> None:
    assert ("citation_inbook_title", "Of iron") in highwire(
        Record(type="chapter", title="Rust", container="Of iron")
    )


def test_a_container_of_which_highwire_knows_nothing_is_left_out() -> None:
    tags = highwire(Record(type="webpage", title="Rust", container="Harbour news"))
    assert [name for name, _content in tags] == ["citation_title"]


# ----------------------------------------------------------------------------------------------- schema.org


def test_a_book_in_schema_org() -> None:
    assert work(HARBOUR, "https://example.org/sources/1/") == {
        "@type": "Book",
        "@id": "https://example.org/sources/1/",
        "name": "Cranes of the harbour",
        "author": [
            {"@type": "Person", "name": "Lena Marsh", "familyName": "Marsh", "givenName": "Lena"},
            {"@type": "Organization", "name": "Harbour Board"},
        ],
        "datePublished": "1999-05",
        "publisher": {"@type": "Organization", "name": "Quay Press"},
        "isbn": "9780306406157",
        "url": "https://example.org/cranes",
    }


def test_an_article_in_schema_org_is_part_of_its_journal() -> None:
    found = work(ARTICLE, "https://example.org/sources/2/")
    assert found["isPartOf"] == {"@type": "Periodical", "name": "Journal of Quays"}
    assert found["sameAs"] == "https://doi.org/10.1000/182"
    assert [agent["name"] for agent in found["author"]] == [
        "Lena Marsh",
        "Jean de La Fontaine",
        "Otto van Dyke",
    ]
    assert found["author"][1]["familyName"] == "La Fontaine"


@pytest.mark.parametrize("kind", [*TYPES, "song"])
def test_every_type_is_something_in_schema_org(kind: str) -> None:
    assert work(Record(type=kind, title="Cranes"), "https://example.org/1/")["@type"]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_handed_on_as_they_are(words: str) -> None:
    """The core escapes nothing: each template and block does so in its own way, once."""
    record = Record(type="book", title=words, publisher=words)
    assert dict(highwire(record))["citation_title"] == words
    assert work(record, "https://example.org/1/")["name"] == words
