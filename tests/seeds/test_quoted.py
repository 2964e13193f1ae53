"""What the five documents quote from themselves and from each other: every quotation is found, or there is a reason.

Only places and counts stand here. A passage is named as in a seed: p7 in the article, c3.2 in the third comment.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from debates.actions.sources.check_quotation import voice_of, voices_begin
from debates.actions.writing.anchor_quotes import anchor_quotes_of
from debates.bibliography.anchoring import Target, Targets, anchor
from debates.bibliography.quoting import lone_marks, quoted
from debates.exchange.load import load_outline
from debates.exchange.originals import EMPHASIS, find_originals, load_originals, read_original
from debates.management.commands.loadseeds import SEEDS, read_files
from debates.models import Document, Quote

pytestmark = pytest.mark.originals

LENIN, RESPONSIBLE, WORKERS = (
    "lenin-leader-or-servant",
    "who-was-responsible-for-1917",
    "bolsheviks-and-workers-power",
)
PARTIES, MYTH = "leninist-parties", "bolshevik-myth"
OPPONENT = {"p1", "p2", "p3", "p4", "p5", "p6"}
"""The passages of the exchange that its rebuttal, which is all the rest, answers."""


@dataclass(frozen=True)
class Row:
    """One quotation: where it is quoted, what came of looking, and where it stands."""

    document: str
    place: str
    outcome: str
    found: tuple[tuple[str, str], ...] = ()

    @property
    def part(self) -> str:
        """Return which part of the document quotes."""
        if self.document == WORKERS:
            return "opponent" if self.place in OPPONENT else "rebuttal"
        return "comments" if voice_of(self.place) else "article"


@pytest.fixture(scope="module")
def documents() -> dict[str, list[tuple[str, str]]]:
    """Give the passages of each document, as they are stored: place and text."""
    files = find_originals(Path(os.environ["COUNTERPOINT_ORIGINALS"]))
    out = {}
    for outline in read_files([SEEDS]):
        if outline.article is not None:
            plain = read_original(files[outline.article.digest], outline.article.layout)
            out[outline.key] = [(one.place, EMPHASIS.sub(r"\1", one.text)) for one in plain.passages]
    return out


@pytest.fixture(scope="module")
def rows(documents: dict[str, list[tuple[str, str]]]) -> list[Row]:
    """Give what became of every quotation in every passage of all documents."""
    return list(census(documents))


def census(documents: dict[str, list[tuple[str, str]]]) -> Iterator[Row]:
    """Look for all that each passage quotes in the other passages of its document, then in the other documents."""
    targets = Targets(
        Target(
            (document, place), text, follows=number not in voices_begin([place for place, _text in passages])
        )
        for document, passages in documents.items()
        for number, (place, text) in enumerate(passages)
    )
    for document, passages in documents.items():
        for place, text in passages:
            taken = quoted(text, markdown=False)
            found = anchor(taken, targets, partial(nearness, (document, place)))
            for one in found:
                spots = tuple(dict.fromkeys(spot.key for spot in one.spots))
                yield Row(document, place, one.reason or one.outcome, spots)
            kept = [one.quoted for one in found]
            # Short, and nowhere or in several places: a turn of phrase. A mark without a fellow: nobody can say what is quoted.
            short = [one for one in taken if one.is_short and one.within is None and one not in kept]
            yield from [Row(document, place, "short")] * len(short)
            yield from [Row(document, place, "lone mark")] * len(lone_marks(text, markdown=False))


def nearness(at: tuple[str, str], key: tuple[str, str]) -> int | None:
    """Return how near a passage is to one that quotes: what it answers, its document, another document."""
    (document, place), (other, there) = at, key
    if document != other:
        return 2
    if place == there or (voice_of(place) and voice_of(place) == voice_of(there)):
        return None
    if voice_of(place) or (document == WORKERS and place not in OPPONENT):
        return 0 if voice_of(place) or there in OPPONENT else 1
    return 1


def counts(rows: list[Row], document: str, part: str) -> dict[str, int]:
    """Return how many quotations of a part of a document came to what."""
    return dict(Counter(row.outcome for row in rows if (row.document, row.part) == (document, part)))


def test_the_first_comment_quotes_its_article_four_times(rows: list[Row]) -> None:
    found = {row.place: row.found for row in rows if row.document == LENIN and row.place.startswith("c1.")}
    assert found == {
        "c1.3": ((LENIN, "p39"),),
        "c1.5": ((LENIN, "p54"),),
        "c1.7": ((LENIN, "p52"),),
        "c1.8": ((LENIN, "p61"),),
    }, (
        "Once with an elision, once with its beginning cut, once without the inner quotation marks, once as it stands."
    )


def test_the_rebuttal_quotes_the_opponent_four_times(rows: list[Row]) -> None:
    found = {
        row.place: row.found
        for row in rows
        if row.document == WORKERS
        and row.part == "rebuttal"
        and any(place in OPPONENT for _doc, place in row.found)
    }
    assert found == {
        "p9": ((WORKERS, "p2"),),
        "p30": ((WORKERS, "p3"),),
        "p34": ((WORKERS, "p4"),),
        "p36": ((WORKERS, "p3"),),
    }


@pytest.mark.parametrize(
    ("document", "part", "expected"),
    [
        (LENIN, "comments", {"found": 5, "short": 7, "lone mark": 1}),
        (LENIN, "article", {"found": 1, "found-several": 1, "elsewhere": 17, "short": 16, "lone mark": 1}),
        (RESPONSIBLE, "comments", {"elsewhere": 2, "short": 2}),
        (RESPONSIBLE, "article", {"altered": 1, "elsewhere": 7, "short": 19, "lone mark": 1}),
        (WORKERS, "opponent", {"altered": 2, "elsewhere": 4, "lone mark": 1}),
        (WORKERS, "rebuttal", {"found": 4, "elsewhere": 6, "short": 9, "lone mark": 4}),
        (PARTIES, "article", {}),
        (MYTH, "article", {"found": 3, "found-several": 1, "altered": 2, "elsewhere": 90, "short": 39}),
    ],
)
def test_every_quotation_is_found_or_has_a_reason(
    document: str, part: str, expected: dict[str, int], rows: list[Row]
) -> None:
    assert counts(rows, document, part) == expected


def test_no_document_quotes_another(rows: list[Row]) -> None:
    between = [row for row in rows if any(document != row.document for document, _place in row.found)]
    assert between == []


@pytest.mark.django_db
def test_the_site_ties_what_is_quoted_to_the_arguments_that_restate_it() -> None:
    for outline in read_files([SEEDS]):
        load_outline(outline)
    load_originals(Path(os.environ["COUNTERPOINT_ORIGINALS"]))
    counted = {document.source.seed: anchor_quotes_of(document) for document in Document.objects.all()}
    assert counted == {
        "anarcho-myth": {"found": 4, "found-several": 1},
        "bolsheviks-exchange": {"found": 5},
        "critical-thoughts": {},
        "mazaheri-lenin": {"found": 7},
        "mazaheri-responsible": {},
    }
    rows = Quote.objects.select_related("argument", "said_in", "passage").filter(said_in__isnull=False)
    found = {
        (row.argument.seed, row.said_in.place, row.passage.place)
        for row in rows
        if row.said_in and row.passage
    }
    assert {row for row in found if (row[0] or "").startswith((LENIN, WORKERS))} == {
        (f"{LENIN}/settled-truth-overturned", "c1.3", "p39"),
        (f"{LENIN}/common-demands-doubtful", "c1.5", "p54"),
        (f"{LENIN}/trotsky-reassessed", "c1.7", "p52"),
        (f"{LENIN}/left-says-so-too", "c1.8", "p61"),
        (f"{LENIN}/parasites-only-who-deny", "c8.4", "c1.6"),
        (f"{LENIN}/molotov-no-clarity", "p11", "p5"),
        (f"{LENIN}/only-the-seal", "p52", "p51"),
        (f"{WORKERS}/no-revolution-is-staged", "p9", "p2"),
        (f"{WORKERS}/soviets-are-not-bourgeois", "p30", "p3"),
        (f"{WORKERS}/force-can-be-right", "p34", "p4"),
        (f"{WORKERS}/on-what-evidence", "p36", "p3"),
        (f"{WORKERS}/rank-and-file-organised", "p26", "p9"),
    }
