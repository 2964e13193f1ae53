"""What people paste is recognised for what it is, and what is mistyped is refused in a sentence."""

from collections.abc import Callable
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.bibliography.identifiers import (
    Identifier,
    RecordError,
    isbn10,
    isbn13,
    read_address,
    read_arxiv,
    read_doi,
    read_identifier,
    read_isbn,
    read_pmid,
    same_arxiv,
)
from tests.core.bibliography.items import HOSTILE

READERS = [read_doi, read_isbn, read_pmid, read_arxiv, read_address]


@pytest.mark.parametrize(
    "written",
    [
        "10.1000/182",
        "doi:10.1000/182",
        "https://doi.org/10.1000/182",
        "http://dx.doi.org/10.1000/182.",
        "https://doi.org/10.1000%2F182?utm_source=feed#top",
        "doi.org/10.1000/182",
        " DOI 10.1000/182 ",
        "(see 10.1000/182).",
        "“10.1000/182”",
        "<https://doi.org/10.1000/182>",
        "10.1000/\u200b182\u202c",
        "https://publisher.example/doi/full/10.1000/182/full",
        "https://publisher.example/doi/pdf/10.1000/182.pdf?download=1",
    ],
)
def test_a_doi_is_found_in_what_is_pasted(written: str) -> None:
    assert read_doi(written) == "10.1000/182"


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("10.1000/ABC", "10.1000/abc"),
        ("10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",) * 2,
        ("10.1016/S0140-6736(97)11096-0",) * 2,
        ("10.1000.10/123",) * 2,
        ("10.1000/(182)",) * 2,
    ],
)
def test_a_doi_has_no_letter_case_and_keeps_its_brackets(written: str, doi: str) -> None:
    assert read_doi(written) == doi.lower(), "One work must not become two."


@pytest.mark.parametrize(
    "written", ["11.1000/182", "https://example.org/182", "10.1/2", "10.1000/.", "10.1000/", "١٠.١٠٠٠/١"]
)
def test_what_is_no_doi_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(RecordError, match=r"is not a DOI: one begins with 10\.") as refusal:
        read_doi(written)
    assert refusal.value.field == "doi"


def test_a_doi_without_end_is_refused_with_its_length() -> None:
    with pytest.raises(RecordError, match="The DOI has 10008 characters; one has at most 200"):
        read_doi("10.1000/" + "x" * 10_000)


@pytest.mark.parametrize(
    ("written", "isbn"),
    [
        ("0-306-40615-2", "0306406152"),
        ("ISBN 978-0-306-40615-7", "9780306406157"),
        ("ISBN-13: 978 0 306 40615 7", "9780306406157"),
        ("978–0–306–40615–7", "9780306406157"),
        ("080442957x", "080442957X"),
        ("", ""),
    ],
)
def test_an_isbn_is_read_however_it_is_set(written: str, isbn: str) -> None:
    assert read_isbn(written) == isbn


DIGITS_12 = st.integers(0, 10**9 - 1).map(lambda number: f"978{number:09d}") | st.integers(0, 10**9 - 1).map(
    lambda number: f"979{number:09d}"
)


def with_check(twelve: str) -> str:
    """Return an ISBN-13 with the check digit that the standard's own sum asks for: all digits, each second times three."""
    return next(
        f"{twelve}{last}"
        for last in range(10)
        if sum(int(one) * (1, 3)[at % 2] for at, one in enumerate(f"{twelve}{last}")) % 10 == 0
    )


def with_check_10(nine: str) -> str:
    """Return an ISBN-10 with its check digit: all digits, times ten to one, make a multiple of eleven."""
    return next(
        f"{nine}{last}"
        for last in "0123456789X"
        if sum((10 - at) * (10 if one == "X" else int(one)) for at, one in enumerate(f"{nine}{last}")) % 11
        == 0
    )


