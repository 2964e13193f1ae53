"""What we write as RIS is read back equal, and what was read is written so that nothing is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from debates.bibliography.csl import FIELDS, check_item
from debates.bibliography.names import PARTICLES
from debates.formats.references.ris import read_ris
from debates.formats.references.ris_tables import COUNTED, CSL_TYPES, GATHERINGS, NEAREST
from debates.formats.references.ris_writing import write_ris

# One item of CSL-JSON. Any: JSON.
Item = dict[str, Any]

SNIPPETS = st.sampled_from(
    [
        *(
            "TY  - BOOK",
            "ER  - ",
            "TI  - ",
            "  - ",
            "a, b",
            "; ",
            ": ",
            "@book{x,",
            "{",
            "</script>",
            "<b>",
            "'",
            '"',
        ),
        *(
            "\u202e",
            "\u2066",
            "\ufeff",
            "\u2028",
            "\x85",
            "\x0b",
            "\t",
            "  ",
            "É",
            "e\u0301",
            "Ленин",
            "毛泽东",
            "—",
            "%s",
        ),
    ]
)
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=8)
TEXT = st.lists(SNIPPETS | ANY, min_size=1, max_size=4).map("".join).map(str.strip).filter(bool)
LINES = st.lists(TEXT, min_size=1, max_size=3).map("\n".join)
WORDS = st.lists(
    st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=6).filter(
        lambda word: not PARTICLES.fullmatch(word)
    ),
    min_size=1,
    max_size=3,
)
NAME = WORDS.map(" ".join)
PARTICLE = st.sampled_from(["von", "van der", "de la"])

YEAR = st.integers(-9999, 9999).filter(bool)
DAYS = (
    st.tuples(YEAR)
    | st.tuples(YEAR, st.integers(1, 12))
    | st.tuples(YEAR, st.integers(1, 12), st.integers(1, 28))
).map(lambda parts: {"date-parts": [list(parts)]})
SEASONS = st.integers(1, 4) | st.sampled_from(["Easter term", "May/June"])
ISSUED = (
    DAYS
    | st.builds(lambda date, season: {**date, "season": season}, DAYS, SEASONS)
    | NAME.map(lambda words: {"literal": f"in the days of {words}"})
)
DOIS = st.text("abcXYZ019./()<>;-_", min_size=1, max_size=12).map("10.1000/{}".format)
ISBN = st.sampled_from(["0306406152", "0-306-40615-2", "978-0-306-40615-7", "978 0 306 40615 7"])
ISSN = st.sampled_from(["1234-5679", "2049-363X", "1234-5679 2049-363X"])
PAGES = st.sampled_from(["12", "12-34", "12–34", "xii-xv", "A1-A9", "12-34, 40", "e123", "1-2-3"])

HELD = {
    **dict.fromkeys(["title-short", "volume", "issue", "number-of-volumes", "publisher", "language"], TEXT),
    **dict.fromkeys(["call-number", "archive", "source", "collection-title", "container-title"], TEXT),
    **dict.fromkeys(["container-title-short", "publisher-place", "number"], TEXT),
    **dict.fromkeys(["edition", "section", "version", "chapter-number", "URL"], TEXT),
    "archive_location": TEXT.map("shelf {}".format),
    "genre": TEXT.filter(lambda genre: genre not in NEAREST),
    **dict.fromkeys(["abstract", "note", "annote"], LINES),
    "keyword": st.lists(NAME, min_size=1, max_size=3).map(", ".join),
    "DOI": DOIS,
    "ISBN": ISBN,
    "ISSN": ISSN,
    "PMID": st.from_regex("[1-9][0-9]{0,7}", fullmatch=True),
    "PMCID": st.from_regex("PMC[1-9][0-9]{0,7}", fullmatch=True),
    "custom": st.just({"arxiv": "2101.01234"}),
    "page": PAGES,
    "number-of-pages": st.just("320"),
    "issued": ISSUED,
    **dict.fromkeys(["accessed", "original-date"], DAYS),
}


@st.composite
def names(draw: st.DrawFn) -> list[dict[str, str]]:
    """Draw names of every shape that RIS holds."""
    found: list[dict[str, str]] = []
    for _ in range(draw(st.integers(1, 3))):
        shape = draw(st.sampled_from(["person", "person", "family", "body", "long body"]))
        if shape == "body":
            found.append({"literal": draw(NAME)})
        elif shape == "long body":
            found.append({"literal": ", ".join(draw(st.lists(NAME, min_size=2, max_size=3)))})
        elif shape == "family":
            found.append({"family": draw(NAME)})
        else:
            name = {"family": draw(NAME), "given": draw(NAME)}
            further = draw(st.sampled_from(["suffix", "non-dropping-particle", "dropping-particle", ""]))
            if further:
                name[further] = draw(NAME if further == "suffix" else PARTICLE)
            found.append(name)
    return found


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Draw an item with nothing in it that RIS cannot hold (see the list in `ris_writing`)."""
    kind = draw(st.sampled_from(FIELDS["types"]))
    item: Item = {"type": kind, "title": draw(TEXT)}
    for field in draw(st.sets(st.sampled_from(sorted(HELD)), max_size=12)):
        item[field] = draw(HELD[field])
    for role in draw(st.sets(st.sampled_from(["author", "editor", "translator", "collection-editor"]))):
        item[role] = draw(names())
    other = {"interview": "interviewer", "personal_communication": "recipient"}.get(kind)
    if other:
        item.pop("collection-editor", None)
        if draw(st.booleans()):
            item[other] = draw(names())
    elif kind == "book" and "editor" not in item:
        item.pop("collection-editor", None)
    if kind in GATHERINGS or (
        kind == "paper-conference" and {"container-title", "publisher-place"} <= item.keys()
    ):
        item |= {"event-title": draw(TEXT), "event-place": draw(TEXT)}
    if kind.startswith("article") and "container-title" not in item:
        item.pop("container-title-short", None)
    if kind not in COUNTED or "page" in item:
        item.pop("number-of-pages", None)
    item.pop("edition" if kind == "software" else "version", None)
    item.pop("section" if kind == "chapter" else "chapter-number", None)
    if kind.startswith("article") and item.get("section") == item.get("page", "").partition("-")[0]:
        item.pop("section", None)
    if kind == "article-journal" and str(item.get("archive", "")).lower() in ("pubmed", "medline"):
        item.pop("archive")
    return item


