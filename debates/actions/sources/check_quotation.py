"""Look for a citation's quotation in the text of its source: word for word, or not at all."""

from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction

from debates.bibliography.quotation import FoldedText, Outcome
from debates.models import Citation, Document, Source

STATES = {
    Outcome.FOUND: Citation.Quotation.FOUND,
    Outcome.SEVERAL: Citation.Quotation.SEVERAL,
    Outcome.NOT_FOUND: Citation.Quotation.NOT_FOUND,
    Outcome.TOO_SHORT: Citation.Quotation.NOT_FOUND,  # the form refuses these; what came another way is not found
    Outcome.TOO_LONG: Citation.Quotation.NOT_FOUND,
}


@dataclass(frozen=True)
class SourceText:
    """A source's text, folded once for all quotations that are looked for in it."""

    digest: str
    places: list[str]
    folded: FoldedText


def text_of(source_id: int | None) -> SourceText | None:
    """Return the text of a source, where it is at hand."""
    document = (
        Document.objects.filter(source_id=source_id, loaded_at__isnull=False).first() if source_id else None
    )
    if document is None:
        return None
    rows = list(document.passages.order_by("order").values_list("place", "text"))
    places = [place for place, _text in rows]
    return SourceText(
        document.digest, places, FoldedText([text for _place, text in rows], voices_begin(places))
    )


def voices_begin(places: list[str]) -> set[int]:
    """Return the numbers of the passages with which the article or a comment begins: none goes on from another."""
    return {0} | {
        number for number, (one, other) in enumerate(pairwise(places), 1) if voice_of(one) != voice_of(other)
    }


def voice_of(place: str) -> str:
    """Return what all passages of one comment share; the article's have the empty text."""
    return place.partition(".")[0] if place.startswith("c") else ""


def check_quotation(citation: Citation) -> bool:
    """Check one citation against the text at hand and store what came of it; return whether that changed anything."""
    return _check(citation, text_of(citation.source_id) if citation.quotation.strip() else None)


@transaction.atomic
def check_quotations_of(source: Source) -> int:
    """Check every citation of a source again, after its text came or changed; return how many answers changed."""
    text = text_of(source.pk)
    # Of the citations alone: their own order joins arguments and debates, and a lock on those waits for whoever answers.
    rows = Citation.objects.select_for_update(of=("self",)).filter(source=source).order_by("pk")
    return sum(_check(one, text) for one in rows)


def quotation_in(source: Source | None, quotation: str) -> str:
    """Return what would be said of a quotation, for a preview."""
    if not quotation.strip():
        return Citation.Quotation.NONE
    text = text_of(source.pk if source else None)
    return _find(quotation, text)[0] if text else Citation.Quotation.NO_TEXT


def _check(citation: Citation, text: SourceText | None) -> bool:
    before = (citation.quotation_state, citation.quotation_places, citation.quotation_text)
    after: tuple[str, list[list[list[str | int]]], str]
    if not citation.quotation.strip():
        after = (Citation.Quotation.NONE, [], "")
    elif text is None:
        after = (Citation.Quotation.NO_TEXT, [], "")
    else:
        after = _look(citation, text)
    if before == after:
        return False
    citation.quotation_state, citation.quotation_places, citation.quotation_text = after
    citation.save(update_fields=["quotation_state", "quotation_places", "quotation_text"])
    return True


def _find(quotation: str, text: SourceText) -> tuple[str, list[list[list[str | int]]]]:
    match = text.folded.find(quotation)
    places: list[list[list[str | int]]] = [
        [[text.places[piece.passage], piece.start, piece.end] for piece in place] for place in match.places
    ]
    return STATES[match.outcome], places


def _look(citation: Citation, text: SourceText) -> tuple[str, list[list[list[str | int]]], str]:
    state, places = _find(citation.quotation, text)
    stood = citation.quotation_state in (
        Citation.Quotation.FOUND,
        Citation.Quotation.SEVERAL,
        Citation.Quotation.CHANGED,
    )
    if state == Citation.Quotation.NOT_FOUND and stood and citation.quotation_text != text.digest:
        state = Citation.Quotation.CHANGED
    return state, places, text.digest
