"""Write the document for programs: one JSON object, a list for each kind of row. docs/own-data.md describes it."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import IO, Any
from uuid import UUID

from django.conf import settings

from forum.accounts.models import User
from forum.own_data.archive.rows import Row, account_of
from forum.own_data.archive.sections import Section

FORMAT, VERSION = "counterpoint-own-data", 1


def plain(value: Any) -> Any:
    """Return a value as JSON holds it; times in ISO 8601 with their zone. Any: values of columns, and JSON."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in the export.")


def as_json(row: Row) -> str:
    """Return a row as a JSON object."""
    return json.dumps({cell.name: cell.value for cell in row}, ensure_ascii=False, default=plain)


def write_data(file: IO[bytes], member: User, sections: list[Section], made_at: datetime) -> None:
    """Write the document, row by row; count the rows of each section on the way."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "site": settings.SITE_NAME,
        "address": settings.SITE_ADDRESS,
        "made_at": made_at.isoformat(),
    }
    opening = json.dumps(head, ensure_ascii=False).removesuffix("}")
    file.write(f'{opening},\n"account": {as_json(account_of(member))}'.encode())
    for section in sections:
        file.write(f',\n"{section.name}": ['.encode())
        for batch in section.batches(member):
            for row in batch:
                file.write(f"{',' if section.count else ''}\n{as_json(row)}".encode())
                section.count += 1
        file.write(b"]")
    file.write(b"\n}\n")
