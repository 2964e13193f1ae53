"""Pages by keyset: a cursor says after which row to go on, so the thousandth page costs what the first does.

What is added or taken away meanwhile neither doubles a row nor leaves one out. Only what is moved within a tree while
somebody turns the pages may be met twice or not at all: its place in the order has changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from debates.permissions import Refused


@dataclass(frozen=True)
class Order:
    """The order of a list: its name, which cursors are bound to, and the columns, the last of which is unique."""

    name: str
    columns: tuple[str, ...]
    """As `order_by` takes them, none of them ever empty; “-” turns one round."""


def page_of[T: Model](
    rows: QuerySet[T], order: Order, cursor: str | None, limit: int
) -> tuple[list[T], str | None]:
    """Return the rows after a cursor, at most so many, and the cursor of the next page, if there is one."""
    if cursor is not None:
        rows = rows.filter(_after(order, read_cursor(order.name, cursor, len(order.columns))))
    found = list(rows.order_by(*order.columns)[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], write_cursor(order.name, [_written(last, column) for column in order.columns])


def span_of(hits: Sequence[int], name: str, cursor: str | None, limit: int) -> tuple[list[int], str | None]:
    """Return the keys of some hits of a search, the best first, and the next cursor.

    What is ordered by how well it fits has no column to go on from, so this cursor counts.
    """
    start = int(read_cursor(name, cursor, 1)[0]) if cursor is not None else 0
    further = start + limit
    return list(hits[start:further]), write_cursor(name, [further]) if further < len(hits) else None


def write_cursor(name: str, values: Sequence[object]) -> str:
    """Return a cursor: values of JSON, signed, so that nobody steers a query with one that was made by hand.

    It bears no date: the same page names the same next page, or its ETag would change with every second.
    """
    return signing.Signer(salt=f"debates.api.{name}").sign_object(list(values), compress=True)


def read_cursor(name: str, cursor: str, length: int) -> list[Any]:
    """Return what a cursor says, or refuse it. Any: values of JSON, as we wrote them."""
    try:
        values = signing.Signer(salt=f"debates.api.{name}").unsign_object(cursor)
    except signing.BadSignature as error:
        raise _no_cursor() from error
    if not isinstance(values, list) or len(values) != length:
        raise _no_cursor()  # written before an order was changed here
    return values


def _no_cursor() -> Refused:
    said = _("“cursor” is none that this list gave out; begin again without it, and follow “next”.")
    return Refused(said, "cursor", 422)


def link_next(request: HttpRequest, response: HttpResponse, cursor: str | None) -> str | None:
    """Return the address of the next page, and name it in the head of the answer, too (RFC 8288); None for no next page."""
    if cursor is None:
        return None
    asked = request.GET.copy()
    asked["cursor"] = cursor
    address = request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
    response["Link"] = f'<{address}>; rel="next"'
    return address


def _after(order: Order, values: Sequence[object]) -> Q:
    """Return the condition for what comes later: the first column that differs decides."""
    later, same = Q(), Q()
    for column, value in zip(order.columns, values, strict=True):
        name, read = column.removeprefix("-"), _read(value)
        further = "lt" if column.startswith("-") else "gt"
        later |= same & Q(**{f"{name}__{further}": read})
        same &= Q(**{name: read})
    return later


def _written(row: Model, column: str) -> object:
    """Return a row's value of a column as JSON can hold it; a moment keeps its microseconds."""
    value: Any = row  # Any: each step leads to a row or a value
    for step in column.removeprefix("-").split("__"):
        value = getattr(value, step)
    return {"at": value.isoformat()} if isinstance(value, datetime) else value


def _read(value: Any) -> object:
    """Return what `_written` made a value of JSON from. Any: JSON."""
    return datetime.fromisoformat(value["at"]) if isinstance(value, dict) else value
