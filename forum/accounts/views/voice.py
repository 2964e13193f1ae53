"""Voices: who spoke where, how that is known, and which member says to be the person."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from debates.models import Appearance, Argument, Voice
from debates.models.visibility import listed
from debates.permissions import Refused
from debates.views.asking.kept import kept_form, members_only
from debates.views.parts.card import card_of, debate_named, each_work_once, with_card_rows
from forum.accounts.actions.claim_voice import claim_voice as claim
from forum.accounts.forms import ClaimForm
from forum.accounts.models import User, VoiceClaim

A_PAGE = 30


def _heard() -> QuerySet[Voice]:
    """Keep the voices of which something is listed: of the others nobody need know."""
    stands = listed("arguments__", "debate")
    return Voice.objects.annotate(heard=Count("arguments", filter=stands)).filter(heard__gt=0)


def voices(request: HttpRequest) -> HttpResponse:
    """List everybody whose words the editors restated, by name."""
    page = Paginator(_heard().order_by("name", "slug"), 100).get_page(request.GET.get("page"))
    return render(request, "accounts/voices.html", {"page": page})


def voice(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where a voice spoke, how it is known, and what it said."""
    shown = get_object_or_404(_heard(), slug=slug)
    rows = with_card_rows(Argument.objects.filter(voice=shown).listed(), request.user)
    page = Paginator(rows.order_by("-created_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    cards = [card_of(one, request.user) for one in page]
    each_work_once(cards)
    return render(
        request,
        "accounts/voice.html",
        {
            "voice": shown,
            "page": page,
            "found": [
                {"card": card, "debate": debate_named(one.debate, request.user)}
                for card, one in zip(cards, page, strict=True)
            ],
            "appearances": _appearances(shown),
            **_claimed(shown, request.user),
        },
    )


@members_only
def claim_voice(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form by which a member says to be a voice, or write the claim down. The cast: `members_only` has seen to it."""
    shown = get_object_or_404(_heard(), slug=slug)
    claimed = _claimed(shown, request.user)
    form = ClaimForm(request.POST if request.method == "POST" else kept_form(request))
    if request.method == "POST" and form.is_valid():
        try:
            claim(cast("User", request.user), shown, form.cleaned_data["proof"])
        except Refused as refused:
            form.add_error(refused.field or None, refused.sentence)
        else:
            return redirect("voice", slug=slug)
    if request.method == "GET" and claimed["claimed_by"] is not None:
        raise Refused(
            _("This voice belongs to a member already; write to a moderator if that is wrong."), "", 409
        )
    context = {"voice": shown, "form": form, **claimed}
    return render(
        request, "accounts/claim_voice.html", context, status=422 if request.method == "POST" else 200
    )


def _appearances(shown: Voice) -> list[dict[str, Any]]:
    """Return the debates in which a voice is heard, with how it is known. Any: a template's values."""
    stands = listed("debate__arguments__") & Q(debate__arguments__voice=shown)
    rows = (
        Appearance.objects.filter(listed("debate__"), voice=shown)
        .select_related("debate")
        .annotate(count=Count("debate__arguments", filter=stands))
        .filter(count__gt=0)
        .order_by("debate__question")
    )
    return [{"appearance": row, "debate": row.debate, "count": row.count} for row in rows]


def _claimed(shown: Voice, viewer: Any) -> dict[str, Any]:
    """Return whose the voice was found to be, and what became of the viewer's own claim. Any: a template's values."""
    claims = list(VoiceClaim.objects.filter(voice=shown).select_related("member").order_by("-made_at", "-pk"))
    granted = next((one for one in claims if one.state == VoiceClaim.State.GRANTED), None)
    own = next((one for one in claims if viewer.is_authenticated and one.member_id == viewer.pk), None)
    whose = granted.member if granted is not None and granted.member.is_active else None
    return {"claimed_by": whose, "own_claim": own}
