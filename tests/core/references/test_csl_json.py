"""CSL-JSON is read entry by entry and written so that it is read back equal."""

from __future__ import annotations

import json
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.csl import DATES, FIELDS, NAMES, NUMBERS, TEXTS, check_item
from debates.bibliography.record import record_from_csl
from debates.formats.references.csl_json import read_csl_json, write_csl_json
from debates.formats.references.readout import LONGEST_INPUT, MOST_ENTRIES, Readout

# One item of CSL-JSON. Any: JSON.
Item = dict[str, Any]

CRANES: Item = {"type": "book", "title": "Cranes"}
ROPES: Item = {"type": "book", "title": "Ropes"}


def items_of(readout: Readout) -> list[Item]:
    """Return what was read."""
    return [entry.item for entry in readout.entries]


def item_of(**fields: object) -> Item:
    """Read one entry with a type, a title and these fields."""
    readout = read_csl_json(
        json.dumps({**CRANES, **{name.replace("_", "-"): held for name, held in fields.items()}})
    )
    assert not readout.faults, [str(fault.error) for fault in readout.faults]
    return items_of(readout)[0]


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12)
NUMBER = TEXT | st.integers(-10, 10**12) | st.floats(allow_nan=False, allow_infinity=False)
PARTS = st.lists(st.integers(-9999, 9999) | st.sampled_from(["1917", "11"]), min_size=1, max_size=3)
DATE = st.fixed_dictionaries(
    {"date-parts": st.lists(PARTS, min_size=1, max_size=2)},
    optional={"season": st.integers(1, 4) | TEXT, "circa": st.booleans(), "literal": TEXT},
) | st.fixed_dictionaries({"raw": TEXT})
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(
                ["family", "given", "suffix", "dropping-particle", "non-dropping-particle"], TEXT
            ),
            "comma-suffix": st.booleans() | st.integers(0, 1),
        },
    ).filter(bool)
    | st.fixed_dictionaries({"literal": TEXT}),
    min_size=1,
    max_size=3,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
FIELD = {
    **dict.fromkeys(sorted(TEXTS - {"title"}), TEXT),
    **dict.fromkeys(sorted(NUMBERS), NUMBER),
    **dict.fromkeys(sorted(NAMES), PEOPLE),
    **dict.fromkeys(sorted(DATES), DATE),
    "categories": st.lists(TEXT, min_size=1, max_size=2),
    "custom": st.dictionaries(TEXT, JSON, min_size=1, max_size=3),
}


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Draw an item with any of the standard's fields."""
    item: Item = {"type": draw(st.sampled_from(FIELDS["types"])), "title": draw(TEXT)}
    for name in draw(st.sets(st.sampled_from(sorted(FIELD)), max_size=10)):
        item[name] = draw(FIELD[name])
    return item


@given(st.lists(items(), max_size=4, unique_by=lambda item: json.dumps(item, sort_keys=True)))
def test_what_is_written_is_read_back_equal(some: list[Item]) -> None:
    assert not any(check_item(item) for item in some), "The test draws what the standard has."
    readout = read_csl_json(write_csl_json(some))
    assert not readout.faults, [str(fault.error) for fault in readout.faults]
    assert items_of(readout) == some, "CSL-JSON holds every field that there is."
    assert [entry.item for entry in readout.entries] == [dict(item) for item in some]


@given(st.lists(items(), max_size=3))
def test_what_is_written_is_valid_and_each_has_an_id_of_its_own(some: list[Item]) -> None:
    written = json.loads(write_csl_json(some))
    assert not any(check_item(item) for item in written)
    assert len({item["id"] for item in written}) == len(some)


def test_ids_are_name_and_year_and_stay_the_same() -> None:
    lih: Item = {
        **CRANES,
        "author": [{"family": "Lih", "given": "Lars T."}],
        "issued": {"date-parts": [[2011]]},
    }
    written = write_csl_json([lih, lih, {**CRANES, "id": 7}])
    assert [item["id"] for item in json.loads(written)] == ["lih2011", "lih2011a", "cranesnd"]
    assert written == write_csl_json([lih, lih, {**CRANES, "id": 7}])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('[{"type": "book", "title": "Cranes"},\n {"type": "book", "title": "Ropes"}]', [1, 2]),
        ('{"type": "book", "title": "Cranes"}\n\n{"type": "book", "title": "Ropes"}', [1, 3]),
        ('\ufeff{"type": "book",\r\n"title": "Cranes"},\r\n{"type": "book", "title": "Ropes"},', [1, 3]),
        ('[\r{"type": "book", "title": "Cranes"}\r,{"type": "book", "title": "Ropes"}\r]', [2, 3]),
        (
            '{"x": {"items": 1}, "items": [\n{"type": "book", "title": "Cranes"},\n{"type": "book", "title": "Ropes"}], "x": 1}',
            [2, 3],
        ),
        (
            '{"items": [{"type": "book", "title": "Cranes"}], "x": [{}]}\n\n{"type": "book", "title": "Ropes"}',
            [1, 3],
        ),
    ],
)
def test_a_list_an_object_with_items_or_objects_one_after_another(text: str, lines: list[int]) -> None:
    readout = read_csl_json(text)
    assert items_of(readout) == [CRANES, ROPES]
    assert [entry.line for entry in readout.entries] == lines
    assert not readout.faults


