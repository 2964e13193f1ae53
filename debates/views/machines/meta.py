"""What the head of a page tells programs: its one address, whether it may be listed, how it looks when shared, its feeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from debates.models import Argument, Debate, Document, Source, State, Tag
from debates.models.argument import Stance
from debates.views.machines import atom, json_feed
from debates.views.machines.canonical import canonical
from debates.views.machines.indexing import is_indexable
from debates.views.parts.card import DebateGone
from debates.views.parts.extent import Scope, Sizes, sizes_of
from debates.views.parts.pictured import picture_words

LONGEST_WORDS = 200
"""Characters of a description; who shows one cuts it at about this length."""


@dataclass(frozen=True)
class FeedLink:
    """One feed of a page."""

    title: str
    url: str
    content_type: str
    label: str
    """The name of its format."""


@dataclass(frozen=True)
class PageMeta:
    """What `templates/debates/meta.html` writes; addresses are absolute."""

    canonical: str
    title: str
    indexed: bool = True
    words: str = ""
    kind: str = "website"
    """The type of Open Graph: `website` or `article`."""
    image: str = ""
    """A picture of 1200 by 630 pixels; empty where there is none."""
    image_words: str = ""
    """The same in words."""
    feeds: Sequence[FeedLink] = ()


def site_page_meta(
    request: HttpRequest, route: str, title: str, words: str, page: Page[Any] | None = None
) -> PageMeta:
    """Return the head of a page about the whole site: as it opens it may be listed, sorted or filtered not.

    Any: whatever is paged.
    """
    news = _("%(site)s: new arguments") % {"site": settings.SITE_NAME}
    return PageMeta(
        canonical(request, reverse(route), page),
        title,
        indexed=not set(request.GET) - {"page"},
        words=words,
        feeds=feed_links(request, news, "site_feed"),
    )


def member_meta(request: HttpRequest, name: str, page: Page[Any] | None = None) -> PageMeta:
    """Return the head of a member's page: whoever wants no search engine to list what they argued, need not ask.

    Any: whatever is paged.
    """
    title = _("Arguments by %(name)s") % {"name": name}
    return PageMeta(
        canonical(request, reverse("member", args=[name]), page),
        name,
        indexed=False,
        feeds=feed_links(request, title, "member_feed", name=name),
    )


def search_meta(request: HttpRequest, query: str, page: Page[Any] | None = None) -> PageMeta:
    """Return the head of a search: it can be followed, and is not listed. Any: whatever is paged."""
    address = reverse("search")
    if not query:
        return PageMeta(canonical(request, address), _("Search"), indexed=False)
    title = _("Search: %(query)s") % {"query": query}
    further = {"page": page.number} if page is not None and page.number > 1 else {}
    asked = urlencode({"q": query})
    feeds = feed_links(request, title, "search_feed")
    return PageMeta(
        f"{canonical(request, address)}?{urlencode({'q': query, **further})}",
        title,
        indexed=False,
        feeds=[replace(feed, url=f"{feed.url}?{asked}") for feed in feeds],
    )


def debate_meta(request: HttpRequest, debate: Debate, sizes: Sizes | None = None) -> PageMeta:
    """Return the head of a debate's page; two statements, one where `sizes` of the debate are at hand."""
    sizes = sizes or sizes_of(Scope(debate.pk))
    meta = view_meta(request, debate, "debate", debate.question, sizes)
    return replace(meta, title=debate.question, indexed=is_indexable(debate))


def view_meta(
    request: HttpRequest, debate: Debate, route: str, name: str, sizes: Sizes | None = None
) -> PageMeta:
    """Return the head of a further view of a debate: it repeats what the debate's own page holds, and is not listed.

    `name` is what the view is called, “Map”; without `sizes` of the debate, which its picture shows, there is no picture.
    """
    feeds = feed_links(request, debate.question, "debate_feed", slug=debate.slug)
    listed = debate.state == State.PUBLISHED
    pictured = sizes if listed else None
    return PageMeta(
        canonical(request, reverse(route, args=[debate.slug])),
        _("%(view)s: %(question)s") % {"view": name, "question": debate.question},
        indexed=False,
        words=(_short(debate.summary) if listed else "")
        or _("What speaks for and against, with sources that anyone can check."),
        kind="article",
        image=_picture(request, "debate_picture", debate.slug) if pictured else "",
        image_words=_in_words(debate.question, pictured),
        feeds=feeds if listed else (),
    )


