"""Say whether a source says what it is cited for."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.text import unprintable
from debates.models import Citation, CitationCheck
from debates.models.visibility import Viewer
from debates.permissions import Refused, check_check
from debates.signals import citation_checked


@transaction.atomic
def check_citation(
    member: Viewer, citation: Citation, verdict: str, note: str = "", locator: str = ""
) -> bool:
    """Write a member's answer about a citation as it stands now; return whether that changed anything."""
    citation = (
        Citation.objects.select_for_update(of=("self",))
        .select_related("argument__debate")
        .get(pk=citation.pk)
    )
    check_check(member, citation)
    if unprintable(note) or unprintable(locator):
        raise Refused(
            _("The text holds a character that cannot be stored (a NUL or half of a pair); remove it."),
            "note",
            400,
        )
    values = {
        "verdict": verdict,
        "note": note.strip(),
        "locator": locator.strip(),
        "text_digest": citation.quotation_text,
    }
    check, made = CitationCheck.objects.get_or_create(
        citation=citation, member=member, fingerprint=citation.fingerprint, defaults=values
    )
    changed = made or any(getattr(check, name) != value for name, value in values.items())
    if changed and not made:
        CitationCheck.objects.filter(pk=check.pk).update(**values)
    if changed:
        citation_checked.send(Citation, citation=citation, member=member, verdict=verdict, note=note.strip())
    return changed
