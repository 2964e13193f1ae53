"""A map as its template draws it: pieces with their places in shares and ems, their words, and what a listener hears."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.layout.partition import Piece, Plan
from debates.models import Argument, Debate
from debates.models.argument import Attacks, Stance
from debates.models.standing import Word
from debates.views.parts.standing import held_of

LEVELS = 5
"""Columns, at most. In a deeper debate the last one only counts what is below."""
SHARES = (1.3, 1.0, 0.85, 0.75, 0.7)
NARROW = 0.55
"""How wide the columns are, to each other: first what answers the claim itself; the narrow one only counts."""
ROW = 2.0
"""The least height of a piece in ems: a line of words, and at 13 px a target of 26."""
LINE, BIG_LINE, PADDING = 1.35, 1.55, 0.5
"""The height of a line in ems, of one in a large piece, and what stays free above and below."""
BIG = 3 * ROW
MOST_LINES = 12
LONGEST = 170
"""Characters of a claim that are drawn; the link tells all of it."""
GAUGES = {
    Word.STRONGLY_BACKED: 4,
    Word.LEANING_BACKED: 3,
    Word.CONTESTED: 2,
    Word.LEANING_CHALLENGED: 1,
    Word.STRONGLY_CHALLENGED: 0,
}
"""How many quarters of the gauge are filled; none is drawn for what too few have reviewed."""
GAUGE_QUARTER = 0.3


@dataclass
class Gauge:
    """How a claim stands: quarters filled from the foot, in ems from the top of its piece."""

    y: str
    height: str
    words: str


@dataclass(frozen=True)
class Box:
    """Where a piece stands in the drawing of its branch: shares of the width, and ems from the top."""

    x: str
    y: str
    width: str
    height: str


@dataclass
class Drawn:
    """One piece of the map, and one line of the list that says the same."""

    kind: str
    """pro, con, bearing, note, gap or more."""
    box: Box
    lines: int
    """Lines of words that fit."""
    words: str = ""
    name: str = ""
    """What a listener hears, and what is shown to a pointer that rests on it."""
    url: str = ""
    mark: str = ""
    big: bool = False
    gauge: Gauge | None = None
    said: str = ""
    """What stands below it, in words."""
    opens: bool = False
    """Whether the next line of the list answers this one."""
    closes: str = ""
    """One sign for each list that ends behind it."""


@dataclass
class Branch:
    """One answer to a claim with all below it: a drawing of its own, so that paper can be turned between two."""

    height: str
    pieces: list[Drawn] = field(default_factory=list)


@dataclass
class Half:
    """What was said on one side of a claim."""

    kind: str
    mark: str
    words: str
    count: int
    """How many arguments there are, answers included."""
    direct: int
    branches: list[Branch] = field(default_factory=list)
    left_out: int = 0
    """Arguments too few to be drawn in a map this large."""

    @property
    def pieces(self) -> list[Drawn]:
        """Return all pieces in reading order."""
        return [piece for branch in self.branches for piece in branch.pieces]


def levels_drawn(deepest: int) -> int:
    """Return how many columns hold arguments of their own where the deepest is so many levels below the claim."""
    return LEVELS if deepest <= LEVELS else LEVELS - 1


def edges(columns: int, drawn: int) -> list[float]:
    """Return where each of the columns begins, and at the end where the last one ends, in per cent of the width."""
    shares = [SHARES[level] if level < drawn else NARROW for level in range(columns)]
    return [100 * sum(shares[:level]) / sum(shares) for level in range(columns + 1)]


def kind_of(argument: Argument) -> str:
    """Return the word by which a piece is drawn."""
    if argument.stance == Stance.PRO:
        return "pro"
    if argument.stance == Stance.CON:
        return "bearing" if argument.attacks == Attacks.BEARING else "con"
    return "note"


MARKS = {"pro": "+", "con": "−", "bearing": "≠"}


def side_words(kind: str) -> str:
    """Return the side of a piece in words."""
    return {
        "pro": _("For"),
        "con": _("Against"),
        "bearing": _("Against: does not matter here"),
        "note": _("Note"),
    }[kind]


def below_words(count: int) -> str:
    """Return how much stands below a claim, in words; nothing where that is nothing."""
    if not count:
        return ""
    return ngettext("%(count)d below it", "%(count)d below it", count) % {"count": count}


@dataclass
class Drawing:
    """Draw plans with the arguments that they name; `unit` is the height of one argument in ems.

    `edges` says where the columns begin and end. `stands` holds the word of each claim whose standing the reader may
    know; `rooted` is the claim at the top of the whole map, whose own pieces cannot lead to a closer map.
    """

    debate: Debate
    arguments: Mapping[int, Argument]
    stands: Mapping[int, str]
    unit: float
    edges: Sequence[float]
    rooted: Argument | None = None

    def half(self, kind: str, top: Argument | None, plan: Plan, direct: int) -> Half:
        """Draw one side of a claim, which so many arguments take."""
        half = Half(
            kind=kind,
            mark=MARKS.get(kind, ""),
            words={"pro": _("For"), "con": _("Against")}.get(kind, _("Notes")),
            count=plan.height,
            direct=direct,
            left_out=plan.merged,
        )
        top_of = 0
        for number, piece in enumerate(plan.pieces):
            if piece.level == 0:
                top_of = piece.start
                half.branches.append(Branch(_ems(piece.span * self.unit)))
            after = plan.pieces[number + 1].level if number + 1 < len(plan.pieces) else 0
            opens = after > piece.level
            # What nothing answers has the room to its right for its words: nothing else stands in its rows.
            begins, ends = self.edges[piece.level], self.edges[piece.level + 1 if opens else -1]
            box = Box(
                f"{begins:.3f}%",
                _ems((piece.start - top_of) * self.unit),
                f"{ends - begins:.3f}%",
                _ems(piece.span * self.unit),
            )
            drawn = self._more(piece, top, box) if piece.key is None else self._one(piece, piece.key, box)
            drawn.opens, drawn.closes = opens, "·" * (piece.level - after)
            half.branches[-1].pieces.append(drawn)
        return half

    def _one(self, piece: Piece, key: int, box: Box) -> Drawn:
        """Draw an argument, or the place of one whose text is gone."""
        argument = self.arguments[key]
        kind, said = kind_of(argument), below_words(piece.below)
        big = piece.level == 0 and piece.span * self.unit >= BIG
        lines = self._lines(piece, BIG_LINE if big else LINE)
        if not argument.is_published:
            words = str(argument.get_state_display())
            return Drawn("gap", box, lines, words, words, said=said)
        gauge = self._gauge(key)
        parts = [argument.claim, said, gauge.words if gauge else ""]
        name = _("%(side)s, level %(level)d: %(words)s") % {
            "side": side_words(kind),
            "level": piece.level + 1,
            "words": " · ".join(one for one in parts if one),
        }
        words = Truncator(argument.claim).chars(LONGEST)
        url, mark = argument.get_absolute_url(), MARKS.get(kind, "")
        return Drawn(kind, box, lines, words, name, url, mark, big, gauge, said)

    def _more(self, piece: Piece, top: Argument | None, box: Box) -> Drawn:
        """Draw what stands for several: it leads to a map of the claim that they answer."""
        above = self.arguments[piece.parent] if piece.parent is not None else top
        words = ngettext("%(count)d more", "%(count)d more", piece.merged) % {"count": piece.merged}
        lines = self._lines(piece, LINE)
        if above is None or not above.is_published:
            return Drawn("more", box, lines, words, words, self.debate.get_absolute_url())
        name = _("%(more)s below “%(claim)s”") % {
            "more": words,
            "claim": Truncator(above.claim).chars(LONGEST),
        }
        closer = f"{reverse('debate_map', args=[self.debate.slug])}?at={above.public_id}"
        is_top = self.rooted is not None and above.pk == self.rooted.pk
        return Drawn("more", box, lines, words, name, above.get_absolute_url() if is_top else closer)

    def _lines(self, piece: Piece, line: float) -> int:
        """Return how many lines of some height fit into a piece, one at least."""
        return min(max(int((piece.span * self.unit - PADDING) / line), 1), MOST_LINES)

    def _gauge(self, key: int) -> Gauge | None:
        word = self.stands.get(key, "")
        quarters = GAUGES.get(Word(word)) if word else None
        if quarters is None:
            return None
        tall = quarters * GAUGE_QUARTER
        return Gauge(_ems(0.4 + 4 * GAUGE_QUARTER - tall), _ems(tall), str(Word(word).label))


def stands_of(arguments: Sequence[Argument], seeing: Mapping[int, bool]) -> dict[int, str]:
    """Return the word of each claim that its reader may know, by key."""
    found = {}
    for one in arguments:
        held = held_of(one)
        if held is not None and seeing.get(one.pk) and one.kind in (one.Kind.THESIS, one.Kind.ARGUMENT):
            found[one.pk] = held.word
    return found


def _ems(number: float) -> str:
    """Return a length as SVG reads it, whatever the language of the page."""
    return f"{number:.3f}em"
