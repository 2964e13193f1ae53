"""The filter of a queue: what waits is shown unless something else is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class OutcomeFilter(admin.SimpleListFilter):
    """Show what waits unless something else is asked for. `offered` are the choices, `waiting` the one that waits."""

    title = _("outcome")
    parameter_name = "outcome"
    offered: Sequence[tuple[Any, Any]] = ()
    """Any: choices of a model, with lazy translations."""
    waiting: str = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer every outcome, and all. Any: Django's own signature, lazy translations."""
        return [*self.offered, ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        """Leave out Django's own “all”, which would mean “waiting” here. Any: Django's own signature."""
        for choice in super().choices(changelist):
            if choice["query_string"] != changelist.get_query_string(remove=[self.parameter_name]):
                waits = choice["query_string"].endswith(f"={self.waiting}")
                yield choice | {"selected": choice["selected"] or (self.value() is None and waits)}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep what is asked for. Any: rows of the queue's own model."""
        wanted = self.value() or self.waiting
        return queryset if wanted == "all" else queryset.filter(**{self.parameter_name: wanted})
