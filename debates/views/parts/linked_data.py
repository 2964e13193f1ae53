"""What a debate and an argument rest on, as JSON-LD in the head of their pages (schema.org `citation`, `isBasedOn`)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from debates.bibliography.linked_data import work
from debates.models import Argument, Debate, Source
from debates.views.parts.card import DebateGone

ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}
"""Within a script element nothing ends a text but `</`, and no entity is read: so these go as JSON's own escapes."""


def debate_data(request: HttpRequest, debate: Debate, sources: Iterable[Source]) -> SafeString:
    """Return the block of a debate's page: what its arguments cite, and the article that it grew from."""
    article = debate.article  # None where the reader may not see it (`with_article`)
    return data_block(
        {
            "@type": "Conversation",
            "@id": request.build_absolute_uri(debate.get_absolute_url()),
            "name": debate.question,
            "isBasedOn": _works(request, [article] if article else []),
            "citation": _works(request, sources),
        }
    )


def argument_data(
    request: HttpRequest,
    argument: Argument,
    debate: Debate | DebateGone,
    sources: Iterable[Source],
    origin: Mapping[str, object] | None,
) -> SafeString:
    """Return the block of an argument's page: what it cites, and the work in which it was made (`origin["source"]`)."""
    made_in = origin["source"] if origin else None
    return data_block(
        {
            "@type": "Comment" if argument.kind == Argument.Kind.NOTE else "Claim",
            "@id": request.build_absolute_uri(argument.get_absolute_url()),
            "text": argument.claim,
            "isPartOf": None
            if isinstance(debate, DebateGone)
            else {
                "@type": "Conversation",
                "@id": request.build_absolute_uri(debate.get_absolute_url()),
                "name": debate.question,
            },
            "isBasedOn": _works(request, [made_in] if isinstance(made_in, Source) else []),
            "citation": _works(request, sources),
        }
    )


def data_block(node: dict[str, Any]) -> SafeString:
    """Return a node as a block of data that no browser runs, so the policy on scripts does not ask about it. Any: JSON.

    Text comes out in ASCII: what turns the direction of writing stands there as an escape.
    """
    data = {"@context": "https://schema.org", **{key: value for key, value in node.items() if value}}
    words = json.dumps(data, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')  # noqa: S308 - escaped above


def _works(request: HttpRequest, sources: Iterable[Source]) -> list[dict[str, Any]]:
    return [work(source.record, request.build_absolute_uri(source.get_absolute_url())) for source in sources]
