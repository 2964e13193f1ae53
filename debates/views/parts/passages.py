"""What arguments do with the passages of their article: restate them, answer them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.bibliography.runs import Run, cut
from debates.models import Argument, Debate, Document, Quote, State
from debates.models.argument import ArgumentQuerySet, Stance
from debates.models.document import closed_to
from debates.models.visibility import Viewer

NOTE = "note"
"""The side of what takes none."""


@dataclass
class AtPassage:
    """What arguments do with one passage. `restating` and `answering` are what the viewer reads, by key, the latter with sides.

    Counted is only what stands in lists, the same for everyone.
    """

    restating: set[int] = field(default_factory=set)
    answering: dict[int, str] = field(default_factory=dict)
    listed: set[int] = field(default_factory=set)
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    """The words that listed arguments are anchored to: first character, one past the last, side."""

    @property
    def restated(self) -> int:
        """Return how many arguments restate it."""
        return len(self.restating & self.listed)

    @property
    def pros(self) -> int:
        """Return how many answers speak for something."""
        return self._count(Stance.PRO)

    @property
    def cons(self) -> int:
        """Return how many answers speak against something."""
        return self._count(Stance.CON)

    @property
    def is_answered(self) -> bool:
        """Say whether anybody took a side on it; a note does not."""
        return bool(self.pros or self.cons)

    @property
    def words(self) -> str:
        """Return its marks in words, for those who hear the page."""
        said = []
        if self.restated:
            said.append(
                ngettext("%(count)d argument restates it", "%(count)d arguments restate it", self.restated)
                % {"count": self.restated}
            )
        if self.is_answered:
            said.append(
                _("%(pros)d for, %(cons)d against, in answer to it") % {"pros": self.pros, "cons": self.cons}
            )
        return "; ".join(said)

    def runs(self, text: str) -> list[Run[str]]:
        """Return the text in runs, by the sides that answer its words; who answers the whole marks none of it."""
        return cut(text, [span for span in self.spans if span[1] - span[0] < len(text)])

    def _count(self, side: str) -> int:
        return sum(stance == side for pk, stance in self.answering.items() if pk in self.listed)


@dataclass
class InArticle:
    """What arguments of a debate do with its article: by place, and those whose words stand there no longer."""

    by_place: dict[str, AtPassage] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)

    def at(self, place: str) -> AtPassage:
        """Return what is done with one passage."""
        return self.by_place.get(place) or AtPassage()

    def together(self, places: Iterable[str]) -> AtPassage:
        """Return what is done with several passages as if they were one: each argument counts once."""
        whole = AtPassage()
        for one in map(self.at, places):
            whole.restating |= one.restating
            whole.answering |= one.answering
            whole.listed |= one.listed
        for pk in whole.restating:
            whole.answering.pop(pk, None)
        return whole


def in_article(document: Document, debate: Debate, viewer: Viewer) -> InArticle:
    """Return what the arguments of a debate do with its article, in four statements.

    A passage is *restated* by the arguments whose origin is there. It is *answered* by

    * the answers to those arguments,
    * the arguments that are anchored to words of it, or to the whole of it, and
    * the arguments that quote it, since whoever sets its words between marks speaks of them: where the words stand in several
      places, at the first of these only,

    each by its own stance towards the claim above it. An argument counts once at a passage however many of these it does, and
    not at all as an answer where it restates the passage. Notes take no side, so they are shown and not counted. Further
    places of an argument (links) are left out: what it says there is an answer to a claim and not to the article.
    """
    found = InArticle()
    seen = Argument.objects.filter(debate=debate).visible_to(viewer)
    open_debate = debate.state == State.PUBLISHED
    restating: dict[int, str] = {}
    for pk, state, place in seen.filter(origins__document=document).values_list(
        "pk", "state", "origins__place"
    ):
        restating[pk] = place
        here = found.by_place.setdefault(place, AtPassage())
        here.restating.add(pk)
        if open_debate and state == State.PUBLISHED:
            here.listed.add(pk)
    for pk, state, stance, answered, start, end in _answering(seen, document, restating, viewer):
        if answered is None:
            found.lost.add(pk)
            continue
        here = found.by_place.setdefault(answered, AtPassage())
        if pk not in here.restating:
            here.answering[pk] = stance or NOTE
        if open_debate and state == State.PUBLISHED:
            here.listed.add(pk)
            if end:
                here.spans.append((start, end, stance or NOTE))
    return found


def _answering(
    seen: ArgumentQuerySet, document: Document, restating: dict[int, str], viewer: Viewer
) -> Iterable[tuple[int, str, str, str | None, int, int]]:
    """Yield (key, state, stance, place, first character, one past the last) of what answers; 0 where no words are known."""
    kinds = [Argument.Kind.ARGUMENT, Argument.Kind.NOTE]
    replies = seen.filter(kind__in=kinds, parent__origins__document=document)
    for pk, parent, state, stance in replies.values_list("pk", "parent", "state", "stance"):
        if parent in restating:
            yield pk, state, stance, restating[parent], 0, 0
    anchored = seen.filter(kind__in=kinds, anchors__document=document)
    yield from anchored.values_list(
        "pk", "state", "stance", "anchors__passage__place", "anchors__start", "anchors__end"
    )
    quoting = seen.filter(
        kind__in=kinds,
        quotes__document=document,
        quotes__passage__isnull=False,
        quotes__place_number=1,
        quotes__state__in=Quote.PLACED,
        quotes__field__in=_fields_told(document, viewer),
    )
    for pk, state, stance, place in quoting.values_list("pk", "state", "stance", "quotes__passage__place"):
        yield pk, state, stance, place, 0, 0


def _fields_told(document: Document, viewer: Viewer) -> list[str]:
    """Return whose quotations are told: what a passage quotes is not, where the passage may not be read."""
    own = [Quote.Field.CLAIM.value, Quote.Field.ELABORATION.value]
    return own if document.reading in closed_to(viewer) else [*own, Quote.Field.ORIGIN.value]
