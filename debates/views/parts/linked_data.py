"""A debate and an argument as JSON-LD in the head of their pages: a posting, its answers, what they rest on (schema.org).

The shape is that of a discussion forum as search engines read it (schema.org `DiscussionForumPosting` with nested
`Comment`); `citation` and `isBasedOn` are ours. Only what is published stands here, whoever looks at the page.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from debates.bibliography.linked_data import work
from debates.models import Argument, Debate, Source, State, Tag
from debates.models.authorship import shown_author
from debates.views.parts.card import Card, DebateGone

ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}
"""Within a script element nothing ends a text but `</`, and no entity is read: so these go as JSON's own escapes."""
WEIGHT = 6_000
"""Bytes of a block, about: answers are added level by level, then works, as long as they fit; one of each always does."""
FOR_ANSWERS = 4_000
"""Bytes after which no further answer is added, so that works find room."""
LONGEST_TEXT = 600
"""Characters of a text; the form allows claims of 300, but summaries and imports bring longer ones."""


def debate_data(
    request: HttpRequest,
    debate: Debate,
    sources: Iterable[Source],
    theses: Sequence[Card] = (),
    tags: Iterable[Tag] = (),
    count: int = 0,
) -> SafeString:
    """Return the block of a debate's page: the question, its theses and their answers, what they cite and grew from.

    `theses` are the cards that the page draws, `count` is how many arguments everyone may read.
    """
    article = debate.article  # None where the reader may not see it (`with_article`)
    name = debate.opened_by.get_username() if debate.opened_by and not debate.anonymous else ""
    return data_block(
        _weighed(
            request,
            {
                "@type": "DiscussionForumPosting",
                "@id": (address := request.build_absolute_uri(debate.get_absolute_url())),
                "url": address,
                "headline": debate.question,
                "text": _cut(debate.summary or debate.question),
                "author": _person(request, name, reverse("member", args=[name]))
                if name
                else _editors(request),
                "datePublished": debate.created_at.isoformat(timespec="seconds"),
                "isBasedOn": _works(request, [article] if article else []),
                "about": [{"@type": "Thing", "name": tag.label} for tag in tags],
                "commentCount": count,
                "interactionStatistic": _interactions(count),
            },
            sources,
            theses,
        )
    )


def argument_data(
    request: HttpRequest,
    argument: Argument,
    debate: Debate | DebateGone,
    sources: Iterable[Source],
    origin: Mapping[str, object] | None,
    card: Card | None = None,
) -> SafeString:
    """Return the block of an argument's page: the claim, its answers, what it cites, the work in which it was made.

    `card` is its card with what is drawn below it, `origin["source"]` the work.
    """
    made_in = origin["source"] if origin else None
    below = card.below if card else 0
    by = shown_author(argument, request.user)
    edited = argument.edited_at
    return data_block(
        _weighed(
            request,
            {
                "@type": "DiscussionForumPosting",
                "@id": (address := request.build_absolute_uri(argument.get_absolute_url())),
                "url": address,
                "text": _cut(argument.claim),
                "author": _author(request, by.name, by.url, voice=by.voice),
                "datePublished": argument.created_at.isoformat(timespec="seconds"),
                "dateModified": edited.isoformat(timespec="seconds") if edited else None,
                "isPartOf": None
                if isinstance(debate, DebateGone)
                else {
                    "@type": "DiscussionForumPosting",
                    "@id": request.build_absolute_uri(debate.get_absolute_url()),
                    "headline": debate.question,
                },
                "isBasedOn": _works(request, [made_in] if isinstance(made_in, Source) else []),
                "about": [{"@type": "Thing", "name": tag.label} for tag in card.topic_tags] if card else [],
                "commentCount": below,
                "interactionStatistic": _interactions(below),
            },
            sources,
            card.answers if card else (),
        )
    )


def data_block(node: dict[str, Any]) -> SafeString:
    """Return a node as a block of data that no browser runs, so the policy on scripts does not ask about it. Any: JSON.

    Text comes out in ASCII: what turns the direction of writing stands there as an escape.
    """
    data = {"@context": "https://schema.org", **{key: value for key, value in node.items() if value}}
    return mark_safe(f'<script type="application/ld+json">{_written(data)}</script>')  # noqa: S308 - escaped there


def _written(node: Any) -> str:
    """Return JSON as it stands in the page. Any: JSON."""
    return json.dumps(node, separators=(",", ":")).translate(ESCAPES)


def _weighed(
    request: HttpRequest, node: dict[str, Any], sources: Iterable[Source], cards: Sequence[Card]
) -> dict[str, Any]:
    """Return a posting with as many answers and works as its weight allows, the nearest first. Any: JSON."""
    weight = len(_written(node))
    works = {source.get_absolute_url(): source for source in sources}
    cited: dict[str, Source] = {}
    answered = False
    waiting = deque((node, card) for card in cards)
    while waiting:
        above, card = waiting.popleft()
        if card.placeholder or card.state != State.PUBLISHED:
            continue
        comment = _comment(request, card, works)
        weight += len(_written(comment)) + len(',"comment":[]')
        if weight > FOR_ANSWERS and answered:
            break
        answered = True
        above.setdefault("comment", []).append(comment)
        cited |= {one.url: works[one.url] for one in card.citations if one.url in works}
        waiting += [(comment, answer) for answer in card.answers]
    chosen: list[dict[str, Any]] = []
    for address, source in (cited | works).items():
        found = work(source.record, request.build_absolute_uri(address))
        weight += len(_written(found)) + 1
        if weight > WEIGHT and chosen:
            break
        chosen.append(found)
    return node | {"citation": chosen}


def _comment(request: HttpRequest, card: Card, works: Mapping[str, Source]) -> dict[str, Any]:
    """Return one answer; what it cites is named by the address under which the page's posting describes it. Any: JSON."""
    posted = card.posted.isoformat(timespec="seconds") if card.posted else ""
    found = {
        "@type": "Comment",
        "url": request.build_absolute_uri(card.url),
        "text": _cut(card.claim),
        "author": _author(request, card.by, card.by_url, voice=card.voice),
        "dateCreated": posted,
        "datePublished": posted,  # the word that search engines ask for
        "citation": [
            {"@id": request.build_absolute_uri(one.url)} for one in card.citations if one.url in works
        ],
    }
    return {key: value for key, value in found.items() if value}


def _cut(text: str) -> str:
    return Truncator(text).chars(LONGEST_TEXT)


def _author(request: HttpRequest, name: str, url: str, *, voice: bool) -> dict[str, str]:
    """Return who says something: a member, or a voice, whose words the editors restated; else the editors."""
    if voice:
        return {"@type": "Person", "name": _("%(name)s, as the editors restate it") % {"name": name}}
    return _person(request, name, url) if name else _editors(request)


def _person(request: HttpRequest, name: str, url: str) -> dict[str, str]:
    """Return somebody by name; who is shown under a number has no page to lead to."""
    person = {"@type": "Person", "name": name}
    return {**person, "url": request.build_absolute_uri(url)} if url else person


def _editors(request: HttpRequest) -> dict[str, str]:
    address = request.build_absolute_uri(reverse("home"))
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": address}


def _interactions(count: int) -> dict[str, Any] | None:
    """Return how often it was answered. Any: JSON."""
    if not count:
        return None
    action = "https://schema.org/CommentAction"
    return {"@type": "InteractionCounter", "interactionType": action, "userInteractionCount": count}


def _works(request: HttpRequest, sources: Iterable[Source]) -> list[dict[str, Any]]:
    return [work(source.record, request.build_absolute_uri(source.get_absolute_url())) for source in sources]
