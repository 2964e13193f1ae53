"""A place in a work is a kind and a value, however people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.locator import LOCATORS, SHOWN, last_page, past_the_end, read_locator
from tests.core.bibliography.items import HOSTILE


def test_every_label_of_csl_is_known() -> None:
    labels = (
        "act appendix article-locator book canon chapter column elocation equation figure folio issue line note opus page"
        " paragraph part rule scene section sub-verbo supplement table timestamp title-locator verse version volume"
    )
    assert " ".join(sorted(LOCATORS)) == labels, (
        "A style sets no word before a label that CSL 1.0.2 does not have."
    )


@pytest.mark.parametrize(
    ("written", "locator"),
    [
        ("", ("", "")),
        ("page 111", ("page", "111")),
        ("pp. 184–185", ("page", "184–185")),
        ("p.12", ("page", "12")),
        ("p12", ("page", "12")),
        ("P. xii", ("page", "xii")),
        ("111", ("page", "111")),
        ("xii", ("page", "xii")),
        ("Chapter 4", ("chapter", "4")),
        ("ch. 4", ("chapter", "4")),
        ("lines 3-9", ("line", "3-9")),
        ("ll. 3-9", ("line", "3-9")),
        ("§ 12", ("section", "12")),
        ("§12", ("section", "12")),
        ("§§ 12–14", ("section", "12–14")),
        ("§§12–14", ("section", "12–14")),
        ("¶ 3", ("paragraph", "3")),
        ("¶3", ("paragraph", "3")),
        ("para. 3", ("paragraph", "3")),
        ("vol. 2", ("volume", "2")),
        ("fol. 12r", ("folio", "12r")),
        ("n. 3", ("note", "3")),
        ("fn. 3", ("note", "3")),
        ("art. 5", ("article-locator", "5")),
        ("Article V", ("article-locator", "V")),
        ("Appendix A", ("appendix", "A")),
        ("no. 5", ("issue", "5")),
        ("bk. II", ("book", "II")),
        ("loc. 123", ("elocation", "123")),
        ("s.v. crane", ("sub-verbo", "crane")),
        ("sub verbo crane", ("sub-verbo", "crane")),
        ("00:12:30", ("timestamp", "00:12:30")),
        ("1:02:03–1:02:30", ("timestamp", "1:02:03–1:02:30")),
        ("at 12:30", ("timestamp", "12:30")),
        ("3:16", ("page", "3:16")),
        ("12:99:99", ("page", "12:99:99")),
        ("v. infra", ("page", "v. infra")),
        ("no page numbers", ("page", "no page numbers")),
        ("time will tell", ("page", "time will tell")),
        ("page", ("page", "page")),
        ("\u202epage\u202c \x007", ("page", "7")),
    ],
)
def test_a_locator_is_a_kind_and_a_value(written: str, locator: tuple[str, str]) -> None:
    assert read_locator(written) == locator


@given(st.sampled_from(LOCATORS), st.integers(1, 9999))
def test_every_kind_is_read_by_its_name_and_as_it_is_shown(label: str, value: int) -> None:
    assert read_locator(f"{label} {value}") == (label, str(value))
    assert read_locator(f"{SHOWN[label]} {value}") == (label, str(value))
    assert read_locator(f"{SHOWN[label].upper()}S {value}")[0] in (label, "page")


@given(st.sampled_from(HOSTILE) | st.text(max_size=40))
def test_whatever_is_written_is_a_place(written: str) -> None:
    label, value = read_locator(written)
    assert (label in LOCATORS and value) or (label, value) == ("", "")


@pytest.mark.parametrize(
    ("pages", "number", "last"),
    [
        ("433–460", None, 460),
        ("321-8", None, 328),
        ("12", "300", 300),
        ("", 300, 300),
        ("", "", None),
        ("xi–xx", None, None),
    ],
)
def test_a_work_says_where_it_ends(pages: str, number: object, last: int | None) -> None:
    assert last_page(pages, number) == last


@pytest.mark.parametrize(
    ("label", "value", "past"),
    [
        ("page", "461", True),
        ("page", "440–470", True),
        ("page", "440–460", False),
        ("page", "xii", False),
        ("chapter", "900", False),
        ("page", "12a", False),
    ],
)
def test_a_page_past_the_end_is_told(label: str, value: str, past: bool) -> None:
    assert past_the_end(label, value, 460) is past
    assert past_the_end(label, value, None) is False, "Where nobody knows the end, nothing is past it."
