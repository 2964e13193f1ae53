"""Ask the web what a source is that somebody named by no more than its DOI or address; in a task, after it is saved."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.tasks import task
from django.utils.translation import gettext as _

from debates.actions.sources.lay_record import lay_record
from debates.actions.sources.set_references import set_later
from debates.actions.sources.visiting import guard
from debates.bibliography.identifiers import Identifier
from debates.bibliography.named import FIELDS, named_by
from debates.bibliography.record import record_from_csl
from debates.lookup.doi import arxiv_doi, look_up_doi
from debates.lookup.page import look_up_page
from debates.models import Source
from debates.sentence import SentenceError

KINDS = ("doi", "arxiv", "address")
"""The identifiers that somebody can be asked about; an ISBN has no register that answers freely."""


@task
def look_up(source_id: int) -> bool:
    """Lay what the web says on a source, unless somebody mended it meanwhile; return whether its record is known now."""
    source = Source.objects.get(pk=source_id)
    identifier = named_by(source.record)
    if not settings.LOOK_UP or identifier is None or identifier.kind not in KINDS:
        Source.objects.filter(pk=source_id, incomplete=waiting()).update(incomplete="")
        return False
    record, missing, note = source.record, "", _("Looked up by its identifier.")
    try:
        item = _asked(identifier)
        item.setdefault("title", identifier.value)
        record = record_from_csl({**item, **_given(source.data, identifier)})
    except SentenceError as error:
        missing = _("Looking it up failed. %(reason)s") % {"reason": _(error.template) % error.values}
        note = ""
    with transaction.atomic():
        current = Source.objects.select_for_update().get(pk=source_id)
        if (current.data, current.incomplete) != (source.data, source.incomplete) or current.merged_into_id:
            return False
        lay_record(current, record, missing, None, note)
        set_later([current])
    return not missing


def waiting() -> str:
    """Return what is said of a source while it waits for its look-up."""
    return _("It is being looked up.")


def _asked(identifier: Identifier) -> dict[str, Any]:
    """Return the item of CSL-JSON that the web has for an identifier. Any: JSON."""
    fetch = guard().fetch
    if identifier.kind == "address":
        return look_up_page(identifier.value, fetch)
    doi = arxiv_doi(identifier.value) if identifier.kind == "arxiv" else identifier.value
    return look_up_doi(doi, fetch)


def _given(data: dict[str, Any], identifier: Identifier) -> dict[str, Any]:
    """Return the field of a record that holds what the member typed: no answer changes that. Any: JSON."""
    key = {"doi": "DOI", "url": "URL", "arxiv": "custom"}[FIELDS[identifier.kind]]
    return {key: data[key]}


def look_up_later(source: Source) -> None:
    """Have a source looked up as soon as the transaction at hand is through."""
    transaction.on_commit(partial(look_up.enqueue, source.pk))
