"""The table of docs/asvs.md names tests that there are, and none of its rows claims more than it names."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs/asvs.md").read_text()
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+[^|]*) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$", TABLE, re.MULTILINE)
SAYS_WHERE = r"`[^`]*test_|`…|the same|below|as \d|[a-z] (list|remembered)"
"""How a row that is met leads on: to a test by its name, to another row or a part of this page, or says what holds."""
WRITTEN_DOWN = {"7.1.1", "7.1.2", "7.1.3"}
"""Rows that ask for something to be written down, which the row itself does."""


def all_tests() -> set[str]:
    """Return the names of all tests."""
    return {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(), re.MULTILINE)
    }


def test_every_test_that_is_named_is_there() -> None:
    there, gone = all_tests(), []
    for written in re.findall(r"`([^`]+)`", TABLE):
        if written.startswith("test_") and written.endswith(".py"):
            found = bool(list((ROOT / "tests").rglob(written)))
        elif written.startswith("test_"):
            start = written.rstrip("…")
            found = any(name == written or (written != start and name.startswith(start)) for name in there)
        elif written.startswith("…_"):
            found = any(name.endswith(written.removeprefix("…")) for name in there)
        else:
            continue
        if not found:
            gone.append(written)
    assert len(ROWS) > 60, "The table is not read."
    assert not gone, f"docs/asvs.md names tests that are not there: {gone}"


def test_no_row_is_met_without_saying_where() -> None:
    bare = [
        row
        for row, _asked, state, where in ROWS
        if state.strip() == "met" and row not in WRITTEN_DOWN and not re.search(SAYS_WHERE, where)
    ]
    assert not bare, f"Say by which test these are met: {bare}"
    states = {state.strip() for _row, _asked, state, _where in ROWS}
    assert states <= {"met", "partly", "not met", "by build", "does not apply", "met for 6.3.8"}, states


def test_no_row_stands_twice_and_none_of_level_2_is_left_out() -> None:
    numbers = [row for row, *_more in ROWS]
    assert len(numbers) == len(set(numbers))
    spelled = " ".join(numbers)
    for section, last in (
        ("6.2", 12),
        ("6.3", 4),
        ("6.4", 4),
        ("6.5", 5),
        ("6.8", 4),
        ("7.2", 4),
        ("7.4", 5),
    ):
        for number in range(1, last + 1):
            assert f"{section}.{number}" in spelled, f"Row {section}.{number} is missing."
