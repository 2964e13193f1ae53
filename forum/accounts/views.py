"""A member's page, and what they cite as a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from debates.models import Argument
from debates.views.machines.meta import member_meta
from debates.views.parts.card import card_of, debate_named, each_work_once, with_card_rows
from debates.views.parts.reference_list import cited_by, cites, exports_where_cited
from debates.views.sources.references import references_file
from forum.accounts.models import User

A_PAGE = 30


def member(request: HttpRequest, name: str) -> HttpResponse:
    """Show what a member argued; their own eyes also see what others cannot."""
    shown = get_object_or_404(User, username=name, is_active=True)
    own = request.user == shown
    arguments = Argument.objects.filter(author=shown)
    arguments = arguments.visible_to(request.user) if own else arguments.listed()
    rows = with_card_rows(arguments.annotate(cites=cites(arguments)), request.user)
    page = Paginator(rows.order_by("-created_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    cards = [card_of(one) for one in page]
    each_work_once(cards)
    return render(
        request,
        "accounts/member.html",
        {
            "member": shown,
            "own": own,
            "page": page,
            "found": [
                {"card": card, "debate": debate_named(one.debate, request.user)}
                for card, one in zip(cards, page, strict=True)
            ],
            "exports": exports_where_cited(page, "member_references", name),
            "meta": member_meta(request, shown.username, page),
        },
    )


def member_references(request: HttpRequest, name: str, ending: str) -> HttpResponse:
    """Hand out what a member's listed arguments cite: the same for everyone, their own eyes included."""
    shown = get_object_or_404(User, username=name, is_active=True)
    return references_file(cited_by(Argument.objects.filter(author=shown)), ending, f"member-{name}")