@given(st.lists(items(), max_size=4, unique_by=repr))
def test_what_is_written_is_read_back_equal(some: list[Item]) -> None:
    assert not any(check_item(item) for item in some), "The test draws what the standard has."
    readout = read_ris(write_ris(some))
    assert not readout.faults, [str(fault.error) for fault in readout.faults]
    assert [entry.item for entry in readout.entries] == some


@given(st.lists(items(), min_size=1, max_size=3))
def test_every_line_is_a_tag_with_a_value_and_ends_as_the_format_has_it(some: list[Item]) -> None:
    written = write_ris(some)
    assert written.count("\r") == written.count("\n") == written.count("\r\n")
    for line in written.split("\r\n")[:-1]:
        assert line[2:6] == "  - ", line
        assert line[:2].isupper()


def test_nothing_is_written_as_nothing() -> None:
    assert write_ris([]) == ""


TAGS = (
    *(
        "A1",
        "A2",
        "A3",
        "A4",
        "AB",
        "AN",
        "AU",
        "BT",
        "C1",
        "C2",
        "C3",
        "C7",
        "CN",
        "CP",
        "CT",
        "CY",
        "DA",
        "DB",
        "DO",
    ),
    *(
        "DP",
        "ED",
        "EP",
        "ET",
        "ID",
        "IS",
        "J1",
        "J2",
        "JA",
        "JF",
        "JO",
        "KW",
        "L1",
        "L2",
        "LA",
        "M1",
        "M3",
        "N1",
        "N2",
    ),
    *(
        "NV",
        "OP",
        "PB",
        "PP",
        "PY",
        "RN",
        "SE",
        "SN",
        "SP",
        "ST",
        "T1",
        "T2",
        "T3",
        "TI",
        "TT",
        "UR",
        "VL",
        "XX",
        "Y1",
        "Y2",
    ),
)
VALUES = (
    *(
        "x",
        "Marsh, Lena",
        "10.1000/1",
        "doi:10.1000/2",
        "https://example.org/a;b",
        "2011",
        "2011/05/03/",
        "2011///Spring",
    ),
    *(
        "May 2011",
        "July",
        "12",
        "34",
        "12-34",
        "1234-5678",
        "978-0-306-40615-7",
        "PMID:12",
        "arXiv:2101.01234",
        "PubMed",
    ),
    *(
        "PMC12",
        "interview",
        "review",
        "event",
        "n.d.",
        "World Health Organization,",
        "a, b",
        "320 p.",
        "Plato",
        "UNESCO,",
    ),
    *("van Gogh, Vincent", "A,, B", "van Gogh,,", ",", "King, , Jr."),
)
ROWS = st.lists(st.tuples(st.sampled_from(TAGS), st.sampled_from(VALUES)), max_size=14)


