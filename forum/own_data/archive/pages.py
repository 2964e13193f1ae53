"""Write the pages for people: a contents page and one for each section that has rows; no script, one small style sheet."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import IO, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.dateformat import format as format_date
from django.utils.formats import get_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from forum.accounts.models import User
from forum.own_data.archive.rows import Cell, Row, account_of
from forum.own_data.archive.sections import Section

type Open = Callable[[str], AbstractContextManager[IO[bytes]]]
"""What opens a file of the archive for writing."""

HEADLINES = ("claim", "question", "title", "why", "words", "name", "email")
"""The columns of which one heads a row."""


def write_pages(open_file: Open, member: User, sections: list[Section], made_at: datetime) -> None:
    """Write contents, style sheet and a page for each section that had rows when it was counted."""
    shown = [section for section in sections if section.count]
    common = {"member": member, "site_name": settings.SITE_NAME, "made_at": made_at, "sections": shown}
    for section in shown:
        with open_file(section.page) as file:
            file.write(render_to_string("own_data/archive.html#head", common | {"here": section}).encode())
            for batch in section.batches(member):
                for row in batch:
                    file.write(
                        render_to_string("own_data/archive.html#row", {"row": drawn_row(row)}).encode()
                    )
            file.write(render_to_string("own_data/archive.html#foot", common).encode())
    with open_file("index.html") as file:
        account = drawn_row(account_of(member))
        file.write(render_to_string("own_data/archive.html", common | {"row": account}).encode())
    with open_file("style.css") as file:
        file.write(render_to_string("own_data/archive.css").encode())


def drawn_row(row: Row) -> dict[str, Any]:
    """Return the headline of a row, and what else it says: labels and words; what is empty is left out. Any: a template's."""
    head = next((cell for cell in row if cell.name in HEADLINES and isinstance(cell.value, str)), None)
    rest = [
        (cell.label, drawn(cell)) for cell in row if cell is not head and cell.value not in (None, "", [], {})
    ]
    return {"head": head.value if head is not None else "", "rest": rest}


def drawn(cell: Cell) -> SafeString | str:
    """Return the words of a cell."""
    return cell.words or _drawn(cell.value)


def _drawn(value: Any) -> SafeString | str:
    """Draw a value: a link where it has an address, a list of lists where it has parts. Any: JSON, and times."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return format_date(localtime(value), get_format("DATETIME_FORMAT"))
    if isinstance(value, date):
        return format_date(value, get_format("DATE_FORMAT"))
    if isinstance(value, dict) and "url" in value:
        words = value.get("claim") or value.get("question") or value.get("title") or value["url"]
        return format_html('<a href="{}" dir="auto">{}</a>', value["url"], words)
    if isinstance(value, dict):
        parts = [
            (capfirst(name.replace("_", " ")), _drawn(part))
            for name, part in value.items()
            if part not in (None, "", [], {})
        ]
        return format_html(
            "<dl>{}</dl>", format_html_join("", '<div><dt>{}</dt><dd dir="auto">{}</dd></div>', parts)
        )
    if isinstance(value, list):
        return format_html(
            "<ul>{}</ul>", format_html_join("", '<li dir="auto">{}</li>', ((_drawn(one),) for one in value))
        )
    return str(value)
