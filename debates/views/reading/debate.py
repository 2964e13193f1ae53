"""One debate: its theses with the whole tree."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from debates.actions.writing.add_thesis import check_add_thesis
from debates.actions.writing.edit_debate import check_edit_debate
from debates.models import Appearance, Argument, Debate
from debates.models.argument import Stance
from debates.models.visibility import Viewer
from debates.permissions import may
from debates.views.asking.fetching import fetch_debate
from debates.views.finding.queues import queue_counts
from debates.views.machines.meta import debate_meta
from debates.views.parts.branches import debate_cards
from debates.views.parts.choosing import chooser, read_choice
from debates.views.parts.extent import DRAWN_AT_ONCE, DRAWN_WHEN_ASKED, Scope, sizes_of
from debates.views.parts.linked_data import debate_data
from debates.views.parts.reference_list import cited_by, exports_of, references_in
from debates.views.reading.article import document_of
from debates.views.weighing.opinion import polls_of


def debate(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a debate; `?open=all` unfolds every branch, `?open=none` folds all but the theses."""
    shown = fetch_debate(request, slug)
    unfold = request.GET.get("open", "")
    choice = read_choice(request.GET)
    cited = cited_by(Argument.objects.filter(debate=shown))
    sizes = sizes_of(Scope(shown.pk), request.user)
    cards = debate_cards(
        shown,
        request.user,
        open_levels={"all": 100, "none": 0}.get(unfold, 1),
        choice=choice,
        sizes=sizes,
        at_once=DRAWN_WHEN_ASKED if unfold == "all" else DRAWN_AT_ONCE,
    )
    tags = list(shown.tags.order_by("name"))
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
            "any_chosen": not choice.filters
            or choice.among(Argument.objects.filter(debate=shown).visible_to(request.user)).exists(),
            "chooser": chooser(choice, keep={"open": unfold}),
            "tags": tags,
            "voices": voices_heard(shown, request.user),
            "document": document_of(shown),
            "references": references_in(request, cited, exports_of("debate_references", slug)),
            "queues": queue_counts(shown, request.user),
            "may_edit_debate": may(check_edit_debate, request.user, shown),
            "may_add_thesis": may(check_add_thesis, request.user, shown),
            "meta": debate_meta(request, shown, sizes),
            "linked_data": debate_data(request, shown, cited, cards, tags, sizes.published()),
            "counts": {
                "pros": sizes.published(Stance.PRO),
                "cons": sizes.published(Stance.CON),
                "all": sizes.published(),
            },
        },
    )


def voices_heard(debate: Debate, viewer: Viewer) -> QuerySet[Appearance]:
    """Return the voices of a debate of which a viewer may read something there, by name: a name goes with its last text."""
    spoke = Argument.objects.visible_to(viewer).filter(debate=debate, voice=OuterRef("voice"))
    return (
        Appearance.objects.filter(Exists(spoke.order_by()), debate=debate)
        .select_related("voice")
        .order_by("voice__name")
    )
