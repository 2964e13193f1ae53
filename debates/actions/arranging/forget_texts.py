"""Take texts out of what undoing a move, merge or split would bring back, because their author took them away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from debates.models import Rearrangement

TEXTS = ("claim", "elaboration", "elaboration_html", "purpose", "why", "note")
"""The columns in which members write, and which `Changes` may have kept."""


@transaction.atomic
def forget_texts(texts: Mapping[str, str], arguments: Collection[int]) -> int:
    """Put other words in place of texts wherever rearrangements of some arguments keep them; return how many kept any."""
    rows = Rearrangement.objects.filter(Q(argument__in=arguments) | Q(other__in=arguments))
    changed = 0
    for row in rows.select_for_update().order_by("pk"):
        before = replaced(row.before, texts)
        if before != row.before:
            row.before = before
            row.save(update_fields=["before"])
            changed += 1
    return changed


def replaced(kept: Any, texts: Mapping[str, str], column: str = "") -> Any:
    """Return what `Changes` kept with texts replaced, in the columns that hold texts alone. Any: JSON."""
    if isinstance(kept, dict):
        return {name: replaced(value, texts, name) for name, value in kept.items()}
    if isinstance(kept, list):
        return [replaced(value, texts, column) for value in kept]
    return texts.get(kept, kept) if column in TEXTS and isinstance(kept, str) else kept
