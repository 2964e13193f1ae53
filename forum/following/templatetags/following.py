"""Draw what is new to the reader of a page, and the control by which they follow or mute what it shows.

A page asks for as much of it as it draws: see `forum.following.reading`.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.models import Argument
from debates.permissions import may
from debates.views.parts.card import Card
from forum.following.actions.set_following import check_follow
from forum.following.reading import level_of, reading_of
from forum.following.things import Thing, thing_of

register = template.Library()
NEW = '<span class="new-mark"><span aria-hidden="true">●</span> {}</span>'
"""Told by its word and its shape; colour only repeats."""


def _request(context: Context) -> HttpRequest | None:
    """Return the request of a page; none where a template is drawn without one."""
    found: Any = context.get("request")  # Any: a context holds anything
    return found if isinstance(found, HttpRequest) and hasattr(found, "user") else None


@register.simple_tag(takes_context=True)
def new_mark(context: Context, card: Card) -> SafeString | str:
    """Say of a card that its argument is new to the reader."""
    request = _request(context)
    if request is None or not card.public_id or card.public_id not in reading_of(request).news.names:
        return ""
    return format_html(NEW, _("new"))


@register.simple_tag(takes_context=True)
def new_below(context: Context, card: Card) -> SafeString | str:
    """Say how many arguments below a card are new to the reader."""
    request = _request(context)
    count = reading_of(request).news.below[card.public_id] if request is not None else 0
    return _count(count)


@register.simple_tag(takes_context=True)
def new_in(context: Context, debate: Any) -> SafeString | str:
    """Say how many arguments are new in a debate of a list, which the context holds as `page`. Any: a debate or its stand-in."""
    request, page = _request(context), context.get("page")
    if request is None or page is None:
        return ""
    return _count(reading_of(request).new_in(debate.pk, [one.pk for one in page]))


@register.inclusion_tag("following/unread.html", takes_context=True)
def unread(context: Context, argument: Argument | None = None) -> dict[str, Any]:
    """Draw how much is new in the debate of a page, the way to the next, and what marks it as read. Any: a context.

    On the page of an argument that is itself new, or has something new below it, that can be marked by itself.
    """
    request = _request(context)
    reading = reading_of(request) if request is not None else None
    begun = reading.begun if reading is not None else None
    if request is None or reading is None or begun is None:
        return {}
    news = reading.news
    name = argument.public_id if argument is not None else ""
    return {
        "begun": begun,
        "argument": argument,
        "count": len(news.arguments),
        "next": news.after(argument.path if argument is not None else ""),
        "is_new": name in news.names,
        "below": news.below[name],
        "drawn_at": reading.drawn_at.isoformat(),
        "here": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("following/follow.html#control", takes_context=True)
def follow_control(context: Context, row: Any) -> dict[str, Any]:
    """Draw the control by which a member follows or mutes what a page shows; nothing for visitors. Any: a row, a context."""
    request, thing = _request(context), thing_of(row)
    if request is None or thing is None or not may(check_follow, request.user, thing):
        return {}
    return control_of(request, thing) | {"csrf_token": context.get("csrf_token")}


def control_of(request: HttpRequest, thing: Thing) -> dict[str, Any]:
    """Return what the control draws. Any: a context."""
    reading, match = reading_of(request), request.resolver_match
    shown = match is not None and match.url_name == thing.kind and thing.name in match.kwargs.values()
    known = shown and thing.kind in ("debate", "argument") and reading.begun is not None
    level = reading.begun.level if known and reading.begun else level_of(request.user.pk or 0, thing)
    own = isinstance(thing.row, Argument) and thing.row.author_id == request.user.pk
    return {"thing": thing, "level": level, "own": own, "here": request.get_full_path()}


def _count(count: int) -> SafeString | str:
    if not count:
        return ""
    return format_html(NEW, ngettext("%(count)d new", "%(count)d new", count) % {"count": count})
