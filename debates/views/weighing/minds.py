"""What changes minds here: the arguments that readers name, with their sentences."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from debates.models import Argument, Debate, Delta, Opinion, State
from debates.models.visibility import Viewer, listed
from debates.tree import WIDTH
from debates.views.parts.sentences import sentences_of, with_readers

A_PAGE = 20
SENTENCES = 5
"""Sentences shown of one argument; its own page has them all."""


def minds(request: HttpRequest) -> HttpResponse:
    """List the arguments that changed minds, the most named first; `?debate=` keeps those of one debate."""
    slug = request.GET.get("debate", "").replace("\0", "")
    debate = get_object_or_404(Debate.objects.listed(), slug=slug) if slug else None
    arguments = Argument.objects.filter(deltas__state=State.PUBLISHED).listed()
    if debate is not None:
        arguments = arguments.filter(debate=debate)
    named = (
        arguments.annotate(minds=Count("deltas"), latest=Max("deltas__created_at"))
        .select_related("debate", "author", "voice")
        .prefetch_related(
            Prefetch(
                "deltas",
                queryset=with_readers(Delta.objects.filter(state=State.PUBLISHED))[:SENTENCES],
                to_attr="sentences",
            )
        )
        .order_by("-minds", "-latest", "pk")
    )
    page = Paginator(named, A_PAGE).get_page(request.GET.get("page"))
    asked = answered_twice(one.debate_id for one in page)
    rows = [_row(one, asked.get((one.debate_id, one.path[:WIDTH]), 0), request.user) for one in page]
    return render(request, "debates/minds.html", {"page": page, "rows": rows, "debate": debate})


def _row(named: Any, answered: int, viewer: Viewer) -> dict[str, object]:
    """Return what is drawn of one argument. Any: one that was annotated and prefetched as above."""
    return {
        "argument": named,
        "minds": named.minds,
        "sentences": sentences_of(named.sentences, named.debate, viewer),
        "more": named.minds - SENTENCES,
        "answered": answered,
    }


def answered_twice(debates: Iterable[int]) -> dict[tuple[int, str], int]:
    """Return how many said before and on leaving what they think of each thesis, by its debate and path, in one query."""
    both = Opinion.objects.filter(
        listed("thesis__"), thesis__debate__in=set(debates), before__isnull=False, after__isnull=False
    )
    rows = both.order_by().values_list("thesis__debate_id", "thesis__path").annotate(count=Count("pk"))
    return {(debate, path): count for debate, path, count in rows}
