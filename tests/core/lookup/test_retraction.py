"""Notices of retraction are read from a file of any size, and a bad line costs only itself."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.lookup.retraction import Retraction, RetractionError, read_retractions

COLUMNS = [
    "Record ID", "Title", "Subject", "Institution", "Journal", "Publisher", "Country", "Author", "URLS", "ArticleType",
    "RetractionDate", "RetractionDOI", "RetractionPubMedID", "OriginalPaperDate", "OriginalPaperDOI",
    "OriginalPaperPubMedID", "RetractionNature", "Reason", "Paywalled", "Notes",
]  # fmt: skip


def row(
    paper: str = "10.5555/cranes",
    notice: str = "10.5555/notice",
    day: str = "1/31/2024 0:00",
    nature: str = "Retraction",
    **more: str,
) -> list[str]:
    """Return a line of the data, plainly invented."""
    known = {
        "Record ID": "1", "Title": "Cranes of the harbour", "Author": "Lena Marsh;Tom Reed", "Country": "Quay",
        "RetractionDate": day, "RetractionDOI": notice, "OriginalPaperDOI": paper, "RetractionNature": nature,
        "Reason": "+Error in Data;+Error in Analyses;", "Paywalled": "No", **more,
    }  # fmt: skip
    return [known.get(column, "") for column in COLUMNS]


def as_csv(*rows: list[str]) -> str:
    """Return a file of Retraction Watch's as Crossref gives it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *rows])
    return out.getvalue()


def read(data: str | bytes) -> tuple[list[Retraction], list[RetractionError]]:
    """Read a file, and what was left out of it."""
    skipped: list[RetractionError] = []
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return list(read_retractions(file, skipped.append)), skipped


NOTICED = Retraction("10.5555/cranes", "10.5555/notice", "Retraction", date(2024, 1, 31))


def test_a_line_is_a_notice() -> None:
    assert read(as_csv(row())) == ([NOTICED], [])


def test_two_columns_are_enough_in_any_order() -> None:
    data = "RetractionDOI,x,OriginalPaperDOI\r\n10.5555/notice,,https://doi.org/10.5555/CRANES\r\n"
    assert read(data) == ([Retraction("10.5555/cranes", "10.5555/notice")], [])


@pytest.mark.parametrize("nature", ["Retraction", "Correction", "Expression of concern", "Reinstatement"])
def test_the_nature_is_kept_since_not_every_notice_retracts(nature: str) -> None:
    assert read(as_csv(row(nature=f" {nature} ")))[0][0].nature == nature


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1/31/2024 0:00", date(2024, 1, 31)),
        ("12/1/2023", date(2023, 12, 1)),
        ("1/31/2024 12:00:00 AM", date(2024, 1, 31)),
        ("2024-01-31", date(2024, 1, 31)),
        ("2024-01-31T00:00:00Z", date(2024, 1, 31)),
        ("31/1/2024", None),
        ("", None),
        ("soon", None),
    ],
)
def test_a_day_is_read_with_the_month_first(written: str, day: date | None) -> None:
    assert read(as_csv(row(day=written)))[0][0].date == day


@pytest.mark.parametrize("none", ["", "unavailable", "Unavailable", " N/A "])
def test_a_paper_without_a_doi_is_no_use_and_no_fault(none: str) -> None:
    assert read(as_csv(row(paper=none), row())) == ([NOTICED], [])
    found, skipped = read(as_csv(row(notice=none)))
    assert ([one.notice_doi for one in found], skipped) == ([""], [])


@pytest.mark.parametrize(
    "bad",
    [
        ",".join(row(paper="not a DOI")),
        ",".join(row(notice="http://quay.example/notice")),
        "only,three,fields",
        ",".join([*row(), "one more"]),
        'a quotation mark that nobody closes: ",' + ",".join(row()),
        '"' + "x" * 200_000 + '"' + "," * 19,
        "x" * 3_000_000,
        "\x00\x01\x02",
    ],
)
def test_a_bad_line_is_named_and_the_others_are_kept(bad: str) -> None:
    lines = as_csv(*(row(paper=f"10.5555/{number}") for number in range(30))).splitlines()
    lines.insert(4, bad)
    found, skipped = read("\n".join(lines))
    assert [one.doi for one in found] == [f"10.5555/{number}" for number in range(30)], (
        "One bad line costs itself."
    )
    assert [error.line for error in skipped] == [5]
    assert "ine 5" in str(skipped[0])


def test_a_field_may_go_on_for_lines() -> None:
    long = row(Title='Cranes\nof the "harbour",\n\nagain', Notes="x\ny")
    found, skipped = read(as_csv(long, row(paper="bad"), row()))
    assert found == [NOTICED, NOTICED]
    assert [error.line for error in skipped] == [7]


def test_lines_in_either_encoding_stand_in_one_file() -> None:
    lines = as_csv(row(Title="Öl", nature="Rücknahme"), row(Title="Öl", nature="Rücknahme")).splitlines(
        keepends=True
    )
    data = b"\xef\xbb\xbf" + lines[0].encode() + lines[1].encode("latin-1") + lines[2].encode()
    assert [one.nature for one in read(data)[0]] == ["Rücknahme", "Rücknahme"]


