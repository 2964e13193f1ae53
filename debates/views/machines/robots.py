"""What robots may read (RFC 9309)."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from debates.views.machines.answering import answered
from debates.views.machines.canonical import canonical

CLOSED = (
    "/admin/",
    "/accounts/",
    "/notices/",
    "/sources/add/",
    "/sources/find/",
    "/search/suggest/",
    "/debates/open/",
    "/queues/",
)
"""The moderators' room, and pages that begin with a form or are somebody's own."""
FORMS = (
    "add",
    "ask",
    "check",
    "concede",
    "edit",
    "hide",
    "link",
    "merge",
    "move",
    "opinion",
    "premise",
    "rebut",
    "reinstate",
    "relate",
    "reply",
    "report",
    "see",
    "similar",
    "split",
    "style",
    "suggest",
    "undo",
    "unlink",
    "withdraw",
)
"""The last words of addresses at which something is written."""


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """Allow reading, name the map, and keep robots out of forms: no page that is thin or hidden is named here.

    What may be read but not listed says so itself, in its head; a robot that may not look would never learn of it.
    """
    lines = ["User-agent: *"]
    lines += [f"Disallow: {start}" for start in CLOSED]
    lines += [f"Disallow: /*/{word}/$" for word in FORMS]
    lines += [f"Disallow: /*/{word}/?" for word in FORMS]
    lines += ["Allow: /", "", f"Sitemap: {canonical(request, reverse('sitemap'))}", ""]
    return answered(request, "\n".join(lines), "text/plain; charset=utf-8")
