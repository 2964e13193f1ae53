"""One tag: what it means, the words that mean the same, and the debates and arguments that carry it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode

from debates.models import Argument, ArgumentTag, Debate, DebateTag, Tag
from debates.models.argument import ArgumentQuerySet
from debates.models.tag import tag_named
from debates.models.visibility import listed
from debates.views.machines.meta import tag_meta
from debates.views.parts.card import card_of, each_work_once, with_card_rows
from debates.views.parts.choosing import Choice, chooser, read_choice
from debates.views.parts.reference_list import cites, exports_where_cited
from debates.views.parts.standing_order import in_order

A_PAGE = 30
MOST_DEBATES = 12
MOST_BESIDE = 8
OFTEN = 2
"""Texts that carry two tags from which on the two are said to stand together."""
SORTS = ("newest", "strongest", "unanswered", "contested")


@dataclass(frozen=True)
class TagCount:
    """A tag, its address, and how many texts carry it."""

    name: str
    url: str
    count: int


@dataclass(frozen=True)
class DebateCount:
    """A debate, how many of its arguments carry the tag, and the address that shows those alone."""

    question: str
    count: int
    url: str
    current: bool


def tag(request: HttpRequest, name: str) -> HttpResponse:
    """Show what carries a tag, sorted and filtered, `?debate=` for one debate; other spellings and synonyms lead to it."""
    shown = tag_named(name)
    if shown is None:
        raise Http404
    arguments = Argument.objects.filter(argument_tags__tag=shown).listed()
    tagged = Debate.objects.listed().filter(debate_tags__tag=shown).order_by("question", "pk")
    debates = list(tagged[: MOST_DEBATES + 1])
    slug = request.GET.get("debate", "").replace("\0", "")
    within = _within(arguments, shown, slug)
    if shown.kind == Tag.Kind.TOPIC and not within and not debates:
        raise Http404  # a topic is somebody's word: it goes with the text that carried it
    if shown.name != name:
        return _led_to(shown, request)
    choice = _choice(request)
    rows = choice.among(arguments.filter(debate__slug=slug) if slug else arguments)
    ordered = in_order(choice, rows, request.user)
    if shown.kind == Tag.Kind.REBUTTAL:
        ordered = ordered.order_by("debate__question", "debate", *ordered.query.order_by)
    order = ordered.query.order_by  # the rows of cards have an order of their own
    carded = with_card_rows(ordered.annotate(cites=cites(rows)), request.user).order_by(*order)  # type: ignore[arg-type]  # it is the argument queryset that came in
    page = Paginator(carded, A_PAGE).get_page(request.GET.get("page"))
    cards = [card_of(one, request.user) for one in page]
    each_work_once(cards)
    meta = tag_meta(request, shown, page)
    return render(
        request,
        "debates/tag.html",
        {
            "tag": shown,
            "synonyms": [one.name for one in shown.synonyms.all()],
            "beside": _beside(shown),
            "debates": debates[:MOST_DEBATES],
            "more_debates": len(debates) > MOST_DEBATES,
            "within": within,
            "chooser": chooser(choice, sorts=SORTS, keep={"debate": slug}),
            "page": page,
            "found": [{"card": card, "debate": one.debate} for card, one in zip(cards, page, strict=True)],
            "exports": exports_where_cited(page, "tag_references", shown.name),
            "meta": replace(meta, indexed=meta.indexed and not (choice.query or slug)),
        },
    )


def _choice(request: HttpRequest) -> Choice:
    choice = read_choice(request.GET, default="newest")
    return choice if choice.sort in SORTS else replace(choice, sort=choice.default)


def _led_to(shown: Tag, request: HttpRequest) -> HttpResponse:
    """Lead to a tag's own address. A word may become a tag of its own again, so nobody keeps this answer for good."""
    query = request.META.get("QUERY_STRING", "")
    address = reverse("tag", args=[shown.name])
    response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _within(arguments: ArgumentQuerySet, shown: Tag, slug: str) -> list[DebateCount]:
    """Return the debates in which arguments carry the tag, those with the most of them first; the chosen one always."""
    rows = (
        arguments.order_by()
        .values("debate__question", "debate__slug")
        .annotate(count=Count("pk", distinct=True))
        .order_by("-count", "debate__question", "debate__slug")
    )
    most = list(rows[:MOST_DEBATES])
    if slug and slug not in {row["debate__slug"] for row in most}:
        most += list(rows.filter(debate__slug=slug))
    return [
        _debate_count(row["debate__question"], row["debate__slug"], row["count"], shown, slug) for row in most
    ]


def _debate_count(question: str, of: str, count: int, shown: Tag, slug: str) -> DebateCount:
    """Return one debate; the address of the chosen one shows all again."""
    address = reverse("tag", args=[shown.name])
    url = address if of == slug else f"{address}?{urlencode({'debate': of})}"
    return DebateCount(question, count, url, of == slug)


def _beside(shown: Tag) -> list[TagCount]:
    """Return the topics that often stand at the same texts, the most often first; two statements."""
    arguments = ArgumentTag.objects.filter(listed("content_object__", "debate"))
    debates = DebateTag.objects.filter(listed("content_object__"))
    counts: Counter[str] = Counter()
    for links in (arguments, debates):
        counts.update(dict(_together(links, shown)))
    often = sorted((-count, name) for name, count in counts.items() if count >= OFTEN)
    return [TagCount(name, reverse("tag", args=[name]), -count) for count, name in often[:MOST_BESIDE]]


def _together(links: QuerySet[Any], shown: Tag) -> Iterable[tuple[str, int]]:
    """Yield the other topics of the texts that carry a tag, with how many carry both. Any: either table of tags."""
    carriers = links.filter(tag=shown).values("content_object")
    rows = (
        links.filter(content_object__in=carriers, tag__kind=Tag.Kind.TOPIC)
        .exclude(tag=shown)
        .order_by()
        .values_list("tag__name")
        .annotate(count=Count("pk"))
        .order_by("-count")
    )
    yield from rows[: 3 * MOST_BESIDE]
