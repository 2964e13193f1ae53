"""What is written for other programs: readable keys, fields by the names that each dialect has, nothing left for TeX to run."""

from __future__ import annotations

from typing import Any

import pytest

from debates.formats.references.bibtex_tables import WRITTEN
from debates.formats.references.bibtex_writing import write_bibtex

LENIN: dict[str, Any] = {  # Any: JSON.
    "id": "17",
    "type": "book",
    "author": [{"family": "Lih", "given": "Lars T."}],
    "title": "Lenin",
    "publisher": "Reaktion Books",
    "publisher-place": "London",
    "issued": {"date-parts": [[2011]]},
}


def test_a_book_in_biblatex() -> None:
    assert write_bibtex([LENIN]) == (
        "@book{lih2011,\n"
        "  author = {Lih, Lars T.},\n"
        "  title = {{Lenin}},\n"
        "  date = {2011},\n"
        "  location = {London},\n"
        "  publisher = {Reaktion Books},\n"
        "}\n"
    )


def test_a_book_in_bibtex() -> None:
    assert write_bibtex([LENIN], "bibtex") == (
        "@book{lih2011,\n"
        "  author = {Lih, Lars T.},\n"
        "  title = {{Lenin}},\n"
        "  year = {2011},\n"
        "  address = {London},\n"
        "  publisher = {Reaktion Books},\n"
        "}\n"
    )


def test_a_month_is_an_abbreviation_in_bibtex_and_a_day_stands_beside_it() -> None:
    item = LENIN | {"issued": {"date-parts": [[1917, 11, 7]]}}
    written = write_bibtex([item], "bibtex")
    assert "  year = {1917},\n  month = nov,\n  date = {1917-11-07},\n" in written, (
        "Its styles print year and month."
    )


def test_keys_are_ascii_and_differ() -> None:
    kiev = {"type": "book", "title": "Київ", "issued": {"date-parts": [[1999]]}}
    written = write_bibtex([LENIN, LENIN, kiev, LENIN])
    keys = [line.partition("{")[2].rstrip(",") for line in written.splitlines() if line.startswith("@")]
    assert keys == ["lih2011", "lih2011a", "work1999", "lih2011b"]


def test_nothing_is_written_of_nothing() -> None:
    assert write_bibtex([]) == ""


def test_what_tex_would_run_is_escaped() -> None:
    item = LENIN | {
        "title": r"\input{/etc/passwd} 100% $x$ a_b #1 & ~ ^ `",
        "note": "}} @book{evil, title = {x}}",
    }
    written = write_bibtex([item])
    assert (
        r"title = {{\textbackslash{}input\textbraceleft{}/etc/passwd\textbraceright{} 100\% \$x\$ a\_b \#1"
        in written
    )
    assert written.count("@book{") == 1, "A note cannot close its entry and begin another."


def test_odd_braces_in_an_address_are_percent_encoded() -> None:
    written = write_bibtex([LENIN | {"URL": "https://example.org/{a\\b}#c%20_d"}])
    assert "url = {https://example.org/%7Ba%5Cb%7D#c%20_d}" in written


def test_a_title_of_many_lines_is_one_line() -> None:
    written = write_bibtex([LENIN | {"abstract": "one\n@book{two}\r\n\r\nthree"}])
    assert "abstract = {one\\newline{}@book" in written
    assert len(written.splitlines()) == 8, "A line that begins with @ would begin an entry."


@pytest.mark.parametrize(
    ("kind", "fields", "biblatex", "bibtex"),
    [
        ("article-journal", {"container-title": "Pier"}, "@article{", "journal = {{Pier}}"),
        ("article-newspaper", {}, "entrysubtype = {newspaper}", "entrysubtype = {newspaper}"),
        ("thesis", {"genre": "PhD thesis"}, "type = {PhD thesis}", "@phdthesis{"),
        ("thesis", {"publisher": "Pier School"}, "institution = {Pier School}", "@misc{"),
        ("report", {"publisher": "Pier Office"}, "institution = {Pier Office}", "@techreport{"),
        (
            "webpage",
            {"publisher": "Pier Office"},
            "organization = {Pier Office}",
            "howpublished = {Pier Office}",
        ),
        ("motion_picture", {}, "@movie{", "@misc{"),
        ("book", {"language": "en-GB"}, "langid = {british}", "langid = {british}"),
        ("book", {"language": "en-ZA"}, "language = {en-ZA}", "language = {en-ZA}"),
        ("book", {"shortTitle": "Cr."}, "shorttitle = {{Cr.}}", "shorttitle = {{Cr.}}"),
        (
            "speech",
            {"event": "Harbour Days"},
            "eventtitle = {{Harbour Days}}",
            "eventtitle = {{Harbour Days}}",
        ),
        ("motion_picture", {"director": [{"family": "Reed"}]}, "editortype = {director}", "editor = {Reed}"),
        ("book", {"volume": 3}, "volume = {3}", "volume = {3}"),
        ("article", {"custom": {"arxiv": "2101.01234"}}, "eprinttype = {arxiv}", "@misc{"),
        ("article-journal", {"PMID": "12"}, "eprinttype = {pubmed}", "eprint = {12}"),
        ("article-journal", {"page": "1-5"}, "pages = {1--5}", "pages = {1--5}"),
    ],
)
def test_each_dialect_has_its_own_names(
    kind: str, fields: dict[str, Any], biblatex: str, bibtex: str
) -> None:
    item = {"type": kind, "title": "Cranes"} | fields
    assert biblatex in write_bibtex([item])
    assert bibtex in write_bibtex([item], "bibtex")


def test_bibtex_gets_only_types_that_it_knows() -> None:
    classic = {
        "article",
        "book",
        "booklet",
        "conference",
        "inbook",
        "incollection",
        "inproceedings",
        "manual",
    }
    classic |= {"mastersthesis", "misc", "phdthesis", "proceedings", "techreport", "unpublished"}
    assert {bibtex for _, bibtex in WRITTEN.values()} <= classic


@pytest.mark.parametrize(
    "odd",
    [
        {"type": "no-such-type"},
        {"author": "Lih"},
        {"author": ["Lih", None, {}]},
        {"issued": "2011"},
        {"issued": {"date-parts": [[]]}},
        {"issued": {"date-parts": []}},
        {"issued": {}},
        {"volume": None},
        {"title": None},
        {"custom": {"x": [1]}},
    ],
)
def test_an_item_that_is_not_quite_csl_is_written_without_what_is_odd(odd: dict[str, Any]) -> None:
    assert write_bibtex([LENIN | odd]).startswith("@")
