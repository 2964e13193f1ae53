"""One argument: its ancestors, itself, its answers; its history; and its branch as a fragment."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from debates.formats.document import Passage as PlainPassage
from debates.formats.document import words_of
from debates.models import Argument, Citation, DocumentPassage, Origin, Revision, Source
from debates.models.tag import VOCABULARY
from debates.models.visibility import Viewer, listed, reads
from debates.permissions import check_edit, check_withdraw, may
from debates.views.branches import branch_cards, path_cards
from debates.views.card import debate_named, locator_words, origin_words, place_words
from debates.views.debate import kept_from, may_read

CONTEXT = 240
"""Characters shown on each side of a quotation."""
LONGEST_SHOWN = 2_000
"""Characters of a quotation that are shown beside an argument."""


@dataclass(frozen=True)
class QuotedWords:
    """A quotation in its context: the words before it, its own, those after it."""

    citation: Citation
    place: str
    url: str
    before: str
    words: str
    after: str


def argument(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Show an argument in its place; the address never changes."""
    shown = fetch(request, argument_id)
    card = branch_cards(shown, request.user, open_levels=1)
    siblings = Argument.objects.filter(debate=shown.debate, parent=shown.parent).listed()
    return render(
        request,
        "debates/argument.html",
        {
            "argument": shown,
            "debate": debate_named(shown.debate, request.user),
            "card": card,
            "path": path_cards(shown, request.user),
            "previous": siblings.filter(path__lt=shown.path).order_by("-path").first(),
            "next": siblings.filter(path__gt=shown.path).order_by("path").first(),
            "origin": origin_view(shown, request.user),
            "quoted": quoted_words(shown, request.user),
            "waiting": shown.source_requests.filter(filled_at=None, members__isnull=False).count(),
            "appearance": shown.voice.appearances.filter(debate=shown.debate).first()
            if shown.voice
            else None,
            "revisions": shown.revisions.count(),
            "answered_older": _answered_older(shown),
            "own": request.user.is_authenticated and shown.author_id == request.user.pk,
            "may_edit": may(check_edit, request.user, shown),
            "may_withdraw": may(check_withdraw, request.user, shown),
        },
    )


def branch(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Answer with the replies of an argument as a fragment; with scripts off the same link leads to its page."""
    shown = fetch(request, argument_id)
    card = branch_cards(shown, request.user)
    card.open = True
    return render(request, "debates/argument.html#branch", {"card": card})


def history(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Show every state of an argument, the newest first."""
    shown = fetch(request, argument_id)
    return render(
        request,
        "debates/history.html",
        {
            "argument": shown,
            "debate": debate_named(shown.debate, request.user),
            "revisions": _history(shown, request.user),
        },
    )


def _history(shown: Argument, viewer: Viewer) -> list[Revision]:
    """Return the revisions, the newest first, in a reader's words; sources that a viewer may not read are left out."""
    revisions = list(shown.revisions.select_related("editor").order_by("-number"))
    cited = {cite["source"] for revision in revisions for cite in revision.citations}
    readable = set(
        Source.objects.visible_to(viewer).filter(public_id__in=cited).values_list("public_id", flat=True)
    )
    for revision in revisions:
        revision.tags = [str(VOCABULARY[tag][0]) if tag in VOCABULARY else tag for tag in revision.tags]
        revision.citations = [
            cite | {"locator": locator_words(*cite["locator"].partition(" ")[::2])}
            for cite in revision.citations
            if cite["source"] in readable
        ]
    return revisions


def fetch(request: HttpRequest, argument_id: str) -> Argument:
    """Return an argument that the requester may read, or 404."""
    visible = Argument.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("debate", "parent", "voice", "author", "answers_revision"),
        public_id=argument_id,
    )


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
    if passage is not None and origin.document.reading not in kept_from(viewer):
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
        view["marked"] = _passage_words(origin)
    return view


def quoted_words(shown: Argument, viewer: Viewer) -> list[QuotedWords]:
    """Return the words that the argument's sources are quoted with, in sight of their passage, where that may be shown.

    They come from two sides: what the document of a seed quotes, and what was found in a source's own text.
    """
    return sorted(
        [*_quoted_by_document(shown, viewer), *_found_in_sources(shown, viewer)],
        key=lambda one: one.citation.position,
    )


def _quoted_by_document(shown: Argument, viewer: Viewer) -> Iterator[QuotedWords]:
    origins = (
        Origin.objects.filter(
            listed("citation__source__"),
            listed("document__source__"),
            citation__argument=shown,
            passage__isnull=False,
        )
        .exclude(document__reading__in=kept_from(viewer))
        .select_related("citation__source", "passage", "document")
    )
    for origin in origins:
        if origin.citation is not None:
            place = _("as quoted in %(place)s") % {"place": origin_words(origin)}
            yield QuotedWords(origin.citation, place, "", "", _passage_words(origin), "")


def _found_in_sources(shown: Argument, viewer: Viewer) -> Iterator[QuotedWords]:
    """Show the first place of each quotation that was found; an elided one from its first piece to its last."""
    cited = [
        one
        for one in shown.citations.filter(listed("source__")).select_related("source")
        if one.quotation_places
    ]
    passages = {
        (passage.document.source_id, passage.place): passage
        for passage in DocumentPassage.objects.filter(document__source__in=[one.source_id for one in cited])
        .exclude(document__reading__in=kept_from(viewer))
        .select_related("document")
    }
    for citation in cited:
        pieces = citation.quotation_places[0]
        place, start, _end = pieces[0]
        passage = passages.get((citation.source_id, place))
        if passage is not None:
            last = pieces[-1] if pieces[-1][0] == place else pieces[0]
            end = min(last[2], start + LONGEST_SHOWN)
            url = f"{reverse('text', args=[citation.source.public_id])}#{place}"
            before, after = _context(passage.text[:start], passage.text[end:])
            yield QuotedWords(citation, place_words(place), url, before, passage.text[start:end], after)


def _context(before: str, after: str) -> tuple[str, str]:
    """Cut what stands around a quotation to what fits beside an argument, at whole words."""
    if len(before) > CONTEXT:
        before = "… " + before[-CONTEXT:].partition(" ")[2]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rpartition(" ")[0] + " …"
    return before, after


def _passage_words(origin: Origin) -> str:
    if origin.passage is None:
        return ""
    plain = PlainPassage(origin.passage.place, origin.passage.kind, origin.passage.text)
    return words_of(plain, origin.first_word, origin.last_word)


def _answered_older(shown: Argument) -> bool:
    """Say whether the parent was edited after this was written."""
    answered = shown.answers_revision
    return (
        answered is not None
        and shown.parent is not None
        and shown.parent.revisions.filter(number__gt=answered.number).exists()
    )
