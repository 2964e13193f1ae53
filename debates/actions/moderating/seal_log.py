"""Seal what was appended to the log, and check the chain of seals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import batched
from secrets import token_hex

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from debates.log_chain import BEFORE_THE_FIRST, digest_of
from debates.models import LogEntry, LogSeal

A_READING = 1000
"""Entries that are held in memory at a time."""


@transaction.atomic
def seal(entry_ids: list[int]) -> int:
    """Seal some entries, in the order of their numbers; return how many had none. One after the other, whoever asks."""
    LogSeal.objects.get_or_create(number=0, defaults={"digest": BEFORE_THE_FIRST})
    LogSeal.objects.select_for_update().get(number=0)
    last = LogSeal.objects.latest("number")
    sealed = set(LogSeal.objects.filter(entry_id__in=entry_ids).values_list("entry_id", flat=True))
    number, digest, made = last.number, last.digest, 0
    for entry in LogEntry.objects.filter(pk__in=set(entry_ids) - sealed).order_by("pk"):
        number += 1
        salt = token_hex(16)
        digest = digest_of(digest, number, salt, entry.content)
        LogSeal.objects.create(number=number, entry_id=entry.pk, salt=salt, digest=digest)
        made += 1
    return made


def unsealed() -> list[int]:
    """Return the numbers of the entries without a seal."""
    seals = LogSeal.objects.filter(entry_id=OuterRef("pk"))
    return list(LogEntry.objects.filter(~Exists(seals)).order_by("pk").values_list("pk", flat=True))


def seal_all() -> int:
    """Seal what has none; return how many that were."""
    return sum(seal(list(some)) for some in batched(unsealed(), A_READING))


def faults_of_log(expected: str = "") -> Iterator[str]:
    """Yield a sentence for everything that is wrong with the chain; `expected` is a seal written down earlier."""
    seals = LogSeal.objects.filter(number__gt=0).order_by("number")
    digest, number, met = BEFORE_THE_FIRST, 0, not expected
    for some in batched(seals.iterator(A_READING), A_READING):
        entries = LogEntry.objects.in_bulk([one.entry_id for one in some if one.entry_id is not None])
        for one in some:
            number += 1
            if one.number != number:
                yield _("Seals %(first)d to %(last)d are missing.") % {
                    "first": number,
                    "last": one.number - 1,
                }
                number = one.number
            entry = entries.get(one.entry_id or 0)
            if entry is None:
                yield _("Entry %(entry)s is sealed under %(number)d, but it is gone.") % {
                    "entry": one.entry_id,
                    "number": number,
                }
            elif digest_of(digest, number, one.salt, entry.content) != one.digest:
                yield _("Entry %(entry)d does not say what was sealed under %(number)d.") % {
                    "entry": entry.pk,
                    "number": number,
                }
            digest = one.digest  # from here on against what stands there, so that one fault is told once
            met = met or digest == expected
    if not met:
        yield _("No seal is %(digest)s: the log is not the one that this seal was taken from.") % {
            "digest": expected
        }


def newest_seal() -> LogSeal | None:
    """Return the last seal; None where nothing was sealed yet."""
    return LogSeal.objects.filter(number__gt=0).order_by("-number").first()
