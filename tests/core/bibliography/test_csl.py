"""What CSL-JSON allows is taken in and given back whole; what it does not allow is named in a sentence."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.csl import DEEPEST, check_item
from debates.bibliography.identifiers import RecordError
from debates.bibliography.names import Name
from debates.bibliography.record import Record, record_from_csl
from debates.bibliography.shapes import DATES, NAMES, PLAIN
from tests.core.bibliography.items import HOSTILE, JSON, filled, items

A_TOWER: Any = 7  # Any: a list in a list in a list, 5,000 deep
for _ in range(5_000):
    A_TOWER = [A_TOWER]


@given(items())
def test_every_valid_item_comes_back_as_it_came(item: dict[str, Any]) -> None:
    assert check_item(item) == []
    expected = filled({key: value for key, value in item.items() if key != "id"})
    assert filled(record_from_csl(item).as_csl()) == expected, (
        "What somebody brings along is theirs to take away: no field may be lost or changed."
    )


@given(items())
def test_what_is_given_back_is_valid_and_reads_the_same(item: dict[str, Any]) -> None:
    record = record_from_csl(item)
    written = json.loads(json.dumps(record.as_csl()))
    assert check_item(written) == []
    assert record_from_csl(written).as_csl() == written
    assert record_from_csl(written) == record


@given(items())
def test_any_item_can_be_shown(item: dict[str, Any]) -> None:
    record = record_from_csl(item)
    assert all(isinstance(text, str) for text in (record.short(), record.publication(), record.date()))
    assert len(record.short()) < 1_000 + len(record.date())


@given(
    st.dictionaries(st.sampled_from(["type", "title", "custom", *PLAIN, *NAMES, *DATES]), JSON, max_size=5)
)
def test_what_has_not_the_shape_is_read_or_refused_but_never_falls_over(item: dict[str, Any]) -> None:
    record, refusal = _read(item)
    if refusal is None:
        assert isinstance(record.as_csl(), dict)
    else:
        assert refusal.template % refusal.values == str(refusal), "A translation is put together like it."
        assert str(refusal).endswith("."), "A refusal is a sentence."
    check_item(item)


def _read(item: dict[str, Any]) -> tuple[Record, RecordError | None]:
    """Return the record of an item, or an empty one with the refusal. Any: JSON."""
    try:
        return record_from_csl(item), None
    except RecordError as refusal:
        return Record("", ""), refusal


@pytest.mark.parametrize(
    "value", [None, {}, [], 7, True, [None], [[None]], [["x"]], {"a": {"b": [None]}}, A_TOWER]
)
@pytest.mark.parametrize(
    "key", ["type", "title", "custom", "volume", "author", "editor", "issued", "URL", "genre"]
)
def test_nulls_and_wrong_types_are_empty_or_refused(key: str, value: Any) -> None:
    record, refusal = _read({"type": "book", "title": "Cranes of the harbour", key: value})
    if refusal is None:
        assert set(record.as_csl()) >= {"type", "title"}
    else:
        assert f"“{key}”" in str(refusal), "The sentence names the field."
        assert len(str(refusal)) < 300


@pytest.mark.parametrize(
    ("item", "field"),
    [
        ({"volume": True}, "volume"),
        ({"page": float("nan")}, "pages"),
        ({"title": ["Cranes"]}, "title"),
        ({"author": "Marsh"}, "authors"),
        ({"editor": [{"family": 7}]}, "editors"),
        ({"issued": 1917}, "issued"),
        ({"issued": {"date-parts": 1917}}, "issued"),
        ({"issued": {"date-parts": [[{"a": 1}]]}}, "issued"),
        ({"issued": {"literal": 1917}}, "issued"),
    ],
)
def test_a_refusal_bears_our_name_of_the_field(item: dict[str, Any], field: str) -> None:
    with pytest.raises(RecordError) as refusal:
        record_from_csl({"type": "book", "title": "Cranes", **item})
    assert refusal.value.field == field, "A form shows the sentence beside the field."


@pytest.mark.parametrize("item", [None, [], "book", 7, [{"type": "book"}]])
def test_what_is_no_object_is_no_item(item: Any) -> None:
    with pytest.raises(RecordError, match="An item of CSL-JSON is an object"):
        record_from_csl(item)
    assert [str(error) for error in check_item(item)] == [
        "An item of CSL-JSON is an object with “type” and “title”."
    ]


@pytest.mark.parametrize("text", [text for text in HOSTILE if text])
def test_hostile_text_is_kept_in_every_field(text: str) -> None:
    item: dict[str, Any] = {
        "type": "book",
        "title": text,
        "genre": text,
        "author": [{"family": text, "given": text}, {"literal": text}],
        "issued": {"literal": text},
        "custom": {"archived-url": text, "arxiv": text, "other": text},
        **dict.fromkeys(PLAIN, text),
    }
    assert record_from_csl(item).as_csl() == item


def test_the_fields_are_found_under_our_names() -> None:
    record = record_from_csl(
        {
            "type": "article-journal",
            "id": 7,
            "title": "Counting cranes",
            "author": [{"family": "Marsh", "given": "Lena", "non-dropping-particle": "van"}],
            "editor": [{"literal": "Quay Press"}],
            "translator": [{"family": "Reed", "given": "Tom", "suffix": "Jr."}],
            "issued": {"date-parts": [[1999, 5]]},
            "original-date": {"date-parts": [["1950"]]},
            "accessed": {"date-parts": [[2020, 1, 31]]},
            "number": 12,
            "PMID": "13054692",
            "custom": {
                "arxiv": "2101.01234",
                "archived-url": "https://example.org/a",
                "archived-date": "2020-01-31",
            },
        }
    )
    assert record == Record(
        type="article-journal",
        title="Counting cranes",
        authors=(Name("Marsh", "Lena", particle="van"),),
        editors=(Name(literal="Quay Press"),),
        translators=(Name("Reed", "Tom", suffix="Jr."),),
        issued=(1999, 5),
        original_date=(1950,),
        accessed=(2020, 1, 31),
        number="12",
        pmid="13054692",
        arxiv="2101.01234",
        archived_url="https://example.org/a",
        archived_on="2020-01-31",
        extra={"original-date": {"date-parts": [["1950"]]}, "number": 12},
    )


@pytest.mark.parametrize(
    ("item", "change", "key", "written"),
    [
        (
            {"issued": {"date-parts": [[1917], [1918]]}},
            {"issued": (1919,)},
            "issued",
            {"date-parts": [[1919]]},
        ),
        (
            {"issued": {"raw": "May 1968", "circa": True}},
            {"issued": (1969,)},
            "issued",
            {"date-parts": [[1969]]},
        ),
        ({"volume": 5}, {"volume": "6"}, "volume", "6"),
        ({"volume": 5}, {"volume": ""}, "volume", None),
        (
            {"author": [{"family": "Marsh", "parse-names": True}]},
            {"authors": (Name("Reed"),)},
            "author",
            [{"family": "Reed"}],
        ),
        (
            {"custom": {"arxiv": "2101.01234", "x": 1}},
            {"arxiv": "2101.01235"},
            "custom",
            {"arxiv": "2101.01235", "x": 1},
        ),
        ({"custom": {"arxiv": "2101.01234", "x": 1}}, {"arxiv": ""}, "custom", {"x": 1}),
    ],
)
def test_what_came_whole_gives_way_to_a_change(
    item: dict[str, Any], change: dict[str, Any], key: str, written: Any
) -> None:
    changed = replace(record_from_csl({"type": "book", "title": "Cranes", **item}), **change)
    assert changed.as_csl().get(key) == written, (
        "What a person mended must not be undone by what was imported."
    )


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ({}, "The field “type” is missing: say what kind of work it is, as in “book”."),
        ({"type": "boook"}, "“boook” is no type of work in CSL-JSON; did you mean “book”?"),
        ({"type": ["book"]}, "“” is no type of work in CSL-JSON; did you mean “document”?"),
        ({"type": "book", "titel": "x"}, "CSL-JSON has no field “titel”; did you mean “title”?"),
        (
            {"type": "book", "qqqqqq": 1},
            "CSL-JSON has no field “qqqqqq”; put it under “custom” or remove it.",
        ),
        ({"type": "book", "title": 7}, "The field “title” must be a text."),
        ({"type": "book", "volume": True}, "The field “volume” must be a text or a number."),
        (
            {"type": "book", "author": [{"family": "Marsh", "age": 7}]},
            "The field “author” must be a list of names, each with “family” and “given”, or “literal”.",
        ),
        (
            {"type": "book", "issued": [[1917]]},
            "The field “issued” must be a date, as in {“date-parts”: [[1917, 11, 7]]} or {“literal”: “about 1917”}.",
        ),
        (
            {"type": "book", "issued": {"date-parts": [[1917, 11, 7, 1]]}},
            "The field “issued” must be a date, as in {“date-parts”: [[1917, 11, 7]]} or {“literal”: “about 1917”}.",
        ),
        ({"type": "book", "categories": "a"}, "The field “categories” must be a list of texts."),
        ({"type": "book", "custom": []}, "The field “custom” must be an object of named values."),
        (
            {"type": "book", "custom": {"a": A_TOWER}},
            f"The field “custom” has more than {DEEPEST} lists or objects inside each other; make it flatter.",
        ),
        (
            {"type": "book", "volume": float("nan")},
            "The field “volume” holds nan, which is no number in JSON.",
        ),
        (
            {"type": "book", "custom": {"a\x00": 1}},
            "The field “custom” holds a character that cannot be stored (a NUL or half of a pair); remove it.",
        ),
        (
            {"type": "book", "title": "\ud800"},
            "The field “title” holds a character that cannot be stored (a NUL or half of a pair); remove it.",
        ),
    ],
)
def test_each_fault_is_a_sentence_that_names_the_field(item: dict[str, Any], sentence: str) -> None:
    (fault,) = check_item(item)
    assert str(fault) == sentence
    assert fault.template % fault.values == sentence


def test_every_faulty_field_is_named_once() -> None:
    item = {"type": "book", "title": 7, "author": [1, 2, 3], "issued": 1917, "x": 1, "DOI": "10.1000/182"}
    assert [fault.field for fault in check_item(item)] == ["author", "issued", "title", "x"]
