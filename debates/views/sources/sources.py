"""The library: every work that is cited, searched and sifted."""

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debates.bibliography.missing import missing
from debates.models import Source
from debates.models.visibility import NOBODY, listed
from debates.search import find_sources
from debates.views.machines.meta import site_page_meta
from debates.views.parts.source_state import GONE, retraction_of

A_PAGE = 50
LONGEST_QUERY = 300

SIFTS = {
    "incomplete": (gettext_lazy("Incomplete references"), ~Q(incomplete="")),
    "retracted": (gettext_lazy("With a notice of retraction"), ~Q(retraction_nature="", retraction_doi="")),
    "gone": (gettext_lazy("Whose page is gone"), Q(link_state__in=GONE)),
}
"""What can be asked for, each as `?name=1`: its words, and its condition."""


def sources(request: HttpRequest) -> HttpResponse:
    """List the library, the most cited first; `?q=` searches it, and one of `SIFTS` keeps what wants something."""
    query = request.GET.get("q", "").replace("\0", "")[:LONGEST_QUERY].strip()
    sift = next((name for name in SIFTS if request.GET.get(name) == "1"), "")
    library = Source.objects.listed()
    if query:
        # What stands in lists is the same for everyone, so nobody's own uncited sources are among it.
        library = library.filter(pk__in=find_sources(query, NOBODY).order_by().values("pk"))
    counts = library.aggregate(
        all=Count("pk"), **{name: Count("pk", filter=wanted) for name, (_words, wanted) in SIFTS.items()}
    )
    shown = library.filter(SIFTS[sift][1]) if sift else library
    pages = Paginator(_most_cited(shown), A_PAGE)
    pages.count = counts[sift or "all"]  # it was counted above, with the others
    page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        "debates/sources.html",
        {
            "page": page,
            "meta": site_page_meta(
                request,
                "sources",
                _("Sources"),
                _("Every work that is cited here, what it is cited for, and whether anyone has checked it."),
                page,
            ),
            "rows": [
                {
                    "source": one,
                    "record": (record := one.record),
                    "missing": [_(words) for words in missing(record)],
                    "retraction": retraction_of(one),
                    "gone": one.link_state in GONE,
                }
                for one in page
            ],
            "query": query,
            "sift": sift,
            "heading": SIFTS[sift][0] if sift else "",
            "sifts": [
                {"name": name, "words": words, "count": counts[name], "current": name == sift}
                for name, (words, _wanted) in SIFTS.items()
                if counts[name] or name == sift
            ],
            "counts": counts,
        },
    )


def _most_cited(library: QuerySet[Source]) -> QuerySet[Source]:
    """Attach the number of citations that a reader can see, and sort by it."""
    return (
        library.annotate(citation_count=Count("citations", filter=listed("citations__argument__", "debate")))
        .defer("formatted")  # the longest of the columns, and no list shows it
        .order_by("-citation_count", "title", "pk")
    )
