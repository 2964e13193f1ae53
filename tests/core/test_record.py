"""A record keeps what it was given, and its readers take what people paste and refuse what is not so."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.record import (
    LOCATORS,
    PLAIN,
    TYPES,
    Name,
    Record,
    RecordError,
    read_date,
    read_doi,
    read_isbn,
    read_locator,
    read_names,
    record_from_csl,
)

TEXT = st.text(max_size=30)
NAMES = st.builds(Name, TEXT, TEXT) | st.builds(Name, literal=TEXT)
DATES = (
    st.just(())
    | st.tuples(st.integers(-999, 2100))
    | st.tuples(st.integers(1, 2100), st.integers(1, 12), st.integers(1, 28))
)
RECORDS = st.builds(
    Record,
    type=st.sampled_from(sorted(TYPES)),
    title=TEXT,
    authors=st.lists(NAMES, max_size=4).map(tuple),
    issued=DATES,
    extra=st.dictionaries(st.sampled_from(["editor", "language", "custom", "DOI-note"]), TEXT, max_size=2),
    **dict.fromkeys(PLAIN.values(), TEXT),
)


@given(RECORDS)
def test_a_record_survives_csl_json(record: Record) -> None:
    written = json.loads(json.dumps(record.as_csl()))
    assert record_from_csl(written) == record, "What one site exports another must be able to take in whole."
    assert record_from_csl(written).as_csl() == written


@given(RECORDS)
def test_any_record_has_a_short_form(record: Record) -> None:
    assert isinstance(record.short(), str)
    assert isinstance(record.publication(), str)


@pytest.mark.parametrize(
    ("record", "short"),
    [
        (Record("book", "Cranes", (Name("Marsh", "Lena"),), (1999,)), "Marsh 1999"),
        (Record("book", "Cranes", (Name("Marsh"), Name("Reed")), (1999,)), "Marsh and Reed 1999"),
        (Record("book", "Cranes", (Name("A"), Name("B"), Name("C")), (1999, 5)), "A et al. 1999"),
        (Record("book", "Cranes", (Name(literal="Town council"),)), "Town council, Cranes"),
        (Record("book", "Cranes"), "Cranes"),
        (Record("book", "Cranes", (), (1999,)), "Cranes 1999"),
    ],
)
def test_the_short_form_is_author_and_year_or_the_title(record: Record, short: str) -> None:
    assert record.short() == short


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("1917", (1917,)),
        (" 1917-11 ", (1917, 11)),
        ("1917-11-07", (1917, 11, 7)),
        ("-44", (-44,)),
        ("1900-02-29", (1900, 2, 29)),
    ],
)
def test_dates_are_as_exact_as_they_are_known(written: str, parts: tuple[int, ...]) -> None:
    assert read_date(written) == parts


@pytest.mark.parametrize(
    "written",
    ["", "May 1917", "1917-13", "1917-00", "1917-11-31", "1917-02-30", "07/11/1917", "1917-1-1-1", "12345"],
)
def test_what_is_no_date_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(RecordError, match="is not a date: ") as refusal:
        read_date(written)
    assert refusal.value.field == "issued"


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28))
def test_a_date_is_written_as_it_is_read(year: int, month: int, day: int) -> None:
    for parts in ((year,), (year, month), (year, month, day)):
        assert read_date(Record("book", "x", issued=parts).date()) == parts


@pytest.mark.parametrize(
    "written",
    [
        "10.1000/182",
        "doi:10.1000/182",
        "https://doi.org/10.1000/182",
        "http://dx.doi.org/10.1000/182.",
        " DOI 10.1000/182 ",
    ],
)
def test_a_doi_is_found_in_what_is_pasted(written: str) -> None:
    assert read_doi(written) == "10.1000/182"


def test_a_doi_has_no_letter_case() -> None:
    assert read_doi("10.1000/ABC") == read_doi("10.1000/abc"), "One work must not become two."


@pytest.mark.parametrize("written", ["11.1000/182", "https://example.org/182", "10.1/2"])
def test_what_is_no_doi_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(RecordError, match=r"is not a DOI: one begins with 10\."):
        read_doi(written)


@pytest.mark.parametrize(
    ("written", "isbn"),
    [
        ("0-306-40615-2", "0306406152"),
        ("ISBN 978-0-306-40615-7", "9780306406157"),
        ("ISBN-13: 978 0 306 40615 7", "9780306406157"),
        ("978–0–306–40615–7", "9780306406157"),
        ("080442957x", "080442957X"),
        ("", ""),
    ],
)
def test_an_isbn_is_read_however_it_is_set(written: str, isbn: str) -> None:
    assert read_isbn(written) == isbn


@given(st.integers(0, 10**12 - 1), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_in_an_isbn_is_always_found(number: int, place: int, by: int) -> None:
    digits = [int(digit) for digit in f"{number:012d}"]
    check = -sum((3 if at % 2 else 1) * digit for at, digit in enumerate(digits)) % 10
    good = "".join(map(str, [*digits, check]))
    assert read_isbn(good) == good
    digits[place] = (digits[place] + by) % 10
    with pytest.raises(RecordError, match="its last digit does not fit"):
        read_isbn("".join(map(str, [*digits, check])))


@pytest.mark.parametrize("written", ["12345", "X306406152", "97803064061570", "٩٧٨٠٣٠٦٤٠٦١٥٧"])
def test_what_is_no_isbn_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(RecordError, match="is not an ISBN: one has 10 or 13 digits"):
        read_isbn(written)


@pytest.mark.parametrize(
    ("written", "locator"),
    [
        ("", ("", "")),
        ("page 111", ("page", "111")),
        ("pp. 184–185", ("page", "184–185")),
        ("p.12", ("page", "12")),
        ("111", ("page", "111")),
        ("Chapter 4", ("chapter", "4")),
        ("lines 3-9", ("line", "3-9")),
        ("§ 12", ("section", "12")),
        ("§12", ("section", "12")),
        ("vol. 2", ("volume", "2")),
        ("xii", ("page", "xii")),
    ],
)
def test_a_locator_is_a_kind_and_a_value(written: str, locator: tuple[str, str]) -> None:
    assert read_locator(written) == locator


@given(st.sampled_from(LOCATORS), st.integers(1, 9999))
def test_every_kind_of_locator_is_read_by_its_name(label: str, value: int) -> None:
    assert read_locator(f"{label} {value}") == (label, str(value))


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Marsh, Lena\nTown council\n", (Name("Marsh", "Lena"), Name(literal="Town council"))),
        ("  Marsh ,  Lena  ", (Name("Marsh", "Lena"),)),
        ("\n\n", ()),
    ],
)
def test_names_stand_one_a_line(written: str, names: tuple[Name, ...]) -> None:
    assert read_names(written) == names
