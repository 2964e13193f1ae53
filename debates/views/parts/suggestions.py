"""What pages show of suggested edits: who reads which, the list beside an argument, the credit in its history."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from debates.actions.writing.take_suggestion import TAKEN
from debates.models import Argument, Debate, Suggestion
from debates.models.authorship import number_in, shown_member
from debates.models.visibility import Viewer, is_moderator

MOST_LISTED = 20
"""Suggestions of one argument that its page lists, those that wait first."""


@dataclass(frozen=True)
class SuggestionView:
    """One suggested edit as a list names it."""

    url: str
    by: str
    why: str
    outcome: str
    when: datetime


@dataclass(frozen=True)
class SuggestionsView:
    """What an argument's page shows of suggested edits."""

    suggest_url: str = ""
    waiting: list[SuggestionView] = field(default_factory=list)
    decided: list[SuggestionView] = field(default_factory=list)


def readable(viewer: Viewer) -> QuerySet[Suggestion]:
    """Return the suggestions that a viewer may read.

    What was taken stands in the history, for everyone. What waits is read by members, so that nobody suggests it again;
    what was declined or taken back by whoever suggested it, by the author and by moderators. All only with their argument.
    """
    shown = Suggestion.objects.filter(argument__in=Argument.objects.visible_to(viewer)).annotate(
        member_number=number_in("argument__debate", "member")
    )
    if is_moderator(viewer):
        return shown
    allowed = Q(outcome__in=TAKEN)
    if viewer.is_authenticated:
        allowed |= Q(outcome=Suggestion.Outcome.OPEN) | Q(member=viewer.pk) | Q(argument__author=viewer.pk)
    return shown.filter(allowed)


def suggestions_of(argument: Argument, viewer: Viewer) -> SuggestionsView:
    """Return what the page of an argument that a viewer reads shows of suggested edits; one query."""
    rows = readable(viewer).filter(argument=argument).select_related("member").order_by("-created_at", "-pk")
    waiting: list[SuggestionView] = []
    decided: list[SuggestionView] = []
    for one in rows[:MOST_LISTED]:
        (waiting if one.outcome == Suggestion.Outcome.OPEN else decided).append(_view(one, argument, viewer))
    own = viewer.is_authenticated and argument.author_id == viewer.pk
    offered = argument.is_published and not own
    return SuggestionsView(reverse("suggest", args=[argument.public_id]) if offered else "", waiting, decided)


def credits_of(argument: Argument, viewer: Viewer) -> dict[int, SuggestionView]:
    """Return who suggested versions of an argument, by the number of the version; one query."""
    rows = readable(viewer).filter(argument=argument, result__isnull=False).select_related("member", "result")
    return {one.result.number: _view(one, argument, viewer) for one in rows if one.result is not None}


def _view(one: Suggestion, argument: Argument, viewer: Viewer) -> SuggestionView:
    address = reverse("suggestion", args=[one.pk])
    by = name_of(one, argument.debate, viewer)
    return SuggestionView(address, by, one.why, one.get_outcome_display(), one.created_at)


def name_of(suggestion: Suggestion, debate: Debate, viewer: Viewer) -> str:
    """Return who is shown to have suggested an edit of an argument in a debate; it came through `readable`."""
    number: int | None = suggestion.member_number  # type: ignore[attr-defined]  # `readable` attaches it
    return shown_member(suggestion.member, debate, number, viewer).name or _("a former member")
