"""A key is a name and a year in plain letters, and no two of a list are alike."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.formats.references.keys import citation_keys

# One item of CSL-JSON. Any: JSON.
Item = dict[str, Any]


def by(family: str, year: int | None = 2011, fields: Item | None = None) -> Item:
    """Return a work by somebody."""
    issued = {"issued": {"date-parts": [[year]]}} if year else {}
    return {
        "type": "book",
        "title": "Cranes",
        "author": [{"family": family, "given": "Lena"}],
        **issued,
        **(fields or {}),
    }


@pytest.mark.parametrize(
    ("item", "key"),
    [
        (by("Lih"), "lih2011"),
        (by("Lih", None), "lihnd"),
        (by("Lih", -44), "lihnd"),
        (by("Müller-Großmann"), "mullergrossmann2011"),
        (by("Øster Łódź"), "osterlodz2011"),
        (by("Ленин", fields={"editor": [{"family": "Lih"}]}), "lih2011"),
        (by("Ленин"), "cranes2011"),
        ({"title": "О чём"}, "worknd"),
        ({"title": "On the cranes"}, "cranesnd"),
        ({"author": [{"literal": "World Health Organization of everybody"}]}, "worldhealthorganizationond"),
        ({"author": [{"given": "Lena"}]}, "lenand"),
        (by("Lih", fields={"citation-key": "Lih:2011"}), "Lih:2011"),
        (by("Lih", fields={"citation-key": "no key"}), "lih2011"),
        ({}, "worknd"),
    ],
)
def test_a_key_is_a_name_and_a_year(item: Item, key: str) -> None:
    assert citation_keys([item]) == [key]


def test_further_works_of_a_year_get_letters() -> None:
    keys = citation_keys([by("Lih")] * 30)
    assert keys[:3] == ["lih2011", "lih2011a", "lih2011b"]
    assert keys[26:29] == ["lih2011z", "lih2011aa", "lih2011ab"]


def test_keys_that_differ_in_letter_case_only_are_the_same_to_some_programs() -> None:
    keys = citation_keys(
        [by("x", fields={"citation-key": "LIH2011"}), by("Lih"), by("x", fields={"citation-key": "lih2011"})]
    )
    assert keys == ["LIH2011", "lih2011a", "x2011"]


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "title": st.text(max_size=8),
                "author": st.lists(
                    st.dictionaries(st.sampled_from(["family", "literal"]), st.text(max_size=4))
                ),
                "citation-key": st.sampled_from(["worknd", "workNDa", "a", "A"]) | st.text(max_size=3),
                "issued": st.sampled_from([{"date-parts": [[1999]]}, {"literal": "1999"}, {}]),
            },
        ),
        max_size=20,
    )
)
def test_no_two_are_alike_and_all_are_plain(some: list[Item]) -> None:
    keys = citation_keys(some)
    assert len({key.lower() for key in keys}) == len(some)
    assert all(key.isascii() and key and " " not in key for key in keys)
    assert citation_keys(some) == keys
