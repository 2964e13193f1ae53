"""A member’s own texts, to their own eyes: in every state, with why it is in it and what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debates.models import Argument, LogEntry, State
from debates.models.argument import ArgumentQuerySet, in_locked_branch
from debates.models.visibility import Viewer
from debates.views.parts.card import Card, card_of, debate_named, each_work_once

MERGED = "merged"
LABELS = {
    State.PUBLISHED.value: gettext_lazy("Published"),
    State.PENDING.value: gettext_lazy("Waiting for approval"),
    State.HIDDEN.value: gettext_lazy("Hidden by a moderator"),
    State.WITHDRAWN.value: gettext_lazy("Withdrawn"),
    State.REMOVED.value: gettext_lazy("Removed"),
    MERGED: gettext_lazy("Merged into another"),
    State.DRAFT.value: gettext_lazy("Not posted yet"),
}
"""What the filter calls each state, in its order. Merged is what stands on in another argument."""


@dataclass(frozen=True)
class Filter:
    """One word of the filter."""

    label: Any
    """Any: a lazy translation."""
    query: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class OwnText:
    """One of one's own arguments."""

    card: Card
    debate: Any
    """Any: a debate, or what stands where one is not shown."""
    label: Any
    """Any: a lazy translation."""
    why: str
    reason: str = ""
    """What the moderator wrote who hid it."""
    rule: str = ""
    """The key of the house rule by which it was hidden."""
    edit_url: str = ""
    withdraw_url: str = ""
    reinstate_url: str = ""
    log_url: str = ""
    appeal_url: str = ""
    leads_to: str = ""


def state_asked(typed: str) -> str:
    """Return the state that an address asks for; none for what is no state."""
    return typed if typed in LABELS else ""


def own_of(arguments: ArgumentQuerySet, member: Viewer) -> ArgumentQuerySet:
    """Keep of a member’s own arguments those in every state; what was merged goes with the argument that stands for it."""
    return arguments.filter(Q(merged_into=None) | Q(merged_into__in=Argument.objects.visible_to(member)))


def in_state(arguments: ArgumentQuerySet, state: str) -> ArgumentQuerySet:
    """Keep what is in a state, as the filter calls it; everything without one."""
    if state == MERGED:
        return arguments.filter(merged_into__isnull=False)
    return arguments.filter(state=state, merged_into=None) if state else arguments


def filters_of(arguments: QuerySet[Argument], chosen: str) -> list[Filter]:
    """Return the words of the filter with their counts: everything, and each state that something is in; one query."""
    counts = arguments.order_by().aggregate(
        **{
            state: Count("pk", filter=Q(merged_into__isnull=False))
            if state == MERGED
            else Count("pk", filter=Q(state=state, merged_into=None))
            for state in LABELS
        }
    )
    every = Filter(gettext_lazy("All"), "", sum(counts.values()), not chosen)
    return [
        every,
        *(
            Filter(label, f"?state={state}", counts[state], state == chosen)
            for state, label in LABELS.items()
            if counts[state] or state == chosen
        ),
    ]


def with_own_rows(arguments: ArgumentQuerySet) -> ArgumentQuerySet:
    """Attach what `own_texts` asks of each: whether its branch is locked, and what it was merged into."""
    return arguments.annotate(branch_locked=in_locked_branch()).select_related("merged_into")


def own_texts(rows: Iterable[Argument], viewer: Viewer) -> list[OwnText]:
    """Return a page of one's own arguments, which came `with_own_rows` and `with_card_rows`; one query."""
    arguments = list(rows)
    hidden = [one.public_id for one in arguments if one.state == State.HIDDEN]
    entries = LogEntry.objects.filter(act=LogEntry.Act.HIDE, item_kind="argument", item_id__in=hidden)
    reasons = {entry.item_id: entry for entry in entries.order_by("pk")}  # the last one stays
    cards = [card_of(one, viewer) for one in arguments]
    each_work_once(cards)
    return [
        _own_text(one, card, reasons.get(one.public_id), viewer)
        for one, card in zip(arguments, cards, strict=True)
    ]


def _own_text(argument: Argument, card: Card, entry: LogEntry | None, viewer: Viewer) -> OwnText:
    merged = argument.merged_into
    state = MERGED if merged is not None else argument.state
    locked = bool(argument.branch_locked)  # type: ignore[attr-defined]  # `with_own_rows` attaches it
    editable = state in (State.PUBLISHED, State.PENDING, State.DRAFT) and not locked
    thesis = argument.kind == Argument.Kind.THESIS
    withdrawable = editable and not thesis and state != State.PENDING

    def at(route: str, offered: bool) -> str:
        return reverse(route, args=[argument.public_id]) if offered else ""

    return OwnText(
        card=card,
        debate=debate_named(argument.debate, viewer),
        label=LABELS[state],
        why=_why(argument, state, locked=locked),
        reason=entry.reason if entry is not None else "",
        rule=entry.rule if entry is not None else "",
        edit_url=at("edit", editable),
        withdraw_url=at("withdraw", withdrawable),
        reinstate_url=at("reinstate", state == State.WITHDRAWN and not locked),
        appeal_url=at("appeal", state == State.HIDDEN and entry is not None),
        log_url=f"{reverse('log')}?act=hide" if state == State.HIDDEN else "",
        leads_to=merged.get_absolute_url() if merged is not None else "",
    )


def _why(argument: Argument, state: str, *, locked: bool) -> str:
    """Return in a sentence what a state means for its author."""
    match state:
        case State.PUBLISHED if argument.debate.state != State.PUBLISHED:
            return _("Its debate is not shown to everyone, so only you and the moderators read it.")
        case State.PUBLISHED if locked:
            return _("Everybody reads it; its branch is locked, so it stays as it is.")
        case State.PUBLISHED if argument.debate.anonymous:
            return _("Everybody reads it, under a number in place of your name.")
        case State.PUBLISHED:
            return _("Everybody reads it.")
        case State.PENDING:
            return _("A moderator looks at it first; until then only you and the moderators read it.")
        case State.HIDDEN:
            return _("Nobody but you and the moderators reads it. A moderator may show it again.")
        case State.WITHDRAWN if locked:
            return _("You withdrew it. Its branch is locked, so it cannot be published again now.")
        case State.WITHDRAWN:
            return _("You withdrew it, and can publish it again.")
        case "merged":
            return _("Another argument says the same and stands for both; your wording is kept there.")
        case State.DRAFT:
            return _("Only you read it.")
        case _removed:
            return _("It was taken away; its answers stay.")