@given(DIGITS_12, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_in_an_isbn_of_13_is_always_found(twelve: str, place: int, by: int) -> None:
    good = with_check(twelve)
    assert read_isbn(good) == good
    changed = str((int(good[place]) + by) % 10)
    with pytest.raises(RecordError, match="is not an ISBN: "):
        read_isbn(good[:place] + changed + good[place + 1 :])


@given(st.integers(0, 10**9 - 1), st.integers(0, 9), st.integers(1, 10))
def test_one_wrong_digit_in_an_isbn_of_10_is_always_found(number: int, place: int, by: int) -> None:
    good = with_check_10(f"{number:09d}")
    assert read_isbn(good) == good
    digits = "0123456789X" if place == 9 else "0123456789"
    changed = digits[(digits.index(good[place]) + by) % len(digits)]
    if changed != good[place]:
        with pytest.raises(RecordError, match="its last digit does not fit"):
            read_isbn(good[:place] + changed + good[place + 1 :])


@given(st.integers(0, 10**9 - 1))
def test_both_lengths_of_an_isbn_name_the_same_book(number: int) -> None:
    ten = with_check_10(f"{number:09d}")
    assert isbn13(ten) == with_check(f"978{number:09d}")
    assert isbn10(isbn13(ten)) == ten
    assert (isbn13(isbn13(ten)), isbn10(ten)) == (isbn13(ten), ten)
    assert isbn10(with_check(f"979{number:09d}")) == "", (
        "No ISBN of ten digits stands for one that begins with 979."
    )


@pytest.mark.parametrize(
    "written", ["12345", "X306406152", "97803064061570", "٩٧٨٠٣٠٦٤٠٦١٥٧", "978-0-306-40615-7 (cloth)"]
)
def test_what_is_no_isbn_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(RecordError, match="is not an ISBN: one has 10 or 13 digits") as refusal:
        read_isbn(written)
    assert refusal.value.field == "isbn"


def test_a_bar_code_is_no_isbn() -> None:
    with pytest.raises(RecordError, match="begins with 978 or 979"):
        read_isbn(with_check("400638133393"))


@pytest.mark.parametrize(
    "written",
    [
        "13054692",
        "PMID: 13054692",
        "pmid13054692",
        "PubMed 13054692",
        "https://pubmed.ncbi.nlm.nih.gov/13054692/",
        "https://www.ncbi.nlm.nih.gov/pubmed/13054692",
    ],
)
def test_a_pubmed_number_is_found_in_what_is_pasted(written: str) -> None:
    # Watson and Crick, “Molecular structure of nucleic acids”, Nature, 1953.
    assert read_pmid(written) == "13054692"


@pytest.mark.parametrize(
    "written", ["PMC13054692", "013054692", "130546921", "https://example.org/13054692", "PMID:", "١٢٣"]
)
def test_what_is_no_pubmed_number_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(RecordError, match="is not a PubMed number: one has 1 to 8 digits") as refusal:
        read_pmid(written)
    assert refusal.value.field == "pmid"


@pytest.mark.parametrize(
    ("written", "arxiv"),
    [
        ("2101.01234", "2101.01234"),
        ("arXiv:2101.01234v2", "2101.01234v2"),
        ("ARXIV: 2101.01234V2 [cs.CL]", "2101.01234v2"),
        ("https://arxiv.org/abs/2101.01234", "2101.01234"),
        ("https://arxiv.org/pdf/2101.01234v2.pdf", "2101.01234v2"),
        ("http://export.arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://doi.org/10.48550/arXiv.2101.01234", "2101.01234"),
        ("10.48550/arxiv.2101.01234", "2101.01234"),
        ("0704.0001", "0704.0001"),
        ("hep-th/9901001v3", "hep-th/9901001v3"),
        ("math.gt/0309136", "math.GT/0309136"),
        ("", ""),
    ],
)
def test_an_arxiv_number_is_found_in_what_is_pasted(written: str, arxiv: str) -> None:
    assert read_arxiv(written) == arxiv


@pytest.mark.parametrize(
    "written",
    [
        "2113.01234",
        "2101.0123",
        "0704.00001",
        "0601.0001",
        "page/9901001",
        "hep-th/9913001",
        "arXiv:",
        "1917",
    ],
)
def test_what_is_no_arxiv_number_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(RecordError, match="is not an arXiv number: one is as in") as refusal:
        read_arxiv(written)
    assert refusal.value.field == "arxiv"


def test_versions_of_a_preprint_are_one_work() -> None:
    assert same_arxiv("2101.01234v2") == same_arxiv("2101.01234") == "2101.01234"
    assert same_arxiv("math.GT/0309136v1") == same_arxiv("math/0309136") == "math/0309136"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://example.org/a?b=c#d",) * 2,
        ("HTTP://Example.org",) * 2,
        (" <https://example.org/> ", "https://example.org/"),
        ("www.example.org", "https://www.example.org"),
        ("example.org:8080/a", "https://example.org:8080/a"),
        ("https://bücher.example/ö",) * 2,
        ("http://127.0.0.1:8000/a",) * 2,
        ("https://[2001:db8::1]/",) * 2,
        ("https://example.org/a_(b)_[c]|{d}",) * 2,
        ("https://exa\u200bmple.org/\u202ea", "https://example.org/a"),
        ("https://example.org/" + "x" * 1980,) * 2,
        ("", ""),
    ],
)
def test_an_address_is_kept_as_it_is_written(written: str, address: str) -> None:
    assert read_address(written) == address


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("javascript:alert(1)", "begins with https:// or http://"),
        ("ftp://example.org/a", "begins with https:// or http://"),
        ("//example.org/a", "begins with https:// or http://"),
        ("Cranes of the harbour", "begins with https:// or http://"),
        ("10.1000/182", "begins with https:// or http://"),
        ("data:text/html,</script>", "begins with https:// or http://"),
        ("https://example.org/a b", "there is a space"),
        ("https://example.org\\@elsewhere.example/", "a backslash"),
        ("https://example.org/</script>", "< >"),
        ("https://ada@example.org/", "has a user name before the @"),
        ("https://ada:secret@example.org/", "has a user name before the @"),
        ("https://", "no host such as example.org"),
        ("https:example.org", "no host such as example.org"),
        ("https:///a", "no host such as example.org"),
        ("https://[::1/", "no host such as example.org"),
        ("https://example.org:port/", "no host such as example.org"),
        ("https://example.org/" + "x" * 1981, "The address has 2001 characters; one has at most 2000."),
    ],
)
def test_what_is_no_address_is_refused_in_a_sentence(written: str, sentence: str) -> None:
    with pytest.raises(RecordError) as refusal:
        read_address(written)
    assert sentence in str(refusal.value)
    assert refusal.value.field == "url"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("10.1000/182", "doi", "10.1000/182"),
        ("doi: 10.1000/182", "doi", "10.1000/182"),
        ("https://doi.org/10.1000/182", "doi", "10.1000/182"),
        ("doi.org/10.1000/182", "doi", "10.1000/182"),
        ("978-0-306-40615-7", "isbn", "9780306406157"),
        ("ISBN 0306406152", "isbn", "0306406152"),
        ("PMID: 13054692", "pmid", "13054692"),
        ("https://pubmed.ncbi.nlm.nih.gov/13054692/", "pmid", "13054692"),
        ("arXiv:2101.01234v2", "arxiv", "2101.01234v2"),
        ("hep-th/9901001", "arxiv", "hep-th/9901001"),
        ("https://arxiv.org/abs/2101.01234", "arxiv", "2101.01234"),
        ("https://arxiv.org/list/cs.CL/recent", "address", "https://arxiv.org/list/cs.CL/recent"),
        (
            "https://pubmed.ncbi.nlm.nih.gov/?term=crane",
            "address",
            "https://pubmed.ncbi.nlm.nih.gov/?term=crane",
        ),
        (
            "https://publisher.example/doi/full/10.1000/182",
            "address",
            "https://publisher.example/doi/full/10.1000/182",
        ),
        ("<https://example.org/a>", "address", "https://example.org/a"),
        ("www.example.org", "address", "https://www.example.org"),
        ("example.org/cranes", "address", "https://example.org/cranes"),
    ],
)
def test_what_is_pasted_is_recognised(text: str, kind: str, value: str) -> None:
    assert read_identifier(text) == Identifier(kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1917",
        "13054692",
        "1914 – 1918",
        "Cranes of the harbour",
        "and/or",
        "Smith.John",
        "p.12/13",
        "ISBN 978-0-306-40615-8",
        "9780306406158",
        "doi:11.1000/182",
        "PMID: none",
        "arXiv:",
        "see 10.1000/182 and 10.1000/183",
        "@book{marsh1999, doi = {10.1000/182}}",
        "javascript:alert(1)",
        "https://ada:secret@example.org/",
        "https://example.org/" + "x" * 3_000,
    ],
)
def test_what_is_no_single_identifier_is_not_taken_for_one(text: str) -> None:
    assert read_identifier(text) is None


