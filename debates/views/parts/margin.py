"""What stands in the margin of an argument's page: what was done to it, and what its reader can do with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from debates.actions.arranging.bundle import check_join
from debates.actions.arranging.link_argument import check_place
from debates.actions.arranging.move_argument import check_move
from debates.actions.arranging.split_argument import check_split
from debates.actions.weighing.change_mind import check_change_mind
from debates.actions.writing.concede import check_concede
from debates.models import Argument, Delta, State
from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused, check_moderate, may
from debates.views.parts.rearranged import OtherWording, Rearranged, rearrangements_of, wordings_of
from debates.views.parts.staleness import StaleView, stale_of
from debates.views.parts.suggestions import SuggestionsView, suggestions_of


@dataclass(frozen=True)
class Act:
    """Something that a reader can do, and where."""

    words: str
    url: str


@dataclass
class Margin:
    """All that stands beside an argument of how it came to be where and as it is."""

    stale: StaleView | None
    suggestions: SuggestionsView
    rearrangements: list[Rearranged]
    wordings: list[OtherWording]
    minds: int
    """How many say that it changed their mind."""
    acts: list[Act] = field(default_factory=list)


def margin_of(argument: Argument, viewer: Viewer) -> Margin:
    """Return the margin of an argument as its reader may see it."""
    return Margin(
        stale=stale_of(argument),
        suggestions=suggestions_of(argument, viewer),
        rearrangements=rearrangements_of(argument, viewer),
        wordings=wordings_of(argument),
        minds=Delta.objects.filter(argument=argument, state=State.PUBLISHED).count(),
        acts=_acts(argument, viewer),
    )


def _check_merge(viewer: Viewer, argument: Argument) -> None:
    """Refuse who cannot merge; whether two can be one is asked once both are chosen."""
    check_moderate(viewer)
    if not argument.is_published:
        raise Refused(_("Only what is published can be merged."), status=409)


def _acts(argument: Argument, viewer: Viewer) -> list[Act]:
    """Return what is more than answering: nothing for visitors, who would only be sent to sign in."""
    if not viewer.is_authenticated:
        return []
    offered = [
        ("mind", _("It changed my mind"), check_change_mind),
        ("premise", _("Add a premise that it needs"), check_join),
        ("link", _("Place it elsewhere, too"), check_place),
        ("concede", _("Grant the point"), check_concede),
    ]
    if is_moderator(viewer):
        offered += [
            ("move", _("Move"), check_move),
            ("merge", _("Merge"), _check_merge),
            ("split", _("Split"), check_split),
        ]
    return [
        Act(words, reverse(name, args=[argument.public_id]))
        for name, words, check in offered
        if may(check, viewer, argument)
    ]
