"""Change rows and keep what they said before, so that a rearrangement can be taken back row by row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

type Plain = str | int | bool | None
"""The value of a column as JSON holds it; times as ISO 8601."""


class Changes:
    """What a rearrangement did to rows. All that is kept of it is JSON: keys, and the values of columns before and after."""

    def __init__(self) -> None:
        self.touched: set[int] = set()
        """The arguments whose own rows, places or answers changed: two rearrangements that share one are undone in order."""
        self._changed: list[list[Any]] = []  # Any, here and below: columns of any model
        self._made: list[list[Any]] = []
        self._removed: list[list[Any]] = []
        self._places: list[dict[str, Plain]] = []

    def change(self, row: models.Model, **values: Any) -> None:
        """Set columns of one row that is at hand, and save them. Any: values of columns."""
        columns: dict[str, list[Plain]] = {}
        for name, value in values.items():
            column = _column(row, name)
            before = getattr(row, column)
            setattr(row, name, value)
            columns[column] = [_plain(before), _plain(getattr(row, column))]
        row.save(update_fields=list(values))
        self._changed.append([row._meta.model_name, row.pk, columns])

    def note(self, row: models.Model, before: dict[str, Any]) -> None:
        """Keep what columns of a row said, which something else has written by now. Any: values of columns."""
        columns = {
            column: [_plain(value), _plain(getattr(row, column))]
            for column, value in before.items()
            if value != getattr(row, column)
        }
        if columns:
            self._changed.append([row._meta.model_name, row.pk, columns])

    def make[M: models.Model](self, rows: Iterable[M], *watched: str) -> list[M]:
        """Write new rows and return them. One whose `watched` columns say something else by then is not taken back."""
        made = list(rows)
        for row in made:
            row.save(force_insert=True)
            values = {column: _plain(getattr(row, column)) for column in watched}
            self._made.append([row._meta.model_name, row.pk, values])
        return made

    def remove(self, rows: Iterable[models.Model]) -> None:
        """Delete rows that nothing hangs on, and keep them whole."""
        for row in rows:
            values = {
                field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields
            }
            self._removed.append([row._meta.model_name, row.pk, values])
            row.delete()

    def moved(self, place: dict[str, Plain]) -> None:
        """Keep where an argument stood, as `put_under` notes it."""
        self._places.append(place)

    def as_json(self, **more: Any) -> dict[str, Any]:
        """Return all of it for `Rearrangement.before`. Any: JSON."""
        return {
            "touched": sorted(self.touched),
            "changed": self._changed,
            "made": self._made,
            "removed": self._removed,
            "places": self._places,
            **more,
        }


def take_back(before: dict[str, Any]) -> None:
    """Give rows back what they said. What was changed once more since is left as it is. Any: JSON that `Changes` wrote."""
    for name, pk, watched in reversed(before["made"]):
        row = _model(name).filter(pk=pk).first()
        if row is not None and all(
            _plain(getattr(row, column)) == value for column, value in watched.items()
        ):
            row.delete()
    for name, pk, columns in reversed(before["changed"]):
        row = _model(name).filter(pk=pk).first()
        if row is None:
            continue
        back = {
            column: row._meta.get_field(column).to_python(old)
            for column, (old, new) in columns.items()
            if _plain(getattr(row, column)) == new
        }
        if back:
            _model(name).filter(pk=pk).update(**back)
    for name, pk, values in before["removed"]:
        if not _model(name).filter(pk=pk).exists():
            fields = _model(name).model._meta
            whole = {column: fields.get_field(column).to_python(value) for column, value in values.items()}
            _model(name).bulk_create([_model(name).model(**whole)], ignore_conflicts=True)


def _model(name: str) -> models.QuerySet[Any]:
    """Return the rows of a model of ours. Any: whichever model."""
    rows: models.QuerySet[Any] = apps.get_model("debates", name)._base_manager.all()
    return rows


def _column(row: models.Model, name: str) -> str:
    """Return the name of a field's column on a row."""
    return next(field.attname for field in row._meta.concrete_fields if name in (field.name, field.attname))


def _plain(value: Any) -> Plain:
    """Return the value of a column as JSON holds it. Any: whichever column."""
    if isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)
