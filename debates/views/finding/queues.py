"""The work queues: how much waits in each, and one with one act a row; and the counts on a debate's page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from debates.duplicates import Duplicate
from debates.models import Argument, Citation, Debate, SourceRequest
from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused
from debates.queues import Queue, counts, may_work, rows_of
from debates.views.asking.kept import members_only

A_PAGE = 30


@dataclass(frozen=True)
class QueueRow:
    """One thing that could be put right, and the one act that does it."""

    claim: str
    url: str
    debate: str
    about: str
    """What is the matter, in words; empty where the queue says it already."""
    act: str
    act_url: str


@dataclass(frozen=True)
class QueueCount:
    """How much waits in a queue."""

    title: str
    count: int | None
    """None where it is looked for within one debate, and none is chosen."""
    url: str
    lead: str = ""


@dataclass(frozen=True)
class _Words:
    """What a queue is called and what is to be done in it, and how its rows are made. Any: lazy words, rows of models."""

    title: Any
    lead: Any
    row: Callable[[Any, Viewer], QueueRow]


@members_only
def queues(request: HttpRequest) -> HttpResponse:
    """Show how much waits in every queue, in all debates or in that of `?debate=`."""
    _check_work(request.user)
    debate = _debate_of(request)
    return render(
        request, "debates/queues.html", {"debate": debate, "queues": _counted(counts(debate), debate)}
    )


@members_only
def queue(request: HttpRequest, name: str) -> HttpResponse:
    """Show what waits in one queue, one act a row."""
    _check_work(request.user)
    if name not in list(Queue):
        raise Http404
    shown, debate = Queue(name), _debate_of(request)
    page = Paginator[Any](rows_of(shown, debate), A_PAGE).get_page(request.GET.get("page"))
    rows = _pairs(page) if shown == Queue.DUPLICATES else page
    words = WORDS[shown]
    return render(
        request,
        "debates/queue.html",
        {
            "title": words.title,
            "lead": words.lead,
            "debate": debate,
            "page": page,
            "rows": [words.row(row, request.user) for row in rows],
            "choose": Debate.objects.listed() if shown == Queue.DUPLICATES and debate is None else None,
        },
    )


def queue_counts(debate: Debate, viewer: Viewer) -> list[QueueCount]:
    """Return the queues of a debate in which something waits, for who may work on them; one query, and who may is two more.

    Duplicates are not looked for while somebody waits for the debate: their queue comes without a number.
    """
    if not may_work(viewer):
        return []
    return [one for one in _counted(counts(debate, pairs=False), debate) if one.count != 0]


def _check_work(viewer: Viewer) -> None:
    """Refuse the queues to who has not taken part yet."""
    if not may_work(viewer):
        raise Refused(
            _(
                "The work queues open once you have posted an argument or checked a citation: begin with either."
            )
        )


def _debate_of(request: HttpRequest) -> Debate | None:
    """Return the debate that the address names, if it stands in lists; 404 for any other."""
    slug = request.GET.get("debate", "").replace("\0", "")
    return get_object_or_404(Debate.objects.listed(), slug=slug) if slug else None


def _counted(found: dict[Queue, int | None], debate: Debate | None) -> list[QueueCount]:
    query = f"?debate={debate.slug}" if debate is not None else ""
    return [
        QueueCount(
            str(WORDS[one].title), number, reverse("queue", args=[one.value]) + query, str(WORDS[one].lead)
        )
        for one, number in found.items()
    ]


def _pairs(page: Iterable[Duplicate]) -> list[tuple[Argument, Argument]]:
    """Return the two arguments of each likely duplicate, in one query."""
    found = list(page)
    keys = {key for pair in found for key in (pair.first, pair.second)}
    rows = Argument.objects.listed().select_related("debate").in_bulk(keys)
    return [
        (rows[pair.first], rows[pair.second]) for pair in found if pair.first in rows and pair.second in rows
    ]


# -------------------------------------------------------------------------------------------------- the rows


def _row(argument: Argument, act: str, act_url: str, about: str = "") -> QueueRow:
    return QueueRow(
        argument.claim, argument.get_absolute_url(), argument.debate.question, about, act, act_url
    )


def _own(argument: Argument, viewer: Viewer) -> bool:
    return bool(argument.author_id == viewer.pk)


def _cite(argument: Argument, viewer: Viewer, about: str = "") -> QueueRow:
    """Let its author cite a source; others support it with one."""
    if _own(argument, viewer):
        return _row(argument, _("Cite a source"), reverse("edit", args=[argument.public_id]), about)
    address = reverse("reply", args=[argument.public_id])
    return _row(argument, _("Support it with a source"), f"{address}?stance=pro", about)


def _answer(argument: Any, viewer: Viewer) -> QueueRow:
    """Ask for the side that is missing. Any: an argument with the two sides attached."""
    address = reverse("reply", args=[argument.public_id])
    if argument.answered_for:
        return _row(
            argument, _("Answer against"), f"{address}?stance=con", _("Everybody has argued for it so far.")
        )
    return _row(
        argument, _("Answer for"), f"{address}?stance=pro", _("Everybody has argued against it so far.")
    )


def _rebut(argument: Any, viewer: Viewer) -> QueueRow:
    """Answer the objection that stands; one from elsewhere is seen on the page. Any: an argument with its objections attached."""
    cons: list[Argument] = argument.standing_cons
    if not cons:
        return _row(argument, _("Look at the objections"), argument.get_absolute_url())
    more = len(cons) - 1
    about = _("Against it: “%(claim)s”") % {"claim": cons[0].claim}
    if more:
        about += " " + ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}
    return _row(argument, _("Rebut"), reverse("rebut", args=[cons[0].public_id]), about)


def _check(citation: Citation, viewer: Viewer) -> QueueRow:
    """Look the source up; of one's own citation somebody else says it."""
    argument, about = citation.argument, ", ".join(filter(None, [str(citation.source), citation.place]))
    if _own(argument, viewer):
        return _row(argument, _("See who has looked"), reverse("check", args=[citation.pk]), about)
    return _row(argument, _("Check"), reverse("check", args=[citation.pk]), about)


