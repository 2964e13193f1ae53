"""Bad RIS gets a sentence that names the entry, the line and the reason; what is good around it is kept."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.csl import check_item
from debates.formats.references.entries import Remark
from debates.formats.references.readout import LONGEST_FIELD, LONGEST_INPUT, MOST_ENTRIES, Readout
from debates.formats.references.ris import read_ris
from debates.formats.references.ris_writing import write_ris

GOOD = "TY  - BOOK\nTI  - Cranes\nER  - \n\n"
ALSO_GOOD = "\nTY  - BOOK\nTI  - Ropes\nER  - \n"


def titles(readout: Readout) -> list[str]:
    """Return the titles of what was read."""
    return [entry.item["title"] for entry in readout.entries]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("TY  - BOOK\nER  - ", "“entry 2” in line 5 has no title: add a line that begins with “TI  - ”"),
        ("TY  - BOOK\nTI  - \nER  - ", "“entry 2” in line 5 has no title"),
        ("TY  - BOOK\nID  - reed99\nER  - ", "“reed99” in line 5 has no title"),
        ("TY  - BOOK", "“entry 2” in line 5 has no title"),
        ("AU  - Reed, Tom\nTI  - Masts\nER  - ", "“entry 2” in line 5 does not say what it is"),
        (
            f"TY  - BOOK\nTI  - {'x' * 10_000}\nER  - ",
            "has 10000 characters in “title”: shorten it to at most 5000",
        ),
        (f"TY  - BOOK\nTI  - x\nAU  - {'x' * 10_000}\nER  - ", "has 10000 characters in “author”"),
        (f"TY  - BOOK\nTI  - x\nZZ  - {'x' * 10_000}\nER  - ", "has 10000 characters in “custom”"),
        ("TY  - BOOK\nTI  - x\0\nER  - ", "“title” holds a character that cannot be stored (a NUL"),
        (
            "TY  - BOOK\nTI  - x\nAU  - \ud800\nER  - ",
            "“author” holds a character that cannot be stored (a NUL",
        ),
        ("TY  - BOOK\nTI  - x\nZZ  - \0\nER  - ", "“custom” holds a character that cannot be stored (a NUL"),
        ("Masts by Tom Reed", "“Masts by Tom Reed” in line 5 belongs to no entry"),
        ("Masts\n\nby Tom Reed", "2 lines from line 5 on (“Masts”) belong to no entry"),
    ],
)
def test_a_broken_entry_is_named_and_the_good_ones_are_kept(broken: str, said: str) -> None:
    readout = read_ris(GOOD + broken + ALSO_GOOD)
    assert titles(readout) == ["Cranes", "Ropes"]
    (fault,) = readout.faults
    assert said in str(fault.error)
    assert fault.line == 5


def test_an_entry_without_an_end_mark_is_kept_with_a_remark() -> None:
    readout = read_ris("TY  - BOOK\nTI  - Masts\n" + GOOD + "TY  - BOOK\nTI  - Ropes")
    assert titles(readout) == ["Masts", "Cranes", "Ropes"], "Entries must not run into each other."
    assert [str(fault.error)[:49] for fault in readout.faults] == [
        "“entry 1” in line 1 has no end mark (a line “ER  ",
        "“entry 3” in line 7 has no end mark (a line “ER  ",
    ]
    assert all(isinstance(fault.error, Remark) and fault.line == 0 for fault in readout.faults)


HOSTILE = "</script><b>\u202eevil\u2066 {{7*7}} '\"--"


def test_markup_and_marks_of_direction_are_kept_as_text_in_every_field() -> None:
    tags = (
        "TI",
        "AU",
        "A2",
        "T2",
        "PY",
        "VL",
        "SP",
        "SN",
        "DO",
        "UR",
        "AB",
        "N1",
        "KW",
        "M3",
        "AN",
        "ZZ",
    )
    lines = [f"{tag}  - {HOSTILE}" for tag in tags]
    readout = read_ris("\n".join(["TY  - JOUR", *lines, "ER  - "]))
    (entry,) = readout.entries
    assert not readout.faults
    assert entry.item["title"] == HOSTILE
    assert not check_item(entry.item)
    assert write_ris([entry.item]).count(HOSTILE) == len(tags)


def test_the_same_entry_five_hundred_times_is_read_once() -> None:
    readout = read_ris(GOOD * 500 + ALSO_GOOD)
    assert titles(readout) == ["Cranes", "Ropes"], "Repeats take no place from the others."
    (fault,) = readout.faults
    assert str(fault.error) == "“entry 1” in line 1 stands there 500 times: it was read once."


def test_the_same_work_written_in_two_ways_is_read_once() -> None:
    readout = read_ris(GOOD + GOOD.replace("TI", "T1") + GOOD)
    assert titles(readout) == ["Cranes"]
    assert "stands there 3 times" in str(readout.faults[0].error)


def test_what_is_too_much_is_told() -> None:
    readout = read_ris(
        "".join(GOOD.replace("Cranes", f"Cranes {number}") for number in range(MOST_ENTRIES + 7))
    )
    assert len(readout.entries) == MOST_ENTRIES
    (fault,) = readout.faults
    assert str(fault.error).startswith(
        f"Entries were left unread, 7 in all, from “entry {MOST_ENTRIES + 1}” in line "
    )
    (fault,) = read_ris("x" * (LONGEST_INPUT + 1)).faults
    assert "The text has 1000001 characters; at most 1000000 are read at once" in str(fault.error)


@pytest.mark.parametrize("text", ["", "\n", "\r", "\ufeff", " \t\n\r\n\u2028", "ER  - ", "er -"])
def test_nothing_is_nothing(text: str) -> None:
    readout = read_ris(text)
    assert not readout.entries
    assert text == "er -" or not readout.faults


@pytest.mark.parametrize("char", ["T", "\0", "\ud800", "é", "-", "\x1a"])
def test_one_character_is_no_entry(char: str) -> None:
    readout = read_ris(char)
    assert not readout.entries
    assert "in line 1 belongs to no entry" in str(readout.faults[0].error)


@given(st.text(st.sampled_from("TYERAUI0 -\n\r\t\0\ud800é{@"), max_size=80))
def test_nothing_that_is_typed_raises(text: str) -> None:
    readout = read_ris(text)
    assert all(str(fault.error) for fault in readout.faults)
    assert not any(check_item(entry.item) for entry in readout.entries)


MEGABYTE = 950_000


@pytest.mark.parametrize(
    "unit",
    [
        "TY  - ",
        "TY  - \n",
        "ty -\n",
        "\n",
        " ",
        "\r",
        "ER  - \n",
        "AU  - x\n",
        "x\n",
        "TY  - BOOK\nTI  - a",
        "ty ",
    ],
)
def test_a_megabyte_of_anything_takes_moments(unit: str) -> None:
    begun = perf_counter()
    readout = read_ris(unit * (MEGABYTE // len(unit)))
    assert perf_counter() - begun < 15, "Reading must take time in proportion to the text."
    assert len(readout.faults) <= 2 * MOST_ENTRIES + 2


@pytest.mark.parametrize(
    ("tag", "unit"),
    [
        ("SN", "1 "),
        ("SN", "1-"),
        ("DA", "1 "),
        ("DO", "10."),
        ("AU", ","),
        ("AU", "a, "),
        ("KW", "a, "),
        ("SP", "1 "),
    ],
)
def test_one_long_value_takes_moments(tag: str, unit: str) -> None:
    begun = perf_counter()
    readout = read_ris(f"TY  - BOOK\nTI  - a\n{tag}  - {unit * (MEGABYTE // len(unit))}x\nER  - ")
    assert perf_counter() - begun < 15
    assert not readout.entries or tag == "AU", f"No field has more than {LONGEST_FIELD} characters."