def test_a_file_of_any_size_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "retraction_watch.csv"
    path.write_text(as_csv(*[row(Notes="x" * 1000)] * 3_000))
    assert path.stat().st_size > 3_000_000
    skipped: list[RetractionError] = []
    tracemalloc.start()
    try:
        with path.open("rb") as file:
            count = sum(1 for _ in read_retractions(file, skipped.append))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (count, skipped) == (3_000, [])
    assert most < 500_000, "The published file has tens of megabytes; only a line of it may be in memory."


@pytest.mark.parametrize(
    "data",
    [
        "",
        "\n\n",
        "a,b,c\n1,2,3\n",
        "<html><title>Sign in</title>",
        "{",
        "[{]",
        '{"a": 1}}\n{',
        "x" * 2_000_000,
        '"' + "x" * 300_000,
    ],
)
def test_a_file_of_something_else_is_refused_in_a_sentence(data: str) -> None:
    with pytest.raises(RetractionError) as refused:
        read(data)
    assert refused.value.line == 1
    assert str(refused.value).endswith((".", "?"))


PAPER = {
    "DOI": "10.1016/S0140-6736(97)11096-0",
    "updated-by": [
        {
            "DOI": "10.1016/s0140-6736(04)15715-2",
            "type": "correction",
            "updated": {"date-parts": [[2004, 3, 6]]},
        },
        {
            "DOI": "10.1016/s0140-6736(10)60175-4",
            "type": "retraction",
            "updated": {"date-parts": [[2010, 2, 6]]},
        },
    ],
}
NOTICE = {
    "DOI": "10.5555/notice",
    "update-to": [
        {"DOI": "10.5555/CRANES", "type": "expression_of_concern", "label": "x", "updated": {"date-parts": [[2024, 1]]}},
        {"DOI": "10.5555/ropes", "type": "withdrawal", "source": "retraction-watch", "updated": {"date-parts": [[2024, 1, 31]]}},
    ],
}  # fmt: skip
IN_JSON = [
    Retraction(
        "10.1016/s0140-6736(97)11096-0", "10.1016/s0140-6736(04)15715-2", "Correction", date(2004, 3, 6)
    ),
    Retraction(
        "10.1016/s0140-6736(97)11096-0", "10.1016/s0140-6736(10)60175-4", "Retraction", date(2010, 2, 6)
    ),
    Retraction("10.5555/cranes", "10.5555/notice", "Expression of concern"),
    Retraction("10.5555/ropes", "10.5555/notice", "Withdrawal", date(2024, 1, 31)),
]


@pytest.mark.parametrize(
    "data",
    [
        json.dumps([PAPER, NOTICE]),
        json.dumps({"status": "ok", "message": {"items": [PAPER, NOTICE]}}, indent=2),
        "\n".join(json.dumps(work) for work in (PAPER, NOTICE)),
        "\n".join(json.dumps({"status": "ok", "message": work}) for work in (PAPER, NOTICE)) + "\n\n",
        "\ufeff" + json.dumps([PAPER, {"DOI": "10.5555/other"}, NOTICE], indent=1),
        json.dumps({"items": [PAPER, {"title": "x" * 2_000_000}, NOTICE]}),
    ],
)
def test_crossrefs_json_says_the_same_from_both_sides(data: str) -> None:
    assert read(data) == (IN_JSON, [])


def test_a_bad_line_of_json_is_named_and_the_others_are_kept() -> None:
    bad = [
        '{"DOI": "10.5555/x", "update-to": [{"DOI": "none of these"}]}',
        "{broken",
        '{"update-to": [{}, 7]}',
        "[" * 9000,
    ]
    found, skipped = read("\n".join([json.dumps(PAPER), *bad, json.dumps(NOTICE)]))
    assert found == IN_JSON
    assert [error.line for error in skipped] == [2, 3, 4, 4, 5]


@given(
    st.lists(
        st.sampled_from([",", '"', "\n", "10.5555/a", "x", "\x00", "é", "{", "[", "unavailable"]), max_size=40
    ).map("".join)
)
def test_any_lines_are_notices_or_named(rest: str) -> None:
    found, skipped = read("OriginalPaperDOI,RetractionDOI\n" + rest)
    assert all(one.doi.startswith("10.") for one in found)
    assert [error.line for error in skipped] == sorted(error.line for error in skipped)


@given(
    st.lists(
        st.tuples(st.sampled_from(["10.5555/a", "10.5555/b(c)d"]), st.text('ab"\n, é', max_size=12)),
        max_size=8,
    )
)
def test_what_was_written_as_csv_is_read(notices: list[tuple[str, str]]) -> None:
    found, skipped = read(as_csv(*(row(paper=paper, Title=title) for paper, title in notices)))
    assert ([one.doi for one in found], skipped) == ([paper for paper, _ in notices], [])
