"""What readers think of a thesis, before reading and on leaving; kept apart from how the thesis stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from debates.actions.weighing.opine import Moment, check_opine, opine
from debates.models import Argument, Debate, Opinion
from debates.models.rating import Point
from debates.models.visibility import Viewer
from debates.permissions import Refused, may
from debates.strength.opinion import Shift, shift
from debates.views.asking.fetching import fetch_debate
from debates.views.asking.kept import members_only
from debates.views.asking.numbers import read_number


@dataclass
class PointView:
    """One of seven points as a button."""

    value: int
    words: str
    pressed: bool


@dataclass
class Poll:
    """The opinions about one thesis as one viewer meets them."""

    debate: str
    thesis: str
    claim: str
    mine: Opinion | None = None
    may_opine: bool = False
    pairs: list[tuple[int, int]] = field(default_factory=list)
    """The opinions before and after of those who gave both."""

    @property
    def asks_before(self) -> bool:
        """Say whether what one thinks before reading can still be said."""
        return self.may_opine and (self.mine is None or self.mine.after_at is None)

    @property
    def sees(self) -> bool:
        """Say whether the result is shown: to who has answered on leaving, and to who cannot."""
        return not self.may_opine or (self.mine is not None and self.mine.after is not None)

    @property
    def before(self) -> list[PointView]:
        """Return the seven points with the answer given before reading."""
        return _points(self.mine.before if self.mine else None)

    @property
    def after(self) -> list[PointView]:
        """Return the seven points with the answer given on leaving."""
        return _points(self.mine.after if self.mine else None)

    @property
    def result(self) -> list[str]:
        """Return what came of it in sentences, or what it waits for."""
        moved = shift(self.pairs)
        if moved is None:
            return [_("What reading changed is shown once five members have answered before and on leaving.")]
        return shift_words(moved)


def _points(given: int | None) -> list[PointView]:
    return [PointView(value, str(label), value == given) for value, label in Point.choices]


def shift_words(moved: Shift) -> list[str]:
    """Return how opinions moved in sentences: how many, which way, how far, and how sure that is."""
    counts = {"n": moved.n, "moved": moved.moved, "up": moved.up, "down": moved.down}
    first = ngettext(
        "%(n)d member answered before and on leaving; %(moved)d moved: %(up)d towards the thesis, %(down)d away from it.",
        "%(n)d members answered before and on leaving; %(moved)d moved: %(up)d towards the thesis, %(down)d away from it.",
        moved.n,
    )
    if moved.interval is None:
        return [first % counts]
    low, high = moved.interval
    span = {"mean": signed(moved.mean), "low": signed(low), "high": signed(high)}
    if low <= 0 <= high:
        second = _(
            "On average %(mean)s points of 6, which may be chance (95 %% interval %(low)s to %(high)s)."
        )
    elif moved.direction > 0:
        second = _(
            "On average %(mean)s points of 6, towards the thesis (95 %% interval %(low)s to %(high)s)."
        )
    else:
        second = _(
            "On average %(mean)s points of 6, away from the thesis (95 %% interval %(low)s to %(high)s)."
        )
    return [first % counts, second % span]


def signed(value: float) -> str:
    """Return a number to one decimal with its sign, as it is written in the reader's language."""
    words = number_format(abs(value), 1)
    if round(value, 1) == 0:
        return words
    return ("+" if value > 0 else "−") + words


def polls_of(viewer: Viewer, debate: Debate, theses: Iterable[Argument] | None = None) -> dict[str, Poll]:
    """Return the polls of a debate's theses by their public names, in three queries or fewer."""
    if theses is None:
        theses = Argument.objects.filter(debate=debate, kind=Argument.Kind.THESIS).listed().order_by("path")
    polls = {}
    for one in theses:
        one.debate = debate  # it is at hand
        locked = debate.locked_at is not None or one.locked_at is not None
        allowed = may(check_opine, viewer, one, locked)
        polls[one.pk] = Poll(debate.slug, one.public_id, one.claim, may_opine=allowed)
    if viewer.is_authenticated:
        for own in Opinion.objects.filter(member=viewer.pk, thesis__in=polls):
            polls[own.thesis_id].mine = own
    both = Opinion.objects.filter(thesis__in=polls, before__isnull=False, after__isnull=False)
    for thesis, before, after in both.order_by("pk").values_list("thesis_id", "before", "after"):
        polls[thesis].pairs.append((cast("int", before), cast("int", after)))  # the filter leaves no None
    return {poll.thesis: poll for poll in polls.values()}


@members_only
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, slug: str) -> HttpResponse:
    """Write what a member thinks of a thesis; whoever comes here by a link finds the question on the debate's page."""
    debate = fetch_debate(request, slug)
    if request.method != "POST":
        return redirect(debate)
    theses = Argument.objects.filter(debate=debate, kind=Argument.Kind.THESIS).visible_to(request.user)
    thesis = get_object_or_404(theses, public_id=request.POST.get("thesis", "").replace("\0", ""))
    moment = request.POST.get("moment", "")
    if moment not in ("before", "after"):
        raise Refused(_("Say whether that is what you think before reading or on leaving."), "moment", 400)
    opine(
        request.user,
        thesis,
        read_number("point", request.POST.get("point", "")),
        cast("Moment", moment),  # it was looked at right above
    )
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx adds it
        poll = polls_of(request.user, debate, [thesis])[thesis.public_id]
        return render(request, f"debates/opinion.html#{moment}", {"poll": poll, "answered": True})
    return redirect(f"{debate.get_absolute_url()}#{moment}-{thesis.public_id}")
