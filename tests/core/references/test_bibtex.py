"""What fields mean in each type of entry, what entries inherit, and what is left out."""

from __future__ import annotations

from typing import Any

import pytest

from debates.bibliography.csl import check_item
from debates.formats.references.bibtex import read_bibtex
from debates.formats.references.bibtex_tables import TYPES


def read(text: str, name: str = "") -> dict[str, Any]:
    """Return the one item of a text, or the one of a key; refuse faults. Any: JSON."""
    readout = read_bibtex(text)
    assert [str(fault.error) for fault in readout.faults] == []
    items = [entry.item for entry in readout.entries if not name or entry.name == name]
    assert len(items) == 1
    assert check_item(items[0]) == []
    return items[0]


def entry(kind: str, fields: str) -> dict[str, Any]:
    """Return the item of an invented entry. Any: JSON."""
    return read(f"@{kind}{{marsh, title = {{Cranes of the harbour}}, {fields}}}")


KINDS = {
    "article-journal": "article suppperiodical",
    "book": "book mvbook collection mvcollection proceedings mvproceedings reference mvreference manual",
    "chapter": "bookinbook suppbook incollection suppcollection",
    "dataset": "dataset",
    "document": "misc custom",
    "entry-encyclopedia": "inreference",
    "figure": "image",
    "graphic": "artwork",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "manuscript": "unpublished",
    "motion_picture": "movie video",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings conference",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "personal_communication": "letter",
    "report": "report techreport",
    "review": "review",
    "software": "software",
    "song": "audio music",
    "standard": "standard",
    "thesis": "thesis phdthesis mastersthesis",
    "treaty": "legal",
    "webpage": "online electronic www",
}


@pytest.mark.parametrize(
    ("kind", "csl"), [(kind, csl) for csl, kinds in KINDS.items() for kind in kinds.split()]
)
def test_each_type_of_entry_has_a_type_in_csl(kind: str, csl: str) -> None:
    assert entry(kind.upper(), "")["type"] == csl, "Types are told apart without letter case."


def test_every_type_that_we_read_is_tried_above() -> None:
    assert TYPES.keys() <= {kind for kinds in KINDS.values() for kind in kinds.split()} | {"inbook"}


@pytest.mark.parametrize(
    ("kind", "fields", "csl"),
    [
        ("sculpture", "", "document"),
        ("misc", "url = {https://example.org}", "webpage"),
        ("misc", r"howpublished = {Online, \url{https://example.org}}", "webpage"),
        ("misc", "url = {https://example.org}, publisher = {Pier Press}", "document"),
        ("misc", "eprint = {2101.01234}, archiveprefix = {arXiv}", "article"),
        ("unpublished", "eventtitle = {Harbour Days}", "speech"),
        ("article", "entrysubtype = {newspaper}", "article-newspaper"),
        ("article", "entrysubtype = {magazine}", "article-magazine"),
        ("misc", "entrysubtype = {map}", "map"),
        ("misc", "entrysubtype = {whatever}", "document"),
        ("inbook", "chapter = {3}", "book"),
        ("inbook", "booktitle = {Harbours}", "chapter"),
    ],
)
def test_the_fields_tell_the_type_where_the_entry_does_not(kind: str, fields: str, csl: str) -> None:
    assert entry(kind, fields)["type"] == csl


