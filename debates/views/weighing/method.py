"""How standings are computed: the method in words, one example that can be played with, and the formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.vary import vary_on_headers

from debates.forms.method import Votes, VotesForm
from debates.models.standing import Word
from debates.strength.semantics import (
    BEST_CITATIONS,
    CITATION_SHARE,
    METHOD,
    THESIS_BASE,
    Arrival,
    Pair,
    joined,
    ramp_of,
    stand,
    undercut,
)
from debates.strength.words import BANDS, ENOUGH_BARS, ENOUGH_PEOPLE, MARGIN, band_of
from debates.views.machines.meta import site_page_meta
from debates.views.weighing.worked_example import (
    PARTS,
    STEPS,
    THESIS,
    THESIS_CLAIM,
    Figure,
    Part,
    Weighed,
    six,
)

EXAMPLE: Mapping[int, Votes] = {part.key: part.votes for part in PARTS}
REVIEWS = (1, 3, 12)
"""Numbers of people for which the page says how much of its weight an argument then has."""


@dataclass(frozen=True)
class Line:
    """One step of the reckoning: in words, as in the example, and with the reader's answers where they differ."""

    words: str | Promise
    example: Figure | None
    yours: Figure | None = None
    changed: bool = False


@dataclass(frozen=True)
class Reckoning:
    """A claim of the example, what people answered about it, and every step of its reckoning."""

    name: str
    claim: str | Promise
    side: str
    answers: str
    lines: list[Line]
    gone: bool = False


@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def method(request: HttpRequest) -> HttpResponse:
    """Explain the method; the query holds what the reader changed in the example. Nothing is asked of the database."""
    forms = [(part, VotesForm(request.GET, part.name, part.votes)) for part in PARTS]
    read = {part.key: form.read() for part, form in forms}
    votes = {key: given for key, (given, _faults) in read.items()}
    example = Weighed(EXAMPLE)
    yours = Weighed(votes, example) if votes != EXAMPLE else None
    htmx = request.htmx  # type: ignore[attr-defined]  # django-htmx adds it
    piece = bool(htmx) and not htmx.history_restore_request  # when it goes back, htmx asks for the whole page
    context = {
        "piece": piece,
        "forms": forms,
        "faults": [fault for _given, faults in read.values() for fault in faults],
        "thesis": THESIS_CLAIM,
        "example": example.shown(),
        "yours": yours.shown() if yours else None,
        "spans": [span_in_words(weighed) for weighed in (example, yours) if weighed],
        "reckonings": reckonings(example, yours),
        "words": [(Word(word).label, low, high) for word, (low, high) in reversed(BANDS.items())],
        "small": small_examples(),
        "reviews": [(people, ramp_of(people)) for people in REVIEWS],
        "version": METHOD,
        "base": THESIS_BASE,
        "best_citations": BEST_CITATIONS,
        "citation_share": CITATION_SHARE,
        "enough_people": ENOUGH_PEOPLE,
        "enough_bars": ENOUGH_BARS,
        "margin": MARGIN,
    }
    context["meta"] = site_page_meta(
        request,
        "method",
        _("How standings are computed"),
        _(
            "How ratings, objections and checked citations make the word that stands beside a claim, step by step."
        ),
    )
    return render(request, f"debates/method.html{'#figures' if piece else ''}", context)


def reckonings(example: Weighed, yours: Weighed | None) -> list[Reckoning]:
    """Return every step for every claim, in the order in which they are reckoned: what answers before what is answered."""
    found = [_reckoning(part, example, yours) for part in sorted(PARTS, key=lambda part: -part.parent)]
    thesis = Reckoning("", THESIS_CLAIM, _("Thesis"), "", _lines(THESIS, example, yours))
    return [*found, thesis]


def _reckoning(part: Part, example: Weighed, yours: Weighed | None) -> Reckoning:
    votes = (yours or example).votes[part.key]
    side = _("for the thesis") if part.pro else _("against the thesis")
    if part.parent != THESIS:
        side = _("against %(name)s") % {"name": next(up.name for up in PARTS if up.key == part.parent)}
    lines = _lines(part.key, example, yours)
    return Reckoning(part.name, part.claim, side, answers_in_words(votes), lines, votes.gone)


def _lines(key: int, example: Weighed, yours: Weighed | None) -> list[Line]:
    one = example.figures(key)
    other = yours.figures(key) if yours else {}
    lines = []
    for step, words in STEPS.items():
        before, after = one.get(step), other.get(step)
        if before or after:
            lines.append(Line(words, before, after, changed=yours is not None and before != after))
    return lines


