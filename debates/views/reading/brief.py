"""A debate on one page to be printed: how its theses stand, the best points of each side, cruxes and references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.models import Argument, Citation, Debate, Source, State
from debates.models.argument import Stance
from debates.models.source import locator_words
from debates.models.standing import Word
from debates.models.visibility import Viewer, listed
from debates.views.asking.fetching import fetch_debate
from debates.views.machines.meta import view_meta
from debates.views.parts.card import balance_words, quotation_words
from debates.views.parts.extent import Scope, sizes_of
from debates.views.parts.mapped import kind_of, stands_of
from debates.views.parts.ratings import ratings_of
from debates.views.parts.reference_list import Line, in_order, references_in
from debates.views.parts.source_state import retraction_of
from debates.views.parts.strongest import Point, strongest_of
from debates.views.weighing.cruxes import Parting, ThesisCruxes, cruxes_of

THESES = 8
"""Theses shown, at most."""
POINTS = {1: 5, 2: 3, 3: 2, 4: 2}
"""Points shown on each side of a thesis, by how many theses there are; of more theses, one each. Two pages of A4."""
SHARED = 3
"""Cruxes, and claims that both sides accept, of each thesis."""
REFERENCES = 24


@dataclass
class Said:
    """A claim as the page shows it: with how it stands, where the reader may know that, and the numbers of its sources."""

    argument: Argument
    kind: str
    words: str
    marks: list[int]
    answer: Said | None = None
    more_answers: int = 0
    """How many others speak against it."""


@dataclass
class Side:
    """One side of a thesis: its strongest points, and how many more there are."""

    kind: str
    count: int
    more: int
    points: list[Said]


@dataclass
class ShownThesis:
    """One thesis with both its sides, what parts them and what both accept."""

    thesis: Said
    sides: list[Side]
    cruxes: list[Parting]
    common: list[Parting]


@dataclass
class Reference:
    """One work with what is known of how it is used here."""

    number: int
    line: Line
    checks: list[str]
    warning: str


def brief(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a debate in brief, for paper."""
    debate = fetch_debate(request, slug)
    theses = _theses(debate, request.user)
    drawn = theses[:THESES]
    sides = strongest_of(debate, [one.pk for one in drawn], request.user, POINTS.get(len(theses), 1))
    shown = drawn + [one for side in sides.values() for point in side.points for one in _both(point)]
    seeing = {key: seen.sees for key, seen in ratings_of(request.user, shown).items()}
    stands, cited = stands_of(shown, seeing), _cited(shown)
    works = in_order({citation.source for citation in cited})
    marks = _marks(cited, works[:REFERENCES])
    parted = {one.thesis.pk: one for one in cruxes_of(request.user, debate)}

    def said(one: Argument) -> Said:
        known = one.pk in stands and (one.standing.word != Word.UNREVIEWED or one.kind == one.Kind.THESIS)
        words = str(one.standing.get_word_display()) if known else ""
        return Said(one, kind_of(one), words, marks.get(one.pk, []))

    def side_of(thesis: Argument, stance: str) -> Side:
        found = sides[thesis.pk, stance]
        points = []
        for point in found.points:
            line = said(point.argument)
            if point.answer is not None:
                line.answer, line.more_answers = said(point.answer), point.answers - 1
            points.append(line)
        return Side(stance, found.count, found.more, points)

    sizes = sizes_of(Scope(debate.pk))
    return render(
        request,
        "debates/brief.html",
        {
            "debate": debate,
            "meta": view_meta(request, debate, "brief", _("Brief"), sizes),
            "theses": [
                ShownThesis(
                    said(one),
                    [side_of(one, stance) for stance in (Stance.PRO.value, Stance.CON.value)],
                    *_parted(parted.get(one.pk)),
                )
                for one in drawn
            ],
            "more_theses": len(theses) - len(drawn),
            "compared": any(one.compared for one in parted.values()),
            "unrated": not all(seeing.values()),
            "references": _references(request, works[:REFERENCES], cited),
            "more_references": max(0, len(works) - REFERENCES),
            "now": timezone.now(),
            "address": request.build_absolute_uri(debate.get_absolute_url()),
            "counts": {
                "pros": sizes.published(Stance.PRO),
                "cons": sizes.published(Stance.CON),
                "all": sizes.published(),
            },
        },
    )


def _theses(debate: Debate, viewer: Viewer) -> list[Argument]:
    rows = Argument.objects.visible_to(viewer).filter(
        debate=debate, kind=Argument.Kind.THESIS, state=State.PUBLISHED
    )
    theses = list(rows.select_related("standing").defer("elaboration", "elaboration_html").order_by("path"))
    for one in theses:
        one.debate = debate
    return theses


def _both(point: Point) -> Iterator[Argument]:
    yield point.argument
    if point.answer is not None:
        yield point.answer


def _cited(shown: Sequence[Argument]) -> list[Citation]:
    """Return what some published arguments cite, each with what people say of it, in one statement."""
    citations = Citation.objects.filter(listed("source__"), argument__in=[one.pk for one in shown])
    return list(citations.select_related("source").with_balance().order_by("argument_id", "position", "pk"))


def _marks(cited: Iterable[Citation], works: Sequence[Source]) -> dict[int, list[int]]:
    """Return by arguments the numbers that their sources have in the list of references."""
    numbers = {source.pk: number for number, source in enumerate(works, 1)}
    marks: dict[int, list[int]] = {}
    for citation in cited:
        number = numbers.get(citation.source_id)
        own = marks.setdefault(citation.argument_id, [])
        if number is not None and number not in own:
            own.append(number)
    return marks


def _references(request: HttpRequest, works: Sequence[Source], cited: Iterable[Citation]) -> list[Reference]:
    """Return the list of references in the reader's style, each with what became of its checks."""
    references = references_in(request, works, [])
    if references is None:
        return []
    checks: dict[int, list[str]] = {}
    for citation in cited:
        said = (
            locator_words(citation.locator_label, citation.locator),
            quotation_words(citation.quotation_state),
            balance_words(citation),
        )
        words = " · ".join(one for one in said if one)
        own = checks.setdefault(citation.source_id, [])
        if words not in own:
            own.append(words)
    return [
        Reference(
            number,
            line,
            checks[source.pk],
            retraction.sentence if (retraction := retraction_of(source)) else "",
        )
        for number, (source, line) in enumerate(zip(works, references.lines, strict=True), 1)
    ]


def _parted(found: ThesisCruxes | None) -> tuple[list[Parting], list[Parting]]:
    return (found.cruxes[:SHARED], found.common[:SHARED]) if found is not None else ([], [])
