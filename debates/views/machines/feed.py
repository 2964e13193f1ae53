"""A feed: a page of entries with what stands at its head, whatever it is written as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from debates.models import Argument
from debates.views.machines.canonical import canonical, lasting_name
from debates.views.machines.feed_entries import Entry, entries_of, with_feed_rows

A_PAGE = 50
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed changed in which nothing ever stood: it must name a time (RFC 4287), and the same one every time."""


@dataclass(frozen=True)
class Feed:
    """What is written. All addresses are absolute."""

    key: str
    title: str
    site_url: str
    url: str
    """The page that it follows."""
    self_url: str
    first_url: str
    changed: datetime
    entries: list[Entry]
    previous_url: str = ""
    next_url: str = ""
    last_url: str = ""


def feed_of(
    request: HttpRequest,
    arguments: QuerySet[Argument],
    *,
    name: str,
    title: str,
    path: str,
    began: datetime = NEVER,
    query: dict[str, str] | None = None,
) -> Feed:
    """Return one page of a feed of listed arguments, `?page=2` the second, in four statements.

    `name` stays whatever becomes of the address; `path` leads to the page that is followed; `began` is when a feed
    without entries changed last; `query` are the words that make the feed what it is (a search).
    """
    page = Paginator(with_feed_rows(arguments), A_PAGE).get_page(request.GET.get("page"))
    entries = entries_of(request, page)

    def address(number: int) -> str:
        words = {**(query or {}), **({"page": str(number)} if number > 1 else {})}
        return canonical(request, request.path) + (f"?{urlencode(words)}" if words else "")

    return Feed(
        key=lasting_name(request, name),
        title=title,
        site_url=canonical(request, reverse("home")),
        url=canonical(request, path) + (f"?{urlencode(query)}" if query else ""),
        self_url=address(page.number),
        first_url=address(1),
        changed=max((one.changed for one in entries), default=began),
        entries=entries,
        previous_url=address(page.previous_page_number()) if page.has_previous() else "",
        next_url=address(page.next_page_number()) if page.has_next() else "",
        last_url=address(page.paginator.num_pages) if page.paginator.num_pages > 1 else "",
    )