@pytest.mark.parametrize(
    ("kind", "fields", "found"),
    [
        ("article", "number = 3", {"issue": "3"}),
        ("article", "number = 3, issue = {Spring}", {"issue": "3, Spring"}),
        ("article", "number = 3, eid = {e17}", {"issue": "3", "number": "e17"}),
        (
            "book",
            "number = 3, series = {Harbours}",
            {"collection-number": "3", "collection-title": "Harbours"},
        ),
        ("report", "number = {TR-3}", {"number": "TR-3"}),
        (
            "inproceedings",
            "booktitle = {Proc.}, number = 3",
            {"container-title": "Proc.", "collection-number": "3"},
        ),
        (
            "article",
            "journal = {Pier}, shortjournal = {P.}",
            {"container-title": "Pier", "container-title-short": "P."},
        ),
        (
            "article",
            "journaltitle = {Pier}, issuetitle = {Cranes}",
            {"container-title": "Pier", "volume-title": "Cranes"},
        ),
        (
            "book",
            "maintitle = {Harbours}, volume = 2",
            {"title": "Harbours", "volume-title": "Cranes of the harbour"},
        ),
        (
            "inbook",
            "maintitle = {Works}, booktitle = {Early}",
            {"container-title": "Works", "volume-title": "Early"},
        ),
        ("book", "subtitle = {A history}", {"title": "Cranes of the harbour: A history"}),
        ("proceedings", "booktitle = {Cranes of the harbour}", {"title": "Cranes of the harbour"}),
        ("techreport", "institution = {Pier Office}", {"publisher": "Pier Office"}),
        ("techreport", "type = {techreport}", {"genre": "Technical report"}),
        ("mastersthesis", "school = {Pier School}", {"genre": "Master’s thesis", "publisher": "Pier School"}),
        ("phdthesis", "type = {Habilitation}", {"genre": "Habilitation"}),
        ("inproceedings", "publisher = {ACM}, organization = {SIG}", {"publisher": "ACM; SIG"}),
        ("book", "publisher = {Simon {and} Schuster}", {"publisher": "Simon and Schuster"}),
        ("misc", "howpublished = {Self-published}", {"publisher": "Self-published"}),
        ("book", "address = {Hull}", {"publisher-place": "Hull"}),
        ("article", "pages = {1--5, 9---12}", {"page": "1-5, 9-12"}),
        ("article", "pages = {17}", {"page": "17"}),
        (
            "book",
            "note = {Signed}, addendum = {With a map}, titleaddon = {A poem.}",
            {"note": "A poem. Signed. With a map"},
        ),
        ("book", "annote = {Good}", {"annote": "Good"}),
        (
            "book",
            "pubstate = {inpress}, year = {forthcoming}",
            {"status": "in press", "issued": {"literal": "forthcoming"}},
        ),
        ("book", "year = {2011}, date = {2012-03}", {"issued": {"date-parts": [[2012, 3]]}}),
        ("book", "date = {soon}", {"issued": {"literal": "soon"}}),
        ("book", "date = {{2012}}", {"issued": {"date-parts": [[2012]]}}),
        ("book", "year = {{2012}}, month = {{MAR}}", {"issued": {"date-parts": [[2012, 3]]}}),
        ("book", 'month = "7~" # nov, year = 1917', {"issued": {"date-parts": [[1917, 11, 7]]}}),
        ("book", "eventdate = {1917/1918}", {"event-date": {"date-parts": [[1917], [1918]]}}),
        ("book", "langid = {ngerman}", {"language": "de"}),
        ("book", "language = {English}", {"language": "en"}),
        ("book", "language = {en-ZA}, langid = {english}", {"language": "en-ZA"}),
        ("article", "doi = {doi:10.1000/AB_c}", {"DOI": "10.1000/AB_c"}),
        ("article", r"doi = {10.1000/AB{\_}c\%d}", {"DOI": "10.1000/AB_c%d"}),
        (
            "online",
            r"url = {https://example.org/a\_b\%20c\#d?x=1\&y=\~{}z}",
            {"URL": "https://example.org/a_b%20c#d?x=1&y=~z"},
        ),
        (
            "online",
            "url = {https://example.org/a_b%20c#d--e~f}",
            {"URL": "https://example.org/a_b%20c#d--e~f"},
        ),
        ("online", r"url = {\url{https://example.org/}}", {"URL": "https://example.org/"}),
        ("article", "eprint = {1234}, eprinttype = {pubmed}", {"PMID": "1234"}),
        ("article", "pmid = {1234}, pmcid = {PMC12}", {"PMID": "1234", "PMCID": "PMC12"}),
        ("misc", "eprint = {arXiv:2101.01234v2}", {"custom": {"arxiv": "2101.01234v2"}}),
        ("misc", "arxivid = {2101.01234}", {"custom": {"arxiv": "2101.01234"}}),
        ("article", "eprint = {123}, eprinttype = {jstor}", {"archive": "jstor", "archive_location": "123"}),
        (
            "book",
            "editor = {Reed, Tom}, editortype = {compiler}",
            {"compiler": [{"family": "Reed", "given": "Tom"}]},
        ),
        (
            "book",
            "editora = {Reed, Tom}, editoratype = {redactor}",
            {"contributor": [{"family": "Reed", "given": "Tom"}]},
        ),
        ("book", "afterword = {Reed, Tom}", {"contributor": [{"family": "Reed", "given": "Tom"}]}),
        (
            "inbook",
            "booktitle={B}, bookauthor = {Reed, Tom}",
            {"container-author": [{"family": "Reed", "given": "Tom"}]},
        ),
        (
            "book",
            "file = {:C\\:/a.pdf:PDF}, bdsk-url-1 = {x}, author+an = {1=x}",
            {"title": "Cranes of the harbour"},
        ),
    ],
)
def test_a_field_means_what_its_type_of_entry_makes_of_it(
    kind: str, fields: str, found: dict[str, Any]
) -> None:
    item = entry(kind, fields)
    assert {field: item.get(field) for field in found} == found


def test_what_says_nothing_makes_no_field() -> None:
    assert entry("book", "author = {}, note = {{}}, year = , file = {x}") == {
        "type": "book",
        "title": "Cranes of the harbour",
    }