@given(
    st.sampled_from(HOSTILE)
    | st.text(max_size=60)
    | st.from_regex(r"(https?://|doi:|10\.|ISBN|PMID|arXiv:)[^\n]{0,30}")
)
def test_whatever_is_pasted_is_read_or_refused(text: str) -> None:
    for read in READERS:
        once = _read(read, text)
        assert once is None or read(once) == once, "What was read once is not read otherwise the second time."
    found = read_identifier(text)
    assert found is None or read_identifier(found.value) is not None or found.kind == "pmid"


@pytest.mark.parametrize("piece", ["10.1000", "10.1000/(", "a.", "978 ", "arXiv:[", " ", "%41"])
def test_a_long_paste_costs_no_more_than_its_length(piece: str) -> None:
    began = perf_counter()
    for read in READERS:
        _read(read, piece * 20_000)
    read_identifier(piece * 20_000)
    assert perf_counter() - began < 5, (
        "It takes milliseconds; with a pattern that goes back and forth, a minute."
    )


def _read(read: Callable[[str], str], text: str) -> str | None:
    """Return what a reader makes of a text, or nothing where it refuses in one sentence of moderate length."""
    try:
        return read(text)
    except RecordError as refusal:
        return None if len(str(refusal)) < 300 and refusal.template % refusal.values == str(refusal) else ""