def answers_in_words(votes: Votes) -> str:
    """Return what people answered about an argument, in words."""
    people = ngettext("%(count)d person voted.", "%(count)d people voted.", votes.people)
    said = [people % {"count": votes.people}]
    if votes.yes + votes.no:
        values = {"yes": votes.yes, "count": votes.yes + votes.no}
        said.append(_("%(yes)d of %(count)d say that it holds up.") % values)
    if votes.answers:
        given = ngettext(
            "%(count)d person says how much it matters here: %(points)d of %(most)d points.",
            "%(count)d people say how much it matters here: %(points)d of %(most)d points.",
            votes.answers,
        )
        said.append(given % {"count": votes.answers, "points": votes.points, "most": votes.answers * 4})
    if votes.check:
        yes, partly, no = votes.check
        found = _("Does its source say it? Yes: %(yes)d, in part: %(partly)d, no: %(no)d.")
        said.append(found % {"yes": yes, "partly": partly, "no": no})
    return " ".join(said)


def span_in_words(weighed: Weighed) -> str:
    """Return between which values the thesis would stand with any one argument gone, in words."""
    span = weighed.range
    if span is None:
        return _("There is no argument left to take away.")
    names = {part.key: part.name for part in PARTS}
    values = {
        "low": six(span.low),
        "least": Word(band_of(span.low)).label,
        "low_name": names[span.low_key],
        "high": six(span.high),
        "most": Word(band_of(span.high)).label,
        "high_name": names[span.high_key],
    }
    return (
        _(
            "With any one argument gone the thesis would stand between %(low)s (%(least)s, without %(low_name)s) and "
            "%(high)s (%(most)s, without %(high_name)s)."
        )
        % values
    )


def small_examples() -> list[tuple[str, str, str]]:
    """Return small worked examples: what they show, and the outcome by either opinion."""

    def arrive(strength: float | Pair, *, pro: bool, weight: float | Pair = 1.0) -> Arrival:
        return Arrival(pro, _pair(weight), _pair(strength))

    def outcome(base: float, *arrivals: Arrival) -> Pair:
        return stand(base, arrivals).strength

    half = outcome(THESIS_BASE, arrive(0.5, pro=False))
    left = undercut(0.7, [arrive(0.6, pro=False)])
    premises = joined([arrive(0.8, pro=True, weight=0.5), arrive(0.6, pro=True, weight=0.7)])
    found = [
        (_("From 0.5, one argument of 0.8 for it"), outcome(0.5, arrive(0.8, pro=True))),
        (_("From 0.5, one argument of 0.8 against it"), outcome(0.5, arrive(0.8, pro=False))),
        (
            _("From 0.5, arguments of 0.8, 0.55 and 0.3 for it, of 0.7 and 0.65 against it"),
            outcome(
                0.5,
                *(arrive(strength, pro=True) for strength in (0.8, 0.55, 0.3)),
                *(arrive(strength, pro=False) for strength in (0.7, 0.65)),
            ),
        ),
        (
            _("From 0.5, fifteen arguments of 0.6 for it and eight against it"),
            outcome(0.5, *[arrive(0.6, pro=True)] * 15, *[arrive(0.6, pro=False)] * 8),
        ),
        (
            _("From 0.7, three objections of 0.5 that nobody has read, if they had their whole weight"),
            outcome(0.7, *[arrive(0.5, pro=False)] * 3),
        ),
        (
            _("From 0.7, the same three with the weight that unread objections have here"),
            outcome(0.7, *[arrive(0.5, pro=False, weight=0.5 * ramp_of(0))] * 3),
        ),
        (_("Three in a row, each against the next, all from 0.5"), outcome(0.5, arrive(half, pro=False))),
        (_("What an argument of 0.8 with relevance 0.7 passes on"), _pair(0.7 * 0.8)),
        (
            _("The same, with an objection of 0.6 to its bearing"),
            Pair(left.energy * 0.8, left.dfquad * 0.8),
        ),
        (
            _("What two joint premises pass on, of 0.8 with weight 0.5 and of 0.6 with weight 0.7"),
            Pair(
                premises.weight.energy * premises.strength.energy,
                premises.weight.dfquad * premises.strength.dfquad,
            ),
        ),
    ]
    return [(words, six(pair.energy), six(pair.dfquad)) for words, pair in found]


def _pair(number: float | Pair) -> Pair:
    return number if isinstance(number, Pair) else Pair(number, number)
