"""The keys that move about a page, for those who read without a mouse."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

READING = (
    ("j", _("next argument")),
    ("k", _("previous argument")),
    ("p", _("the argument that it answers")),
    ("o", _("open its answers, or fold them")),
    ("n", _("the next that is new to you")),
)
WRITING = (
    ("f", _("answer for it")),
    ("a", _("answer against it")),
    ("r", _("rate it")),
)
EVERYWHERE = (
    ("/", _("search")),
    ("?", _("show these keys")),
)
PLACES = (
    ("h", "home", _("all debates")),
    ("t", "today", _("today")),
    ("s", "sources", _("sources")),
    ("n", "notices", _("your notices")),
    ("m", "minds", _("what changed minds")),
    ("l", "log", _("moderation log")),
    ("k", "keys", _("all keys")),
)
"""Where `g` and a second key lead: the key, the route, the words."""


@dataclass(frozen=True)
class Place:
    """Somewhere that `g` and a second key lead to."""

    key: str
    url: str
    words: str | Promise


@require_safe
@vary_on_headers("HX-Request")
def keys(request: HttpRequest) -> HttpResponse:
    """Show the keys, and the switch that turns them off; to a script the sheet alone."""
    part = "#sheet" if request.htmx else ""  # type: ignore[attr-defined]  # django-htmx adds it
    context = {
        "groups": [
            (_("While reading"), READING),
            (_("At an argument"), WRITING),
            (_("Everywhere"), EVERYWHERE),
        ],
        "places": [Place(key, reverse(route), words) for key, route, words in PLACES],
    }
    return render(request, f"debates/keys.html{part}", context)
