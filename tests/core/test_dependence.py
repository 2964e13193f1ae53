"""Where what is cited rests on few works or one site, it is said; where it does not, nothing is."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.dependence import LEAST, Dependence, Rests, dependence, site_of

Cite = tuple[int, str, str]

CITES = st.lists(
    st.tuples(
        st.integers(0, 14), st.sampled_from("abcdef"), st.sampled_from(["", "example.org", "example.net"])
    ),
    max_size=60,
)


def each(*works: str) -> list[Cite]:
    """Return one point a work named, without a site; “ab” is a point that cites both."""
    return [(number, work, "") for number, found in enumerate(works) for work in found]


def test_nine_of_fourteen_points_rest_on_one_book() -> None:
    found = dependence(each(*"aaaaaaaaa", *"bcdef"))
    assert found == Dependence(Rests.WORK, 9, 14, works=("a",))


def test_of_few_points_nothing_is_said() -> None:
    assert dependence(each(*"aaaa")) is None, "Four points that cite the same book are too few to speak of."
    assert dependence(each(*"aaaaa")) == Dependence(Rests.WORK, 5, 5, works=("a",))


@pytest.mark.parametrize(("works", "said"), [("aaabbc", True), ("aabbccd", False)])
def test_the_share_is_reached_exactly(works: str, said: bool) -> None:
    found = dependence(each(*works))
    assert (found is not None) == said, f"{works}: {found}"


def test_who_cites_another_work_as_well_does_not_rest_on_the_first() -> None:
    assert dependence(each("ab", "ac", "ad", "ae", "af", "a")) is None, (
        "Each of these but the last would stand without the work that all cite."
    )


def test_a_point_that_cites_one_work_ten_times_is_one_point() -> None:
    ten = [(0, "a", "")] * 10
    assert dependence([*ten, *((number, work, "") for number, work in enumerate("bcdef", 1))]) is None, (
        "Counted are arguments, not citations."
    )


def test_one_site_carries_many_works() -> None:
    cites = [(number, f"work {number}", "example.org") for number in range(4)]
    cites += [(9, "a book", ""), (10, "another", "example.net")]
    assert dependence(cites) == Dependence(Rests.SITE, 4, 6, site="example.org")


def test_works_without_a_site_share_none() -> None:
    assert dependence(each(*"abcdef")) is None, "Six books are not one web site with an empty name."


def test_two_works_carry_two_thirds() -> None:
    assert dependence(each("a", "a", "b", "ab", "c", "d")) == Dependence(
        Rests.WORKS, 4, 6, works=("a", "b")
    ), "What cites both of the two rests on the two."
    assert dependence(each("a", "a", "b", "ac", "c", "d", "e")) is None


def test_what_is_said_first_is_the_narrower() -> None:
    cites = [(number, "a", "example.org") for number in range(5)]
    found = dependence(cites)
    assert found is not None
    assert found.rests == Rests.WORK, "Who reads that it is one work knows that it is one site."


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://www.example.org/a", "example.org"),
        ("http://EXAMPLE.org:8080/b?c", "example.org"),
        ("https://sub.example.org/", "sub.example.org"),
        ("https://doi.org/10.1000/182", ""),
        ("https://web.archive.org/web/20200101/https://www.example.org/a", "example.org"),
        ("https://web.archive.org/", ""),
        ("javascript:alert(1)", ""),
        ("https://[broken/", ""),
        ("", ""),
    ],
)
def test_the_site_of_an_address(address: str, site: str) -> None:
    assert site_of(address) == site


def rest_on(cites: Iterable[Cite], works: set[str]) -> set[int]:
    """Return the points that cite nothing but some works, counted in the plainest way."""
    cites = list(cites)
    return {point for point, _work, _site in cites if {w for p, w, _s in cites if p == point} <= works}


@given(CITES)
def test_what_is_said_is_so(cites: list[Cite]) -> None:
    found = dependence(cites)
    points = {point for point, _work, _site in cites}
    if found is None:
        return
    assert found.cited == len(points) >= LEAST
    if found.rests == Rests.SITE:
        there = {point for point in points if {s for p, _w, s in cites if p == point} == {found.site}}
        assert found.site
        assert found.count == len(there)
        assert 2 * found.count >= found.cited
    else:
        assert found.count == len(rest_on(cites, set(found.works)))
        assert (
            found.count * 2 >= found.cited
            if found.rests == Rests.WORK
            else found.count * 3 >= found.cited * 2
        )


@given(CITES)
def test_what_could_be_said_is(cites: list[Cite]) -> None:
    if dependence(cites) is not None:
        return
    points, works = {point for point, _w, _s in cites}, sorted({work for _p, work, _s in cites})
    if len(points) < LEAST:
        return
    for number, one in enumerate(works):
        assert 2 * len(rest_on(cites, {one})) < len(points)
        for other in works[number + 1 :]:
            assert 3 * len(rest_on(cites, {one, other})) < 2 * len(points), (
                f"Two thirds rest on {one} and {other}, and nothing was said."
            )


@given(CITES, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(cites: list[Cite], random: object) -> None:
    again = [*cites, *cites]
    random.shuffle(again)  # type: ignore[attr-defined]  # hypothesis's own Random
    first, second = dependence(cites), dependence(again)
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert (first.rests, first.count, first.cited) == (second.rests, second.count, second.cited)


@given(CITES)
def test_merged_works_count_once(cites: list[Cite]) -> None:
    """A merge moves the citations to one record; what is then said is as if the work had been one from the first."""
    parted = [(point, f"{work}{point % 2}", site) for point, work, site in cites]
    merged = [(point, work[0], site) for point, work, site in parted]
    first, second = dependence(merged), dependence(cites)
    assert (first and (first.rests, first.count)) == (second and (second.rests, second.count))
