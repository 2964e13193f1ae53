"""Search: arguments in context, sources and debates, by words and operators."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from debates.forms.sentences import sentence
from debates.query import EXAMPLES, Operator, parse
from debates.search.filters import speaks_of_standing
from debates.search.matching import MOST_HITS, hits_of, matching_debates, matching_sources
from debates.search.mending import mended
from debates.search.suggesting import suggestions_for
from debates.views.finding.found import found_arguments
from debates.views.finding.said import in_words
from debates.views.machines.meta import search_meta

A_PAGE = 20
LONGEST_QUERY = 300
MOST_BESIDE = 10
"""Sources, and debates, that stand beside the arguments."""
LITTLE = 3
"""Hits below which a typing error is looked for."""
FRESH = 60
"""Seconds for which what was suggested may be shown again."""
OPERATORS = {
    Operator.AUTHOR: gettext_lazy("what a member wrote"),
    Operator.VOICE: gettext_lazy("what somebody said whom the editors restate"),
    Operator.TAG: gettext_lazy("what carries a topic, or is a rebuttal with this charge"),
    Operator.STANCE: gettext_lazy("for or against the claim above; pro and con mean the same"),
    Operator.DEBATE: gettext_lazy("in debates whose question holds these words, or at this address"),
    Operator.SOURCE: gettext_lazy("what cites a work, by words of its title or author"),
    Operator.DOI: gettext_lazy("what cites the work with this DOI"),
    Operator.HAS: gettext_lazy("with a source, a quote, or a checked citation"),
    Operator.IS: gettext_lazy("unanswered, contested, a rebuttal, a thesis, a note, or stale"),
    Operator.BEFORE: gettext_lazy("older than a year, month or day: that itself is left out"),
    Operator.AFTER: gettext_lazy("from a year, month or day on: that itself is included"),
}
"""What each operator finds."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what `q` finds, the best first or with `sort=newest` the newest; `page` leads on."""
    typed = read_typed(request)
    query = parse(typed)
    sort = "newest" if request.GET.get("sort") == "newest" else "relevance"
    viewer = request.user
    hits = hits_of(query, "newest" if sort == "newest" else "relevance", viewer=viewer)
    page = Paginator(hits.keys, A_PAGE).get_page(request.GET.get("page"))
    sources = list(matching_sources(query).order_by("title", "pk")[: MOST_BESIDE + 1])
    mend = mended(query, viewer) if query.wanted and len(hits.keys) < LITTLE else None
    found = found_arguments(list(page.object_list), query, request.user)
    return render(
        request,
        "debates/search.html",
        {
            "query": typed,
            "asked": query,
            "said": in_words(query) if query else "",
            "problems": [sentence(problem) for problem in query.problems],
            "sort": sort,
            "sorts": query.wanted and len(hits.keys) > 1,
            "page": page,
            "more": hits.more,
            "most": MOST_HITS,
            "found": found,
            "mended": str(mend) if mend else "",
            "sources": sources[:MOST_BESIDE],
            "more_sources": len(sources) > MOST_BESIDE,
            "words": " ".join(one.text for one in query.wanted),
            "debates": matching_debates(query)[:MOST_BESIDE],
            "operators": _operators(),
            "kept_back": viewer.is_authenticated and any(map(speaks_of_standing, query.filters)),
            "meta": search_meta(request, typed if query else "", page),
        },
    )


@require_safe
def search_suggest(request: HttpRequest) -> HttpResponse:
    """Offer what may be meant by what is typed so far; a fragment, the same for everyone."""
    response = render(
        request,
        "debates/search.html#suggestions",
        {"suggestions": suggestions_for(request.GET.get("q", "").replace("\0", "")[:LONGEST_QUERY])},
    )
    patch_cache_control(response, max_age=FRESH)
    response["X-Robots-Tag"] = "noindex"
    return response


def _operators() -> list[tuple[str, str, str]]:
    """Return each operator with what it finds and an example, for the help."""
    return [(operator, str(words), EXAMPLES[operator]) for operator, words in OPERATORS.items()]


def read_typed(request: HttpRequest) -> str:
    """Return what was typed, as far as it is read."""
    return request.GET.get("q", "").replace("\0", "")[:LONGEST_QUERY].strip()
