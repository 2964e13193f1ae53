"""One argument: its ancestors, itself, its answers; and its branch as a fragment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from debates.models import Argument, Origin
from debates.models.document import closed_to, may_read
from debates.models.visibility import Viewer, reads
from debates.permissions import check_edit, check_withdraw, may
from debates.views.asking.fetching import fetch
from debates.views.machines.meta import argument_meta
from debates.views.parts.anchored import anchored_of
from debates.views.parts.branches import branch_cards, path_cards
from debates.views.parts.card import debate_named, origin_words
from debates.views.parts.choosing import chooser, read_choice
from debates.views.parts.extent import Scope, sizes_of
from debates.views.parts.linked_data import argument_data
from debates.views.parts.margin import margin_of
from debates.views.parts.quotes import passage_words, quoted_words, quotes_of
from debates.views.parts.reference_list import cited_in, exports_of, in_order, references_in, with_bibtex


def argument(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Show an argument in its place; the address never changes."""
    shown = fetch(request, argument_id)
    if shown.public_id != argument_id:
        return redirect(shown)  # never for ever: a merge can be undone
    choice = read_choice(request.GET)
    sizes = sizes_of(Scope(shown.debate_id, shown.path), request.user)
    card = branch_cards(shown, request.user, open_levels=1, choice=choice, sizes=sizes)
    debate, origin = debate_named(shown.debate, request.user), origin_view(shown, request.user)
    marks = cited_in(shown, request.user)
    cited, exports = in_order(marks), exports_of("argument_references", shown.public_id)
    siblings = Argument.objects.filter(debate=shown.debate, parent=shown.parent).listed()
    return render(
        request,
        "debates/argument.html",
        {
            "argument": shown,
            "debate": debate,
            "card": card,
            "chooser": chooser(choice),
            "nothing_chosen": choice.filters and not card.answers,
            "path": path_cards(shown, request.user),
            "previous": siblings.filter(path__lt=shown.path).order_by("-path").first(),
            "next": siblings.filter(path__gt=shown.path).order_by("path").first(),
            "origin": origin,
            "references": with_bibtex(references_in(request, cited, exports, marks), cited),
            "meta": argument_meta(request, shown, debate, sizes),
            "anchored": anchored_of(shown, request.user),
            "linked_data": argument_data(request, shown, debate, cited, origin, card),
            "quoted": quoted_words(shown, request.user),
            "quotes": quotes_of(shown, request.user),
            "waiting": shown.source_requests.filter(filled_at=None, members__isnull=False).count(),
            "appearance": shown.voice.appearances.filter(debate=shown.debate).first()
            if shown.voice
            else None,
            "revisions": shown.revisions.count(),
            "margin": margin_of(shown, request.user),
            "own": request.user.is_authenticated and shown.author_id == request.user.pk,
            "may_edit": may(check_edit, request.user, shown),
            "may_withdraw": may(check_withdraw, request.user, shown),
        },
    )


def branch(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Answer with the replies of an argument as a fragment; with scripts off the same link leads to its page."""
    shown = fetch(request, argument_id)
    choice = read_choice(request.GET)
    card = branch_cards(shown, request.user, choice=choice)
    card.open = True
    context = {
        "card": card,
        "debate": debate_named(shown.debate, request.user),
        "chooser": chooser(choice),
        "nothing_chosen": choice.filters and not card.answers,
    }
    return render(request, "debates/argument.html#branch", context)


def origin_view(shown: Argument, viewer: Viewer) -> dict[str, object] | None:
    """Return where an argument comes from, with the passage's words if they are here and may be read."""
    origin: Origin | None = shown.origins.select_related("document__source", "passage").first()
    if origin is None:
        return None
    source = origin.document.source
    if not reads(viewer, source.state, source.added_by_id):
        return None
    view: dict[str, object] = {
        "origin": origin,
        "words": origin_words(origin),
        "source": source,
        "readable": may_read(origin.document, viewer),
    }
    passage = origin.passage
    if passage is not None and origin.document.reading not in closed_to(viewer):
        if (
            origin.first_word
            and origin.last_word
            and origin.document.reading != origin.document.Reading.PASSAGES
        ):
            words = passage.text.split()
            view |= {
                "before": " ".join(words[: origin.first_word - 1]),
                "after": " ".join(words[origin.last_word :]),
            }
        view["marked"] = passage_words(origin)
    return view
