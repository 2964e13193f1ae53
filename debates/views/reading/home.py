"""The first page: all debates."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.models import Debate, Tag
from debates.models.tag import tag_named
from debates.models.visibility import listed
from debates.permissions import check_open_debate, may
from debates.views.machines.meta import site_page_meta

SORTS = {
    "active": (_("latest activity"), "-last_argument_at"),
    "newest": (_("newest"), "-created_at"),
    "largest": (_("most arguments"), "-argument_count"),
}
A_PAGE = 20
MOST_TOPICS = 100
"""Topics to choose from: those of most debates. All of them have a page of their own."""


def home(request: HttpRequest) -> HttpResponse:
    """List the debates that everyone may read, by a tag if one is asked for, in one of three orders."""
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "active"
    debates = Debate.objects.for_home_page().order_by(SORTS[sort][1], "pk")
    asked = " ".join(request.GET.get("tag", "").replace("\0", "").split())[:60]
    tag = tag_named(asked) if asked else None
    if asked:
        carriers = Debate.objects.filter(debate_tags__tag=tag) if tag else Debate.objects.none()
        debates = debates.filter(pk__in=carriers.values("pk"))
    page = Paginator(debates, A_PAGE).get_page(request.GET.get("page"))
    carried = Tag.objects.filter(listed("debate_tags__content_object__")).annotate(used=Count("debate_tags"))
    names = {one.name for one in carried.order_by("-used", "name")[:MOST_TOPICS]}
    # A word that no listed debate carries is said as it was asked for, so that nobody learns what it would mean.
    shown = tag.name if tag is not None and page.paginator.count else asked
    return render(
        request,
        "debates/home.html",
        {
            "page": page,
            "tags": sorted(names | ({shown} if shown and page.paginator.count else set())),
            "tag": shown,
            "sort": sort,
            "sorts": SORTS,
            "may_open": may(check_open_debate, request.user),
            "meta": site_page_meta(
                request,
                "home",
                _t("Debates"),
                _t(
                    "Articles as debates: what speaks for and against each claim, with sources that anyone can check."
                ),
                page,
            ),
        },
    )