@given(st.sampled_from([*sorted(CSL_TYPES), "ROPE", ""]), ROWS)
@example("CLSWK", [("T3", "x"), ("T3", "y")])
@example("CLSWK", [("T2", "x"), ("JO", "x"), ("JF", "y")])
@example("JOUR", [("PY", "July"), ("PY", "2011")])
@example("JOUR", [("Y1", "x"), ("Y1", "2011")])
@example("PAT", [("M1", "x"), ("M1", "y")])
@example("JOUR", [("EP", "x"), ("EP", "y")])
@example("ABST", [("EP", "x"), ("SE", "x")])
@example("JOUR", [("SP", "x"), ("SE", "x"), ("SE", "x")])
def test_whatever_was_read_comes_out_equal(kind: str, rows: list[tuple[str, str]]) -> None:
    lines = [f"TY  - {kind}", "TI  - Cranes", *(f"{tag}  - {value}" for tag, value in rows), "ER  - "]
    (entry,) = read_ris("\n".join(lines)).entries
    (again,) = read_ris(write_ris([entry.item])).entries
    assert again.item == entry.item, "What another program exported must not change by passing through here."


def test_a_value_is_in_one_line_and_older_names_of_fields_are_known() -> None:
    item: Item = {
        "type": "article-journal",
        "title": "Cranes\r\nof the\nharbour\r",
        "abstract": "One.\n\nTwo.",
        "volume": 12,
        "journalAbbreviation": "J Sea",
        "container-title": "Journal of the Sea",
        "issued": {"date-parts": [["1999", "5"]]},
        "accessed": {"raw": "2011-05-03"},
        "original-date": {"literal": "long ago"},
    }
    written = write_ris([item])
    assert "\r\nTI  - Cranes of the harbour\r\n" in written
    (entry,) = read_ris(written).entries
    assert entry.item == {
        "type": "article-journal",
        "title": "Cranes of the harbour",
        "abstract": "One.\nTwo.",
        "volume": "12",
        "container-title-short": "J Sea",
        "container-title": "Journal of the Sea",
        "issued": {"date-parts": [[1999, 5]]},
        "accessed": {"date-parts": [[2011, 5, 3]]},
    }


@given(
    st.dictionaries(
        st.sampled_from([*sorted(HELD), "author", "custom"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["ris", "TY", "T2", "date-parts", "family"]), inner)
            ),
            max_leaves=6,
        ),
    )
)
def test_an_item_that_is_not_as_it_should_be_is_written_as_far_as_it_goes(item: Item) -> None:
    assert write_ris([item]).endswith("ER  - \r\n")