def test_one_object_is_one_entry_and_is_called_by_its_id() -> None:
    (entry,) = read_csl_json(json.dumps({"id": "marsh99", **CRANES})).entries
    assert (entry.name, entry.item) == ("marsh99", CRANES)
    (entry,) = read_csl_json(json.dumps({"id": 7, **CRANES})).entries
    assert entry.name == "7"


def test_numbers_stay_numbers_where_the_standard_has_them_and_are_texts_elsewhere() -> None:
    item = item_of(volume=12, number=1.5, version=2, PMID=12, issued={"date-parts": [[1999]]})
    assert (item["volume"], item["number"], item["version"], item["PMID"]) == (12, 1.5, "2", "12")
    assert not check_item(item)
    assert record_from_csl(item).volume == "12"


def test_what_the_standard_has_no_place_for_is_kept_in_custom() -> None:
    author = [{"family": "Marsh", "affiliation": [{"name": "Harbour office"}], "sequence": "first"}]
    item = item_of(
        score=1, subject=["sea"], author=author, custom={"own": 1}, issued={"date-parts": [[1999]], "x": 1}
    )
    assert item["author"] == [{"family": "Marsh"}]
    assert item["issued"] == {"date-parts": [[1999]]}
    assert item["custom"] == {
        "score": 1,
        "subject": ["sea"],
        "author": author,
        "issued": {"date-parts": [[1999]], "x": 1},
        "own": 1,
    }
    assert items_of(read_csl_json(write_csl_json([item]))) == [item]


def test_a_field_of_an_object_never_displaces_one_of_its_custom() -> None:
    assert item_of(score=1, custom={"score": 2})["custom"] == {"score": 2, "csl-json": {"score": 1}}


@pytest.mark.parametrize(
    ("fields", "item"),
    [
        ({"doi": "10.1000/182"}, {"DOI": "10.1000/182"}),
        ({"doi": "a", "DOI": "b"}, {"DOI": "b", "custom": {"doi": "a"}}),
        ({"ISSN": ["1234-5679", "2049-363X"]}, {"ISSN": "1234-5679 2049-363X"}),
        ({"publisher": ["Press", "House"]}, {"publisher": "Press, House"}),
        ({"subtitle": [], "note": None, "author": [], "custom": {}, "volume": ""}, {}),
        ({"author": "Lena Marsh"}, {"author": [{"literal": "Lena Marsh"}]}),
        ({"author": [{"name": "Harbour office"}]}, {"author": [{"literal": "Harbour office"}]}),
        ({"issued": "1999"}, {"issued": {"raw": "1999"}}),
        ({"issued": 1999}, {"issued": {"raw": "1999"}}),
        ({"issued": {"date-parts": [1999, 5]}}, {"issued": {"date-parts": [[1999, 5]]}}),
        ({"issued": {"date-parts": [[1999, None]]}}, {"issued": {"date-parts": [[1999]]}}),
        ({"issued": {"date-parts": [[None]]}}, {}),
    ],
)
def test_what_other_programs_write_is_understood(fields: Item, item: Item) -> None:
    read = item_of(**fields)
    read["custom"] = {key: held for key, held in read.get("custom", {}).items() if key != "author"}
    assert {key: held for key, held in read.items() if key not in ("type", "title") and held} == item


GOOD = '[\n{"id": "a", "type": "book", "title": "Cranes"},\n'
ALSO_GOOD = ',\n{"id": "c", "type": "book", "title": "Ropes"}\n]'


