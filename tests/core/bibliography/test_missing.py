"""A record says what a complete reference would still want, and nothing when it has it."""

from dataclasses import replace

import pytest
from hypothesis import given

from debates.bibliography.csl import FIELDS
from debates.bibliography.missing import WANTED, missing
from debates.bibliography.names import Name
from debates.bibliography.record import TYPES, Record, record_from_csl
from tests.core.bibliography.items import items

MARSH = (Name("Marsh", "Lena"),)

COMPLETE = [
    Record("book", "Cranes", MARSH, (1999,), publisher="Quay Press"),
    Record("book", "Cranes", editors=MARSH, issued=(1999,), publisher="Quay Press"),
    Record("article-journal", "Cranes", MARSH, (1999,), container="Quay Review", volume="7", pages="1–9"),
    Record(
        "article-journal", "Cranes", MARSH, (1999,), container="Quay Review", doi="10.1000/182", number="e7"
    ),
    Record("article-newspaper", "Cranes fall", issued=(1999, 5, 1), container="The Quay Times"),
    Record(
        "chapter",
        "Cranes at night",
        MARSH,
        (1999,),
        container="Cranes",
        editors=(Name("Reed"),),
        publisher="Quay Press",
        pages="1–9",
    ),
    Record("webpage", "Cranes", MARSH, url="https://example.org/a", accessed=(2020, 1, 31)),
    Record("webpage", "Cranes", MARSH, url="https://example.org/a", archived_url="https://a.example/x"),
    Record("thesis", "Cranes", MARSH, (1999,), publisher="University of the Quay"),
    Record("report", "Cranes", (), (1999,), publisher="Town council"),
    Record("motion_picture", "Cranes", (), (1957,), extra={"director": [{"family": "Reed"}]}),
    Record(
        "book",
        "Cranes",
        MARSH,
        (),
        publisher="Quay Press",
        extra={"issued": {"literal": "in the flood year"}},
    ),
    Record("figure", "Cranes", MARSH, (1999,)),
]


@pytest.mark.parametrize("record", COMPLETE, ids=lambda record: record.type)
def test_a_complete_record_wants_nothing(record: Record) -> None:
    assert missing(record) == []


@pytest.mark.parametrize(
    ("record", "wanted"),
    [
        (Record("book", ""), ["the title", "the author or editor", "the year", "the publisher"]),
        (
            Record("article-journal", "Cranes"),
            [
                "the author",
                "the year",
                "the journal",
                "the volume or the DOI",
                "the pages or the article’s number",
            ],
        ),
        (
            Record("chapter", "Cranes"),
            [
                "the author",
                "the year",
                "the book that it stands in",
                "the editor of the book",
                "the publisher",
                "the pages or the article’s number",
            ],
        ),
        (Record("article-newspaper", "Cranes", issued=(1999, 5)), ["the day", "the newspaper"]),
        (
            Record("webpage", "Cranes"),
            ["the author or the site", "the address", "the day on which it was read"],
        ),
        (Record("personal_communication", "Cranes"), ["the author", "the day", "to whom it was addressed"]),
        (Record("graphic", "Cranes"), ["the author or the body that published it", "the year"]),
    ],
)
def test_what_is_missing_is_named(record: Record, wanted: list[str]) -> None:
    assert missing(record) == wanted


def test_every_type_that_is_offered_has_its_own_wants() -> None:
    assert set(WANTED) <= set(FIELDS["types"]), "Wants of a type that CSL does not know are never asked."
    assert set(TYPES) - set(WANTED) <= {"document"}


@given(items())
def test_what_is_filled_in_is_no_longer_missing(item: dict[str, object]) -> None:
    record = record_from_csl(item)
    if "the publisher" in missing(record):
        assert "the publisher" not in missing(replace(record, publisher="Quay Press"))
    assert "the title" not in missing(replace(record, title="Cranes"))
