"""One debate: its theses with the whole tree; and the article that it grew from."""

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from debates.actions.writing.add_thesis import check_add_thesis
from debates.models import Appearance, Argument, Debate, Document
from debates.models.visibility import Viewer, listed
from debates.permissions import may
from debates.views.finding.queues import queue_counts
from debates.views.parts.branches import debate_cards
from debates.views.parts.card import card_of, each_work_once, with_card_rows
from debates.views.parts.linked_data import debate_data
from debates.views.parts.reference_list import cited_by, exports_of, references_in
from debates.views.weighing.opinion import polls_of


def debate(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a debate; `?open=all` unfolds every branch, `?open=none` folds all but the theses."""
    shown = get_object_or_404(Debate.objects.visible_to(request.user).with_article(request.user), slug=slug)
    unfold = request.GET.get("open", "")
    cited = cited_by(Argument.objects.filter(debate=shown))
    cards = debate_cards(shown, request.user, open_levels={"all": 100, "none": 0}.get(unfold, 1))
    polls = polls_of(request.user, shown)
    for card in cards:
        card.poll = polls.get(card.public_id)
    return render(
        request,
        "debates/debate.html",
        {
            "debate": shown,
            "theses": cards,
            "unfold": unfold,
            "tags": shown.tags.order_by("name"),
            "related": shown.related.filter(listed("other__")).select_related("other"),
            "voices": Appearance.objects.filter(debate=shown).select_related("voice").order_by("voice__name"),
            "document": _document(shown),
            "references": references_in(request, cited, exports_of("debate_references", slug)),
            "queues": queue_counts(shown, request.user),
            "may_add_thesis": may(check_add_thesis, request.user, shown),
            "linked_data": debate_data(request, shown, cited),
            "counts": Argument.objects.filter(debate=shown)
            .listed()
            .aggregate(
                pros=Count("pk", filter=Q(stance="pro")),
                cons=Count("pk", filter=Q(stance="con")),
                all=Count("pk"),
            ),
        },
    )


def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the article beside the arguments that come from it; `?passage=p12` chooses a passage."""
    shown = get_object_or_404(Debate.objects.visible_to(request.user).with_article(request.user), slug=slug)
    document = _document(shown)
    if document is None:
        raise Http404
    place = request.GET.get("passage", "").replace("\0", "")
    from_here = Argument.objects.filter(origins__document=document, debate=shown).visible_to(request.user)
    readable = may_read(document, request.user)
    passages = list(document.passages.all()) if readable else []
    by_place: dict[str, list[str]] = {}
    for at, stance in from_here.listed().values_list("origins__place", "stance"):
        by_place.setdefault(at, []).append(stance)
    chosen = (
        [card_of(one) for one in with_card_rows(from_here.filter(origins__place=place), request.user)]
        if place
        else []
    )
    each_work_once(chosen)
    return render(
        request,
        "debates/article.html",
        {
            "debate": shown,
            "document": document,
            "readable": readable,
            "passages": [
                {
                    "passage": passage,
                    "pros": by_place.get(passage.place, []).count("pro"),
                    "cons": by_place.get(passage.place, []).count("con"),
                    "others": by_place.get(passage.place, []).count(""),
                }
                for passage in passages
            ],
            "place": place,
            "chosen": chosen,
        },
    )


def may_read(document: Document, viewer: Viewer) -> bool:
    """Say whether a viewer may read a document's whole text; its reading rule decides, and it must be here."""
    if document.loaded_at is None:
        return False
    match document.reading:
        case Document.Reading.EVERYONE:
            return True
        case Document.Reading.MEMBERS:
            return bool(viewer.is_authenticated)
        case _:
            return bool(viewer.is_authenticated and viewer.is_staff)


def _document(shown: Debate) -> Document | None:
    return getattr(shown.article, "document", None) if shown.article else None
