"""Search over claims, elaborations and sources."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from debates.search import search_arguments, search_sources, words_of
from debates.views.parts.card import card_of, each_work_once, with_card_rows

A_PAGE = 20
LONGEST_QUERY = 300


def search(request: HttpRequest) -> HttpResponse:
    """Show what holds every word of `q`."""
    query = request.GET.get("q", "").replace("\0", "")[:LONGEST_QUERY].strip()
    found = search_arguments(query)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = {
        row.pk: row
        for row in with_card_rows(found.model.objects.filter(pk__in=[hit.pk for hit in page]), request.user)
    }
    cards = [card_of(rows[hit.pk]) for hit in page]
    each_work_once(cards)
    return render(
        request,
        "debates/search.html",
        {
            "query": query,
            "asked": bool(words_of(query)),
            "page": page,
            "found": [
                {"card": card, "debate": rows[hit.pk].debate} for hit, card in zip(page, cards, strict=True)
            ],
            "sources": search_sources(query)[:10],
        },
    )
