"""One tag: the debates and arguments that carry it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from debates.models import Argument, Debate, Tag
from debates.views.parts.card import card_of, each_work_once, with_card_rows
from debates.views.parts.reference_list import cites, exports_where_cited

A_PAGE = 30


def tag(request: HttpRequest, name: str) -> HttpResponse:
    """Show what carries a tag; letter case does not matter."""
    shown = get_object_or_404(Tag, name__iexact=name)
    arguments = Argument.objects.filter(argument_tags__tag=shown).listed()
    rows = with_card_rows(arguments.annotate(cites=cites(arguments)), request.user).order_by(
        "-created_at", "pk"
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    debates = Debate.objects.listed().filter(debate_tags__tag=shown).order_by("question")
    if shown.kind == Tag.Kind.TOPIC and not page.paginator.count and not debates.exists():
        raise Http404  # a topic is somebody's word: it goes with the text that carried it
    cards = [card_of(one) for one in page]
    each_work_once(cards)
    return render(
        request,
        "debates/tag.html",
        {
            "tag": shown,
            "page": page,
            "found": [{"card": card, "debate": one.debate} for card, one in zip(cards, page, strict=True)],
            "exports": exports_where_cited(page, "tag_references", shown.name),
            "debates": debates,
        },
    )
