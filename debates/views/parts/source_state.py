"""What is known of a source beyond its record: notices of retraction, and whether its address still answers."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from debates.models import LinkState, Source

NATURES = {
    "retraction": gettext_noop("This work has been retracted."),
    "partial retraction": gettext_noop("This work has been retracted in part."),
    "withdrawal": gettext_noop("This work has been withdrawn."),
    "removal": gettext_noop("This work has been removed by its publisher."),
    "expression of concern": gettext_noop("Its publisher has expressed concern about this work."),
    "correction": gettext_noop("This work has been corrected."),
    "corrigendum": gettext_noop("This work has been corrected."),
    "erratum": gettext_noop("This work has been corrected."),
    "reinstatement": gettext_noop("This work was retracted, and has been reinstated since."),
}
"""The kinds of notices that Crossref and Retraction Watch name, and the sentence for each."""
GONE = (LinkState.GONE, LinkState.SOFT_404)


@dataclass(frozen=True)
class RetractionView:
    """What a notice says of a work, with the notice's own DOI and date."""

    sentence: str
    doi: str
    on: date | None


@dataclass(frozen=True)
class LinkView:
    """What became of an address: a sentence, where to go in its place, and the words of that link."""

    state: str
    sentence: str
    url: str = ""
    words: str = ""


def retraction_of(source: Source) -> RetractionView | None:
    """Return the notice about a work, or None where none is known."""
    if not (source.retraction_nature or source.retraction_doi):
        return None
    nature = " ".join(source.retraction_nature.replace("_", " ").replace("-", " ").split())
    sentence = (
        _(NATURES[nature.lower()])
        if nature.lower() in NATURES
        else _("There is a notice about this work: %(nature)s.") % {"nature": nature}
        if nature
        else _("There is a notice about this work.")
    )
    return RetractionView(sentence, source.retraction_doi, source.retracted_on)


def link_of(source: Source) -> LinkView | None:
    """Return what to say of an address, or None where it answers, or nobody has looked."""
    state = source.link_state
    record = source.record
    if state == LinkState.MOVED:
        # Wherever it came from, only what can be followed is a link.
        target = source.link_target if source.link_target.startswith(("https://", "http://")) else ""
        return LinkView(state, _("The page has moved."), target, _("now at %(url)s") % {"url": target})
    if state == LinkState.BLOCKED:
        return LinkView(state, _("The site does not let programs in; it may work for you."))
    if state == LinkState.FAILING:
        return LinkView(state, _("The address did not answer lately; it may again."))
    if state in GONE:
        sentence = (
            _("The page is gone.")
            if state == LinkState.GONE
            else _("The address answers, but the page seems to be gone.")
        )
        if not record.archived_link:
            return LinkView(state, sentence)
        words = (
            _("Read the copy of %(date)s") % {"date": record.archived_on}
            if record.archived_on
            else _("Read the archived copy")
        )
        return LinkView(state, sentence, record.archived_link, words)
    return None
