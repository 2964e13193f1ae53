"""Add works to the library, many at once; they stand in lists once somebody cites them."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from debates.actions.sources.lay_record import lay_record
from debates.actions.sources.set_references import set_later
from debates.bibliography.record import Record
from debates.models import Source
from debates.models.visibility import Viewer
from debates.permissions import check_add_sources


@transaction.atomic
def add_sources(member: Viewer, records: Sequence[Record]) -> list[Source]:
    """Write each record as a source of its own; return them in the order given."""
    check_add_sources(member)
    added = []
    for record in records:
        source = Source(added_by=member, created_at=timezone.now())
        lay_record(source, record, "", member)
        added.append(source)
    if added:
        set_later(added)
    return added
