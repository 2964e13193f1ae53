"""One source: its record, who relies on it, and every argument that cites it, by debate and side."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.bibliography.missing import missing
from debates.bibliography.record import TYPES
from debates.models import Argument, Citation, Debate, Document, Source
from debates.models.argument import Stance
from debates.models.authorship import shown_adder, shown_author
from debates.models.source import locator_words
from debates.models.visibility import Viewer, is_moderator, listed
from debates.permissions import check_attach_text, check_edit_source, check_relate, may
from debates.views.machines.meta import source_meta
from debates.views.parts.card import Card, balance_words, quotation_words
from debates.views.parts.reference_list import reference_of
from debates.views.parts.related import related_works
from debates.views.parts.source_state import link_of, retraction_of

A_PAGE = 100
"""Citations drawn on one page; what is counted are all."""


@dataclass
class CitingView:
    """A citation as the page of its source shows it."""

    argument: Argument
    card: Card
    """No more of it than its side, with the mark and the words for that."""
    by: str
    by_url: str
    locator: str
    quotation: str
    check: str
    check_state: str
    check_url: str
    balance: str
    doubted: bool
    purpose: str


@dataclass
class Group:
    """The citations in one debate that stand on this page, with the counts of all there."""

    debate: Debate
    counts: str
    rows: list[CitingView] = field(default_factory=list)


@dataclass(frozen=True)
class Relying:
    """Somebody who relies on the source, and in how many arguments."""

    name: str
    url: str
    count: int


def source(request: HttpRequest, source_id: str) -> HttpResponse:
    """Show a source and the arguments that rest on it."""
    shown = fetch_source(request.user, source_id)
    if shown.public_id != source_id:
        return redirect(shown)
    citations = list(
        Citation.objects.filter(listed("argument__", "debate"), source=shown)
        .select_related("argument__debate", "argument__voice", "argument__author")
        .with_balance()
        .order_by("argument__debate_id", "argument__path", "position")
    )
    citations.sort(key=lambda one: (one.argument.debate_id, SIDES[one.argument.stance]))
    page = Paginator(citations, A_PAGE).get_page(request.GET.get("page"))
    record = shown.record
    return render(
        request,
        "debates/source.html",
        {
            "source": shown,
            "meta": source_meta(request, shown, page),
            "record": record,
            "type": _(TYPES.get(record.type, record.type)),
            "missing": [_(words) for words in missing(record)],
            "retraction": retraction_of(shown),
            "link": link_of(shown),
            "references": reference_of(request, shown),
            "document": document_of(shown),
            "debates": shown.debates.listed(),
            "related": related_works(shown, request.user),
            "page": page,
            "groups": _groups(page, citations, request.user),
            "counts": counts_words(citations),
            "findings": _findings(citations),
            "added_by": shown_adder(
                shown,
                shown.added_by.get_username() if shown.added_by else "",
                shown.added_by_id,
                request.user,
            ),
            "relying": _relying(citations, request.user),
            **_rights(request.user, shown),
        },
    )


def fetch_source(viewer: Viewer, source_id: str) -> Source:
    """Return the source that an address leads to, if a viewer may read it, or 404.

    That of a merged source leads to the one it was merged into; whether it does depends on that one alone.
    """
    readable = Source.objects.visible_to(viewer).select_related("added_by", "document")
    found = readable.filter(public_id=source_id).first()
    if found is None:
        standing = Source.objects.named(source_id)
        found = get_object_or_404(readable, pk=standing.pk if standing is not None else None)
    return found


def document_of(shown: Source) -> Document | None:
    """Return the text of a source, where it is here; `fetch_source` brought it along."""
    document: Document | None = getattr(
        shown, "document", None
    )  # it raises what getattr takes for “no such attribute”
    return document if document is not None and document.loaded_at is not None else None


def _rights(viewer: Viewer, shown: Source) -> dict[str, bool]:
    """Return which of the acts the page offers; a visitor is asked to sign in before any of them."""
    if not viewer.is_authenticated:
        return {}
    return {
        "may_attach": may(check_attach_text, viewer, shown),
        "may_edit": may(check_edit_source, viewer, shown),
        "may_relate": may(check_relate, viewer, shown),
        "may_merge": is_moderator(viewer),
    }


SIDES = {Stance.PRO.value: 0, Stance.CON.value: 1, "": 2}
"""The order of the sides within a debate: for, against, then theses and notes."""


def _groups(page: Iterable[Any], citations: Sequence[Citation], viewer: Viewer) -> list[Group]:
    """Return the citations of a page by debate, each with the counts of all that stand there. Any: they came `with_balance`."""
    by_debate: dict[int, list[Citation]] = {}
    for citation in citations:
        by_debate.setdefault(citation.argument.debate_id, []).append(citation)
    groups: dict[int, Group] = {}
    for citation in page:
        debate = citation.argument.debate
        if debate.pk not in groups:
            groups[debate.pk] = Group(debate, counts_words(by_debate[debate.pk]))
        groups[debate.pk].rows.append(_citing(citation, viewer))
    return list(groups.values())


def _citing(citation: Any, viewer: Viewer) -> CitingView:
    """Return what the page shows of a citation. Any: it came `with_balance`."""
    argument = citation.argument
    by = shown_author(argument, viewer)
    return CitingView(
        argument=argument,
        card=Card(kind=argument.kind, stance=argument.stance, attacks=argument.attacks),
        by=by.name,
        by_url=by.url,
        locator=locator_words(citation.locator_label, citation.locator),
        quotation=citation.quotation,
        check=quotation_words(citation.quotation_state),
        check_state=citation.quotation_state or "none",
        check_url=reverse("check", args=[citation.pk]),
        balance=balance_words(citation),
        doubted=citation.said_no > citation.said_yes,
        purpose=citation.purpose,
    )


def counts_words(citations: Iterable[Citation]) -> str:
    """Say how many arguments cite for, how many against, and how many take no side; each argument once."""
    sides = Counter({one.argument_id: one.argument.stance or one.argument.kind for one in citations}.values())
    parts = [
        _("%(count)d for") % {"count": sides[Stance.PRO.value]},
        _("%(count)d against") % {"count": sides[Stance.CON.value]},
    ]
    if theses := sides[Argument.Kind.THESIS.value]:
        parts.append(ngettext("%(count)d thesis", "%(count)d theses", theses) % {"count": theses})
    if notes := sides[Argument.Kind.NOTE.value] + sides[Argument.Kind.UNPLACED.value]:
        parts.append(ngettext("%(count)d note", "%(count)d notes", notes) % {"count": notes})
    return " · ".join(parts)


def _findings(citations: Iterable[Any]) -> list[tuple[str, str, int]]:
    """Return what became of quotations and checks: word of the style sheet, words, how many. Any: as above."""
    found: Counter[tuple[str, str]] = Counter()
    for one in citations:
        if one.quotation_state:
            found[(f"quotation-{one.quotation_state}", quotation_words(one.quotation_state))] += 1
        looked = one.said_yes + one.said_partly + one.said_no
        if one.said_no > one.said_yes:
            found[("doubted", _("checked, and doubted"))] += 1
        elif looked:
            found[("upheld", _("checked, and found there"))] += 1
        else:
            found[("unchecked", _("not checked yet"))] += 1
    return [(shape, words, count) for (shape, words), count in found.most_common()]


def _relying(citations: Iterable[Citation], viewer: Viewer) -> list[Relying]:
    """Return who relies on the source, each once, those with the most arguments first.

    Who writes in anonymous debates is not among them: a number means another member in each.
    """
    arguments = {one.argument_id: one.argument for one in citations}.values()
    shown = [shown_author(one, viewer) for one in arguments if not one.debate.anonymous]
    counted = Counter((one.name, one.url) for one in shown if one.name)
    return [
        Relying(name, url, count)
        for (name, url), count in sorted(counted.items(), key=lambda one: (-one[1], one[0][0].casefold()))
    ]
