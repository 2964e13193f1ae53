"""The sections of an export: one for each relation that it shows, and what a moderator did, which hangs on no key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from debates.models import LogEntry
from forum.accounts.models import User
from forum.own_data.archive.rows import BATCH, Cell, Row, batches
from forum.own_data.relations import RELATIONS

LOG = "moderation_log"
FROM_LOG = ("at", "act", "item_kind", "item_id", "item_url", "rule", "reason")


@dataclass
class Section:
    """One list of an export."""

    name: str
    heading: str | Promise
    key: str
    """Its line in `relations`; empty for the log."""
    count: int = 0
    """Rows, once they have been written."""

    def batches(self, member: User) -> Iterator[list[Row]]:
        """Yield its rows, some at a time."""
        return batches(self.key, member) if self.key else _log_of(member)

    @property
    def page(self) -> str:
        """Return the name of its page in the archive."""
        return f"{self.name}.html"


def sections() -> list[Section]:
    """Return the sections in their order."""
    shown = [
        Section(relation.section, relation.heading, key)
        for key, relation in RELATIONS.items()
        if relation.section
    ]
    return [*shown, Section(LOG, _("What you did as a moderator"), "")]


def _log_of(member: User) -> Iterator[list[Row]]:
    """Yield what a member did as a moderator; the log keeps numbers and no keys, so that no deletion reaches into it."""
    last = 0
    rows = LogEntry.objects.filter(actor_id=member.pk).order_by("pk")
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        yield [[_logged(entry, name) for name in FROM_LOG] for entry in batch]


def _logged(entry: Model, name: str) -> Cell:
    column = entry._meta.get_field(name)
    words = str(entry.get_act_display()) if name == "act" else ""  # type: ignore[attr-defined]  # of the log's entries
    return Cell(name, capfirst(str(column.verbose_name)), getattr(entry, name), words)  # type: ignore[union-attr]  # a column
