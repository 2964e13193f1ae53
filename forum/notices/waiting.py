"""Draw the mentions of a whole page with one statement.

Whose present name a mention has is in the database, and a page draws its cards one by one. So a card leaves a mark where
a mention stands, and when the page is through, all marks are replaced at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from secrets import token_hex

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from forum.notices.actions.link_mentions import MOST_LINKED, MOST_TOLD, members_named
from forum.notices.models import Mention
from forum.notices.naming import folded, meant_by, replace_names


@dataclass(frozen=True)
class Mark:
    """One place where a mention stands, or the sentence about there being too many."""

    argument: str
    """Its public id; none for a text that is not posted yet."""
    name: str = ""
    """Folded; none for the sentence about too many."""
    written: str = ""
    """With its @, and the signs behind it."""
    link: str = ""
    """The address of the link that the mention stands in, and interrupts."""


@dataclass
class Waiting:
    """The marks of one page. They are made of a number that nobody who writes a text can guess."""

    secret: str = field(default_factory=lambda: token_hex(8))
    marks: list[Mark] = field(default_factory=list)

    def lay(self, mark: Mark) -> str:
        """Keep a mark; return what stands for it until the page is through."""
        self.marks.append(mark)
        return f"\ue000{self.secret}.{len(self.marks) - 1}\ue001"

    def fill(self, page: str) -> str:
        """Return a page with every mark drawn; three statements at most, however many there are."""
        if not self.marks:
            return page
        page = self.drawn(page, self.known())
        for link in {mark.link for mark in self.marks if mark.link}:
            page = page.replace(
                f'<a href="{escape(link)}"></a>', ""
            )  # where a mention began or ended the claim
        return page

    def drawn(self, text: str, known: dict[str, dict[str, str]]) -> str:
        """Return a text with its marks drawn, by the present names that are known."""
        pattern = re.compile(f"\ue000{self.secret}\\.([0-9]+)\ue001")

        def draw(match: re.Match[str]) -> str:
            mark = self.marks[int(match[1])]
            return self._draw(mark, known.get(mark.argument, {}))

        return pattern.sub(draw, text)

    def known(self) -> dict[str, dict[str, str]]:
        """Return the present names by argument and by the name that its text has."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        if posted := {mark.argument for mark in self.marks if mark.argument}:
            rows = Mention.objects.filter(argument__public_id__in=posted, member__is_active=True)
            for argument, name, now in rows.values_list("argument__public_id", "name", "member__username"):
                found[argument][name] = now
        typed = list(dict.fromkeys(mark.name for mark in self.marks if not mark.argument and mark.name))
        for name, (_key, now) in islice(members_named(typed).items(), MOST_LINKED):
            found[""][name] = now
        return found

    def _draw(self, mark: Mark, known: dict[str, str]) -> str:
        if not mark.name:
            return too_many(len(set(known.values())))
        meant = meant_by(mark.name, known)
        if meant is None:
            return escape(mark.written)
        drawn = format_html(
            '<bdi><a class="mention" href="{}">@{}</a></bdi>',
            reverse("member", args=[known[meant]]),
            known[meant],
        )
        if mark.link:
            drawn = format_html('</a>{}<a href="{}">', drawn, mark.link)
        behind = len(mark.name) - len(meant)  # signs of the sentence, such as a full stop
        return drawn + escape(mark.written[len(mark.written) - behind :])


def _lay(waiting: Waiting, argument: str, name: str, whole: str) -> str:
    return waiting.lay(Mark(argument, folded(name), whole))


def draw_mentions(texts: dict[str, str]) -> dict[str, str]:
    """Return the cleaned HTML of elaborations, by the public ids of their arguments, with mentions as links; one statement."""
    waiting, marked = Waiting(), dict(texts)
    for argument, html in texts.items():
        if "@" in html:
            lay = partial(_lay, waiting, argument)
            marked[argument] = replace_names(html, lay)
    if not waiting.marks:
        return texts
    known = waiting.known()
    return {argument: waiting.drawn(html, known) for argument, html in marked.items()}


def too_many(count: int) -> str:
    """Return the sentence that not all who are mentioned are told, where they are too many."""
    if count <= MOST_TOLD:
        return ""
    words = _("This text mentions %(count)d members; only the first %(most)d of them are told.")
    return format_html('<p class="mention-limit">{}</p>', words % {"count": count, "most": MOST_TOLD})


class MentionsMiddleware:
    """Let the pages of a request lay marks, and draw them when the page is through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and fill what it answers."""
        waiting = Waiting()
        request.mentions_waiting = waiting  # type: ignore[attr-defined]  # read by the template tags alone
        response = self.get_response(request)
        if waiting.marks and not response.streaming:
            response.content = waiting.fill(response.content.decode()).encode()
        return response
