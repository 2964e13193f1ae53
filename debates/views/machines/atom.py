"""Write a feed as Atom (RFC 4287), with its threads (RFC 4685) and its further pages (RFC 5005)."""

from typing import IO, Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.translation import get_language

from debates.views.machines.feed import Feed
from debates.views.machines.feed_entries import Entry
from debates.views.machines.xml_text import XmlWriter

CONTENT_TYPE = Atom1Feed.content_type
THREADS = "http://purl.org/syndication/thread/1.0"
ATOM, HTML = "application/atom+xml", "text/html"


def write_atom(feed: Feed) -> str:
    """Return a feed as an Atom document."""
    document = _Document(feed)
    for entry in feed.entries:
        document.add_item(entry.title, entry.url, entry.html, entry=entry)
    return document.writeString("utf-8")


class _Document(Atom1Feed):
    """Django's Atom, with what it leaves out: kinds of links and content, threads, pages, and a date that is real."""

    def __init__(self, feed: Feed) -> None:
        super().__init__(
            feed.title,
            feed.url,
            "",
            language=get_language(),
            # An entry whose author is not named takes the feed's: the site itself.
            author_name=settings.SITE_NAME,
            author_link=feed.site_url,
            feed_url=feed.self_url,
            feed_guid=feed.key,
        )
        self.whole = feed

    def write(self, outfile: IO[Any], encoding: str) -> None:
        """Write the document. Any: Django's own signature."""
        handler = XmlWriter(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def root_attributes(self) -> dict[str, str]:
        """Name the language, and the vocabulary of threads."""
        return {**super().root_attributes(), "xmlns:thr": THREADS}

    def latest_post_date(self) -> Any:
        """Return when the feed changed last; Django says “now” where nothing stands in it. Any: Django's signature."""
        return self.whole.changed

    def add_root_elements(self, handler: Any) -> None:
        """Write the head of the feed. Any: Django's own signature."""
        super().add_root_elements(handler)
        for rel, address in (
            ("first", self.whole.first_url if self.whole.last_url else ""),
            ("previous", self.whole.previous_url),
            ("next", self.whole.next_url),
            ("last", self.whole.last_url),
        ):
            if address:
                handler.addQuickElement("link", "", {"rel": rel, "href": address, "type": ATOM})

    def add_item_elements(self, handler: Any, item: Any) -> None:
        """Write an entry. Any: Django's own signature."""
        entry: Entry = item["entry"]
        handler.addQuickElement("id", entry.key)
        handler.addQuickElement("title", entry.title)
        handler.addQuickElement("link", "", {"rel": "alternate", "type": HTML, "href": entry.url})
        handler.addQuickElement("published", rfc3339_date(entry.posted))
        handler.addQuickElement("updated", rfc3339_date(entry.changed))
        if entry.author:
            handler.startElement("author", {})
            handler.addQuickElement("name", entry.author)
            if entry.author_url:
                handler.addQuickElement("uri", entry.author_url)
            handler.endElement("author")
        handler.addQuickElement("category", "", {"term": entry.stance, "label": entry.stance_words})
        for tag in entry.tags:
            handler.addQuickElement("category", "", {"term": tag})
        self._add_thread(handler, entry)
        handler.addQuickElement("content", entry.html, {"type": "html"})

    def _add_thread(self, handler: Any, entry: Entry) -> None:
        """Write what the entry answers, and where its own answers are. Any: as above."""
        if entry.answers is not None:
            handler.addQuickElement(
                "thr:in-reply-to",
                "",
                {"ref": entry.answers.key, "href": entry.answers.url, "type": HTML},
            )
        handler.addQuickElement(
            "link",
            "",
            {"rel": "replies", "type": ATOM, "href": entry.feed_url, "thr:count": str(entry.replies)},
        )
        handler.addQuickElement("thr:total", str(entry.replies))
