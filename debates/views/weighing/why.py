"""Why an argument stands as it does: in plain sentences, from what would be without each of its arguments."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.vary import vary_on_headers

from debates.actions.weighing.standing_whole import whole
from debates.models import Argument, Standing, StandingChange
from debates.models.standing import Word
from debates.models.visibility import Viewer
from debates.strength.change import Change, Turn, change
from debates.strength.graph import Graph, Place, Result, compute, ranks
from debates.strength.removal import Effect, Range, direct_effects, range_of, without
from debates.strength.words import ENOUGH_PEOPLE, band_of
from debates.views.asking.fetching import fetch
from debates.views.parts.card import debate_named
from debates.views.parts.ratings import ratings_of
from debates.views.parts.standing import StandingView, held_of, standing_view

MAINLY = 0.2
"""The share of all that speaks on its side from which an argument is named: near the middle, where the strength hardly moves
for anything, what it would be without an argument says little about what that argument carries."""
FELT = 0.02
"""The least part of a weight that is worth a sentence."""
NAMED = 4
"""Arguments named in each paragraph; what is beyond is counted."""
CHANGES = 12
SEARCHED = 2000
"""Arguments of a debate up to which every single one is taken out on trial; in larger ones only the direct replies."""
WEAK, MARGINAL = 0.4, 0.4
"""Below this strength an argument counts little because of what answers it, below this relevance because of where it stands."""


@dataclass(frozen=True)
class Reason:
    """One argument and what it does, in a sentence."""

    argument: Argument
    sentence: str


@dataclass
class Why:
    """What backs a claim, what holds it back, what counts little, what is new, and what would change it."""

    standing: StandingView | None
    held: Standing | None
    backed: list[Reason] = field(default_factory=list)
    challenged: list[Reason] = field(default_factory=list)
    little: list[Reason] = field(default_factory=list)
    turning: list[Reason] = field(default_factory=list)
    fresh: str = ""
    bearing: str = ""
    span: str = ""
    second: str = ""
    reviewed: str = ""
    left_out: str = ""


@vary_on_headers("HX-Request")
def why(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Explain how an argument stands; a member who may rate it and has not is told to do that first."""
    argument = fetch(request, argument_id)
    seen = ratings_of(request.user, [argument])[argument.pk]
    context = {
        "argument": argument,
        "debate": debate_named(argument.debate, request.user),
        "seen": seen,
        "why": why_of(argument, request.user) if seen.sees else None,
        "changes": changes_of(argument, request.user),
    }
    part = "#why" if request.htmx else ""  # type: ignore[attr-defined]  # django-htmx adds it
    return render(request, f"debates/why.html{part}", context)


def why_of(argument: Argument, viewer: Viewer) -> Why:
    """Return why an argument stands as it does; computed anew from the rows, some milliseconds for a thousand arguments."""
    held = held_of(argument)
    read = whole(argument.debate_id)
    graph = Graph(read.claims, read.places)
    if held is None or argument.pk not in graph.claims:
        return Why(standing_view(argument), held)
    return _Reasons(argument, held, graph, viewer).why()