def argument_meta(
    request: HttpRequest, argument: Argument, debate: Debate | DebateGone, sizes: Sizes
) -> PageMeta:
    """Return the head of an argument's page; `debate` is what the page names as its debate. One statement.

    `sizes` are those of the argument with all below it, of which its picture shows what is below.
    """
    listed = argument.is_published and isinstance(debate, Debate) and debate.state == State.PUBLISHED
    title = _("Answers to: %(claim)s") % {"claim": argument.claim}
    where = _("%(side)s, in the debate “%(question)s”") % {
        "side": _side(argument),
        "question": debate.question,
    }
    said = " ".join((where, strip_tags(argument.elaboration_html)))
    return PageMeta(
        canonical(request, argument.get_absolute_url()),
        argument.claim,
        is_indexable(argument),
        _short(said),
        "article",
        _picture(request, "argument_picture", argument.public_id) if listed else "",
        _in_words(argument.claim, _below(argument, sizes) if listed else None),
        feed_links(request, title, "argument_feed", argument_id=argument.public_id) if listed else (),
    )


def source_meta(request: HttpRequest, source: Source, page: Page[Any] | None = None) -> PageMeta:
    """Return the head of a source's page; one statement. Any: whatever is paged."""
    title = _("Arguments that cite %(source)s") % {"source": source}
    indexed = is_indexable(source)
    return PageMeta(
        canonical(request, source.get_absolute_url(), page),
        source.title,
        indexed,
        _short(str(source)),
        feeds=feed_links(request, title, "source_feed", source_id=source.public_id) if indexed else (),
    )


def tag_meta(request: HttpRequest, tag: Tag, page: Page[Any] | None = None) -> PageMeta:
    """Return the head of a tag's page; one statement. Any: whatever is paged."""
    title = _("Arguments tagged “%(tag)s”") % {"tag": tag.label}
    indexed = is_indexable(tag)
    return PageMeta(
        canonical(request, reverse("tag", args=[tag.name]), page),
        tag.label,
        indexed,
        _short(tag.sentence) or title,
        feeds=feed_links(request, title, "tag_feed", name=tag.name) if indexed else (),
    )


def article_meta(request: HttpRequest, debate: Debate, document: Document) -> PageMeta:
    """Return the head of an article's page: it may be shared, but who searches should find it where it was published."""
    return PageMeta(
        canonical(request, reverse("article", args=[debate.slug])),
        document.source.title,
        indexed=False,
        words=_short(debate.question),
        kind="article",
    )


def feed_links(request: HttpRequest, title: str, route: str, **of: str) -> list[FeedLink]:
    """Return the two feeds of a page: `route` is the feed's name, `of` says of what."""
    kinds = {"atom": (atom.ATOM, "Atom"), "json": (json_feed.CONTENT_TYPE, "JSON Feed")}
    return [
        FeedLink(
            title, request.build_absolute_uri(reverse(route, kwargs={**of, "ending": ending})), kind, label
        )
        for ending, (kind, label) in kinds.items()
    ]


def _picture(request: HttpRequest, route: str, name: str) -> str:
    return request.build_absolute_uri(reverse(route, args=[name]))


def _in_words(text: str, sizes: Sizes | None) -> str:
    """Return the picture of a question or claim in words; without sizes there is none."""
    if sizes is None:
        return ""
    return picture_words(text, sizes.published(Stance.PRO), sizes.published(Stance.CON))


def _below(argument: Argument, sizes: Sizes) -> Sizes:
    """Return what stands below an argument: the argument itself is not counted."""
    return Sizes(tuple(row for row in sizes.rows if row[0] > argument.depth))


def _side(argument: Argument) -> str:
    match argument.stance:
        case Stance.PRO:
            return _("For")
        case Stance.CON:
            return _("Against")
        case _:
            return str(argument.get_kind_display()).capitalize()


def _short(words: str) -> str:
    return Truncator(" ".join(words.split())).chars(LONGEST_WORDS)