def test_a_chapter_inherits_from_its_book_what_is_not_its_own() -> None:
    text = """
    @inbook{reed, crossref = {MARSH}, title = {Ropes}, pages = {3--9}, date = {2001}}
    @book{marsh, author = {Marsh, Lena}, title = {Cranes}, subtitle = {A history}, date = {1999}, publisher = {Pier Press},
      shorttitle = {Cr.}, doi = {10.1000/1}, note = pp, keywords = {x}}
    @string{pp = {Printed on sails}}
    """
    lena = [{"family": "Marsh", "given": "Lena"}]
    assert read(text, "reed") == {
        "type": "chapter",
        "title": "Ropes",
        "author": lena,
        "container-author": lena,
        "container-title": "Cranes: A history",
        "publisher": "Pier Press",
        "page": "3-9",
        "issued": {"date-parts": [[2001]]},
        "note": "Printed on sails",
    }, "The book's DOI and short title are not the chapter's."


def test_inheritance_goes_on_through_the_parent() -> None:
    text = """
    @inproceedings{a, title = {A}, crossref = {b}}
    @proceedings{b, title = {B}, crossref = {c}, xdata = {press}}
    @mvproceedings{c, title = {C}, editor = {Reed, Tom}}
    @xdata{press, publisher = {Pier Press}, location = {Hull}}
    """
    item = read(text, "a")
    assert (item["container-title"], item["volume-title"]) == ("C", "B")
    assert (item["publisher"], item["publisher-place"]) == ("Pier Press", "Hull")
    assert item["editor"] == [{"family": "Reed", "given": "Tom"}]
    assert "press" not in {entry.name for entry in read_bibtex(text).entries}, "An @xdata is no work."


def test_entries_that_refer_to_each_other_in_a_circle_are_read() -> None:
    readout = read_bibtex("@book{a, title={A}, crossref={b}} @book{b, title={B}, crossref={a}, note={N}}")
    assert [entry.item["title"] for entry in readout.entries] == ["A", "B"]
    assert readout.entries[0].item["note"] == "N"


def test_inheritance_ends_after_ten_entries() -> None:
    chain = "".join(f"@book{{c{n}, title = {{T}}, crossref = {{c{n + 1}}}}}\n" for n in range(30))
    text = chain + "@book{c30, title = {T}, note = {far}} @book{near, title = {N}, crossref = {c22}}"
    items = {entry.name: entry.item for entry in read_bibtex(text).entries}
    assert items["near"]["note"] == "far"
    assert "note" not in items["c0"], "A chain of thousands would be walked from each of its links."


def test_a_reference_to_an_entry_that_is_not_there_is_no_fault() -> None:
    assert read("@inbook{a, title = {Ropes}, crossref = {gone}, booktitle = {B}}")["title"] == "Ropes"


def test_abbreviations_are_replaced_also_inside_each_other() -> None:
    text = """
    @String{pp = "Pier"}
    @string(press = pp # { Press})
    @book{a, title = {A}, publisher = PRESS # ", Hull", note = undefined, volume = 12}
    """
    item = read(text)
    assert (item["publisher"], item["note"], item["volume"]) == ("Pier Press, Hull", "undefined", "12")


def test_comments_and_preambles_are_passed_over() -> None:
    text = r"""
    Anything may stand between entries, also ada@example.org.
    @comment{jabref-meta: x {y} z}
    @Comment this line
    @preamble{"\newcommand{\noopsort}[1]{}"}
    @book{a, title = {A}}
    """
    assert read(text) == {"type": "book", "title": "A"}


def test_entries_in_a_comment_are_read_as_bibtex_itself_reads_them() -> None:
    assert read("@comment{\n@book{a, title = {A}}\n}") == {"type": "book", "title": "A"}


def test_each_entry_says_its_key_and_the_line_where_it_begins() -> None:
    readout = read_bibtex("\n\n@book{a, title={A \\\n B}}\n@book{, title={B}}  @book{c d, title={C}}")
    assert [(entry.name, entry.line) for entry in readout.entries] == [("a", 3), ("entry 2", 5), ("c d", 5)]
    assert readout.format == "bibtex"


def test_two_entries_with_one_key_are_both_kept() -> None:
    readout = read_bibtex("@book{a, title={A}} @book{a, title={B}}")
    assert [entry.item["title"] for entry in readout.entries] == ["A", "B"]


def test_of_a_field_that_stands_twice_the_first_counts() -> None:
    assert read("@book{a, title={A}, year=1, Title={B}, title={C}}")["title"] == "A"


@pytest.mark.parametrize(
    "value",
    [r'"G{\"o}del"', r'"G\"odel"', r"{G\"odel}", r'"G" # {{\"o}} # "del"', r'"{G{\"{o}}del}"'],
)
def test_quotation_marks_and_braces_enclose_alike(value: str) -> None:
    assert read(f"@book{{a, title = {value}}}")["title"] == "Gödel"


def test_an_at_sign_in_a_value_begins_no_entry() -> None:
    assert (
        read("@book{a, title = {Ada @ {the} pier, ben@book{x}}, note={a\n b}}")["title"]
        == "Ada @ the pier, ben@bookx"
    )


def test_a_line_break_at_the_end_of_a_value_does_not_hide_its_brace() -> None:
    readout = read_bibtex("@book{a, title = {A\\\\}}\n@book{b, title = {B}}")
    assert [entry.item["title"] for entry in readout.entries] == ["A", "B"]
