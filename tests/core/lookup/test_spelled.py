"""Names and dates are read as pages write them, and what is neither gives none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.csl import check_item
from debates.lookup.spelled import day_of, people_of, person_of

MARSH = {"family": "Marsh", "given": "Lena"}
REED = {"family": "Reed", "given": "Tom"}
LEE = {"given": "Ada", "non-dropping-particle": "van der", "family": "Lee"}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020-05-03", (2020, 5, 3)),
        ("2020-05-03T23:59:59+02:00", (2020, 5, 3)),
        ("2020/5/3", (2020, 5, 3)),
        ("2020.05.03", (2020, 5, 3)),
        ("20200503", (2020, 5, 3)),
        ("2020-05", (2020, 5)),
        ("2020", (2020,)),
        ("May 3, 2020", (2020, 5, 3)),
        ("Published: Sept. 3rd, 2020 at 10 am", (2020, 9, 3)),
        ("3 May 2020", (2020, 5, 3)),
        ("May 2020", (2020, 5)),
        ("2020-13-40", (2020,)),
        ("2020-02-30", (2020, 2)),
        ("03/05/2020", ()),
        ("yesterday", ()),
        ("0000-00-00", ()),
        ("", ()),
        (None, ()),
        (2020, ()),
    ],
)
def test_a_day_is_read_as_pages_write_it(written: object, day: tuple[int, ...]) -> None:
    assert day_of(written) == day


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Lena Marsh", [MARSH]),
        ("Marsh, Lena", [MARSH]),
        ("BY LENA MARSH", [{"given": "LENA", "family": "MARSH"}]),
        ("Written by Lena Marsh & Tom Reed", [MARSH, REED]),
        ("Lena Marsh; Tom Reed", [MARSH, REED]),
        ("Marsh, Lena; Reed, Tom", [MARSH, REED]),
        ("Lena Marsh, Reuters", [MARSH, {"literal": "Reuters"}]),
        ("Lena Marsh, CNN", [MARSH, {"literal": "CNN"}]),
        ("MARSH, LENA", [{"family": "MARSH", "given": "LENA"}]),
        ("Marsh, L.", [{"family": "Marsh", "given": "L."}]),
        ("van der Lee, Ada", [LEE]),
        ("Lena Marsh, Tom Reed and Ada van der Lee", [MARSH, REED, LEE]),
        ("Marsh, Lena, Jr.", [MARSH | {"suffix": "Jr."}]),
        ("Tom Reed III", [REED | {"suffix": "III"}]),
        ("Harbour News Staff", [{"literal": "Harbour News Staff"}]),
        ("Reuters", [{"literal": "Reuters"}]),
        ("Frank Press, Lena Marsh", [{"literal": "Frank Press"}, MARSH]),
        ("Press, Frank", [{"family": "Press", "given": "Frank"}]),
        ("https://social.example/marsh", []),
        ("@marsh", []),
        ("lena@harbour.example", []),
        ("admin", []),
        ("By", []),
        ("  ", []),
        ("x" * 300, []),
        ("Lena Marsh and Lena Marsh", [MARSH]),
    ],
)  # fmt: skip
def test_names_are_read_as_pages_write_them(written: str, names: list[dict[str, str]]) -> None:
    assert people_of(written) == names


@given(st.text(max_size=50))
def test_any_text_gives_names_of_csls_shape(written: str) -> None:
    names = [*people_of(written), person_of(written) or {"literal": "x"}]
    assert check_item({"type": "book", "author": names}) == []
    assert all(all(name.values()) for name in names)
