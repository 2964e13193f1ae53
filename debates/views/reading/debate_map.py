"""A map of a debate: every branch a piece as long as it has arguments, for on one side and against on the other.

For orientation, never the only way: the same stands below it as a list. `?at=` and the address of an argument shows the
map of that one alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from debates.layout.partition import Plan, coarse_enough
from debates.models import Argument, Debate, State
from debates.models.visibility import Viewer
from debates.tree import WIDTH, ancestor_paths
from debates.views.asking.fetching import fetch_debate
from debates.views.machines.meta import view_meta
from debates.views.parts.extent import Scope, sizes_of
from debates.views.parts.mapped import ROW, Drawing, Half, edges, kind_of, levels_drawn, stands_of
from debates.views.parts.plots import SIDES, Tree, trees_of
from debates.views.parts.ratings import ratings_of

PIECES = 400
"""Pieces drawn at once, at most."""
ROWS = 180
"""Rows of pieces below one another, at most, on a screen wide enough for both sides."""
THESES = 40
"""Theses drawn at once, at most."""


@dataclass
class MappedThesis:
    """One thesis, or the claim that the map is about, with its sides."""

    argument: Argument
    kind: str
    words: str
    """How it stands, where the reader may know that."""
    halves: list[Half]
    notes: Half | None
    closer: str
    """The address of a map of this one alone; empty where this is that map."""


def debate_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the map of a debate, or of one branch."""
    debate = fetch_debate(request, slug)
    at = request.GET.get("at", "").replace("\0", "")
    root = _root(debate, at, request.user) if at else None
    if root is not None and root.public_id != at:
        return redirect(f"{request.path}?at={root.public_id}")
    trees = trees_of(debate, root, request.user)
    shown = trees[:THESES]
    rows = sum(tree.rows for tree in shown)
    levels = levels_drawn(max((tree.deepest for tree in shown), default=0))
    least, plans = coarse_enough(
        [tree.sides[side] for tree in shown for side in SIDES],
        levels=levels,
        most=PIECES,
        least=max(1, math.ceil(rows / ROWS)),
    )
    keys = {tree.key for tree in shown} | {
        piece.key for plan in plans for piece in plan.pieces if piece.key is not None
    }
    arguments = _arguments(debate, keys)
    seeing = {key: seen.sees for key, seen in ratings_of(request.user, arguments.values()).items()}
    stands = stands_of(list(arguments.values()), seeing)
    columns = 1 + max((piece.level for plan in plans for piece in plan.pieces), default=0)
    drawing = Drawing(debate, arguments, stands, ROW / least, edges(columns, levels), root)
    size = sum(twig.weight for tree in trees for twigs in tree.sides.values() for twig in twigs)
    return render(
        request,
        "debates/debate_map.html",
        {
            "debate": debate,
            "meta": view_meta(request, debate, "debate_map", _("Map"), sizes_of(Scope(debate.pk))),
            "root": root,
            "above": _above(root, request) if root is not None else [],
            "theses": [
                _mapped(drawing, tree, plans[number * len(SIDES) :]) for number, tree in enumerate(shown)
            ],
            "size": size,
            "more_theses": len(trees) - len(shown),
            "least": least,
        },
    )


def _root(debate: Debate, at: str, viewer: Viewer) -> Argument:
    """Return the argument that the map is about, published and readable, or what it was merged into; else 404."""
    found = Argument.objects.named(at)
    published = Argument.objects.visible_to(viewer).filter(debate=debate, state=State.PUBLISHED)
    return get_object_or_404(published, pk=found.pk if found is not None else None)


def _arguments(debate: Debate, keys: Iterable[int]) -> dict[int, Argument]:
    rows = (
        Argument.objects.filter(pk__in=keys)
        .select_related("standing")
        .defer("elaboration", "elaboration_html")
    )
    found = {}
    for one in rows:
        one.debate = debate
        found[one.pk] = one
    return found


def _above(root: Argument, request: HttpRequest) -> list[Argument]:
    """Return the claims above the map's own that its reader may read, the thesis first."""
    paths = ancestor_paths(root.path)
    return list(
        Argument.objects.filter(debate=root.debate_id, path__in=paths)
        .visible_to(request.user)
        .order_by("path")
        .only("public_id", "claim", "path")
    )


def _mapped(drawing: Drawing, tree: Tree, plans: list[Plan]) -> MappedThesis:
    argument = drawing.arguments[tree.key]
    halves = [
        drawing.half(side, argument, plan, tree.direct[side])
        for side, plan in zip(SIDES, plans, strict=False)
    ]
    stands = drawing.stands.get(argument.pk)
    is_root = drawing.rooted is not None
    address = reverse("debate_map", args=[drawing.debate.slug])
    return MappedThesis(
        argument=argument,
        kind=kind_of(argument) if len(tree.path) > WIDTH else "thesis",
        words=str(argument.standing.get_word_display()) if stands else "",
        halves=halves[:2],
        notes=halves[2] if halves[2].count else None,
        closer="" if is_root else f"{address}?at={argument.public_id}",
    )
