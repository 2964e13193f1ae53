"""RIS as programs and publishers write it becomes CSL-JSON."""

from __future__ import annotations

from typing import Any

import pytest

from debates.bibliography.csl import FIELDS
from debates.formats.references.ris import read_ris
from debates.formats.references.ris_tables import CSL_TYPES, NEAREST, RIS_TYPES
from debates.formats.references.ris_writing import write_ris

# One item of CSL-JSON. Any: JSON.
Item = dict[str, Any]


def item_of(*lines: str, kind: str = "JOUR") -> Item:
    """Read one entry of a type, with a title."""
    readout = read_ris("\r\n".join([f"TY  - {kind}", "TI  - Cranes", *lines, "ER  - ", ""]))
    assert not readout.faults, [str(fault.error) for fault in readout.faults]
    (entry,) = readout.entries
    return entry.item


SHANNON = """
TY  - JOUR
AU  - Shannon, Claude E.
PY  - 1948
DA  - July
TI  - A Mathematical Theory of Communication
T2  - Bell System Technical Journal
SP  - 379
EP  - 423
VL  - 27
IS  - 3
DO  - 10.1002/j.1538-7305.1948.tb01338.x
ER  -
""".lstrip()


def test_an_article_is_read_whole() -> None:
    (entry,) = read_ris(SHANNON).entries
    assert (entry.name, entry.line) == ("entry 1", 1)
    assert entry.item == {
        "type": "article-journal",
        "author": [{"family": "Shannon", "given": "Claude E."}],
        "issued": {"date-parts": [[1948, 7]]},
        "title": "A Mathematical Theory of Communication",
        "container-title": "Bell System Technical Journal",
        "page": "379-423",
        "volume": "27",
        "issue": "3",
        "DOI": "10.1002/j.1538-7305.1948.tb01338.x",
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_ends_of_lines_and_a_mark_at_the_beginning_change_nothing(end: str, mark: str) -> None:
    assert read_ris(mark + SHANNON.replace("\n", end)) == read_ris(SHANNON)


@pytest.mark.parametrize(
    "written",
    [
        SHANNON.replace("  - ", " - "),
        SHANNON.replace("  - ", "-"),
        SHANNON.replace("  - ", "  -"),
        SHANNON.replace("ER  -", "ER"),
        SHANNON.replace("ER  -", "ER  - ,"),
        "".join(line[:2].lower() + line[2:] for line in SHANNON.splitlines(keepends=True)),
        "".join(f"    {line}".replace("  - ", " - ") for line in SHANNON.splitlines(keepends=True)),
        SHANNON.replace("Theory of", "Theory\nof"),
        SHANNON.replace("Theory of", "Theory\n      of"),
        SHANNON.replace("VL  - 27", "\nVL  - 27\n\n"),
        SHANNON.replace("TI  -", "T1  -").replace("AU  -", "A1  -").replace("T2  -", "JF  -"),
        SHANNON.replace("DO  - ", "DO  - https://doi.org/"),
        SHANNON.replace("DO  - ", "M3  - doi: "),
        SHANNON.replace("  - ", " - ").replace("TY - ", "TY  - "),
        "Provider: A publisher\nContent: text/plain; charset=UTF-8\n\n" + SHANNON,
    ],
)
def test_how_programs_differ_changes_nothing(written: str) -> None:
    (entry,), (expected,) = read_ris(written).entries, read_ris(SHANNON).entries
    assert entry.item == expected.item
    assert not read_ris(written).faults


def test_words_that_look_like_a_tag_stay_words_where_tags_are_written_properly() -> None:
    item = item_of("AB  - This", "is - as we show", "AB - and not otherwise", "so  - true.")
    assert item["abstract"] == "This is - as we show AB - and not otherwise so  - true."


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Marsh, Lena", {"family": "Marsh", "given": "Lena"}),
        ("King, Martin Luther, Jr.", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("King, , Jr.", {"family": "King", "suffix": "Jr."}),
        ("van Gogh, Vincent", {"non-dropping-particle": "van", "family": "Gogh", "given": "Vincent"}),
        ("Humboldt, Alexander von", {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"}),
        ("World Health Organization", {"literal": "World Health Organization"}),
        ("World Health Organization,", {"literal": "World Health Organization"}),
        ("UNESCO,", {"literal": "UNESCO"}),
        ("Ministry of Works,, Harbour Board", {"literal": "Ministry of Works, Harbour Board"}),
        ("Plato", {"family": "Plato"}),
        ("Marsh Reed,,", {"family": "Marsh Reed"}),
        (", Lena", {"given": "Lena"}),
    ],
)
def test_a_name_is_a_person_or_a_body(written: str, name: dict[str, str]) -> None:
    item = item_of(f"AU  - {written}")
    assert item["author"] == [name]
    assert f"AU  - {written}".rstrip(",") in write_ris([item]), "It goes out as it came in."


@pytest.mark.parametrize("written", [",", ", ,", ",,", ",,,"])
def test_a_line_of_commas_is_nobody(written: str) -> None:
    assert "author" not in item_of(f"AU  - {written}")


@pytest.mark.parametrize(
    ("kind", "lines", "people"),
    [
        ("CHAP", ["A2  - Reed, Tom"], {"editor": ["Reed"]}),
        ("CHAP", ["ED  - Reed, Tom"], {"editor": ["Reed"]}),
        (
            "CHAP",
            ["ED  - Reed, Tom", "A3  - Ash, Kim", "A4  - Fox, Di"],
            {"editor": ["Reed"], "collection-editor": ["Ash"], "translator": ["Fox"]},
        ),
        ("BOOK", ["A2  - Reed, Tom"], {"editor": ["Reed"]}),
        ("BOOK", ["A3  - Reed, Tom"], {"editor": ["Reed"]}),
        ("BOOK", ["A2  - Ash, Kim", "A3  - Reed, Tom"], {"editor": ["Reed"], "collection-editor": ["Ash"]}),
        ("BOOK", ["A2  - Ash, Kim", "ED  - Reed, Tom"], {"editor": ["Reed"], "collection-editor": ["Ash"]}),
        ("PCOMM", ["A2  - Reed, Tom"], {"recipient": ["Reed"]}),
        ("PCOMM", ["M3  - interview", "A2  - Reed, Tom"], {"interviewer": ["Reed"]}),
        ("JOUR", ["A1  - Ash, Kim", "AU  - Reed, Tom"], {"author": ["Ash", "Reed"]}),
    ],
)
def test_who_had_a_hand_in_it_depends_on_the_type(
    kind: str, lines: list[str], people: dict[str, list[str]]
) -> None:
    item = item_of(*lines, kind=kind)
    found = {
        role: [name["family"] for name in names] for role, names in item.items() if isinstance(names, list)
    }
    assert found == people


@pytest.mark.parametrize(
    ("lines", "issued"),
    [
        (["PY  - 2011"], {"date-parts": [[2011]]}),
        (["PY  - 2011///"], {"date-parts": [[2011]]}),
        (["PY  - 2011/05/03/"], {"date-parts": [[2011, 5, 3]]}),
        (["Y1  - 2011/05//"], {"date-parts": [[2011, 5]]}),
        (["DA  - 2011-05-03"], {"date-parts": [[2011, 5, 3]]}),
        (["DA  - 2011-05-03T12:00:00Z"], {"date-parts": [[2011, 5, 3]]}),
        (["PY  - 2011", "DA  - 2011/05/03"], {"date-parts": [[2011, 5, 3]]}),
        (["DA  - May 3", "PY  - 2011"], {"date-parts": [[2011, 5, 3]]}),
        (["DA  - 3 May 2011"], {"date-parts": [[2011, 5, 3]]}),
        (["DA  - Sept. 2011"], {"date-parts": [[2011, 9]]}),
        (["PY  - 2011///Spring"], {"date-parts": [[2011]], "season": 1}),
        (["PY  - 2011///Fall"], {"date-parts": [[2011]], "season": 3}),
        (["PY  - 2011///Easter term"], {"date-parts": [[2011]], "season": "Easter term"}),
        (["PY  - -44"], {"date-parts": [[-44]]}),
        (["PY  - n.d."], {"literal": "n.d."}),
        (["PY  - 2011/13/01/"], {"literal": "2011/13/01/"}),
        (["PY  - 2011", "DA  - 2011/02/30"], {"date-parts": [[2011]]}),
        (["PY  - 0"], {"literal": "0"}),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(lines: list[str], issued: Item) -> None:
    assert item_of(*lines)["issued"] == issued


def test_a_year_and_another_day_are_both_kept() -> None:
    item = item_of("PY  - 2011", "DA  - 2010/12/05")
    assert item["issued"] == {"date-parts": [[2011]]}, "The year of publication is PY's."
    assert item["custom"] == {"ris": {"DA": ["2010/12/05"]}}


@pytest.mark.parametrize(
    ("kind", "lines", "fields"),
    [
        ("JOUR", ["SP  - 12", "EP  - 34"], {"page": "12-34"}),
        ("JOUR", ["SP  - 12-34", "EP  - 34"], {"page": "12-34"}),
        ("JOUR", ["SP  - A12", "EP  - A34"], {"page": "A12-A34"}),
        ("JOUR", ["SP  - 12"], {"page": "12"}),
        ("JOUR", ["EP  - 34"], {"page": "34"}),
        ("JOUR", ["SP  - 12", "EP  - 34", "SE  - 12"], {"page": "12-34"}),
        ("NEWS", ["SE  - Letters"], {"section": "Letters"}),
        ("CHAP", ["SE  - 4"], {"chapter-number": "4"}),
        ("BOOK", ["SP  - 320"], {"number-of-pages": "320"}),
        ("BOOK", ["SP  - 320 p."], {"number-of-pages": "320"}),
        ("BOOK", ["SP  - 12", "EP  - 34"], {"page": "12-34"}),
        ("COMP", ["ET  - 2.1"], {"version": "2.1"}),
        ("BOOK", ["ET  - 2nd"], {"edition": "2nd"}),
        ("BOOK", ["SN  - 978-0-306-40615-7 (cloth)"], {"ISBN": "978-0-306-40615-7 (cloth)"}),
        ("BOOK", ["SN  - 0306406152", "SN  - 1234-5679"], {"ISBN": "0306406152", "ISSN": "1234-5679"}),
        ("JOUR", ["SN  - 1234-5679", "SN  - 8765-4321"], {"ISSN": "1234-5679 8765-4321"}),
        ("JOUR", ["SN  - none known"], {"ISSN": "none known"}),
        ("RPRT", ["SN  - TR-12"], {"number": "TR-12"}),
        ("JOUR", ["C7  - e1234"], {"number": "e1234"}),
        ("BILL", ["M1  - 12"], {"number": "12"}),
        ("JOUR", ["AN  - PMID:12"], {"PMID": "12"}),
        ("JOUR", ["AN  - 12", "DB  - PubMed"], {"PMID": "12", "archive": "PubMed"}),
        ("JOUR", ["AN  - 12", "DB  - Shelf"], {"archive_location": "12", "archive": "Shelf"}),
        ("JOUR", ["AN  - arXiv:2101.01234"], {"custom": {"arxiv": "2101.01234"}}),
        ("JOUR", ["C2  - PMC12"], {"PMCID": "PMC12"}),
        ("JOUR", ["L1  - file://cranes.pdf"], {"custom": {"ris": {"L1": ["file://cranes.pdf"]}}}),
        ("JOUR", ["L2  - https://example.org"], {"URL": "https://example.org"}),
        ("JOUR", ["UR  - https://example.org/a;b"], {"URL": "https://example.org/a;b"}),
        ("JOUR", ["KW  - sea", "KW  - wind, ice"], {"keyword": "sea, wind, ice"}),
        ("JOUR", ["N2  - One.", "N2  - Two."], {"abstract": "One.\nTwo."}),
        ("JOUR", ["N1  - One.", "N1  - Two."], {"note": "One.\nTwo."}),
        ("JOUR", ["N1  - doi:10.1000/182"], {"DOI": "10.1000/182"}),
        ("JOUR", ["DO  - unknown"], {"custom": {"ris": {"DO": ["unknown"]}}}),
        ("JOUR", ["OP  - 1917"], {"original-date": {"date-parts": [[1917]]}}),
        ("JOUR", ["Y2  - 2011/05/03/"], {"accessed": {"date-parts": [[2011, 5, 3]]}}),
    ],
)
def test_numbers_and_the_like_find_their_field(kind: str, lines: list[str], fields: Item) -> None:
    item = item_of(*lines, kind=kind)
    assert {key: value for key, value in item.items() if key not in ("type", "title")} == fields


@pytest.mark.parametrize(
    ("kind", "lines", "fields"),
    [
        ("JOUR", ["T2  - Sea", "T3  - S"], {"container-title": "Sea", "collection-title": "S"}),
        ("JOUR", ["JO  - Journal of the Sea"], {"container-title": "Journal of the Sea"}),
        (
            "JOUR",
            ["T2  - Journal of the Sea", "JO  - J Sea"],
            {"container-title": "Journal of the Sea", "container-title-short": "J Sea"},
        ),
        ("JOUR", ["T2  - Sea", "JF  - Sea", "JO  - Sea"], {"container-title": "Sea"}),
        ("JOUR", ["JA  - J Sea"], {"container-title": "J Sea", "container-title-short": "J Sea"}),
        ("CHAP", ["BT  - The sea"], {"container-title": "The sea"}),
        ("BOOK", ["T2  - Series"], {"collection-title": "Series"}),
        ("BOOK", ["T3  - Series"], {"collection-title": "Series"}),
        ("BOOK", ["T2  - The sea", "T3  - S"], {"container-title": "The sea", "collection-title": "S"}),
        ("CONF", ["T2  - Proceedings"], {"container-title": "Proceedings"}),
        (
            "CONF",
            ["T2  - Sea days", "C3  - Proceedings"],
            {"event-title": "Sea days", "container-title": "Proceedings"},
        ),
        ("CONF", ["CY  - Oslo"], {"publisher-place": "Oslo"}),
        ("CONF", ["CY  - Oslo", "C1  - London"], {"event-place": "Oslo", "publisher-place": "London"}),
        ("SLIDE", ["T2  - Sea days", "CY  - Oslo"], {"event-title": "Sea days", "event-place": "Oslo"}),
        ("BOOK", ["PP  - Oslo", "PB  - Press"], {"publisher-place": "Oslo", "publisher": "Press"}),
    ],
)
def test_titles_and_places_around_it_depend_on_the_type(kind: str, lines: list[str], fields: Item) -> None:
    item = item_of(*lines, kind=kind)
    assert {key: value for key, value in item.items() if key not in ("type", "title")} == fields


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("TY  - BOOK\nBT  - Cranes\nER  - ", "Cranes"),
        ("TY  - BOOK\nCT  - Cranes\nER  - ", "Cranes"),
        ("TY  - JFULL\nJF  - Journal of the Sea\nER  - ", "Journal of the Sea"),
        ("TY  - JOUR\nST  - Cranes\nER  - ", "Cranes"),
    ],
)
def test_a_title_is_found_where_programs_put_it(text: str, title: str) -> None:
    (entry,) = read_ris(text).entries
    assert entry.item["title"] == title


def test_every_type_of_the_format_has_one_of_csl_and_back() -> None:
    assert set(CSL_TYPES.values()) <= set(FIELDS["types"])
    assert set(RIS_TYPES) == set(FIELDS["types"]), "A work of any type can be written."
    for csl, ris in RIS_TYPES.items():
        assert CSL_TYPES[ris] == csl or NEAREST[csl] == ris


@pytest.mark.parametrize("kind", sorted(FIELDS["types"]))
def test_every_type_of_csl_survives(kind: str) -> None:
    item = {"type": kind, "title": "Cranes"}
    (entry,) = read_ris(write_ris([item])).entries
    assert entry.item == item


def test_a_type_that_nobody_knows_is_kept() -> None:
    item = item_of(kind="ROPE")
    assert item == {"type": "document", "title": "Cranes", "custom": {"ris": {"TY": ["ROPE"]}}}
    assert write_ris([item]).startswith("TY  - ROPE\r\n")


def test_what_csl_has_no_field_for_is_kept_and_written_again() -> None:
    lines = [
        "AD  - Harbour 1",
        "C4  - x",
        "C4  - y",
        "UR  - https://example.org/1",
        "UR  - https://example.org/2",
    ]
    item = item_of(*lines)
    assert item["custom"] == {"ris": {"AD": ["Harbour 1"], "C4": ["x", "y"], "UR": ["https://example.org/2"]}}
    assert sorted(lines) == sorted(line for line in write_ris([item]).split("\r\n") if line in lines)


def test_an_entry_is_called_what_it_calls_itself() -> None:
    (entry,) = read_ris("TY  - BOOK\nID  - marsh99\nTI  - Cranes\nER  - ").entries
    assert entry.name == "marsh99"
    assert entry.item == {"type": "book", "title": "Cranes"}
