"""One tag: the debates and arguments that carry it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from debates.models import Argument, Debate, Tag
from debates.views.card import card_of, with_card_rows

A_PAGE = 30


def tag(request: HttpRequest, name: str) -> HttpResponse:
    """Show what carries a tag; letter case does not matter."""
    shown = get_object_or_404(Tag, name__iexact=name)
    arguments = with_card_rows(
        Argument.objects.filter(argument_tags__tag=shown).listed(), request.user
    ).order_by("-created_at", "pk")
    page = Paginator(arguments, A_PAGE).get_page(request.GET.get("page"))
    debates = Debate.objects.listed().filter(debate_tags__tag=shown).order_by("question")
    if shown.kind == Tag.Kind.TOPIC and not page.paginator.count and not debates.exists():
        raise Http404  # a topic is somebody's word: it goes with the text that carried it
    return render(
        request,
        "debates/tag.html",
        {
            "tag": shown,
            "page": page,
            "found": [{"card": card_of(one), "debate": one.debate} for one in page],
            "debates": debates,
        },
    )
