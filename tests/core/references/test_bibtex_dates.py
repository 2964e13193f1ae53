"""Dates of BibLaTeX and of BibTeX, and those of CSL-JSON."""

from __future__ import annotations

from typing import Any

import pytest

from debates.formats.references.bibtex_dates import read_date, read_year_and_month, write_date, write_year


def dated(*sides: list[int], **more: Any) -> dict[str, Any]:
    """Return a date of CSL-JSON. Any: JSON."""
    return {"date-parts": list(sides), **more}


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("1917", dated([1917])),
        ("1917-11", dated([1917, 11])),
        ("1917-11-07", dated([1917, 11, 7])),
        ("0800", dated([800])),
        ("1917-02/1917-11", dated([1917, 2], [1917, 11])),
        ("1953/..", dated([1953], [0])),
        ("../1953", dated([0], [1953])),
        ("1723~", dated([1723], circa=True)),
        ("1723~/1725~", dated([1723], [1725], circa=True)),
        ("2001-21", dated([2001], season=1)),
        ("2001-24~", dated([2001], season=4, circa=True)),
        ("0000", dated([-1])),
        ("-0043", dated([-44])),
        ("Y12000", dated([12000])),
    ],
)
def test_a_date_of_biblatex_is_read_and_written_back(written: str, date: dict[str, Any]) -> None:
    assert read_date(written) == date
    assert write_date(date) == written


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("1723?", dated([1723], circa=True)),
        ("1723%", dated([1723], circa=True)),
        ("199X", dated([1990], [1999])),
        ("18uu", dated([1800], [1899])),
        ("1999-XX", dated([1999])),
        ("1999-01-XX", dated([1999, 1])),
        ("2001-05-06T12:00:00Z", dated([2001, 5, 6])),
        ("1953/", dated([1953], [0])),
    ],
)
def test_other_ways_to_write_a_date_are_read_too(written: str, date: dict[str, Any]) -> None:
    assert read_date(written) == date


@pytest.mark.parametrize(
    "written", ["", "..", "/", "soon", "2011-13", "2011-02-31", "1/2/3", "١٩١٧", "1917 or so"]
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert read_date(written) is None


@pytest.mark.parametrize(
    ("year", "month", "day", "date"),
    [
        ("1917", "", "", dated([1917])),
        ("1917", "November", "", dated([1917, 11])),
        ("1917", "11", "7", dated([1917, 11, 7])),
        ("1917", "7 November", "", dated([1917, 11, 7])),
        ("1917", "Sept.", "", dated([1917, 9])),
        ("1917", "25. Oktober", "", dated([1917, 10, 25])),
        ("1917", "7. Dezember", "", dated([1917, 12, 7])),
        ("1917", "Jan/Feb", "", dated([1917, 1], [1917, 2])),
        ("1917", "12–15 July", "", dated([1917, 7, 12], [1917, 7, 15])),
        ("1917", "Fall", "", dated([1917], season=3)),
        ("1917", "Michaelmas", "", dated([1917])),
        ("1917", "13", "", dated([1917])),
        ("1917", "feb 31", "", dated([1917, 2])),
        ("1917–1918", "", "", dated([1917], [1918])),
        ("1917/18", "", "", dated([1917], [1918])),
        ("1917-11", "", "", dated([1917, 11])),
        ("c. 1500", "", "", dated([1500], circa=True)),
        ("[1500?]", "", "", dated([1500], circa=True)),
        ("44 BC", "", "", dated([-44])),
        ("in press", "jan", "", {"literal": "in press"}),
        ("[n. d.]", "", "", {"literal": "[n. d.]"}),
    ],
)
def test_a_year_and_a_month_in_words_are_read(year: str, month: str, day: str, date: dict[str, Any]) -> None:
    assert read_year_and_month(year, month, day) == date


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (dated([1917, 11, 7]), ("1917", "nov")),
        (dated([1917], [1918]), ("1917--1918", "")),
        (dated([1500], circa=True), ("c. 1500", "")),
        (dated([-44]), ("44 BC", "")),
        ({"literal": "in press"}, ("in press", "")),
        ({"date-parts": [["1917", "11"]]}, ("1917", "nov")),
        ({"date-parts": [["MMXX"]]}, ("", "")),
    ],
)
def test_bibtex_gets_a_year_that_its_styles_can_print(date: dict[str, Any], written: tuple[str, str]) -> None:
    assert write_year(date) == written
