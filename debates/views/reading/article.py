"""The article that a debate grew from, beside the arguments that restate its passages and those that answer them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.vary import vary_on_headers

from debates.actions.writing.anchor_words import read_place
from debates.bibliography.quotation import LONGEST
from debates.bibliography.runs import Run
from debates.bibliography.selector import CONTEXT
from debates.models import Anchor, Argument, Debate, Document, DocumentPassage
from debates.models.document import closed_to, may_read
from debates.models.visibility import Viewer
from debates.views.asking.fetching import fetch_debate
from debates.views.machines.meta import article_meta
from debates.views.parts.card import Card, card_of, place_words, with_card_rows
from debates.views.parts.passages import AtPassage, InArticle, in_article

HEADING, COMMENT = "heading", "comment"
MOST_IN_A_RANGE = 5_000
"""Passages that one section of an outline may name; more is a slip of the pen."""
_RANGE = re.compile(r"p(\d{1,6})(?:-p(\d{1,6}))?", re.ASCII)


@dataclass(frozen=True)
class TextPassage:
    """A passage as it is read: its text in runs where words of it are answered."""

    place: str
    kind: str
    text: str
    at: AtPassage | None
    runs: list[Run[str]] = field(default_factory=list)
    begins: str = ""
    """The number of the comment that it begins."""
    chosen: bool = False

    @property
    def number(self) -> str:
        """Return the number that stands in the margin."""
        return self.place[1:]


@dataclass(frozen=True)
class Section:
    """A section of the outline, with what is done with its passages: each that anything is done with, and all together."""

    heading: str
    text: str
    range: str
    at: AtPassage
    passages: list[tuple[str, AtPassage]]


@dataclass(frozen=True)
class Line:
    """An argument at the chosen passage: in short, with the words that it answers where those may be shown."""

    card: Card
    words: str = ""
    whole: bool = False
    answerable: bool = False


@dataclass(frozen=True)
class Chosen:
    """The chosen passage: who restates it, who answers it, and what can be answered with a tie to it."""

    place: str
    known: bool
    words: str
    query: str
    """What ties an answer to the passage, for the address of its form; empty where nothing can be tied."""
    restating: list[Line]
    answering: list[Line]
    theses: list[Line]
    """What can be answered where nothing restates the passage."""
    at: AtPassage

    @property
    def place_words(self) -> str:
        """Return the place in words."""
        return place_words(self.place) if self.place else ""


@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the article beside its arguments.

    `?passage=p12` chooses a passage and `&words=…` words of it; `?show=unanswered` keeps the passages that nobody answered.
    """
    shown = fetch_debate(request, slug)
    document = document_of(shown)
    if document is None:
        raise Http404
    done = in_article(document, shown, request.user)
    chosen = _chosen(request, shown, document, done) if "passage" in request.GET else None
    htmx = request.htmx  # type: ignore[attr-defined]  # django-htmx adds it
    if htmx and not htmx.history_restore_request:  # when it goes back, htmx asks for the whole page
        return render(request, "debates/article.html#arguments", {"debate": shown, "chosen": chosen})
    place = chosen.place if chosen is not None else ""
    readable = may_read(document, request.user)
    passages = list(_passages(document.passages.all(), done, place)) if readable else []
    sections = [] if readable else [_section(section, done) for section in document.outline]
    waiting = _unanswered(passages)
    silent = [one for one in sections if not one.at.is_answered]
    only = request.GET.get("show") == "unanswered"
    return render(
        request,
        "debates/article.html",
        {
            "debate": shown,
            "document": document,
            "meta": article_meta(request, shown, document),
            "readable": readable,
            "passages": list(_with_headings(passages, waiting)) if only else passages,
            "sections": silent if only else sections,
            "may_tie": document.loaded_at is not None and document.reading not in closed_to(request.user),
            "unanswered": len(waiting) + len(silent),
            "only_unanswered": only,
            "lost": _lines(Q(pk__in=done.lost), shown, request.user),
            "chosen": chosen,
        },
    )


def document_of(shown: Debate) -> Document | None:
    """Return what is known of the text of a debate's article; the debate came `with_article`."""
    return getattr(shown.article, "document", None) if shown.article else None


