"""Look for a citation's quotation in the text of its source: word for word, or not at all."""

from django.db import transaction

from debates.bibliography.quotation import Outcome, find_quotation
from debates.models import Citation, Document, Source

STATES = {
    Outcome.FOUND: Citation.Quotation.FOUND,
    Outcome.SEVERAL: Citation.Quotation.SEVERAL,
    Outcome.NOT_FOUND: Citation.Quotation.NOT_FOUND,
    Outcome.TOO_SHORT: Citation.Quotation.NOT_FOUND,  # the form refuses these; what came another way is not found
    Outcome.TOO_LONG: Citation.Quotation.NOT_FOUND,
}


def check_quotation(citation: Citation) -> bool:
    """Check one citation against the text at hand and store what came of it; return whether that changed anything."""
    document = Document.objects.filter(source_id=citation.source_id, loaded_at__isnull=False).first()
    before = (citation.quotation_state, citation.quotation_places, citation.quotation_text)
    after: tuple[str, list[list[list[str | int]]], str]
    if not citation.quotation.strip():
        after = (Citation.Quotation.NONE, [], "")
    elif document is None:
        after = (Citation.Quotation.NO_TEXT, [], "")
    else:
        after = _look(citation, document)
    if before == after:
        return False
    citation.quotation_state, citation.quotation_places, citation.quotation_text = after
    citation.save(update_fields=["quotation_state", "quotation_places", "quotation_text"])
    return True


def quotation_in(source: Source | None, quotation: str) -> str:
    """Return what would be said of a quotation, for a preview."""
    if not quotation.strip():
        return Citation.Quotation.NONE
    document = Document.objects.filter(source=source, loaded_at__isnull=False).first() if source else None
    return _find(quotation, document)[0] if document else Citation.Quotation.NO_TEXT


def _find(quotation: str, document: Document) -> tuple[str, list[list[list[str | int]]]]:
    passages = list(document.passages.order_by("order"))
    match = find_quotation(quotation, [passage.text for passage in passages])
    places: list[list[list[str | int]]] = [
        [[passages[piece.passage].place, piece.start, piece.end] for piece in place] for place in match.places
    ]
    return STATES[match.outcome], places


def _look(citation: Citation, document: Document) -> tuple[str, list[list[list[str | int]]], str]:
    state, places = _find(citation.quotation, document)
    stood = citation.quotation_state in (
        Citation.Quotation.FOUND,
        Citation.Quotation.SEVERAL,
        Citation.Quotation.CHANGED,
    )
    if state == Citation.Quotation.NOT_FOUND and stood and citation.quotation_text != document.digest:
        state = Citation.Quotation.CHANGED
    return state, places, document.digest


@transaction.atomic
def check_quotations_of(source: Source) -> int:
    """Check every citation of a source again, after its text came or changed; return how many answers changed."""
    return sum(
        check_quotation(citation) for citation in Citation.objects.select_for_update().filter(source=source)
    )
