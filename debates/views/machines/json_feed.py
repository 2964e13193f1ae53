"""Write a feed as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from debates.views.machines.feed import Feed
from debates.views.machines.feed_entries import Entry
from debates.views.machines.xml_text import allowed

CONTENT_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"
OWN = "_counterpoint"
"""What the format has no word for stands under a name of our own, which begins with an underscore as it asks."""


def write_json_feed(feed: Feed) -> str:
    """Return a feed as a document of JSON Feed."""
    found = {
        "version": VERSION,
        "title": allowed(feed.title),
        "home_page_url": feed.url,
        "feed_url": feed.self_url,
        "next_url": feed.next_url,
        "language": get_language(),
        "authors": [{"name": settings.SITE_NAME, "url": feed.site_url}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps({key: value for key, value in found.items() if value or key == "items"})


def _item(entry: Entry) -> dict[str, Any]:
    """Return one entry. Any: JSON."""
    author = {"name": allowed(entry.author), "url": entry.author_url}
    found = {
        "id": entry.key,
        "url": entry.url,
        "title": allowed(entry.title),
        "content_html": allowed(entry.html),
        "date_published": entry.posted.isoformat(),
        "date_modified": entry.changed.isoformat(),
        "authors": [{key: value for key, value in author.items() if value}] if entry.author else None,
        "tags": [allowed(tag) for tag in entry.tags],
        OWN: {
            "stance": entry.stance,
            "in_reply_to": {"id": entry.answers.key, "url": entry.answers.url} if entry.answers else None,
            "replies": entry.replies,
        },
    }
    return {key: value for key, value in found.items() if value}