@pytest.mark.parametrize(
    ("broken", "name", "said"),
    [
        ('{"id": "b", "type": "book" "title": "x"}', "b", "is not JSON: look at line 3, column 28"),
        ('{"id": "b", "type": "book",\n "title": "x" "y": 1}', "b", "look at line 4, column 15"),
        ('{"id": "b", "type": "book", "title": "x}', "b", "is not JSON: look at line 3, column 38"),
        ('{"id": "b", "title": "x", "author": [{"family": "y"}}', "b", "is not JSON: look at line 3"),
        ('{"id": "b", "title": "x", "author": [{"family": "y"}]', "b", "breaks off in line 3"),
        ('{"id": "b", "type": "book", "title": "x\ty"}', "b", "another control character within a text"),
        ('{"id": "b", "type": "book"}', "b", "has no “title”: add one"),
        ('{"id": "b", "type": "book", "title": ""}', "b", "has no “title”"),
        ('{"id": "b", "title": "x"}', "b", "The field “type” is missing"),
        ('{"id": "b", "type": "bok", "title": "x"}', "b", "did you mean “book”?"),
        (
            '{"id": "b", "type": "book", "title": "x", "title": "y"}',
            "b",
            "has “title” twice, with two values",
        ),
        ('{"id": "b", "type": "book", "title": "x", "custom": {"k": 1, "k": 2}}', "b", "has “k” twice"),
        ('{"id": "b", "type": "book", "title": {"x": 1}}', "b", "The field “title” must be a text"),
        ('{"id": "b", "type": "book", "title": "x", "volume": NaN}', "b", "no number in JSON"),
        ('{"id": "b", "type": "book", "title": "x", "volume": 1e999}', "b", "no number in JSON"),
        ('{"id": "b", "type": "book", "title": "\\u0000"}', "b", "cannot be stored (a NUL"),
        ('{"id": "b", "type": "book", "title": "\\ud800"}', "b", "cannot be stored (a NUL"),
        (f'{{"id": "b", "type": "book", "title": "{"x" * 10_000}"}}', "b", "has 10000 characters in “title”"),
        (
            f'{{"id": "b", "type": "book", "title": "x", "custom": {"[" * 100_000}{"]" * 100_000}}}',
            "b",
            "too many brackets inside each other",
        ),
        (
            f'{{"id": "b", "type": "book", "title": "x", "custom": {{"y": {"[" * 50}{"]" * 50}}}}}',
            "b",
            "more than 20 lists or objects inside each other",
        ),
        ('{"type": "book"}', "entry 2", "has no “title”"),
        ('"10.1000/182"', "", "is no entry of CSL-JSON"),
        ("12", "", "is no entry of CSL-JSON"),
    ],
)
def test_a_broken_entry_is_named_and_the_good_ones_are_kept(broken: str, name: str, said: str) -> None:
    readout = read_csl_json(GOOD + broken + ALSO_GOOD)
    assert items_of(readout) == [CRANES, ROPES]
    (fault,) = readout.faults
    assert (fault.name, fault.line) == (name, 3)
    assert said in str(fault.error)


def test_the_same_field_twice_with_the_same_value_is_no_harm() -> None:
    assert items_of(read_csl_json('{"type": "book", "title": "Cranes", "title": "Cranes"}')) == [CRANES]


def test_a_bracket_too_many_costs_nothing() -> None:
    text = (GOOD + json.dumps({"id": "b", **CRANES, "volume": 2}) + ALSO_GOOD).replace("}", "}}", 1)
    assert len(read_csl_json(text).entries) == 3


def test_markup_and_marks_of_direction_are_kept_as_text_in_every_field() -> None:
    hostile = "</script><b>\u202eevil\u2066 '\"--"
    item: Item = {
        "type": "book",
        "title": hostile,
        **dict.fromkeys(sorted(TEXTS | NUMBERS), hostile),
        **{role: [{"family": hostile, "given": hostile}] for role in sorted(NAMES)},
        "custom": {hostile: hostile},
    }
    assert items_of(read_csl_json(write_csl_json([item]))) == [item]


def test_the_same_entry_five_hundred_times_is_read_once() -> None:
    readout = read_csl_json(json.dumps([CRANES] * 500 + [ROPES, {**ROPES, "id": "again"}]))
    assert items_of(readout) == [CRANES, ROPES]
    assert [str(fault.error) for fault in readout.faults] == [
        "“entry 1” in line 1 stands there 500 times: it was read once.",
        "“entry 501” in line 1 stands there 2 times: it was read once.",
    ]


def test_what_is_too_much_is_told() -> None:
    readout = read_csl_json(
        json.dumps([{**CRANES, "volume": number} for number in range(MOST_ENTRIES + 3)], indent=0)
    )
    assert len(readout.entries) == MOST_ENTRIES
    assert str(readout.faults[0].error).startswith(
        "Entries were left unread, 3 in all, from “entry 201” in line "
    )
    assert "The text has 1000001 characters" in str(read_csl_json(" " * (LONGEST_INPUT + 1)).faults[0].error)


@given(st.text(st.sampled_from('{}[]":,\\ \n\r\t\0\ud800é1-.eidtyp'), max_size=60))
def test_nothing_that_is_typed_raises(text: str) -> None:
    readout = read_csl_json(text)
    assert all(str(fault.error) for fault in readout.faults)
    assert not any(check_item(entry.item) for entry in readout.entries)


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "{",
        "}",
        '{"id":',
        '{"',
        '"\\"',
        '\\"',
        '{"a":1',
        ":{",
        ": ",
        '"\n',
        "\\",
        "{ ",
        "{\n",
        '{"type":"book","title":"a"}',
    ],
)
def test_a_megabyte_of_anything_takes_moments(unit: str) -> None:
    begun = perf_counter()
    readout = read_csl_json(unit * (950_000 // len(unit)))
    assert perf_counter() - begun < 15, "Reading must take time in proportion to the text."
    assert len(readout.entries) <= 1
