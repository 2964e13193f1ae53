"""What we write as BibLaTeX or BibTeX is read back equal, whatever stands in the fields."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.csl import check_item
from debates.formats.references.bibtex import read_bibtex
from debates.formats.references.bibtex_tables import KINDS, WRITTEN
from debates.formats.references.bibtex_writing import Dialect, write_bibtex
from debates.formats.references.latex import tidy

# One item of CSL-JSON. Any: JSON.
Item = dict[str, Any]

ARTICLES = {"article-journal", "article-magazine", "article-newspaper", "review", "review-book", "periodical"}
IN_SERIES = {
    "book",
    "classic",
    "chapter",
    "paper-conference",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
}

SNIPPETS = st.sampled_from(
    [
        *(
            "{",
            "}",
            "{{",
            "}}",
            "\\",
            "\\\\",
            "\\{",
            "\\}",
            "$",
            "%",
            "&",
            "#",
            "_",
            "~",
            "^",
            '"',
            "'",
            "''",
            "`",
            "``",
        ),
        *(
            "-",
            "--",
            "---",
            "–",
            "—",
            "“",
            "”",
            "@",
            "@book{x,",
            "@string(",
            "=",
            ",",
            ";",
            "and",
            " and ",
            "others",
        ),
        *(
            "von der",
            "de",
            "Ленин",
            "毛泽东",
            "القاهرة",
            "ἱστορία",
            "É",
            "e\u0301",
            "</script>",
            "\u202e",
            "\u2066",
            "\ufeff",
        ),
        *(
            "\n",
            "\r\n",
            "\t",
            "  ",
            "\u00a0",
            "\u2028",
            "\x85",
            "\\emph",
            "\\'e",
            "$x$",
            "\\url{x}",
            "1917",
            "C:\\x",
        ),
    ]
)
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
TEXT = st.lists(SNIPPETS | ANY, min_size=1, max_size=5).map("".join).map(tidy).filter(bool)
VERBATIM = st.text("abcXYZ019/:.?=&%#_~$^-+,;()<>[]'\"@éЖ", min_size=1, max_size=20)
DOIS = VERBATIM.map("10.1000/{}".format)
PARTICLES = st.sampled_from(["von", "van der", "de la", "d’", "’t", "zu"])

YEARS = st.integers(-9000, 9999).filter(bool)
DAYS = (
    st.tuples(YEARS)
    | st.tuples(YEARS, st.integers(1, 12))
    | st.tuples(YEARS, st.integers(1, 12), st.integers(1, 28))
).map(list)
OPEN = st.just([0])
CIRCA = st.sampled_from([{}, {"circa": True}])
DATES = (
    st.builds(lambda day, circa: {"date-parts": [day], **circa}, DAYS, CIRCA)
    | st.builds(lambda one, two, circa: {"date-parts": [one, two], **circa}, DAYS, DAYS | OPEN, CIRCA)
    | st.builds(lambda day: {"date-parts": [[0], day]}, DAYS)
    | st.builds(
        lambda year, season, circa: {"date-parts": [[year]], "season": season, **circa},
        YEARS,
        st.integers(1, 4),
        CIRCA,
    )
    | TEXT.map(lambda words: {"literal": tidy(f"in the days of {words}")})
)

HELD = {
    **dict.fromkeys(
        [
            *(
                "title-short",
                "volume-title",
                "container-title",
                "container-title-short",
                "collection-title",
                "volume",
            ),
            *("number-of-volumes", "edition", "version", "part", "chapter-number", "page", "number-of-pages"),
            *(
                "publisher-place",
                "original-title",
                "original-publisher",
                "original-publisher-place",
                "event-title",
            ),
            *(
                "event-place",
                "call-number",
                "abstract",
                "annote",
                "note",
                "keyword",
                "issue",
                "archive_collection",
            ),
        ],
        TEXT,
    ),
    "publisher": TEXT | st.just("https://example.org"),
    **dict.fromkeys(["genre", "status"], TEXT.filter(lambda text: text.lower() not in KINDS)),
    "genre": TEXT.filter(lambda text: text.lower() not in KINDS)
    | st.sampled_from(["PhD thesis", "Master’s thesis"]),
    "archive": TEXT.filter(lambda text: text.lower() not in ("arxiv", "pubmed")),
    "archive_location": TEXT.filter(lambda text: not text.lower().startswith("arxiv:")),
    "custom": st.from_regex(r"[0-9]{4}\.[0-9]{5}(v[1-9])?|hep-th/[0-9]{7}", fullmatch=True).map(
        lambda number: {"arxiv": number}
    ),
    "language": st.from_regex(r"[a-z]{2,3}(-[A-Z]{2})?", fullmatch=True),
    "DOI": DOIS,
    **dict.fromkeys(["URL", "ISBN", "ISSN", "PMCID"], VERBATIM),
    "PMID": st.from_regex("[1-9][0-9]{0,7}", fullmatch=True),
    **dict.fromkeys(["issued", "accessed", "original-date", "event-date"], DATES),
}


@st.composite
def people(draw: st.DrawFn, dialect: Dialect) -> list[dict[str, str]]:
    """Draw names of all shapes that the dialect can hold."""
    names: list[dict[str, str]] = []
    for _ in range(draw(st.integers(1, 3))):
        parts = draw(st.sets(st.sampled_from(["given", "suffix", "particle", "dropping"])))
        if not draw(st.integers(0, 3)):
            names.append({"literal": draw(TEXT)})
            continue
        name: dict[str, str] = {part: draw(TEXT) for part in ("given", "suffix") if part in parts}
        if not name or draw(st.booleans()):
            name["family"] = draw(TEXT)
            if "particle" in parts:
                name["non-dropping-particle"] = draw(PARTICLES if dialect == "bibtex" else PARTICLES | TEXT)
            elif "dropping" in parts and dialect == "biblatex":
                name["dropping-particle"] = draw(PARTICLES | TEXT)
        names.append(name)
    return names


@st.composite
def items(draw: st.DrawFn, dialect: Dialect) -> Item:
    """Draw an item of CSL-JSON with fields that the dialect can hold."""
    kind = draw(st.sampled_from(sorted(WRITTEN)))
    item: Item = {"type": kind, "title": draw(TEXT)}
    for field in draw(st.lists(st.sampled_from(sorted(HELD)), max_size=8, unique=True)):
        item[field] = draw(HELD[field])
    for role in draw(
        st.lists(
            st.sampled_from(["author", "editor", "translator", "container-author"]), max_size=3, unique=True
        )
    ):
        item[role] = draw(people(dialect))
    for role in draw(
        st.lists(
            st.sampled_from(["compiler", "contributor", "director", "organizer", "producer"]),
            max_size=3,
            unique=True,
        )
    ):
        item[role] = draw(people(dialect))
    if draw(st.booleans()) and kind in IN_SERIES:
        item["collection-number"] = draw(TEXT)
    if draw(st.booleans()):
        item["number"] = draw(TEXT)
    return item


@given(items("biblatex"))
def test_an_item_comes_back_from_biblatex_as_it_was(item: Item) -> None:
    assert_survives(item, "biblatex")


@given(items("bibtex"))
def test_an_item_comes_back_from_bibtex_as_it_was(item: Item) -> None:
    assert_survives(item, "bibtex")


def assert_survives(item: Item, dialect: Dialect) -> None:
    assert check_item(item) == []
    written = write_bibtex([item], dialect)
    readout = read_bibtex(written)
    assert not readout.faults, written
    assert [entry.item for entry in readout.entries] == [item], written
