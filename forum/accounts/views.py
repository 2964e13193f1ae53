"""A member's page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from debates.models import Argument
from debates.views.card import card_of, debate_named, with_card_rows
from forum.accounts.models import User

A_PAGE = 30


def member(request: HttpRequest, name: str) -> HttpResponse:
    """Show what a member argued; their own eyes also see what others cannot."""
    shown = get_object_or_404(User, username=name, is_active=True)
    own = request.user == shown
    arguments = Argument.objects.filter(author=shown)
    arguments = arguments.visible_to(request.user) if own else arguments.listed()
    page = Paginator(with_card_rows(arguments, request.user).order_by("-created_at", "-pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "accounts/member.html",
        {
            "member": shown,
            "own": own,
            "page": page,
            "found": [
                {"card": card_of(one), "debate": debate_named(one.debate, request.user)} for one in page
            ],
        },
    )
