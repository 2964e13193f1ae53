"""The notices of a member."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from debates.models import Argument, Source
from debates.models.visibility import Viewer, reads
from forum.moderation.rules import RULES
from forum.notices.models import Notice

A_PAGE = 30


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """List what a member was told, the newest first; reading changes nothing."""
    mine = Notice.objects.filter(recipient_id=request.user.pk).select_related(
        "argument__debate", "argument__parent", "argument__author", "argument__voice", "source"
    )
    page = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    readable = set(
        Argument.objects.visible_to(request.user)
        .filter(pk__in=[n.argument_id for n in page])
        .values_list("pk", flat=True)
    )
    rows = [
        {
            "notice": notice,
            "readable": notice.argument_id in readable,
            "source": source_named(notice.source, request.user),
            "rule": RULES.get(notice.rule, ("",))[0],
        }
        for notice in page
    ]
    return render(
        request,
        "notices/notices.html",
        {"page": page, "rows": rows, "unseen": any(notice.seen_at is None for notice in page)},
    )


def source_named(source: Source | None, viewer: Viewer) -> Source | None:
    """Return the source of a notice, if its reader may still read it; whoever added one always may."""
    return source if source is not None and reads(viewer, source.state, source.added_by_id) else None


@login_required
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    Notice.objects.filter(recipient_id=request.user.pk, seen_at=None).update(seen_at=timezone.now())
    return redirect("notices")
