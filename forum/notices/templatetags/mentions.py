"""Draw the names that claims and elaborations mention, as links to the members."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import template
from django.template import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from debates.models import Argument
from forum.notices.actions.link_mentions import MOST_TOLD
from forum.notices.naming import NAME, folded, names_in, replace_names
from forum.notices.waiting import Mark, Waiting

register = template.Library()


def _drawn(context: Context, draw: Callable[[Waiting], str]) -> SafeString:
    """Return what `draw` makes with the marks of the page; where no middleware fills them, filled at once."""
    waiting = getattr(context.get("request"), "mentions_waiting", None)
    if waiting is not None:
        return mark_safe(draw(waiting))  # noqa: S308 - cleaned HTML, escaped names and marks
    alone = Waiting()
    return mark_safe(alone.fill(draw(alone)))  # noqa: S308 - the same


@register.simple_tag(takes_context=True)
def elaboration(context: Context, card: Any) -> SafeString:
    """Return a card's elaboration, which was cleaned when it was saved, with its mentions as links. Any: a Card."""
    return _with_links(context, card.public_id, card.html)


@register.simple_tag(takes_context=True)
def elaboration_of(context: Context, argument: Argument) -> SafeString:
    """Return an argument's elaboration, which was cleaned when it was saved, with its mentions as links."""
    return _with_links(context, argument.public_id, argument.elaboration_html)


def _with_links(context: Context, public_id: str, html: str) -> SafeString:
    if "@" not in html:
        return mark_safe(html)  # noqa: S308 - cleaned when it was saved

    def draw(waiting: Waiting) -> str:
        return replace_names(html, lambda name, whole: waiting.lay(Mark(public_id, folded(name), whole)))

    return _drawn(context, draw)


@register.simple_tag(takes_context=True)
def claim(context: Context, card: Any) -> SafeString:
    """Return a card's claim, a link to its own page where it has one; mentions in it lead to the members. Any: a Card."""
    words: str = card.claim

    def draw(waiting: Waiting) -> str:
        pieces, end = [], 0
        for match in NAME.finditer(words):
            pieces += [
                escape(words[end : match.start()]),
                waiting.lay(Mark(card.public_id, folded(match[1]), match[0], card.url)),
            ]
            end = match.end()
        return "".join([*pieces, escape(words[end:])])

    text = _drawn(context, draw) if "@" in words else escape(words)
    return format_html('<a href="{}">{}</a>', card.url, text) if card.url else text


@register.simple_tag(takes_context=True)
def mention_limit(context: Context, card: Any) -> SafeString:
    """Return, to its author and in the preview, the sentence that not all are told whom a text mentions. Any: a Card."""
    if "@" not in card.html and "@" not in card.claim:
        return SafeString("")
    own = not card.public_id or card.own
    names = names_in(card.claim, card.html) if own else []
    if len(names) <= MOST_TOLD:
        return SafeString("")

    def draw(waiting: Waiting) -> str:
        if not card.public_id:  # its names are looked up by what was typed
            for name in names:
                waiting.lay(Mark("", name))
        return waiting.lay(Mark(card.public_id))

    return _drawn(context, draw)
