"""The notices of a member, and how they want to hear of them."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forum.notices.actions.mark_seen import mark_seen
from forum.notices.models import Group, Notice
from forum.notices.models.preference import kinds_of
from forum.notices.sentences import told, with_what_is_said

A_PAGE = 30
NO_MORE = 286
"""The status by which htmx ends a poll."""


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """List what a member was told, the newest first, of one group or all; reading changes nothing."""
    mine = Notice.objects.shown_to(request.user)
    group = request.GET.get("group", "")
    if group in Group:
        mine = mine.filter(kind__in=kinds_of(group))
    page = Paginator(with_what_is_said(mine), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "notices/notices.html",
        {
            "page": page,
            "rows": [told(notice, request.user) for notice in page],
            "group": group if group in Group else "",
            "groups": Group.choices,
            "unseen": any(notice.seen_at is None for notice in page),
        },
    )


@login_required
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Mark one notice as read, or all of a group, or all; lead back to the list as it was."""
    one, group = request.POST.get("notice", ""), request.POST.get("group", "")
    group = group if group in Group else ""
    if not one:
        mark_seen(request.user, group=group)
    elif one.isascii() and one.isdigit() and len(one) < 19:
        mine = Notice.objects.filter(recipient_id=request.user.pk)
        mark_seen(request.user, get_object_or_404(mine, pk=int(one)).pk)
    back = request.POST.get("back", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("?")
    return redirect(f"{request.path.removesuffix('seen/')}{back if here else ''}")


@require_safe
@never_cache
def count(request: HttpRequest) -> HttpResponse:
    """Answer the header’s question for news: 204 where the number that it shows still holds, else the number anew."""
    if not request.user.is_authenticated:
        return HttpResponse(status=NO_MORE)
    unseen = Notice.objects.shown_to(request.user).unseen().count()
    if request.GET.get("unread") == str(unseen):
        return HttpResponse(status=204)
    return render(request, "notices/notices_count.html#count", {"unseen_notices": unseen, "polled": True})
