"""How an argument stands as a page shows it: a word, two opposed bars made of blocks, and the same in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.models import Argument, Standing
from debates.models.argument import Attacks, Stance
from debates.models.standing import Label, Word

HALF = 100.0
"""Units of the drawing on either side of the middle."""
LEAST_SCALE = 1.0
"""The sum of weights times strengths that fills a side at least: so short bars look short."""
GAP = 1.0
THIN = 0.4
"""The least width at which a block can still be seen."""


@dataclass(frozen=True)
class Block:
    """One argument, or checked citations together, in a bar: where it begins, in units from the left, and how wide it is."""

    x: float
    width: float
    kind: str


@dataclass
class StandingView:
    """What a page says of how an argument stands."""

    word: str
    words: str
    label: str = ""
    label_words: str = ""
    blocks: list[Block] = field(default_factory=list)
    sentence: str = ""
    """The bars in words."""
    second_words: str = ""
    """The word of the second opinion, where it is another."""
    url: str = ""


def standing_view(argument: Argument, children: Sequence[Argument] | None = None) -> StandingView | None:
    """Return how an argument stands; None for what takes no part, or was never computed.

    `children` are its replies, each with its standing; without them a bar is one block.
    """
    held = held_of(argument)
    if held is None or argument.kind not in (Argument.Kind.THESIS, Argument.Kind.ARGUMENT):
        return None
    pros, cons = _reaches(children or (), held)
    return StandingView(
        word=held.word,
        words=str(Word(held.word).label),
        label=held.label if held.label != Label.NONE else "",
        label_words=str(Label(held.label).label) if held.label != Label.NONE else "",
        blocks=blocks_of(pros, cons, held.cited),
        sentence=bars_in_words(held.pro, len(pros), held.con, len(cons), held.cited),
        second_words=str(Word(held.second_word).label) if held.second_word != held.word else "",
        url=f"{argument.get_absolute_url()}why/",
    )


def counted_in_words(argument: Argument, pros: int, cons: int) -> str:
    """Return the bars of an argument in words, whose answers were counted and not fetched."""
    held = held_of(argument)
    return bars_in_words(held.pro, pros, held.con, cons, held.cited) if held else ""


def held_of(argument: Argument) -> Standing | None:
    """Return the row of how an argument stands, if there is one."""
    return getattr(argument, "standing", None)


def _reaches(children: Iterable[Argument], held: Standing) -> tuple[list[float], list[float]]:
    """Return with how much each reply reaches a claim, for and against; what comes by links is one more, unnamed.

    Joint premises reach it as one, with the weakest of each.
    """
    sides: dict[bool, dict[int, tuple[float, float]]] = {True: {}, False: {}}
    for child in children:
        own = held_of(child)
        if own is None or not child.is_published or child.kind != Argument.Kind.ARGUMENT:
            continue
        if child.attacks == Attacks.BEARING:
            continue  # it takes off the weight, not the claim
        side, key = sides[child.stance == Stance.PRO], child.joint_with_id or child.pk
        weight, strength = side.get(key, (1.0, 1.0))
        side[key] = (min(weight, own.weight), min(strength, own.strength))
    found = []
    for side, total in ((sides[True], held.pro), (sides[False], held.con)):
        reach = sorted((weight * strength for weight, strength in side.values()), reverse=True)
        reach = [one for one in reach if one > 0]
        rest = total - sum(reach)
        if rest > 1e-6:
            reach.append(rest)
        found.append(reach)
    return found[0], found[1]


def blocks_of(pros: Sequence[float], cons: Sequence[float], cited: float = 0.0) -> list[Block]:
    """Return the blocks of two opposed bars, the strongest next to the middle: for to the left, against to the right."""
    scale = HALF / max(LEAST_SCALE, sum(pros) + cited, sum(cons))
    blocks = []
    at = HALF
    for reach, kind in [*((one, "pro") for one in pros), (cited, "cited")]:
        width = reach * scale
        if width >= THIN:
            at -= width
            blocks.append(Block(round(at, 2), round(max(width - GAP, THIN), 2), kind))
    at = HALF
    for reach in cons:
        width = reach * scale
        if width >= THIN:
            blocks.append(Block(round(at + GAP, 2), round(max(width - GAP, THIN), 2), "con"))
            at += width
    return blocks


def bars_in_words(pro: float, pros: int, con: float, cons: int, cited: float = 0.0) -> str:
    """Return the bars in words, for whoever cannot see them."""
    words = _("For: %(for)s, from %(pros)s. Against: %(against)s, from %(cons)s.") % {
        "for": f"{pro:.2f}",
        "pros": ngettext("%(count)d argument", "%(count)d arguments", pros) % {"count": pros},
        "against": f"{con:.2f}",
        "cons": ngettext("%(count)d argument", "%(count)d arguments", cons) % {"count": cons},
    }
    if cited > 0:
        words += " " + _("Checked sources add %(cited)s.") % {"cited": f"{cited:.2f}"}
    return words
