"""Bad input gets a sentence that names the entry, the line and the reason; what is good around it is kept."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.csl import check_item
from debates.formats.references.bibtex import read_bibtex
from debates.formats.references.bibtex_tables import AS_IT_STANDS, DATES, NAMES, PLAIN
from debates.formats.references.readout import LONGEST_FIELD, LONGEST_INPUT, MOST_ENTRIES

GOOD = "@book{good1, title = {Cranes}}\n\n"
ALSO_GOOD = "\n\n@book{good2, title = {Ropes}}\n"


@pytest.mark.parametrize(
    ("broken", "name", "reason"),
    [
        ("@book{reed, title = {Ropes}", "reed", "has no closing brace"),
        ("@book{reed, title = {Ropes, year = 1999\n}", "reed", "has no closing brace"),
        ('@book{reed, title = "Ropes, year = 1999\n}', "reed", "has a quotation mark that is never closed"),
        ("@book{reed title = {Ropes}}", "reed", "has no comma after its key"),
        ("@book{reed,\n title {Ropes}}", "reed", "has “title” without a value"),
        ("@book{reed, title = {Ropes}, note}", "reed", "has “note” without a value"),
        ("@book{reed, title = {Ropes} year = {1999}}", "reed", "goes on after the value of “title”"),
        ("@book{reed, title = {Ropes} and more}", "reed", "goes on after the value of “title”"),
        ('@book{reed, title = "Ro{pes", year = {1999}}', "reed", "has braces in “title” that do not pair"),
        ("@book{reed, year = 1999}", "reed", "has no title"),
        ("@book{reed, title = {}}", "reed", "has no title"),
        ("@book{reed}", "reed", "has no title"),
        ("@{reed, title = {Ropes}}", "reed", "does not say what it is"),
        ("@book reed, title = {Ropes}", "entry 2", "begins no entry"),
        ("@ book\n", "entry 2", "begins no entry"),
        ("@book{, year = 1999}", "entry 2", "has no title"),
        ("@string{pp = {a} {b}}", "pp", "goes on after the value of “pp”"),
        ("@string{pp {a}}", "pp", "without a value"),
        ("@book{reed, title = {Ro\0pes}}", "reed", "cannot be stored (a NUL"),
        ("@book{reed, title = {Ropes}, author = {Ada \0}}", "reed", "cannot be stored (a NUL"),
        ("@book{reed, title = {Ro\ud800pes}}", "reed", "half of a pair"),
        (
            "@book{reed, title = {" + "x" * 10_000 + "}}",
            "reed",
            "has 10000 characters in “title”: shorten it to at most 5000",
        ),
        (
            "@book{reed, title = {x}, author = {" + "x" * 10_000 + "}}",
            "reed",
            "has 10000 characters in “author”",
        ),
        ("@book{reed, title = {x}, url = {" + "x" * 10_000 + "}}", "reed", "has 10000 characters in “url”"),
        (
            "@book{reed, title = " + "{" * 1001 + "x" + "}" * 1001 + "}",
            "reed",
            "nests more than 50 braces in “title”",
        ),
        (
            "@book{reed, title = {x}, author = {" + "{" * 1000 + "}" * 1000 + "}}",
            "reed",
            "nests more than 50 braces",
        ),
        (
            "@book{reed, title = {x}, author = {a " + "{\\'" * 1000 + "}" * 1000 + " b}}",
            "reed",
            "nests more than 50 braces",
        ),
        ("@book{reed, " + "".join(f"f{n} = 1, " for n in range(500)) + "}", "reed", "has 500 fields"),
    ],
)
def test_a_broken_entry_is_named_and_the_good_ones_are_kept(broken: str, name: str, reason: str) -> None:
    readout = read_bibtex(GOOD + broken + ALSO_GOOD)
    assert [entry.name for entry in readout.entries] == ["good1", "good2"], (
        "A broken entry takes no other with it."
    )
    (fault,) = readout.faults
    assert (fault.name, fault.line) == (name, 3)
    assert reason in str(fault.error)
    assert "line 3" in str(fault.error)
    assert "\n" not in str(fault.error)
    assert len(str(fault.error)) < 300


def test_a_thousand_braces_that_never_close_take_only_their_entry() -> None:
    readout = read_bibtex(GOOD + "@book{reed, title = " + "{" * 1000 + ALSO_GOOD)
    assert [entry.name for entry in readout.entries] == ["good1", "good2"]
    assert "no closing brace" in str(readout.faults[0].error)


def test_what_begins_no_entry_is_named_also_after_a_byte_order_mark() -> None:
    (fault,) = read_bibtex("\ufeff@book reed, title = {Ropes}").faults
    assert "“@book” in line 1 begins no entry" in str(fault.error)


def test_a_field_without_a_value_is_named_also_right_before_the_next_entry() -> None:
    (fault,) = read_bibtex("@book{reed, title = {Ropes}, note}\n@book{good, title = {Cranes}}").faults
    assert "“note” without a value" in str(fault.error)


def test_the_last_entry_may_be_the_broken_one() -> None:
    readout = read_bibtex(GOOD + '@book{reed, title = "Ropes')
    assert [entry.name for entry in readout.entries] == ["good1"]
    assert "quotation mark" in str(readout.faults[0].error)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff",
        "  \n\t",
        "% a comment\n",
        '@comment{x}\n@preamble{"y"}',
        "@string{a = {b}}",
        "no entry at all",
    ],
)
def test_a_text_without_entries_gives_none_and_no_fault(text: str) -> None:
    readout = read_bibtex(text)
    assert (readout.entries, readout.faults) == ((), ())


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_kind_of_line_end_counts_lines_alike(end: str) -> None:
    readout = read_bibtex(
        "\ufeff" + GOOD.replace("\n", end) + f"@book{{reed,{end} year = 1}}{end}@book{{x, title={{a{end}b}}}}"
    )
    assert [(entry.name, entry.line) for entry in readout.entries] == [("good1", 1), ("x", 5)]
    assert readout.entries[1].item["title"] == "a b"
    assert readout.faults[0].line == 3


@pytest.mark.parametrize(
    "evil", ["</script><script>alert(1)</script>", "\u202eevil\u202c \u2066x\u2069", "'\"><img src=x>"]
)
def test_markup_and_overrides_stay_text_in_every_field(evil: str) -> None:
    fields = [fields[0] for fields in (*PLAIN.values(), *AS_IT_STANDS.values(), *DATES.values())]
    fields += [
        *NAMES.values(),
        "title",
        "note",
        "publisher",
        "year",
        "language",
        "eprint",
        "eprinttype",
        "number",
        "pages",
    ]
    readout = read_bibtex("@book{x, " + ", ".join(f"{field} = {{{evil}}}" for field in fields) + "}")
    (entry,) = readout.entries
    assert entry.item["title"] == evil
    assert all(word in " ".join(entry.item["author"][0].values()) for word in evil.split())
    assert entry.item["issued"] == {"literal": evil}
    assert all(entry.item[csl] == evil for csl in (*PLAIN, *AS_IT_STANDS) if csl != "number")
    assert check_item(entry.item) == []


def test_what_was_pasted_does_not_go_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    read_bibtex("@book{reed, title = {Ropes}" + ALSO_GOOD)
    assert not caplog.records, "It is the words of whoever pasted it, line breaks and all."


def test_what_cannot_be_seen_is_not_repeated_in_a_name() -> None:
    readout = read_bibtex("@book{re\u202eed\0, year = 1}")
    assert readout.faults[0].name == "re ed", "A sentence about an entry must not be turned round by its key."


def test_an_entry_pasted_500_times_is_read_up_to_the_cap() -> None:
    begun = perf_counter()
    readout = read_bibtex("@book{lih2011, title = {Lenin}, author = {Lih, Lars T.}, year = 2011}\n" * 500)
    assert len(readout.entries) == MOST_ENTRIES
    assert len({str(entry.item) for entry in readout.entries}) == 1
    (fault,) = readout.faults
    assert (fault.name, fault.line) == ("lih2011", 201)
    assert "300 in all" in str(fault.error)
    assert perf_counter() - begun < 5


def test_the_cap_counts_broken_entries_too() -> None:
    readout = read_bibtex("@book{x, year = 1}\n" * 500)
    assert len(readout.faults) == MOST_ENTRIES + 1


def test_an_entry_inherits_also_from_beyond_the_cap() -> None:
    text = "@inbook{a, title = {A}, crossref = {p}}\n" * 300 + "@book{p, title = {Parent}}"
    assert read_bibtex(text).entries[0].item["container-title"] == "Parent"


def test_a_text_beyond_the_longest_is_refused_whole() -> None:
    readout = read_bibtex("x" * (LONGEST_INPUT + 1))
    assert readout.entries == ()
    assert "1000001 characters" in str(readout.faults[0].error)


def test_a_field_of_the_longest_length_is_read() -> None:
    (entry,) = read_bibtex("@book{x, title = {" + "x" * LONGEST_FIELD + "}}").entries
    assert len(entry.item["title"]) == LONGEST_FIELD


def test_abbreviations_that_double_with_every_line_are_stopped() -> None:
    doubling = "".join(f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, 64))
    readout = read_bibtex("@string{a0 = {ha}}\n" + doubling + "@book{x, title = a63}" + ALSO_GOOD)
    assert [entry.name for entry in readout.entries] == ["good2"]
    assert any("characters in “a16”" in str(fault.error) for fault in readout.faults)


def test_abbreviations_used_again_and_again_are_stopped() -> None:
    uses = "".join(
        f"@book{{x{n}, title = {{x}}, note = a, abstract = a, annote = a, keywords = a}}\n"
        for n in range(190)
    )
    begun = perf_counter()
    readout = read_bibtex("@string{a = {" + r"\'e" * 4000 + "}}\n" + uses)
    assert readout.entries
    assert "bring it in parts" in str(readout.faults[-1].error)
    assert perf_counter() - begun < 10


WORST = {
    "starts of entries": "@a{",
    "starts on lines": "@a{\n",
    "starts with parentheses": "@a(",
    "bare starts": "@a\n",
    "at signs": "@",
    "braces": "@a{k,title={",
    "one long value": "@a{k,title=" + "{" * 450_000 + "}" * 450_000 + "}",
    "quotation marks": '@a{k,title="' + '"' * 900_000,
    "fields": "@a{k" + ",a=1" * 200_000 + "}",
    "joints": "@a{k,title=1" + "#1" * 400_000 + "}",
    "backslashes": "@a{k,title={" + "\\" * 900_000 + "}}",
    "blanks": "@a{k,title={x}" + " " * 900_000 + "}",
    "names": "@a{k,title={x},author={" + " and " * 150_000 + "}}",
    "accents": "@a{k,title={" + "\\'" * 400_000 + "}}",
    "a chain": "".join(f"@book{{c{n},title={{t}},crossref={{c{n + 1}}}}}\n" for n in range(20_000)),
    "a large parent": "@book{p,"
    + "".join(f"a{n}=1," for n in range(190))
    + "}"
    + "@book{c,crossref={p}}" * 30_000,
}


@pytest.mark.parametrize("name", WORST)
def test_no_megabyte_takes_long(name: str) -> None:
    text = WORST[name]
    text = (text if len(text) > 1000 else text * (900_000 // len(text)))[:LONGEST_INPUT]
    begun = perf_counter()
    readout = read_bibtex(text)
    seconds = perf_counter() - begun
    assert seconds < 15, f"A megabyte of {name} took {seconds:.1f} s."
    assert len(readout.entries) + len(readout.faults) <= MOST_ENTRIES + 1


SOUP = st.lists(
    st.sampled_from(
        [
            *(
                "@",
                "@book{",
                "@article(",
                "@string{",
                "@comment{",
                "@preamble{",
                "@inbook{a,",
                "@xdata{a,",
                "{",
                "}",
                "(",
                ")",
            ),
            *(
                '"',
                "#",
                ",",
                "=",
                "\n",
                " ",
                "\\",
                "\\'",
                "%",
                "~",
                "$",
                "--",
                "a",
                "b",
                "title",
                "title = {T}",
                "author = ",
            ),
            *(
                "date = {",
                "year = ",
                "1917",
                "month = jan",
                "crossref = {a}",
                "xdata = {a}",
                "and",
                "others",
                "family=",
                "\0",
            ),
            *(
                "editora = {X, Y}",
                "editoratype = {",
                "url = {",
                "eprint = {",
                "пере",
                "\ud800",
                "\ufeff",
                "\r",
            ),
        ]
    ),
    max_size=60,
).map("".join)


@given(SOUP)
def test_nothing_pasted_makes_the_reader_fall_over(text: str) -> None:
    readout = read_bibtex(text)
    for entry in readout.entries:
        assert check_item(entry.item) == []
        assert entry.item["title"]
        assert 1 <= entry.line <= text.count("\n") + text.count("\r") + 1
    for fault in readout.faults:
        assert str(fault.error) == fault.error.template % fault.error.values