def _passages(rows: Iterable[DocumentPassage], done: InArticle, place: str) -> Iterator[TextPassage]:
    comment = ""
    for row in rows:
        at = done.by_place.get(row.place)
        of = row.place[1:].partition(".")[0] if row.kind == COMMENT else ""
        yield TextPassage(
            place=row.place,
            kind=row.kind,
            text=row.text,
            at=at,
            runs=at.runs(row.text) if at is not None and at.spans else [],
            begins=of if of != comment else "",
            chosen=row.place == place,
        )
        comment = of


def _unanswered(passages: Iterable[TextPassage]) -> list[TextPassage]:
    """Return the passages that nobody answered; a heading is not there to be answered."""
    return [one for one in passages if one.kind != HEADING and not (one.at and one.at.is_answered)]


def _with_headings(passages: Iterable[TextPassage], kept: list[TextPassage]) -> Iterator[TextPassage]:
    """Yield the passages that are kept, each heading before the first of them that it stands over."""
    places = {one.place for one in kept}
    heading: TextPassage | None = None
    for one in passages:
        if one.kind == HEADING:
            heading = one
        elif one.place in places:
            if heading is not None and one.kind != COMMENT:
                yield heading
            heading = None
            yield one


def _section(section: dict[str, str], done: InArticle) -> Section:
    """Return a section of the outline with what is done with its passages."""
    named = _RANGE.fullmatch(section.get("passages", ""))
    first, last = (int(named[1]), int(named[2] or named[1])) if named else (1, 0)
    places = [f"p{number}" for number in range(first, min(last, first + MOST_IN_A_RANGE) + 1)]
    return Section(
        heading=section["heading"],
        text=section["text"],
        range=section.get("passages", "").replace("p", "").replace("-", "–"),
        at=done.together(places),
        passages=[(place, done.by_place[place]) for place in places if place in done.by_place],
    )


def _chosen(request: HttpRequest, shown: Debate, document: Document, done: InArticle) -> Chosen:
    """Return what stands beside the text of the chosen passage."""
    place = read_place(request.GET["passage"])
    at = done.at(place)
    passage = document.passages.filter(place=place).first() if place else None
    ties = passage is not None and document.reading not in closed_to(request.user)
    words = request.GET.get("words", "").replace("\0", "").strip()[:LONGEST]
    around = {
        "before": request.GET.get("before", "")[-CONTEXT:],
        "after": request.GET.get("after", "")[:CONTEXT],
    }
    asked = {"passage": place} | ({"words": words} | around if words else {})
    wanted = Q(pk__in=[*at.restating, *at.answering]) | Q(kind=Argument.Kind.THESIS)
    # Of several anchors of one argument the first; a dictionary keeps what comes last.
    rows = Anchor.objects.filter(passage=passage).order_by("-start") if passage is not None and ties else []
    anchors = {anchor.argument_id: anchor for anchor in rows}
    lines = _lines(wanted, shown, request.user, anchors, passage)
    restating = [line for pk, line in lines.items() if pk in at.restating]
    sides = {"pro": 0, "con": 1}
    answering = sorted(
        (line for pk, line in lines.items() if pk in at.answering),
        key=lambda line: sides.get(line.card.stance, 2),
    )
    return Chosen(
        place=place,
        known=passage is not None or place in done.by_place or (bool(place) and document.loaded_at is None),
        words=words if ties else "",
        query=urlencode({name: value for name, value in asked.items() if value}) if ties else "",
        restating=restating,
        answering=answering,
        theses=[]
        if any(line.answerable for line in restating)
        else [line for line in lines.values() if line.card.kind == Argument.Kind.THESIS and line.answerable],
        at=at,
    )


def _lines(
    wanted: Q,
    shown: Debate,
    viewer: Viewer,
    anchors: dict[int, Anchor] | None = None,
    passage: DocumentPassage | None = None,
) -> dict[int, Line]:
    """Return arguments of a debate in short, by key and in the order of the tree."""
    rows = with_card_rows(Argument.objects.filter(wanted, debate=shown).visible_to(viewer), viewer)
    found: dict[int, Line] = {}
    for row in rows:
        anchor = (anchors or {}).get(row.pk)
        whole = anchor is not None and passage is not None and anchor.end - anchor.start >= len(passage.text)
        found[row.pk] = Line(
            card=card_of(row, viewer),
            words=anchor.exact if anchor is not None and not whole else "",
            whole=whole,
            answerable=row.is_published
            and row.kind != Argument.Kind.NOTE
            and row.locked_at is None
            and shown.locked_at is None,
        )
    return found
