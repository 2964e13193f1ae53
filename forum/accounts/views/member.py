"""A member's page, and what they cite as a file."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control

from debates.models import Argument
from debates.models.visibility import Viewer
from debates.views.machines.meta import member_meta
from debates.views.parts.card import card_of, debate_named, each_work_once, with_card_rows
from debates.views.parts.reference_list import cited_by, cites, exports_where_cited
from debates.views.sources.references import references_file
from forum.accounts.gone import GONE
from forum.accounts.initials import picture_of
from forum.accounts.models import FormerName, User, VoiceClaim
from forum.accounts.views.kept import kept_of
from forum.accounts.views.own_texts import filters_of, in_state, own_of, own_texts, state_asked, with_own_rows
from forum.accounts.views.sides import sides_of

A_PAGE = 30


def member(request: HttpRequest, name: str) -> HttpResponse:
    """Show what a member argued; their own eyes also see what others cannot. A former name leads to today's."""
    if name == GONE:
        return render(request, "accounts/former_member.html")
    shown = User.objects.filter(username=name, is_active=True).first()
    if shown is None:
        return _moved(name)
    own = request.user == shown
    state = state_asked(request.GET.get("state", "")) if own else ""
    arguments = Argument.objects.filter(author=shown)
    listed = arguments.listed().signed()
    own_rows = own_of(arguments, request.user)
    shown_rows = in_state(own_rows, state) if own else listed
    rows = with_card_rows(shown_rows.annotate(cites=cites(shown_rows)), request.user)
    rows = with_own_rows(rows) if own else rows
    page = Paginator(rows.order_by("-created_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    found = own_texts(page, request.user) if own else _found(page, request.user)
    return render(
        request,
        "accounts/member.html",
        {
            "member": shown,
            "own": own,
            "page": page,
            "found": found,
            "filters": filters_of(own_rows, state) if own else [],
            "state": state,
            "exports": exports_where_cited(page, "member_references", name),
            "meta": member_meta(request, shown.username, page),
            "sides": sides_of(listed),
            "kept": kept_of(shown, listed),
            "voices": VoiceClaim.objects.filter(member=shown, state=VoiceClaim.State.GRANTED).select_related(
                "voice"
            ),
        },
    )


def _found(page: Iterable[Argument], viewer: Viewer) -> list[dict[str, Any]]:
    """Return what everybody sees of the arguments of a page. Any: a card, and a debate or what stands in its place."""
    arguments = list(page)
    cards = [card_of(one, viewer) for one in arguments]
    each_work_once(cards)
    return [
        {"card": card, "debate": debate_named(one.debate, viewer)}
        for card, one in zip(cards, arguments, strict=True)
    ]


def _moved(name: str) -> HttpResponse:
    former = FormerName.objects.filter(username=name, member__is_active=True).select_related("member").first()
    if former is None:
        raise Http404
    response = HttpResponsePermanentRedirect(former.member.get_absolute_url())
    patch_cache_control(response, private=True, no_cache=True)  # a member may go back to an old name
    return response


def member_references(request: HttpRequest, name: str, ending: str) -> HttpResponse:
    """Hand out what a member's listed arguments cite: the same for everyone, their own eyes included."""
    shown = get_object_or_404(User, username=name, is_active=True)
    return references_file(cited_by(Argument.objects.filter(author=shown).signed()), ending, f"member-{name}")


def member_picture(request: HttpRequest, name: str) -> HttpResponse:
    """Hand out a member's initials as a picture."""
    shown = get_object_or_404(User, username=name, is_active=True)
    response = HttpResponse(picture_of(shown.username), content_type="image/svg+xml")
    patch_cache_control(response, public=True, max_age=86_400)
    return response
