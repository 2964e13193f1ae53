"""The first page: all debates."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from debates.models import Debate, Tag
from debates.models.visibility import listed
from debates.permissions import check_open_debate, may

SORTS = {
    "active": (_("latest activity"), "-last_argument_at"),
    "newest": (_("newest"), "-created_at"),
    "largest": (_("most arguments"), "-argument_count"),
}
A_PAGE = 20


def home(request: HttpRequest) -> HttpResponse:
    """List the debates that everyone may read, by a tag if one is asked for, in one of three orders."""
    sort = request.GET.get("sort", "active")
    order = SORTS.get(sort, SORTS["active"])[1]
    debates = Debate.objects.for_home_page().order_by(order, "pk")
    tag = request.GET.get("tag", "").replace("\0", "")
    if tag:
        debates = debates.filter(pk__in=Debate.objects.filter(tags__name__iexact=tag).values("pk"))
    page = Paginator(debates, A_PAGE).get_page(request.GET.get("page"))
    tags = Tag.objects.filter(listed("debate_tags__content_object__")).distinct().order_by("name")
    return render(
        request,
        "debates/home.html",
        {
            "page": page,
            "tags": tags,
            "tag": tag,
            "sort": sort if sort in SORTS else "active",
            "sorts": SORTS,
            "may_open": may(check_open_debate, request.user),
        },
    )
