"""Say whether a source says what it is cited for."""

from django.db import transaction

from debates.actions.arranging.placing import lock_place
from debates.actions.weighing.rescore import rescore
from debates.actions.writing.mask import wear_mask
from debates.actions.writing.text import check_printable
from debates.models import Citation, CitationCheck, StandingChange
from debates.models.visibility import Viewer
from debates.permissions import check_check
from debates.signals import citation_checked


@transaction.atomic
def check_citation(
    member: Viewer, citation: Citation, verdict: str, note: str = "", locator: str = ""
) -> bool:
    """Write a member's answer about a citation as it stands now; return whether that changed anything."""
    lock_place(citation.argument)
    citation = (
        Citation.objects.select_for_update(of=("self",))
        .select_related("argument__debate")
        .get(pk=citation.pk)
    )
    check_check(member, citation)
    check_printable("note", note, locator)
    values = {
        "verdict": verdict,
        "note": note.strip(),
        "locator": locator.strip(),
        "text_digest": citation.quotation_text,
    }
    check, made = CitationCheck.objects.get_or_create(
        citation=citation, member=member, fingerprint=citation.fingerprint, defaults=values
    )
    turned = made or check.verdict != verdict
    changed = turned or any(getattr(check, name) != value for name, value in values.items())
    if changed and not made:
        CitationCheck.objects.filter(pk=check.pk).update(**values)
    wear_mask(citation.argument.debate, member)
    if turned:  # a note that is mended is no second notice
        citation_checked.send(Citation, citation=citation, member=member, verdict=verdict, note=note.strip())
        rescore([citation.argument], StandingChange.Cause.CHECKED, citation.argument)
    return changed
