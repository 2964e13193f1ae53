"""Mark a debate, a branch or one argument as read, up to when its page was drawn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from debates.models import Argument, Debate
from debates.models.argument import ArgumentQuerySet
from debates.models.visibility import Viewer
from forum.following.models import ReadArgument, ReadMark
from forum.following.unread import new_to, shown_by


@transaction.atomic
def mark_debate(member: Viewer, debate: Debate, read_to: datetime) -> bool:
    """Mark as read what a debate had shown by a time; return whether that changed anything.

    The mark never goes back, and never into the future. What was kept of single arguments until then is needless.
    """
    read_to = min(read_to, timezone.now())
    mark, made = ReadMark.objects.get_or_create(member=member, debate=debate, defaults={"read_to": read_to})
    moved = made or ReadMark.objects.filter(pk=mark.pk, read_to__lt=read_to).update(read_to=read_to) > 0
    here = ReadArgument.objects.filter(member=member, argument__debate=debate)
    shown = shown_by(Argument.objects.filter(pk__in=here.values("argument")))
    past = [key for key, at in shown.items() if at <= read_to]
    _count, gone = here.filter(argument__in=past).delete()
    return moved or bool(gone)


def mark_branch(member: Viewer, argument: Argument, read_to: datetime) -> bool:
    """Mark an argument and all below it as read, as far as it was shown by a time; return whether anything there was new."""
    return _mark(member, Argument.objects.all().subtree_of(argument), read_to)


def mark_argument(member: Viewer, argument: Argument) -> bool:
    """Mark one argument as read; return whether it was new."""
    return _mark(member, Argument.objects.filter(pk=argument.pk), timezone.now())


@transaction.atomic
def _mark(member: Viewer, arguments: ArgumentQuerySet, read_to: datetime) -> bool:
    found = new_to(member.pk).filter(pk__in=arguments.values("pk"), shown__lte=read_to)
    rows = [ReadArgument(member=member, argument_id=key) for key in found.values_list("pk", flat=True)]
    ReadArgument.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["member", "argument"],
        update_fields=["read"],
    )
    return bool(rows)


@transaction.atomic
def begin_reading(member: Viewer, debate: Debate) -> bool:
    """Count what is new in a debate from now on; return whether that began just now."""
    _mark_row, made = ReadMark.objects.get_or_create(
        member=member, debate=debate, defaults={"read_to": timezone.now()}
    )
    return made
