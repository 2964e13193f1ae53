"""What a feed says of an argument: built once, written as Atom and as JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from debates.models import Argument, ArgumentTag, Citation, State
from debates.models.authorship import shown_author
from debates.models.visibility import listed
from debates.views.machines.canonical import lasting_name
from debates.views.parts.card import Card

LEADS_HERE = re.compile(r'href="([#/][^"]*)"')
"""An address within the page or the site, as the cleaned elaboration has it: read elsewhere it would lead nowhere."""
DRAWERS: list[Callable[[dict[str, str]], dict[str, str]]] = []
"""Who else draws something in the cleaned HTML of elaborations, by the public ids of their arguments. `forum` adds to it."""


@dataclass(frozen=True)
class Above:
    """The claim that an entry answers."""

    key: str
    url: str
    claim: str


@dataclass(frozen=True)
class Entry:
    """One argument as a feed tells it. All addresses are absolute; `html` is safe, every other text is plain."""

    key: str
    url: str
    feed_url: str
    """Where its branch can be followed, as Atom."""
    title: str
    html: str
    posted: datetime
    changed: datetime
    author: str
    """Empty where nobody is named; of a voice it says that the editors restated it."""
    author_url: str
    stance: str
    """`pro`, `con`, `thesis` or `note`."""
    stance_words: str
    tags: tuple[str, ...]
    answers: Above | None
    replies: int
    """How many listed replies stand right below."""


def with_feed_rows(arguments: QuerySet[Argument]) -> QuerySet[Argument]:
    """Attach what an entry says, the newest first, in three statements."""
    replies = (
        Argument.objects.filter(listed(), parent=OuterRef("pk"))
        .order_by()
        .values("parent")
        .annotate(count=Count("pk"))
        .values("count")
    )
    cited = Citation.objects.filter(listed("source__")).select_related("source").order_by("position", "pk")
    return (
        arguments.annotate(replies=Coalesce(Subquery(replies, output_field=IntegerField()), 0))
        .select_related("author", "voice", "debate", "parent")
        .defer("elaboration", "parent__elaboration", "parent__elaboration_html")
        .prefetch_related(
            Prefetch(
                "argument_tags", queryset=ArgumentTag.objects.select_related("tag").order_by("tag__name")
            ),
            Prefetch("citations", queryset=cited.defer("source__formatted")),
        )
        .order_by("-created_at", "-pk")
    )


def entries_of(request: HttpRequest, arguments: Iterable[Argument]) -> list[Entry]:
    """Return the entries of arguments that came through `with_feed_rows`."""
    rows = list(arguments)
    drawn = {one.public_id: one.elaboration_html for one in rows}
    for draw in DRAWERS:
        drawn = draw(drawn)
    return [_entry(request, one, drawn[one.public_id]) for one in rows]


def key_of(request: HttpRequest, argument: Argument) -> str:
    """Return the lasting name of an argument's entry."""
    return lasting_name(request, f"arguments/{argument.public_id}")


def _entry(request: HttpRequest, argument: Argument, drawn: str) -> Entry:
    url = request.build_absolute_uri(argument.get_absolute_url())
    side = Card(
        kind=argument.kind,
        stance=argument.stance,
        attacks=argument.attacks,
        rebuttal=argument.is_rebuttal,
    ).side_words
    author, author_url = _author(request, argument)
    return Entry(
        key=key_of(request, argument),
        url=url,
        feed_url=request.build_absolute_uri(
            reverse("argument_feed", kwargs={"argument_id": argument.public_id, "ending": "atom"})
        ),
        title=_("%(side)s: %(claim)s") % {"side": side, "claim": argument.claim},
        html=_content(request, argument, url, drawn),
        posted=argument.created_at,
        changed=argument.edited_at or argument.created_at,
        author=author,
        author_url=author_url,
        stance=argument.stance or argument.kind,
        stance_words=side,
        tags=tuple(row.tag.label for row in argument.argument_tags.all()),
        answers=_above(request, argument),
        replies=getattr(argument, "replies", 0),
    )


def _author(request: HttpRequest, argument: Argument) -> tuple[str, str]:
    """Return who says it, as everybody reads it, whoever asks: a feed is the same for all."""
    by = shown_author(argument)
    if by.voice:
        return _("%(name)s, as the editors restate it") % {"name": by.name}, ""
    return by.name, request.build_absolute_uri(by.url) if by.url else ""


def _above(request: HttpRequest, argument: Argument) -> Above | None:
    """Return what an argument answers, unless that is no longer shown; the two always stand in one debate."""
    above = argument.parent
    if above is None or above.state != State.PUBLISHED:
        return None
    url = request.build_absolute_uri(above.get_absolute_url())
    return Above(key_of(request, above), url, above.claim)


def _content(request: HttpRequest, argument: Argument, url: str, drawn: str) -> SafeString:
    """Return what an entry holds: what it answers, the elaboration as it is drawn, the sources."""
    parts = []
    above = _above(request, argument)
    if above is not None:
        parts.append(format_html('<p>{} <a href="{}">{}</a></p>', _("It answers:"), above.url, above.claim))
    # The elaboration was set and cleaned when it was saved; only its addresses are written out.
    parts.append(mark_safe(_absolute(request, drawn, url)))  # noqa: S308
    cited = [
        (request.build_absolute_uri(one.source.get_absolute_url()), str(one.source), one.place)
        for one in argument.citations.all()
    ]
    if cited:
        works = format_html_join("", '<li><a href="{}">{}</a> {}</li>', cited)
        parts.append(format_html("<p>{}</p><ol>{}</ol>", _("Sources:"), works))
    debate = request.build_absolute_uri(argument.debate.get_absolute_url())
    parts.append(
        format_html('<p>{} <a href="{}">{}</a></p>', _("In the debate:"), debate, argument.debate.question)
    )
    return SafeString("".join(parts))


def _absolute(request: HttpRequest, html: str, url: str) -> str:
    """Return cleaned HTML whose addresses are whole: what begins with # stands on the argument's page."""
    return LEADS_HERE.sub(
        lambda found: (
            f'href="{url}{found[1]}"'
            if found[1].startswith("#")
            else f'href="{request.build_absolute_uri(found[1])}"'
        ),
        html,
    )
