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
from forum.accounts.gone import GONE
from forum.moderation.logged_names import still_named, those_who_left
from forum.moderation.rules import RULES

KINDS = {
    "argument": _("argument"),
    "debate": _("debate"),
    "source": _("source"),
    "topic": _("topic"),
    "member": _("member"),
}
"""What an entry may concern, in words."""


GUARDED = ("debate", "topic", "member")
"""What is named only while its name may be known: it holds somebody's words, or is somebody's."""


@dataclass(frozen=True)
class Shown:
    """An entry as its reader sees it."""

    entry: LogEntry
    actor: str
    """Who acted, by name or by office, as the site has it; whoever has left is named no more."""
    kind: str
    """What was acted on: an argument, a debate…"""
    rule: str
    """The house rule in words; empty where the act names none."""
    named: bool
    """Whether the item is named; else only its kind is told."""
    seal: LogSeal | None
    """None until the transaction that wrote the entry has ended."""
    is_whole: bool
    """Whether nothing is left out, so that its seal can be computed by whoever reads it."""


def signed_by_name() -> bool:
    """Say whether the site names who moderated."""
    return bool(settings.LOG_SIGNED == "name")


def shown_log(entries: Iterable[LogEntry], viewer: Viewer) -> list[Shown]:
    """Return a page of entries as a viewer sees them, in seven statements at most."""
    page = list(entries)
    known = _named(page, viewer)
    left = those_who_left({entry.actor_id for entry in page})
    seals = {one.entry_id: one for one in LogSeal.objects.filter(entry_id__in=[entry.pk for entry in page])}
    shown = []
    for entry in page:
        named = entry.item_kind not in GUARDED or entry.item_id in known
        signed = signed_by_name() and entry.actor_id not in left
        actor = entry.actor_name if signed else GONE if signed_by_name() else _t("a moderator")
        shown.append(
            Shown(
                entry=entry,
                actor=actor,
                kind=str(KINDS.get(entry.item_kind, entry.item_kind)),
                rule=str(RULES[entry.rule][0]) if entry.rule in RULES else "",
                named=named,
                seal=seals.get(entry.pk),
                is_whole=named and signed,
            )
        )
    return shown


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
    named |= {word for word, tag in words.items() if tag in carried}
    return named | still_named([entry.item_id for entry in page if entry.item_kind == "member"])
