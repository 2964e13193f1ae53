"""The notices of a member."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from debates.models import Argument
from forum.notices.models import Notice
from forum.notices.sentences import told

A_PAGE = 30


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """List what a member was told, the newest first; reading changes nothing."""
    mine = Notice.objects.filter(recipient_id=request.user.pk).select_related(
        "argument__author", "source", "suggestion__member", "delta__member", "concession__member"
    )
    page = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    readable = set(
        Argument.objects.visible_to(request.user)
        .filter(pk__in=[n.argument_id for n in page])
        .values_list("pk", flat=True)
    )
    rows = [told(notice, notice.argument_id in readable, request.user) for notice in page]
    return render(
        request,
        "notices/notices.html",
        {"page": page, "rows": rows, "unseen": any(notice.seen_at is None for notice in page)},
    )


@login_required
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    Notice.objects.filter(recipient_id=request.user.pk, seen_at=None).update(seen_at=timezone.now())
    return redirect("notices")
