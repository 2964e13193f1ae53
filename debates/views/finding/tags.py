"""All tags: the topics that members named, and the guarded words for what a rebuttal finds wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debates.models import ArgumentTag, DebateTag, Tag
from debates.models.tag import VOCABULARY, tag_named
from debates.models.visibility import listed
from debates.views.machines.meta import site_page_meta

A_PAGE = 120
SORTS = {"name": gettext_lazy("by name"), "most": gettext_lazy("most used first")}


@dataclass(frozen=True)
class Charge:
    """A word for what a rebuttal finds wrong: its name, what it means, and how many arguments carry it."""

    name: str
    sentence: str
    url: str
    count: int


def tags(request: HttpRequest) -> HttpResponse:
    """List every topic with what carries it, by name or by `?sort=most`, those with `?q=` in them; and the vocabulary."""
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "name"
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())[:60]
    rows = counted(Tag.objects.filter(kind=Tag.Kind.TOPIC)).filter(total__gt=0)
    if query:
        rows = _holding(rows, query)
    rows = rows.order_by("-total", "name") if sort == "most" else rows.order_by("name")
    page = Paginator(rows.prefetch_related("synonyms"), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "debates/tags.html",
        {
            "page": page,
            "charges": _charges(),
            "sort": sort,
            "sorts": SORTS.items(),
            "query_of_tags": query,
            "meta": site_page_meta(
                request, "tags", _("Topics"), _("What the debates are about, topic by topic."), page
            ),
        },
    )


def counted(rows: QuerySet[Tag]) -> QuerySet[Any]:
    """Attach how many listed arguments and debates carry each tag. Any: tags with the counts as further attributes."""
    return rows.annotate(
        in_arguments=_count(ArgumentTag.objects.filter(listed("content_object__", "debate"))),
        in_debates=_count(DebateTag.objects.filter(listed("content_object__"))),
    ).annotate(total=F("in_arguments") + F("in_debates"))


def _count(links: QuerySet[Any]) -> Coalesce:
    """Count the rows of a table of tags for the tag in question. Any: either table."""
    rows = links.filter(tag=OuterRef("pk")).order_by().values("tag").annotate(count=Count("pk"))
    return Coalesce(Subquery(rows.values("count"), output_field=IntegerField()), Value(0))


def _holding(rows: QuerySet[Any], query: str) -> QuerySet[Any]:
    """Keep the topics whose name or synonym holds some words, and the one that they mean, however they are spelt."""
    holding = rows.filter(name__icontains=query.lower()) | rows.filter(
        synonyms__name__icontains=query.lower()
    )
    meant = tag_named(query)
    if meant is not None:
        holding = holding | rows.filter(pk=meant.pk)
    return holding.distinct()


def _charges() -> list[Charge]:
    """Return the vocabulary in its own order."""
    rows = {tag.slug: tag for tag in counted(Tag.objects.filter(kind=Tag.Kind.REBUTTAL))}
    return [
        Charge(rows[key].label, rows[key].sentence, reverse("tag", args=[rows[key].name]), rows[key].total)
        for key in VOCABULARY
        if key in rows
    ]
