"""A DOI becomes a record of CSL-JSON, whatever oddities the agency has, or a sentence that says why not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.csl import FIELDS, check_item
from debates.bibliography.identifiers import RecordError
from debates.bibliography.record import record_from_csl
from debates.lookup.decoding import decoded
from debates.lookup.doi import (
    CSL_JSON,
    NO_ISBN,
    BrokenRecord,
    DoiError,
    NoAnswer,
    NotGiven,
    NotRegistered,
    arxiv_doi,
    look_up_doi,
)
from debates.lookup.guard import Answer
from debates.lookup.item import TYPES, plain, shaped
from tests.core.lookup.server import Answering, guard_for, page, redirect, running

DOI = "10.5555/cranes.2020"
CROSSREF: dict[str, Any] = {
    "indexed": {"date-parts": [[2026, 1, 2]], "date-time": "2026-01-02T00:00:00Z", "timestamp": 1767312000000},
    "reference-count": 2,
    "publisher": "Quayside Press",
    "issue": "3",
    "license": [{"start": {"date-parts": [[2020, 5, 1]]}, "URL": "http://quayside.example/licence"}],
    "funder": [{"name": "Harbour Fund", "award": ["1"]}],
    "content-domain": {"domain": [], "crossmark-restriction": False},
    "short-container-title": ["J. Harb. Stud."],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>Cranes &amp; ropes, H<jats:sub>2</jats:sub>O.</jats:p>",
    "DOI": "10.5555/CRANES.2020",
    "type": "journal-article",
    "created": {"date-parts": [[2019, 12, 30]]},
    "page": "12-19",
    "source": "Crossref",
    "archive": ["Portico"],
    "is-referenced-by-count": 4,
    "title": ["Cranes of the harbour: <i>Grus</i> in\n  iron"],
    "subtitle": ["A first survey"],
    "prefix": "10.5555",
    "volume": "8",
    "author": [
        {"ORCID": "0000-0000-0000-0000", "given": "Lena", "family": "Marsh", "sequence": "first", "affiliation": []},
        {"given": "Tom", "family": "Reed", "suffix": "Jr.", "sequence": "additional", "affiliation": [{"name": "Quay"}]},
        {"name": "Harbour Survey Group", "sequence": "additional", "affiliation": []},
    ],
    "member": "0",
    "container-title": ["Journal of Harbour Studies"],
    "language": "en",
    "score": 1,
    "issued": {"date-parts": [[2020, 5]]},
    "URL": "http://dx.doi.org/10.5555/cranes.2020",
    "relation": {},
    "ISSN": ["1234-5679", "1234-5687"],
    "subject": ["Harbours"],
    "published-print": {"date-parts": [[2020, 5]]},
}  # fmt: skip
DATACITE: dict[str, Any] = {
    "type": "dataset",
    "id": "https://doi.org/10.5555/ropes",
    "categories": ["Ropes"],
    "language": "eng",
    "author": [{"family": "Marsh", "given": "Lena"}, {"literal": "(:unav)"}],
    "contributor": [{"literal": ":none"}],
    "issued": {"date-parts": [["2021"]]},
    "abstract": "Ropes, counted.",
    "DOI": "10.5555/ROPES",
    "publisher": "Quay Data",
    "title": "Ropes of the harbour",
    "URL": "https://quay.example/ropes",
    "copyright": "CC0",
    "version": 1.1,
}


def agency(record: object, content_type: str = CSL_JSON) -> Answering:
    """Return what answers with a record."""
    return page(json.dumps(record), content_type=content_type)


def look_up(answering: Answering, doi: str = DOI) -> dict[str, Any]:
    """Look a DOI up at a registry that sends on to an agency with this answer. Any: JSON."""
    with running({f"/{doi}": redirect("/"), "/v1/works": answering}) as server:
        server.pages[f"/{doi}"] = redirect(server.at("/v1/works", "www.works.example"))
        return look_up_doi(doi, guard_for(server).fetch, registry=server.at("/", "doi.example"))


def test_a_doi_is_looked_up_as_the_agencies_answer() -> None:
    assert look_up(page(json.dumps(CROSSREF), content_type=CSL_JSON, link='<https://quayside.example/>; rel="canonical"')) == {
        "type": "article-journal",
        "title": "Cranes of the harbour: Grus in iron: A first survey",
        "author": [
            {"family": "Marsh", "given": "Lena"},
            {"family": "Reed", "given": "Tom", "suffix": "Jr."},
            {"literal": "Harbour Survey Group"},
        ],
        "container-title": "Journal of Harbour Studies",
        "container-title-short": "J. Harb. Stud.",
        "publisher": "Quayside Press",
        "volume": "8",
        "issue": "3",
        "page": "12-19",
        "issued": {"date-parts": [[2020, 5]]},
        "abstract": "Abstract Cranes & ropes, H2O.",
        "language": "en",
        "ISSN": "1234-5679",
        "DOI": DOI,
        "URL": "http://dx.doi.org/10.5555/cranes.2020",
    }  # fmt: skip


def test_the_registry_is_asked_for_csl_json() -> None:
    with running({f"/{DOI}": agency(CROSSREF)}) as server:
        look_up_doi(f"https://doi.org/{DOI.upper()}", guard_for(server).fetch, registry=server.at("/"))
        assert server.asked[0][1]["Accept"] == CSL_JSON


@pytest.mark.parametrize(
    ("doi", "target"),
    [
        ("10.5555/a#b?c", "/10.5555/a%23b%3Fc"),
        ("10.5555/1097(1998)49:8<693::aid>3.0.co;2-o", "/10.5555/1097(1998)49:8%3C693::aid%3E3.0.co;2-o"),
        ("10.5555/ä%b", "/10.5555/%C3%A4%25b"),
    ],
)  # fmt: skip
def test_no_character_cuts_a_doi_short(doi: str, target: str) -> None:
    with running({target: agency(CROSSREF)}) as server:
        look_up_doi(doi, guard_for(server).fetch, registry=server.at("/"))
        assert server.asked[0][0] == target


def test_datacite_answers_too() -> None:
    assert look_up(agency(DATACITE)) == {
        "type": "dataset",
        "title": "Ropes of the harbour",
        "author": [{"family": "Marsh", "given": "Lena"}],
        "issued": {"date-parts": [[2021]]},
        "abstract": "Ropes, counted.",
        "publisher": "Quay Data",
        "language": "eng",
        "version": "1.1",
        "DOI": "10.5555/ropes",
        "URL": "https://quay.example/ropes",
    }


def test_the_agency_of_a_preprint_answers_crossrefs_own_way() -> None:
    record = {
        "status": "ok",
        "message": {**CROSSREF, "type": "posted-content", "institution": [{"name": "HarbRxiv"}]},
    }
    item = look_up(agency(record))
    assert (item["type"], item["title"][:6], item["DOI"]) == ("article", "Cranes", DOI)


@pytest.mark.parametrize(
    ("field", "value", "shape"),
    [
        ("type", "book-chapter", {"type": "chapter"}),
        ("type", "proceedings-article", {"type": "paper-conference"}),
        ("type", "JournalArticle", {"type": "article-journal"}),
        ("type", "entry-encyclopedia", {"type": "entry-encyclopedia"}),
        ("type", "made-up", {"type": "document"}),
        ("type", ["book"], {"type": "document"}),
        ("type", None, {"type": "document"}),
        ("title", "  A\u202e title\x00\n of <b>two</b> lines ", {"title": "A title of two lines"}),
        ("title", "Is 3 < 4 and 5 > 4?", {"title": "Is 3 < 4 and 5 > 4?"}),
        ("title", "AT&amp;amp;T &lt;i&gt;wins&lt;/i&gt;", {"title": "AT&T wins"}),
        ("title", "The &lt;table&gt; tag", {"title": "The <table> tag"}),
        ("title", "<mml:math><mml:mi>x</mml:mi><mml:mo>=</mml:mo></mml:math> 1", {"title": "x= 1"}),
        ("title", [], {}),
        ("title", [None, "", "Second"], {"title": "Second"}),
        ("title", ":unav", {}),
        ("title", {"en": "x"}, {}),
        ("issued", {"date-parts": [[None]]}, {}),
        ("issued", {"date-parts": [[2020, 0, 0]]}, {"issued": {"date-parts": [[2020]]}}),
        ("issued", {"date-parts": [[2020, 13, 1]]}, {"issued": {"date-parts": [[2020]]}}),
        ("issued", {"date-parts": [["2020", "5"]]}, {"issued": {"date-parts": [[2020, 5]]}}),
        ("issued", {"date-parts": []}, {}),
        ("issued", {"raw": "2020-05-01"}, {"issued": {"date-parts": [[2020, 5, 1]]}}),
        ("issued", "2020", {"issued": {"date-parts": [[2020]]}}),
        ("issued", 7, {}),
        ("published-online", {"date-parts": [[2019]]}, {"issued": {"date-parts": [[2019]]}}),
        ("created", {"date-parts": [[2019]]}, {}),
        ("author", "Lena Marsh", {"author": [{"literal": "Lena Marsh"}]}),
        ("author", {"family": "Marsh"}, {"author": [{"family": "Marsh"}]}),
        ("author", [{"given": "Lena"}, 7, None, [], {}], {"author": [{"given": "Lena"}, {"literal": "7"}]}),
        ("author", [{"family": "Marsh", "ORCID": "x"}], {"author": [{"family": "Marsh"}]}),
        ("ISBN", ["http://id.crossref.org/isbn/9780306406157"], {"ISBN": "9780306406157"}),
        ("ISBN", ["9780306406150", "0-306-40615-2"], {"ISBN": "0306406152"}),
        ("DOI", "https://doi.org/10.5555/A", {"DOI": "10.5555/a"}),
        ("DOI", "none", {}),
        ("URL", "javascript:alert(1)", {}),
        ("URL", "https://quay.example/a", {"URL": "https://quay.example/a"}),
        ("volume", 8, {"volume": "8"}),
        ("volume", 8.0, {"volume": "8"}),
        ("article-number", "e12", {"number": "e12"}),
        ("publisher-location", "Quay", {"publisher-place": "Quay"}),
        (
            "event",
            {"name": "Harbour days", "location": "Quay"},
            {"event-title": "Harbour days", "event-place": "Quay"},
        ),
        ("event", "Harbour days", {"event-title": "Harbour days"}),
        ("note", "private", {}),
        ("custom", {"a": 1}, {}),
        ("id", "x", {}),
        ("title", "x" * 9000, {"title": "x" * 4999 + "…"}),
    ],
)
def test_oddities_are_put_right_or_left_out(field: str, value: object, shape: dict[str, object]) -> None:
    assert shaped({field: value}) == {"type": "document"} | shape


@given(st.sampled_from(sorted(TYPES.values())))
def test_every_type_is_one_of_csl(kind: str) -> None:
    assert kind in FIELDS["types"]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["2020-05", "10.5555/a", DOI]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["family", "name", "date-parts", "raw", "literal", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
FIELD_NAMES = sorted(
    {
        *FIELDS["names"],
        *FIELDS["dates"],
        *FIELDS["numbers"],
        *FIELDS["texts"],
        *CROSSREF,
        "type",
        "id",
        "event",
    }
)


@given(st.dictionaries(st.sampled_from(FIELD_NAMES), VALUES, max_size=6))
def test_no_answer_brings_more_than_csl_json_holds(raw: dict[str, Any]) -> None:
    item = shaped(raw)
    assert check_item(item) == [], (
        "What a stranger's server says goes into the library: it must have the standard's shape."
    )
    assert record_from_csl(json.loads(json.dumps(item))).as_csl() == {"title": ""} | item


@given(st.text(max_size=60))
def test_plain_text_is_one_line_without_marks(written: str) -> None:
    text = plain(written)
    assert text == " ".join(text.split())
    assert not any(char < " " or char in "\u202a\u202b\u202d\u202e\u2066\u2067" for char in text)


@pytest.mark.parametrize(
    ("answering", "refusal"),
    [
        (page("<!DOCTYPE html><title>Cranes</title>", content_type=CSL_JSON), NotGiven),
        (page("\ufeff\n <html>", content_type="application/json"), NotGiven),
        (page("<html>", content_type="text/html"), NotGiven),
        (page("", "204 No Content"), NotGiven),
        (page("", "406 Not Acceptable"), NotGiven),
        (page("gone", "404 Not Found"), NotGiven),
        (page(json.dumps(CROSSREF)[:-100], content_type=CSL_JSON), BrokenRecord),
        (page("", content_type=CSL_JSON), BrokenRecord),
        (page("null", content_type=CSL_JSON), BrokenRecord),
        (page("[]", content_type=CSL_JSON), BrokenRecord),
        (page('"Cranes"', content_type=CSL_JSON), BrokenRecord),
        (page('{"type": "book"}', content_type=CSL_JSON), BrokenRecord),
        (page('{"title": ' + "9" * 5000 + "}", content_type=CSL_JSON), BrokenRecord),
        (page("[" * 100_000, content_type=CSL_JSON), BrokenRecord),
        (page('{"a":' * 100_000, content_type=CSL_JSON), BrokenRecord),
        (page("\x00\x01\xff" * 100, content_type=CSL_JSON), BrokenRecord),
        (page("slow down", "429 Too Many Requests"), NoAnswer),
        (page("oops", "502 Bad Gateway"), NoAnswer),
        (page("no", "403 Forbidden"), NoAnswer),
    ],
)
def test_an_answer_without_a_record_is_said_to_be_one(answering: Answering, refusal: type[DoiError]) -> None:
    with pytest.raises(refusal, match=DOI.replace(".", r"\.")) as refused:
        look_up(answering)
    assert type(refused.value) is refusal


def test_a_doi_that_nobody_has_registered_is_said_to_be_mistyped() -> None:
    with running({}) as server, pytest.raises(NotRegistered, match="mistyped"):
        look_up_doi(DOI, guard_for(server).fetch, registry=server.at("/"))


def test_a_record_in_another_encoding_than_declared_is_read() -> None:
    record = json.dumps({"type": "book", "title": "Übers Meer — à côté", "DOI": DOI}, ensure_ascii=False)
    for body, content_type in (
        (record.encode(), f"{CSL_JSON}; charset=iso-8859-1"),
        (record.replace("—", "-").encode("latin-1"), f"{CSL_JSON}; charset=utf-8"),
        (b"\xef\xbb\xbf" + record.encode(), CSL_JSON),
        (record.encode("utf-16"), CSL_JSON),
    ):
        assert look_up(page(body, content_type=content_type))["title"].startswith("Übers Meer"), content_type


@pytest.mark.parametrize(
    ("body", "declared", "text"),
    [
        ("привет".encode("cp1251"), "windows-1251", "привет"),
        (b'<meta charset="koi8-r">' + "привет".encode("koi8-r"), "", '<meta charset="koi8-r">привет'),
        ("日本".encode("shift_jis"), "Shift_JIS", "日本"),
        ("“à”".encode("cp1252"), "iso-8859-1", "“à”"),
        (b"caf\xe9", "unicode_escape", "café"),
        (b"caf\xe9", "rot13", "café"),
        (b"caf\xe9", "no-such-thing", "café"),
        ("ééé…".encode() + b"\xff", "latin-1", "ééé…\ufffd"),
        ("ééé…".encode()[:-1], "", "ééé\ufffd"),
        (b"", "", ""),
    ],
)
def test_bytes_become_the_text_that_was_meant(body: bytes, declared: str, text: str) -> None:
    assert decoded(body, declared) == text


@given(
    st.binary(max_size=60),
    st.sampled_from(["", "utf-8", "utf-16", "latin-1", "hz", "zlib", "idna", "punycode"]),
)
def test_any_bytes_become_text(body: bytes, declared: str) -> None:
    assert isinstance(decoded(body, declared), str)


def test_what_is_no_doi_is_not_asked_for() -> None:
    def never(address: str, *, accept: str) -> Answer:
        raise AssertionError(f"{address} was asked for.")

    with pytest.raises(RecordError):
        look_up_doi("https://example.org/cranes", never)


@pytest.mark.parametrize(
    ("arxiv", "doi"),
    [
        ("arXiv:2101.00001v2", "10.48550/arxiv.2101.00001"),
        ("https://arxiv.org/abs/2101.00001", "10.48550/arxiv.2101.00001"),
        ("math.GT/0309136", "10.48550/arxiv.math/0309136"),
        ("", ""),
    ],
)
def test_a_number_of_arxiv_is_a_doi(arxiv: str, doi: str) -> None:
    assert arxiv_doi(arxiv) == doi


def test_that_there_is_no_look_up_of_isbns_is_said_in_a_sentence() -> None:
    assert NO_ISBN.endswith(".")
    assert "ISBN" in NO_ISBN
