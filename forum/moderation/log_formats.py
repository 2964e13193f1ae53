"""Write the public log as Atom (RFC 4287), for feed readers, and as JSON, for programs that keep or check it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any, NamedTuple

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from debates.views.machines.feed import NEVER
from debates.views.machines.xml_text import XmlWriter, allowed
from forum.moderation.shown_log import Shown


@dataclass(frozen=True)
class Head:
    """What stands at the head of either file. All addresses are absolute."""

    title: str
    page_url: str
    self_url: str
    older_url: str
    """Where the next page begins; empty on the last."""
    changed: datetime | None
    """When the newest entry was written; none in an empty log."""
    absolute: Callable[[str], str]


class Format(NamedTuple):
    """How the log is written, and what the answer is called."""

    write: Callable[[Head, list[Shown]], str]
    content_type: str


class _Atom(Atom1Feed):
    """Django's Atom, in which one odd letter hides no feed and an empty one has not changed just now."""

    changed: datetime

    def write(self, outfile: IO[Any], encoding: str) -> None:
        """Write the document. Any: Django's own signature."""
        handler = XmlWriter(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def latest_post_date(self) -> Any:
        """Return when the log changed last. Any: Django's own signature."""
        return self.changed


def sentence_of(one: Shown) -> str:
    """Return the act as a sentence without its reason: “cleo hid: argument x7”."""
    item = f"{one.kind} {one.entry.item_id}".strip() if one.named else one.kind
    return f"{one.actor} {one.entry.get_act_display()} {item}".strip()


def write_atom(head: Head, rows: list[Shown]) -> str:
    """Return a page of the log as an Atom document."""
    document = _Atom(
        head.title,
        head.page_url,
        "",
        language=get_language(),
        author_name=settings.SITE_NAME,
        feed_url=head.self_url,
    )
    document.changed = head.changed or NEVER
    for one in rows:
        lines = [(_("House rule: %(rule)s") % {"rule": one.rule},)] if one.rule else []
        document.add_item(
            allowed(sentence_of(one)),
            head.absolute(one.entry.item_url) if one.named and one.entry.item_url else head.page_url,
            format_html("{}<p>{}</p>", format_html_join("", "<p>{}</p>", lines), one.entry.reason),
            pubdate=one.entry.at,
            updateddate=one.entry.at,
            unique_id=f"{head.page_url}#{one.entry.pk}",
        )
    return document.writeString("utf-8")


def write_json(head: Head, rows: list[Shown]) -> str:
    """Return a page of the log as JSON; docs/moderating.md says what stands in it."""
    found = {
        "title": head.title,
        "page": head.page_url,
        "older": head.older_url or None,
        "entries": [_row(head, one) for one in rows],
    }
    return json.dumps(found)


def _row(head: Head, one: Shown) -> dict[str, Any]:
    """Return one entry; what its seal was computed from where nothing is left out. Any: JSON."""
    entry = one.entry
    found: dict[str, Any] = {
        "id": entry.pk,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "act": entry.act,
        "sentence": sentence_of(one),
        "by": one.actor,
        "item": {
            "kind": entry.item_kind,
            "id": (entry.item_id or None) if one.named else None,
            "url": head.absolute(entry.item_url) if one.named and entry.item_url else None,
        },
        "rule": entry.rule or None,
        "reason": entry.reason,
    }
    if one.seal is not None:
        found["seal"] = {"number": one.seal.number, "digest": one.seal.digest}
        if one.is_whole:
            found["seal"] |= {"salt": one.seal.salt, "content": entry.content}
    return found


FORMATS = {
    "atom": Format(write_atom, Atom1Feed.content_type),
    "json": Format(write_json, "application/json"),
}
"""The formats by the last part of the address."""
