"""The same work entered twice is found by what names it; two works are not taken for one."""

from dataclasses import replace

import pytest
from hypothesis import given

from debates.bibliography.names import Name
from debates.bibliography.record import Record, record_from_csl
from debates.bibliography.same_work import LONGEST, WorkKey, folded, work_keys
from tests.core.bibliography.items import items

MARSH = (Name("Marsh", "Lena"),)
BOOK = Record("book", "Cranes of the Harbour", MARSH, (1999,))
ARTICLE = Record("article-journal", "Counting Cranes", MARSH, (2001,), container="Quay Review")

SAME = [
    (Record("book", "A", isbn="0306406152"), Record("book", "B", isbn="978-0-306-40615-7")),
    (Record("book", "A", isbn="978-0-306-40615-7 080442957X"), Record("report", "B", isbn="080442957X")),
    (Record("article", "A", doi="10.1000/182"), Record("article", "B", doi="https://doi.org/10.1000/182")),
    (Record("article", "A", doi="10.1000/182"), Record("webpage", "B", url="http://dx.doi.org/10.1000/182")),
    (Record("article", "A", pmid="13054692"), Record("article", "B", pmid="PMID: 13054692")),
    (Record("article", "A", arxiv="2101.01234v1"), Record("article", "B", arxiv="arXiv:2101.01234v3")),
    (Record("article", "A", arxiv="2101.01234"), Record("article", "B", doi="10.48550/arXiv.2101.01234")),
    (
        Record("article", "A", arxiv="2101.01234"),
        Record("article", "B", url="https://arxiv.org/abs/2101.01234v2"),
    ),
    (
        Record("webpage", "A", url="https://www.example.org/a/?utm_source=feed"),
        Record("post", "B", url="http://example.org/a#c7"),
    ),
    (BOOK, replace(BOOK, title="The cranes – of the harbour!")),
    (BOOK, replace(BOOK, title="CRANES OF THE HARBOUR", authors=(Name("Mársh", "L."),))),
    (BOOK, replace(BOOK, authors=(*MARSH, Name("Reed")), issued=(1999, 5, 1))),
    (BOOK, replace(BOOK, authors=(), editors=MARSH)),
    (
        replace(BOOK, authors=(Name("Beethoven", "Ludwig", particle="van"),)),
        replace(BOOK, authors=(Name("van Beethoven", "Ludwig"),)),
    ),
    (
        replace(BOOK, authors=(Name("Beethoven", "Ludwig", particle="van"),)),
        replace(BOOK, authors=(Name("Beethoven", "Ludwig", dropping="van"),)),
    ),
    (replace(BOOK, title="Straße & Œuvre"), replace(BOOK, title="Strasse and oeuvre")),
    (ARTICLE, replace(ARTICLE, type="article", container="Preprints", doi="10.1000/182")),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_work_is_found(one: Record, other: Record) -> None:
    assert work_keys(one) & work_keys(other), "It would be entered twice, and its citations counted apart."


NOT_SAME = [
    # Two editions.
    (
        replace(BOOK, isbn="0306406152", edition="1"),
        replace(BOOK, isbn="080442957X", edition="2", issued=(2004,)),
    ),
    # A preprint and its publication, which bears another title.
    (
        Record("article", "Counting cranes at night", MARSH, (2000,), arxiv="2101.01234"),
        Record("article-journal", "Cranes counted", MARSH, (2001,), doi="10.1000/182"),
    ),
    # A book and its chapter.
    (
        Record("book", "Cranes", MARSH, (1999,), isbn="0306406152"),
        Record("chapter", "Cranes at night", MARSH, (1999,), container="Cranes", isbn="0306406152"),
    ),
    # Two chapters of one book.
    (
        Record("chapter", "Cranes at night", isbn="0306406152"),
        Record("chapter", "Cranes by day", isbn="0306406152"),
    ),
    # Two works that name no page but the whole site.
    (
        Record("webpage", "A", url="https://example.org/"),
        Record("webpage", "B", url="https://www.example.org"),
    ),
    # Two works whose archived copy is the same address, as some archives have one for all.
    (
        Record("webpage", "A", archived_url="https://a.example/x"),
        Record("webpage", "B", archived_url="https://a.example/x"),
    ),
    (
        Record("webpage", "A", archived_url="https://a.example/x"),
        Record("webpage", "B", url="https://a.example/x"),
    ),
    # Title, year and author must all be known, and the same.
    (replace(BOOK, issued=()), replace(BOOK, issued=())),
    (replace(BOOK, authors=()), replace(BOOK, authors=())),
    (replace(BOOK, title="…"), replace(BOOK, title="…")),
    (BOOK, replace(BOOK, issued=(2000,))),
    (BOOK, replace(BOOK, authors=(Name("Reed"), *MARSH))),
    (BOOK, replace(BOOK, title="Cranes of the other harbour")),
    # What cannot be read names nothing.
    (
        Record("book", "A", isbn="n/a", doi="none", url="none"),
        Record("book", "B", isbn="n/a", doi="none", url="none"),
    ),
    (Record("book", "A"), Record("book", "A")),
]


@pytest.mark.parametrize(("one", "other"), NOT_SAME)
def test_another_work_is_not_taken_for_it(one: Record, other: Record) -> None:
    assert not work_keys(one) & work_keys(other)


def test_the_kinds_of_keys_are_few_and_their_values_plain() -> None:
    record = replace(
        BOOK,
        isbn="0306406152",
        doi="10.1000/ABC",
        pmid="13054692",
        arxiv="hep-th/9901001v2",
        url="https://www.example.org/a/",
    )
    assert work_keys(record) == {
        WorkKey("isbn", "9780306406157"),
        WorkKey("doi", "10.1000/abc"),
        WorkKey("pmid", "13054692"),
        WorkKey("arxiv", "hep-th/9901001"),
        WorkKey("address", "example.org/a"),
        WorkKey("words", "1999 marsh: cranes of harbour"),
    }


def test_a_long_title_has_a_short_key_of_its_own() -> None:
    keys = [next(iter(work_keys(replace(BOOK, title=title)))) for title in ("x" * 10_000, "x" * 10_001)]
    assert keys[0] != keys[1]
    assert all(len(key.value) <= LONGEST for key in keys), "The key stands in an index of the database."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ñandú — l’été: ŁÓDŹ!", "nandu lété lodz".replace("é", "e")),
        ("don't", "dont"),
        ("  ", ""),
        ("हिन्दी", "हिन्दी"),
        ("한국", "한국"),
        ("\u202e</script>\x00", "script"),
    ],
)
def test_words_are_compared_without_marks_and_points(text: str, words: str) -> None:
    assert folded(text) == words


@given(items())
def test_any_record_has_keys_that_survive_its_being_stored(item: dict[str, object]) -> None:
    record = record_from_csl(item)
    keys = work_keys(record)
    assert work_keys(record_from_csl(record.as_csl())) == keys
    assert all(key.value and len(key.value) <= LONGEST for key in keys)
