"""What is left to answer: labels from the objections alone, without numbers. To-do signals, not verdicts."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from enum import StrEnum

from debates.strength.graph import Graph, Place, in_order


class Label(StrEnum):
    """Whether what was said against a claim has been answered."""

    NONE = "none"
    OPEN = "open-objection"
    ANSWERED = "all-answered"


@dataclass(frozen=True, slots=True)
class Labelled:
    """The label of a claim, and the objections that nobody has answered: to the claim, then to its bearing, in their order.

    It `stands` when every objection to the claim itself is answered, and `bears` on what is above its home when every one to
    its bearing is.
    """

    label: Label
    unanswered: tuple[int, ...]
    stands: bool
    bears: bool


def labels(graph: Graph) -> dict[int, Labelled]:
    """Return the labels of all claims of a graph, which holds only what counts.

    The grounded labelling (Dung, “On the acceptability of arguments”, Artificial Intelligence 77, 1995), which without circles
    is the only one: an objection is answered once an objection to it stands.
    """
    found: dict[int, Labelled] = {}
    standing: set[int] = set()
    bearing: set[int] = set()
    for key in graph.order:
        thesis = graph.claims[key].thesis
        found[key] = label_of(graph.children.get(key, ()), thesis, standing, bearing)
        if found[key].stands:
            standing.add(key)
        if found[key].bears:
            bearing.add(key)
    return found


def label_of(
    places: Iterable[Place], thesis: bool, standing: Container[int], bearing: Container[int]
) -> Labelled:
    """Return the label of one claim from the places under it, in any order, and from those children that stand and bear.

    An objection to the bearing of an objection answers it at home, not where it is linked. Joint premises are one objection,
    answered with any one of them. Objections to the bearing of a thesis, which bears on nothing, are none.
    """
    cons = sorted((place for place in places if not place.pro), key=in_order)
    on_claim = [place for place in cons if not place.bearing]
    on_bearing = [] if thesis else [place for place in cons if place.bearing]
    left, undercuts = (_unanswered(them, standing, bearing) for them in (on_claim, on_bearing))
    if left or undercuts:
        label = Label.OPEN
    else:
        label = Label.ANSWERED if on_claim or on_bearing else Label.NONE
    return Labelled(label, (*left, *undercuts), not left, not undercuts)


def _unanswered(objections: list[Place], standing: Container[int], bearing: Container[int]) -> list[int]:
    """Return those among objections of one kind to one claim that hold."""
    answered = {
        place.child
        for place in objections
        if place.child not in standing or (place.home and place.child not in bearing)
    }
    fallen = {place.joint for place in objections if place.child in answered and place.joint is not None}
    return [place.child for place in objections if place.child not in answered and place.joint not in fallen]
