"""What an argument quotes: the words of its sources in sight of their passage, and what it takes from the debate itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from debates.formats.document import Passage as PlainPassage
from debates.formats.document import words_of
from debates.models import Argument, Citation, DocumentPassage, Origin, Quote
from debates.models.document import closed_to, may_read
from debates.models.visibility import Viewer, listed
from debates.views.parts.card import origin_words, place_words

CONTEXT = 240
"""Characters shown on each side of a quotation."""
LONGEST_SHOWN = 2_000
"""Characters of a quotation that are shown beside an argument."""


@dataclass(frozen=True)
class QuotedWords:
    """A quotation in its context: the words before it, its own, those after it."""

    citation: Citation
    place: str
    url: str
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class QuoteView:
    """Words that an argument takes from the article or from another argument, and where they stand there."""

    words: str
    where: str
    url: str
    others: int
    """Further places where the same words stand."""
    before: str = ""
    marked: str = ""
    after: str = ""
    changed: bool = False


def quotes_of(shown: Argument, viewer: Viewer) -> list[QuoteView]:
    """Return what an argument quotes from its debate, each quotation with its first place."""
    rows = [
        row
        for row in Quote.objects.for_arguments([shown.pk], viewer)
        if row.is_found or row.state == Quote.State.CHANGED
    ]
    places: dict[int, list[Quote]] = {}
    for row in rows:
        places.setdefault(row.position, []).append(row)
    return [_quote_view(shown, found[0], len(found) - 1, viewer) for found in places.values()]


def _quote_view(shown: Argument, quote: Quote, others: int, viewer: Viewer) -> QuoteView:
    where, url = "", ""
    if quote.target is not None:
        where, url = quote.target.claim, quote.target.get_absolute_url()
    elif quote.passage is not None and quote.document is not None:
        where = place_words(quote.passage.place)
        if quote.document.source_id == shown.debate.article_id and may_read(quote.document, viewer):
            place = quote.passage.place
            url = f"{reverse('article', args=[shown.debate.slug])}?{urlencode({'passage': place})}#{place}"
    before, marked, after = quote.in_context(CONTEXT) or ("", "", "")
    changed = quote.state == Quote.State.CHANGED
    return QuoteView(quote.words, where, url, others, before, marked, after, changed)


def quoted_words(shown: Argument, viewer: Viewer) -> list[QuotedWords]:
    """Return the words that the argument's sources are quoted with, in sight of their passage, where that may be shown.

    They come from two sides: what the document of a seed quotes, and what was found in a source's own text.
    """
    return sorted(
        [*_quoted_by_document(shown, viewer), *_found_in_sources(shown, viewer)],
        key=lambda one: one.citation.position,
    )


def _quoted_by_document(shown: Argument, viewer: Viewer) -> Iterator[QuotedWords]:
    origins = (
        Origin.objects.filter(
            listed("citation__source__"),
            listed("document__source__"),
            citation__argument=shown,
            passage__isnull=False,
        )
        .exclude(document__reading__in=closed_to(viewer))
        .select_related("citation__source", "passage", "document")
    )
    for origin in origins:
        if origin.citation is not None:
            place = _("as quoted in %(place)s") % {"place": origin_words(origin)}
            yield QuotedWords(origin.citation, place, "", "", passage_words(origin), "")


def _found_in_sources(shown: Argument, viewer: Viewer) -> Iterator[QuotedWords]:
    """Show the first place of each quotation that was found; an elided one from its first piece to its last."""
    cited = [
        one
        for one in shown.citations.filter(listed("source__")).select_related("source")
        if one.quotation_places
    ]
    passages = {
        (passage.document.source_id, passage.place): passage
        for passage in DocumentPassage.objects.filter(document__source__in=[one.source_id for one in cited])
        .exclude(document__reading__in=closed_to(viewer))
        .select_related("document")
    }
    for citation in cited:
        pieces = citation.quotation_places[0]
        place, start, _end = pieces[0]
        passage = passages.get((citation.source_id, place))
        if passage is not None:
            last = pieces[-1] if pieces[-1][0] == place else pieces[0]
            end = min(last[2], start + LONGEST_SHOWN)
            url = f"{reverse('text', args=[citation.source.public_id])}#{place}"
            before, after = _context(passage.text[:start], passage.text[end:])
            yield QuotedWords(citation, place_words(place), url, before, passage.text[start:end], after)


def _context(before: str, after: str) -> tuple[str, str]:
    """Cut what stands around a quotation to what fits beside an argument, at whole words."""
    if len(before) > CONTEXT:
        before = "… " + before[-CONTEXT:].partition(" ")[2]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rpartition(" ")[0] + " …"
    return before, after


def passage_words(origin: Origin) -> str:
    """Return the words of an origin’s passage that it means."""
    if origin.passage is None:
        return ""
    plain = PlainPassage(origin.passage.place, origin.passage.kind, origin.passage.text)
    return words_of(plain, origin.first_word, origin.last_word)
