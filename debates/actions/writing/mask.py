"""Give members their numbers in an anonymous debate, and make a debate anonymous."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from debates.models import (
    Argument,
    Citation,
    CitationCheck,
    Concession,
    Debate,
    Delta,
    Mask,
    Source,
    Suggestion,
)
from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused


def wear_mask(debate: Debate, member: Viewer) -> None:
    """Give a member who says something in an anonymous debate their number there; within a transaction that locked its tree."""
    if debate.anonymous:
        Mask.objects.number_of(debate, member.pk)


def check_anonymous(viewer: Viewer, debate: Debate, anonymous: bool) -> None:
    """Refuse where a viewer cannot make a debate anonymous, or take that back; moderators may, and its opener when opening it.

    It can be made anonymous at any time. It is a promise to those who write there, so that it can be taken back only while
    nobody but its opener has said anything: whoever wrote under it must not be named afterwards.
    """
    if not is_moderator(viewer):
        raise Refused(_("Only a moderator can change whether a debate is anonymous."), "anonymous")
    if not anonymous and _speakers(debate) - {debate.opened_by_id}:
        raise Refused(
            _(
                "Others have written here because they were promised not to be named, so this debate stays anonymous."
            ),
            "anonymous",
            409,
        )


def set_anonymous(debate: Debate, anonymous: bool) -> None:
    """Make a debate anonymous, or not, in the transaction that locked it; who wrote there before is numbered in order."""
    debate.anonymous = anonymous
    debate.save(update_fields=["anonymous"])
    if not anonymous:
        return
    hush_sources(debate)
    for member in _in_order(debate):
        number = Mask.objects.number_of(debate, member)
        Argument.objects.filter(debate=debate, author=member, author_number=None).update(author_number=number)


def hush_sources(debate: Debate) -> None:
    """Leave out who added the sources that an anonymous debate cites, or grew from; they stay so, whoever cites them later."""
    used = Q(pk__in=Citation.objects.filter(argument__debate=debate).values("source")) | Q(
        pk=debate.article_id
    )
    Source.objects.filter(used, hushed=False).update(hushed=True)


def _said(debate: Debate) -> Iterable[tuple[int, datetime]]:
    """Yield who said something in a debate, in whatever state it is today, and when."""
    within = {"argument__debate": debate}
    yield from Argument.objects.filter(debate=debate, author__isnull=False).values_list(
        "author", "created_at"
    )
    yield from Suggestion.objects.filter(**within, member__isnull=False).values_list("member", "created_at")
    yield from Delta.objects.filter(**within).values_list("member", "created_at")
    yield from Concession.objects.filter(**within).values_list("member", "created_at")
    checks = CitationCheck.objects.filter(citation__argument__debate=debate)
    yield from checks.values_list("member", "created_at")


def _speakers(debate: Debate) -> set[int | None]:
    """Return who ever said something there under a number, or says something now."""
    found: set[int | None] = set(Mask.objects.filter(debate=debate).values_list("member", flat=True))
    return found | {member for member, _when in _said(debate)}


def _in_order(debate: Debate) -> list[int]:
    """Return who said something in a debate, in the order in which they first did."""
    said = sorted(_said(debate), key=lambda one: (one[1], one[0]))
    return list(dict.fromkeys(member for member, _when in said))