class _Reasons:
    """What can be said of one claim, from the whole graph."""

    def __init__(self, argument: Argument, held: Standing, graph: Graph, viewer: Viewer) -> None:
        self.argument, self.held, self.graph = argument, held, graph
        self.result: Result = compute(graph)
        self.effects: dict[int, Effect] = direct_effects(graph, argument.pk)
        self.places: list[Place] = list(graph.children.get(argument.pk, ()))
        small = len(graph.claims) <= SEARCHED
        gone = (
            without(graph, argument.pk) if small else {key: one.without for key, one in self.effects.items()}
        )
        self.range: Range | None = range_of(gone)
        people = held.people
        self.change: Change | None = change(graph, argument.pk, held.word, people) if small else None
        keys = {place.child for place in self.places} | {turn.key for turn in self._turns()}
        keys |= {con for place in self.places if (con := self._strongest_con(place.child)) is not None}
        # All that is named below, in one statement, however much that is.
        below = Argument.objects.visible_to(viewer).select_related("standing", "debate")
        known = below.in_bulk([argument.pk, *keys])
        self.children = {place.child: known[place.child] for place in self.places if place.child in known}
        # What somebody may still rate is not named: by what it carries, its tally would be told.
        seen = ratings_of(viewer, list(known.values()))
        self.known = {key: one for key, one in known.items() if seen[key].sees}
        counted = [place for place in self.places if place.child in self.known]
        self.left_out = len(self.children) - len(counted)
        self.direct = [place for place in counted if not place.undercuts]
        self.undercuts = [place for place in counted if place.undercuts]
        self.main = [place for place in self.direct if self._is_main(place)]
        self.fresh = [place for place in self.direct if graph.claims[place.child].people < ENOUGH_PEOPLE]
        rest = [place for place in self.direct if place not in self.main and place not in self.fresh]
        self.rest = rest[:NAMED]

    def why(self) -> Why:
        """Return all of it."""
        found = Why(standing_view(self.argument, list(self.children.values())), self.held)
        found.backed = self._mainly([place for place in self.main if place.pro])
        found.challenged = self._mainly([place for place in self.main if not place.pro])
        found.little = [reason for place in self.rest if (reason := self._little(place))]
        found.fresh = self._fresh()
        found.bearing = self._bearing()
        found.span = self._span()
        found.turning = self._turning()
        found.second = self._second()
        found.left_out = self._left_out()
        found.reviewed = self._reviewed()
        return found

    def _reach(self, place: Place) -> float:
        """Return with how much an argument reaches the claim: its block in the bar."""
        return (
            self.result.weight[place.child, place.parent].energy
            * self.result.standing[place.child].strength.energy
        )

    def _is_main(self, place: Place) -> bool:
        side = self.held.pro if place.pro else self.held.con
        return self._reach(place) >= max(MAINLY * side, FELT)

    def _mainly(self, places: list[Place]) -> list[Reason]:
        places.sort(key=self._reach, reverse=True)
        return [Reason(self.children[place.child], self._without(place.child)) for place in places[:NAMED]]

    def _without(self, key: int) -> str:
        """Return what would be without an argument: another word, or by how much the strength would differ."""
        now, then = self.held.strength, self.effects[key].without.energy
        values = {"now": f"{now:.2f}", "then": f"{then:.2f}"}
        if band_of(now) != band_of(then):
            return _("Without it: %(then)s (%(word)s) in place of %(now)s.") % {
                **values,
                "word": Word(band_of(then)).label,
            }
        return _("Without it: %(then)s in place of %(now)s.") % values

    def _little(self, place: Place) -> Reason | None:
        """Say why an argument that people have reviewed counts little all the same."""
        child = self.children[place.child]
        strength = self.result.standing[place.child].strength.energy
        relevance = self.result.relevance[place.child, place.parent].energy
        rank = dict(zip(self.places, ranks(self.places, self.graph.claims), strict=True))[place]
        answered = self.known.get(self._strongest_con(place.child) or 0)
        if strength < WEAK and answered is not None:
            return Reason(
                child, _("It counts little because “%(claim)s” answers it.") % {"claim": answered.claim}
            )
        if strength < WEAK:
            return Reason(child, _("It counts little because few say that it holds up."))
        if relevance < MARGINAL:
            return Reason(child, _("It counts little because it matters little here."))
        if rank > 1:
            return Reason(
                child,
                _("It counts less because its author has argued on this side before: it is number %(rank)d.")
                % {"rank": rank},
            )
        return None

    def _strongest_con(self, key: int) -> int | None:
        """Return the objection that reaches a claim with most."""
        below = self.graph.children.get(key, ())
        cons = [
            place for place in below if not place.pro and not place.undercuts and self._reach(place) >= FELT
        ]
        if not cons:
            return None
        return max(cons, key=self._reach).child

    def _fresh(self) -> str:
        count = len(self.fresh)
        if not count:
            return ""
        return ngettext(
            "%(count)d argument is new or hardly rated yet, and counts for little until it is.",
            "%(count)d arguments are new or hardly rated yet, and count for little until they are.",
            count,
        ) % {"count": count}

    def _left_out(self) -> str:
        if not self.left_out:
            return ""
        return ngettext(
            "%(count)d argument is left out here until you have said whether it holds up.",
            "%(count)d arguments are left out here until you have said whether they hold up.",
            self.left_out,
        ) % {"count": self.left_out}

    def _bearing(self) -> str:
        left = self.held.bearing
        if not self.undercuts or left > 1 - FELT:
            return ""
        return _(
            "Objections to its bearing leave %(left)s of the weight with which it reaches the claim above."
        ) % {"left": f"{left:.2f}"}

    def _span(self) -> str:
        if self.range is None:
            return ""
        low, high = min(self.range.low, self.held.strength), max(self.range.high, self.held.strength)
        words = Word(band_of(low)).label, Word(band_of(high)).label
        if words[0] == words[1]:
            return _(
                "With any one argument gone it would stand between %(low)s and %(high)s: %(word)s all the same."
            ) % {"low": f"{low:.2f}", "high": f"{high:.2f}", "word": words[0]}
        return _(
            "With any one argument gone it would stand between %(low)s (%(least)s) and %(high)s (%(most)s)."
        ) % {"low": f"{low:.2f}", "high": f"{high:.2f}", "least": words[0], "most": words[1]}

    def _turning(self) -> list[Reason]:
        """Return the single steps after which another word would stand here."""
        gone = _("If it no longer held: %(word)s.")
        rated = _("If a dozen people rated it as those few did: %(word)s.")
        removed = self.change.removed if self.change is not None else ()
        return [
            Reason(
                self.known[turn.key], (gone if turn in removed else rated) % {"word": Word(turn.word).label}
            )
            for turn in self._turns()
            if turn.key in self.known
        ]

    def _turns(self) -> list[Turn]:
        if self.change is None or self.held.word == Word.UNREVIEWED:
            return []
        return [*self.change.removed[:NAMED], *self.change.reviewed[:NAMED]]

    def _second(self) -> str:
        if self.held.word == self.held.second_word:
            return ""
        return _(
            "A second method of weighing says: %(word)s (%(value)s). Where the two part, take neither for settled."
        ) % {
            "word": Word(self.held.second_word).label,
            "value": f"{self.held.second_strength:.2f}",
        }

    def _reviewed(self) -> str:
        people = {"count": self.held.people}
        if self.argument.kind == Argument.Kind.THESIS:
            return (
                ngettext(
                    "%(count)d person has rated arguments right below it.",
                    "%(count)d people have rated arguments right below it.",
                    self.held.people,
                )
                % people
            )
        return (
            ngettext("%(count)d person has rated it.", "%(count)d people have rated it.", self.held.people)
            % people
        )


def changes_of(thesis: Argument, viewer: Viewer) -> list[tuple[StandingChange, Argument | None]]:
    """Return the last changes of how a thesis stands, the newest first, each with its cause where that may be read."""
    changes = list(thesis.standing_changes.all()[:CHANGES])
    causes = (
        Argument.objects.visible_to(viewer)
        .select_related("debate")
        .in_bulk([one.argument_id for one in changes if one.argument_id])
    )
    seen = ratings_of(viewer, list(causes.values()))
    told = {
        key: one for key, one in causes.items() if seen[key].sees
    }  # a rating that is named tells which way it went
    return [(one, told.get(one.argument_id or 0)) for one in changes]
