"""Whatever reference somebody pastes comes in through one door, and what cannot come in is told."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.csl import check_item
from debates.formats.references.entries import Remark
from debates.formats.references.reading import Paste, Wanted, read_references
from debates.formats.references.readout import LONGEST_INPUT, MOST_ENTRIES

BIBTEX = "@book{marsh99,\n  title = {Cranes},\n  author = {Marsh, Lena},\n  year = 1999\n}\n"
RIS = "TY  - BOOK\nTI  - Ropes\nER  - \n"
JSON = '[{"id": "masts", "type": "book", "title": "Masts"}]\n'
DOI = "10.1000/182\n"


def titles(paste: Paste) -> list[str]:
    """Return the titles of what was read."""
    return [entry.item["title"] for entry in paste.entries]


def told(paste: Paste) -> list[str]:
    """Return the sentences of the faults."""
    return [str(fault.error) for fault in paste.faults]


@pytest.mark.parametrize(
    ("text", "form", "title"),
    [
        (BIBTEX, "bibtex", "Cranes"),
        ("\n  " + BIBTEX, "bibtex", "Cranes"),
        ("% Encoding: UTF-8\n\n" + BIBTEX, "bibtex", "Cranes"),
        ("@book(marsh99,\n title = {Cranes}\n)\n", "bibtex", "Cranes"),
        (RIS, "ris", "Ropes"),
        ("\ufeff" + RIS, "ris", "Ropes"),
        ("Provider: A publisher\n\n" + RIS, "ris", "Ropes"),
        (RIS.lower().replace("ropes", "Ropes"), "ris", "Ropes"),
        (JSON, "csl-json", "Masts"),
        ("[\n" + JSON[1:], "csl-json", "Masts"),
        (JSON[1:-2], "csl-json", "Masts"),
        ('{\n "items": ' + JSON + "}", "csl-json", "Masts"),
    ],
)
def test_what_was_pasted_is_recognised(text: str, form: str, title: str) -> None:
    for written in (text, text.replace("\n", "\r\n"), text.replace("\n", "\r")):
        paste = read_references(written)
        assert (paste.format, titles(paste), told(paste)) == (form, [title], [])


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("10.1000/182", "doi", "10.1000/182"),
        ("https://doi.org/10.1000/182", "doi", "10.1000/182"),
        ("ISBN 978-0-306-40615-7", "isbn", "9780306406157"),
        ("PMID: 13054692", "pmid", "13054692"),
        ("arXiv:2101.01234", "arxiv", "2101.01234"),
        ("https://example.org/cranes", "address", "https://example.org/cranes"),
        ("  - 10.1000/182  ", "doi", "10.1000/182"),
        ("1. 10.1000/182", "doi", "10.1000/182"),
        ("[12] 10.1000/182", "doi", "10.1000/182"),
    ],
)
def test_an_identifier_is_wanted(line: str, kind: str, value: str) -> None:
    paste = read_references(f"\n{line}\n")
    assert paste.wanted == (Wanted(kind, value, 2),)
    assert (paste.format, paste.entries, paste.faults) == ("identifiers", (), ())


def test_identifiers_stand_one_a_line_or_several() -> None:
    paste = read_references(
        "10.1000/182\nISBN 0-306-40615-2\n\n10.1000/183, 10.1000/184; https://example.org\n"
    )
    assert [(one.value, one.line) for one in paste.wanted] == [
        ("10.1000/182", 1),
        ("0306406152", 2),
        ("10.1000/183", 4),
        ("10.1000/184", 4),
        ("https://example.org", 4),
    ]
    assert not paste.faults


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "ISBN 978-0-306-40615-8",
            "Line 2: “ISBN 978-0-306-40615-8” is not an ISBN: its last digit does not fit",
        ),
        ("978-0-306-40615-8", "its last digit does not fit the others"),
        ("doi:11.1000/182", "Line 2: “doi:11.1000/182” is not a DOI: one begins with 10."),
        ("PMID: twelve", "is not a PubMed number"),
        ("arXiv: 1", "is not an arXiv number"),
        ("https://example.org/a b and more", "there is a space"),
        (
            "Cranes of the harbour",
            "“Cranes of the harbour” in line 2 is no reference: paste BibTeX, RIS or CSL-JSON",
        ),
        ("1917", "“1917” in line 2 is no reference"),
        ("\0", "in line 2 is no reference"),
        ("10.1000/\ud800", "is not a DOI"),
    ],
)
def test_a_line_that_is_nothing_is_told_and_the_others_are_kept(line: str, said: str) -> None:
    paste = read_references(f"10.1000/182\n{line}\n10.1000/183\n")
    assert [one.value for one in paste.wanted] == ["10.1000/182", "10.1000/183"]
    (fault,) = paste.faults
    assert said in str(fault.error)
    assert fault.line == 2


def test_lines_that_are_nothing_are_told_once_where_they_stand_together() -> None:
    paste = read_references("Dear Ada,\n\nthese are they:\n" + BIBTEX + "Yours\nBen\n")
    assert titles(paste) == ["Cranes"]
    assert [(fault.line, str(fault.error)[:52]) for fault in paste.faults] == [
        (1, "2 lines from line 1 on (“Dear Ada,”) are no referenc"),
        (9, "2 lines from line 9 on (“Yours”) are no references: "),
    ]


def test_several_formats_after_one_another_are_each_read() -> None:
    paste = read_references(BIBTEX + RIS + JSON + DOI + BIBTEX.replace("Cranes", "Quays").replace("99", "98"))
    assert titles(paste) == ["Cranes", "Ropes", "Masts", "Quays"], "In the order of the text."
    assert [(one.value, one.line) for one in paste.wanted] == [("10.1000/182", 10)]
    assert [entry.line for entry in paste.entries] == [1, 6, 9, 11]
    assert told(paste) == [
        "More than one format was recognised, and each was read for itself: BibTeX, RIS, CSL-JSON, DOI/ISBN/PMID/arXiv/URL."
    ]
    assert paste.format == "bibtex"


@pytest.mark.parametrize("first", [BIBTEX, RIS, JSON, DOI])
@pytest.mark.parametrize("second", [BIBTEX, RIS, JSON, DOI])
def test_any_two_formats_may_follow_one_another(first: str, second: str) -> None:
    paste = read_references(first + second)
    assert len(paste.entries) + len(paste.wanted) == (1 if first == second else 2)
    assert len(paste.faults) == 1, "What was folded, or that there were two formats, is told."
    assert isinstance(paste.faults[0].error, Remark)


def test_an_entry_that_is_broken_off_does_not_swallow_the_next_format() -> None:
    for broken in ("TY  - BOOK\nTI  - Half\n", "@book{half, title = {Half\n", '[{"id": "half", "title"\n'):
        for whole, title in ((BIBTEX, "Cranes"), (RIS, "Ropes")):
            paste = read_references(broken + whole)
            assert titles(paste)[-1] == title
            assert len(paste.faults) >= 1


def test_words_in_an_entry_that_look_like_another_format_stay_in_it() -> None:
    bibtex = "@book{a,\n title = {Cranes},\n abstract = {\n[\n{\n10.1000/182\n}\n]\nAU  - x\n}\n}\n"
    ris = "TY  - BOOK\nTI  - Cranes\nAB  - One\n[{\n10.1000/182\n@ten\nER  - \n"
    json = '{"type": "book", "title":\n"Cranes", "abstract": "@book{x",\n"note": "10.1000/182"\n}\n'
    for text in (bibtex, ris, json):
        paste = read_references(text)
        assert (titles(paste), told(paste), paste.wanted) == (["Cranes"], [], ())


@pytest.mark.parametrize("text", [BIBTEX, RIS, JSON])
def test_the_same_entry_five_hundred_times_is_read_once(text: str) -> None:
    paste = read_references(text * 500)
    assert len(paste.entries) == 1
    (sentence,) = told(paste)
    assert "in line 1 stands there 500 times: it was read once" in sentence
    assert isinstance(paste.faults[0].error, Remark)
    assert paste.faults[0].line == 0, "Nothing is left of it to be mended."


def test_the_same_identifier_five_hundred_times_is_wanted_once() -> None:
    paste = read_references("10.1000/ABC\nhttps://doi.org/10.1000/abc\n" * 250)
    assert [one.value for one in paste.wanted] == ["10.1000/abc"]
    assert told(paste) == ["“10.1000/abc” in line 1 stands there 500 times: it was read once."]


def test_the_same_work_in_two_formats_is_read_once() -> None:
    paste = read_references("@book{ropes, title = {Ropes}}\n" + RIS)
    assert len(paste.entries) == 1
    assert "“ropes” in line 1 stands there 2 times: it was read once." in told(paste)


def test_of_many_that_differ_the_first_are_read() -> None:
    many = "".join(f"10.1000/{number}\n" for number in range(MOST_ENTRIES + 9))
    paste = read_references(many)
    assert len(paste.wanted) == MOST_ENTRIES
    (sentence,) = told(paste)
    assert sentence.startswith(f"Lines were left unread, 9 in all, from line {MOST_ENTRIES + 1} on: ")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\r", "\ufeff\n\ufeff\t\u2028"])
def test_nothing_pasted_is_told(text: str) -> None:
    (sentence,) = told(read_references(text))
    assert sentence.startswith("Nothing was pasted: paste BibTeX, RIS or CSL-JSON, or a DOI")


@pytest.mark.parametrize("text", ["[]", "[", "% nothing", "[\n]"])
def test_an_empty_list_is_told(text: str) -> None:
    (sentence,) = told(read_references(text))
    assert sentence.startswith("There is no reference in it: paste BibTeX")


@pytest.mark.parametrize("char", list("a@{[T%-1\0\x1aé\ud800"))
def test_one_character_gets_a_sentence(char: str) -> None:
    paste = read_references(char)
    assert len(paste.faults) == 1
    assert not paste.entries
    assert not paste.wanted


def test_what_is_longer_than_is_read_is_told() -> None:
    paste = read_references("x" * (LONGEST_INPUT + 1))
    assert told(paste) == [
        "The text has 1000001 characters; at most 1000000 are read at once: bring it in parts."
    ]


CHUNKS = st.sampled_from(
    [
        BIBTEX,
        RIS,
        JSON,
        DOI,
        "@",
        "{",
        "}",
        "[",
        "]",
        "\n",
        "\r",
        "TY  - ",
        "ER  - ",
        '"',
        "%",
        "words",
        "\0",
        "\ud800",
    ]
)


@given(st.lists(CHUNKS, max_size=12).map("".join))
def test_nothing_that_is_pasted_raises_or_vanishes_without_a_word(text: str) -> None:
    paste = read_references(text)
    assert paste.entries or paste.wanted or paste.faults
    assert all(str(fault.error) for fault in paste.faults)
    assert not any(check_item(entry.item) for entry in paste.entries)


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "TY  - ",
            "TY  - \n",
            "\n",
            "\r",
            "x\n",
            "10.1000/1\n",
            "@a{\n",
            "{\n",
            "[",
            "\\",
            "9",
            "- ",
            "a b ",
        ),
        "978-0-306-40615-8\n",
        "10.1000/1 ",
        BIBTEX + "words\n",
        RIS + BIBTEX + JSON + DOI + "words\n",
    ],
)
def test_a_megabyte_of_anything_takes_moments(unit: str) -> None:
    begun = perf_counter()
    paste = read_references(unit * (950_000 // len(unit)))
    assert perf_counter() - begun < 20, "Reading must take time in proportion to the text."
    assert len(paste.faults) < 10 * MOST_ENTRIES


@pytest.mark.parametrize("head", ["", "[", "{", "@", "[{", "ty", "- ", RIS, BIBTEX, JSON])
def test_a_line_of_blanks_takes_moments(head: str) -> None:
    begun = perf_counter()
    read_references(f"{head}{' ' * 900_000}x\n")
    assert perf_counter() - begun < 20, "No pattern may try every way to share out the blanks."
