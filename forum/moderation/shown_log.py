"""What the public log shows of an entry, wherever it is shown: what is private stays out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.models import Debate, DebateAddress, LogEntry, LogSeal, Tag
from debates.models.tag import tags_named
from debates.models.visibility import Viewer
from debates.views.machines.indexing import indexable
from forum.moderation.rules import RULES

KINDS = {
    "argument": _("argument"),
    "debate": _("debate"),
    "source": _("source"),
    "topic": _("topic"),
    "member": _("member"),
}
"""What an entry may concern, in words."""


@dataclass(frozen=True)
class Shown:
    """An entry as its reader sees it."""

    entry: LogEntry
    actor: str
    """Who acted, by name or by office, as the site has it."""
    kind: str
    """What was acted on: an argument, a debate…"""
    rule: str
    """The house rule in words; empty where the act names none."""
    named: bool
    """Whether the item is named; else only its kind is told."""
    seal: LogSeal | None
    """None until the transaction that wrote the entry has ended."""

    @property
    def is_whole(self) -> bool:
        """Say whether nothing is left out, so that its seal can be computed by whoever reads it."""
        return self.named and signed_by_name()


def signed_by_name() -> bool:
    """Say whether the site names who moderated."""
    return bool(settings.LOG_SIGNED == "name")


def shown_log(entries: Iterable[LogEntry], viewer: Viewer) -> list[Shown]:
    """Return a page of entries as a viewer sees them, in five statements at most."""
    page = list(entries)
    named = _named(page, viewer)
    seals = {one.entry_id: one for one in LogSeal.objects.filter(entry_id__in=[entry.pk for entry in page])}
    return [
        Shown(
            entry=entry,
            actor=entry.actor_name if signed_by_name() else _t("a moderator"),
            kind=str(KINDS.get(entry.item_kind, entry.item_kind)),
            rule=str(RULES[entry.rule][0]) if entry.rule in RULES else "",
            named=entry.item_kind not in ("debate", "topic") or entry.item_id in named,
            seal=seals.get(entry.pk),
        )
        for entry in page
    ]


def _named(page: list[LogEntry], viewer: Viewer) -> set[str]:
    """Return the items, among those whose address holds somebody's words, that the viewer may know."""
    # A debate's address holds the words of its question, so it is named only where the question may be read.
    slugs = [entry.item_id for entry in page if entry.item_kind == "debate"]
    readable = (
        Debate.objects.visible_to(viewer).filter(Q(slug__in=slugs) | Q(old_addresses__slug__in=slugs))
        if slugs
        else Debate.objects.none()
    )
    named = set(readable.values_list("slug", flat=True))
    named |= set(DebateAddress.objects.filter(debate__in=readable).values_list("slug", flat=True))
    # So is a topic: it is somebody's word, and goes with the texts that carried it.
    words = tags_named([entry.item_id for entry in page if entry.item_kind == "topic"])
    carried = (
        set(Tag.objects.filter(indexable(Tag), pk__in=[tag.pk for tag in words.values()])) if words else set()
    )
    return named | {word for word, tag in words.items() if tag in carried}