def _mend(citation: Citation, viewer: Viewer) -> QueueRow:
    """Let its author mend a quotation; others look it up."""
    argument = citation.argument
    about = f"{citation.get_quotation_state_display()}: {citation.source}"
    if _own(argument, viewer):
        return _row(argument, _("Mend the quotation"), reverse("edit", args=[argument.public_id]), about)
    return _row(argument, _("Check"), reverse("check", args=[citation.pk]), about)


def _merge(pair: tuple[Argument, Argument], viewer: Viewer) -> QueueRow:
    """Merge two that say the same; who may not do that looks at the other one."""
    one, other = pair
    about = _("And: “%(claim)s”") % {"claim": other.claim}
    if is_moderator(viewer):
        address = reverse("merge", args=[one.public_id])
        return _row(one, _("Merge"), f"{address}?other={other.public_id}", about)
    return _row(one, _("Compare"), other.get_absolute_url(), about)


def _confirm(reply: Argument, viewer: Viewer) -> QueueRow:
    """Let its author confirm a reply in sight of the difference; others see that, and may suggest an edit."""
    about = _("In answer to: “%(claim)s”") % {"claim": reply.parent.claim} if reply.parent else ""
    if reply.parent is not None and not reply.parent.is_published:
        about = ""
    act = _("Confirm or edit") if _own(reply, viewer) else _("See the difference")
    return _row(reply, act, reverse("stale", args=[reply.public_id]), about)


def _bring(asked: Any, viewer: Viewer) -> QueueRow:
    """Bring the source that somebody waits for. Any: a request with the number of those who wait."""
    request: SourceRequest = asked
    waits = ngettext("%(count)d member waits.", "%(count)d members wait.", asked.waiting)
    return _cite(request.argument, viewer, waits % {"count": asked.waiting})


WORDS: dict[Queue, _Words] = {
    Queue.UNCITED: _Words(
        gettext_lazy("Claims without a source"),
        gettext_lazy("They cite nothing. What do they rest on?"),
        _cite,
    ),
    Queue.ONE_SIDED: _Words(
        gettext_lazy("Claims answered from one side"),
        gettext_lazy("Nobody has spoken for the other side yet. What would it say?"),
        _answer,
    ),
    Queue.OBJECTIONS: _Words(
        gettext_lazy("Unanswered objections"),
        gettext_lazy("Something was said against these, and nobody has answered that."),
        _rebut,
    ),
    Queue.UNCHECKED: _Words(
        gettext_lazy("Citations that nobody has checked"),
        gettext_lazy("Look one up: does the source say this?"),
        _check,
    ),
    Queue.QUOTATIONS: _Words(
        gettext_lazy("Quotations that were not found"),
        gettext_lazy("Their words do not stand in the text of the source, or no longer."),
        _mend,
    ),
    Queue.DUPLICATES: _Words(
        gettext_lazy("Likely duplicates"),
        gettext_lazy("Two claims with much the same words. Do they say the same?"),
        _merge,
    ),
    Queue.STALE: _Words(
        gettext_lazy("Answers to an earlier version"),
        gettext_lazy("The claim above was edited after these were written."),
        _confirm,
    ),
    Queue.WANTED: _Words(
        gettext_lazy("Sources wanted"),
        gettext_lazy("Somebody waits to know what these rest on."),
        _bring,
    ),
}
