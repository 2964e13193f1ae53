"""A record says who, what and when as a reader wants it, and its readers refuse what is not so."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.names import Name, read_names
from debates.bibliography.record import TYPES, Record, RecordError, read_date, record_from_csl
from debates.bibliography.shapes import PLAIN

TEXT = st.text(max_size=30)
NAMES = st.builds(Name, TEXT, TEXT) | st.builds(Name, literal=TEXT) | st.builds(Name, *[TEXT] * 6)
DATES = (
    st.just(())
    | st.tuples(st.integers(1, 2100) | st.integers(-999, -1))
    | st.tuples(st.integers(1, 2100), st.integers(1, 12), st.integers(1, 28))
)
RECORDS = st.builds(
    Record,
    type=st.sampled_from(sorted(TYPES)),
    title=TEXT,
    **dict.fromkeys(
        ("authors", "editors", "translators"),
        st.lists(NAMES.filter(lambda name: name != Name()), max_size=4).map(tuple),
    ),
    **dict.fromkeys(("issued", "accessed", "original_date"), DATES),
    extra=st.dictionaries(st.sampled_from(["genre", "language", "DOI-note"]), TEXT, max_size=2),
    **dict.fromkeys([*PLAIN.values(), "arxiv", "archived_url", "archived_on"], TEXT),
)


@given(RECORDS)
def test_a_record_survives_csl_json(record: Record) -> None:
    assert record_from_csl(record.as_csl()) == record


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
        (Record("book", "x" * 10_000, (Name("y" * 10_000),)), "y" * 59 + "…, " + "x" * 39 + "…"),
        (Record("book", "x" * 10_000, (), (1999,)), "x" * 57 + "… 1999"),
    ],
)
def test_the_short_form_is_author_and_year_or_the_title(record: Record, short: str) -> None:
    assert record.short() == short


@pytest.mark.parametrize(
    ("name", "short", "inverted"),
    [
        (Name("Beethoven", "Ludwig", particle="van"), "van Beethoven", "van Beethoven, Ludwig"),
        (Name("La Fontaine", "Jean", dropping="de"), "La Fontaine", "La Fontaine, Jean de"),
        (Name("King", "Martin Luther", suffix="Jr."), "King", "King, Martin Luther, Jr."),
        (Name("Alembert", "Jean", particle="d’"), "d’Alembert", "d’Alembert, Jean"),
        (Name(literal="World Health Organization"),) + ("World Health Organization",) * 2,
        (Name(given="Plato"), "Plato", "Plato"),
        (Name(), "", ""),
    ],
)
def test_particles_stand_where_they_belong(name: Name, short: str, inverted: str) -> None:
    assert (name.short(), name.inverted()) == (short, inverted)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Marsh, Lena\nTown council\n", (Name("Marsh", "Lena"), Name(literal="Town council"))),
        ("  Marsh ,  Lena  ", (Name("Marsh", "Lena"),)),
        ("van Beethoven, Ludwig", (Name("Beethoven", "Ludwig", particle="van"),)),
        ("La Fontaine, Jean de", (Name("La Fontaine", "Jean", dropping="de"),)),
        ("King, Martin Luther, Jr.", (Name("King", "Martin Luther", suffix="Jr."),)),
        ("hooks, bell", (Name("hooks", "bell"),)),
        ("de, la", (Name("de", "la"),)),
        (",\n , ,", ()),
        ("\n\n", ()),
    ],
)
def test_names_stand_one_a_line(written: str, names: tuple[Name, ...]) -> None:
    assert read_names(written) == names


@pytest.mark.parametrize(
    "name",
    [
        Name("Beethoven", "Ludwig", particle="van"),
        Name("La Fontaine", "Jean", dropping="de"),
        Name("King", "Martin Luther", suffix="Jr."),
        Name("Cruz", "Juana Inés", particle="de la"),
    ],
)
def test_a_name_is_read_as_it_is_listed(name: Name) -> None:
    assert read_names(name.inverted()) == (name,), "An untouched line of a form must change nothing."


@pytest.mark.parametrize(
    ("issued", "parts", "date"),
    [
        ({"date-parts": [[1917]]}, (1917,), "1917"),
        ({"date-parts": [[1917], [1918]]}, (1917,), "1917/1918"),
        ({"date-parts": [[1917, 11], [1917, 12]]}, (1917, 11), "1917-11/1917-12"),
        ({"date-parts": [[1917], [1917]]}, (1917,), "1917"),
        ({"date-parts": [[1917], [""]]}, (1917,), "1917/"),
        ({"date-parts": [[1902]], "circa": True}, (1902,), "c. 1902"),
        ({"date-parts": [[1902]], "circa": "false"}, (1902,), "1902"),
        ({"date-parts": [[1968]], "season": 1}, (1968,), "spring 1968"),
        ({"date-parts": [[1968]], "season": "Trinity"}, (1968,), "Trinity 1968"),
        ({"date-parts": [[1968, 22]]}, (1968,), "summer 1968"),
        ({"date-parts": [["1968", "05", "03"]]}, (1968, 5, 3), "1968-05-03"),
        ({"date-parts": [[1968, 0, 0]]}, (1968,), "1968"),
        ({"date-parts": [[1968.0, 2, 30]]}, (1968, 2), "1968-02"),
        ({"date-parts": [[-44]]}, (-44,), "-44"),
        ({"date-parts": [[0]]}, (), ""),
        ({"date-parts": [[None]]}, (), ""),
        ({"date-parts": [["MMXX"]]}, (), ""),
        ({"literal": "in the year of the flood"}, (), "in the year of the flood"),
        ({"literal": "Michaelmas 1917", "date-parts": [[1917]]}, (1917,), "Michaelmas 1917"),
        ({"raw": "May 1968"}, (1968,), "May 1968"),
        ({"raw": "1968-05"}, (1968, 5), "1968-05"),
        ({"raw": "between 1960 and 1968"}, (), "between 1960 and 1968"),
        ({"raw": "1960/1968"}, (1960,), "1960/1968"),
        ({"raw": "May 1968", "date-parts": [[1968, 5]]}, (1968, 5), "1968-05"),
        ("1917-11-07", (1917, 11, 7), "1917-11-07"),
    ],
)
def test_a_date_is_shown_as_it_is_known(issued: Any, parts: tuple[int, ...], date: str) -> None:
    record = record_from_csl({"type": "book", "title": "Cranes", "issued": issued})
    assert (record.issued, record.date()) == (parts, date)


def test_a_date_that_is_written_as_it_is_shown_stays_whole() -> None:
    record = record_from_csl({"type": "book", "title": "Cranes", "issued": {"date-parts": [[1917], [1918]]}})
    assert record.dated(" 1917/1918 ") is record, "Whoever mends the title in a form must not lose the range."
    assert replace(record, issued=(1919,)).date() == "1919", "The range was that of another year."
    assert record.dated("1919").date() == "1919"
    assert record.dated("1917").date() == "1917"
    assert record.dated("").date() == ""
    with pytest.raises(RecordError, match="is not a date"):
        record.dated("1917/1919")


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
    [
        "",
        "0",
        "May 1917",
        "1917-13",
        "1917-00",
        "1917-11-31",
        "1917-02-30",
        "07/11/1917",
        "1917-1-1-1",
        "12345",
    ],
)
def test_what_is_no_date_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(RecordError, match="is not a date: ") as refusal:
        read_date(written)
    assert refusal.value.field == "issued"
    assert refusal.value.template % refusal.value.values == str(refusal.value)


def test_a_refusal_repeats_little_and_nothing_invisible() -> None:
    with pytest.raises(RecordError) as refusal:
        read_date("\u202e</script>\x00" + "x" * 10_000)
    assert len(str(refusal.value)) < 200
    assert "\u202e" not in str(refusal.value), "An override would turn the sentence around."


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28))
def test_a_date_is_written_as_it_is_read(year: int, month: int, day: int) -> None:
    for parts in ((year,), (year, month), (year, month, day)):
        assert read_date(Record("book", "x", issued=parts).date()) == parts


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//example.org", " https://x.org", ""]
)
def test_only_an_address_of_the_web_is_a_link(address: str) -> None:
    record = Record("webpage", "Cranes", url=address, archived_url=address)
    assert (record.link, record.archived_link) == ("", "")
