"""Draw on a card whether its reader keeps it, and the button that changes that; on an argument's page also their note.

All buttons of a page belong to one form, which `templates/base.html` has for members (`bookmarks/bookmark.html#form`):
on a page of a hundred cards a form each would be a tenth of what is sent.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from debates.models import Argument
from debates.views.parts.card import Card
from forum.bookmarks.kept import names_kept_by
from forum.bookmarks.merged import merged_into
from forum.bookmarks.models import Bookmark

register = template.Library()
BUTTON = (
    '<span class="bookmark" id="bookmark-{name}"{oob}><button class="linklike" type="submit" form="bookmarks"'
    ' name="{act}" value="{name}"{said}>{words}</button>{more}</span>'
)


@register.simple_tag(takes_context=True)
def bookmark_button(context: Context, card: Card) -> SafeString | str:
    """Draw the button of a card; nothing for visitors, and nothing where no request is at hand."""
    found: Any = context.get("request")  # Any: a context holds anything
    if not isinstance(found, HttpRequest) or not hasattr(found, "user") or not found.user.is_authenticated:
        return ""
    return button(card.public_id, card.public_id in names_kept(found))


def button(name: str, kept: bool) -> SafeString:
    """Return the button for an argument of this name: it keeps it, or takes its bookmark away and leads to its note."""
    return _drawn(name, kept, _("Bookmark"))


def button_anew(name: str, kept: bool) -> SafeString:
    """Return the button after it was pressed, which htmx sets in its old place, and which says aloud what holds now."""
    said = _("Bookmarked.") if kept else _("Bookmark taken away.")
    oob, said = mark_safe(' data-hx-swap-oob="true"'), format_html(' data-said="{}"', said)
    return _drawn(name, kept, _("Put the bookmark back"), oob, said)


def _drawn(name: str, kept: bool, words: str, oob: str = "", said: str = "") -> SafeString:
    if not kept:
        return format_html(BUTTON, name=name, act="keep", words=words, more="", oob=oob, said=said)
    more = format_html(' <a href="{}">{}</a>', reverse("bookmark", args=[name]), _("Note and lists"))
    words = format_html('<span aria-hidden="true">✓</span> {}', _("Bookmarked"))
    return format_html(BUTTON, name=name, act="drop", words=words, more=more, oob=oob, said=said)


def names_kept(request: HttpRequest) -> frozenset[str]:
    """Return the public ids of all arguments that a reader keeps, asked for once a request; one statement."""
    known: Any = getattr(request, "names_kept", None)  # Any: requests have no such attribute of their own
    if known is None:
        known = names_kept_by(request.user.pk or 0)
        request.names_kept = known  # type: ignore[attr-defined]  # likewise
    names: frozenset[str] = known
    return names


@register.inclusion_tag("bookmarks/bookmark.html#margin", takes_context=True)
def bookmark_note(context: Context, argument: Argument) -> dict[str, Any]:
    """Draw beside an argument what its reader noted of it; one statement, and only where they keep it. Any: a context."""
    found: Any = context.get("request")  # Any: a context holds anything
    if not isinstance(found, HttpRequest) or not found.user.is_authenticated:
        return {}
    if argument.public_id not in names_kept(found):
        return {}
    rows = Bookmark.objects.filter(member=found.user, argument__in=merged_into([argument.pk])).standing()
    return {
        "notes": [note for note in rows.values_list("note", flat=True) if note],
        "name": argument.public_id,
    }
