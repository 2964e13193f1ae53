"""What a map is drawn from: the places of a debate’s arguments by thesis and side, in one statement and few columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Q

from debates.layout.partition import Twig
from debates.models import Argument, Debate, State
from debates.models.visibility import Viewer, seen_by
from debates.tree import WIDTH, ancestor_paths
from debates.views.parts.extent import Scope

GONE = (State.HIDDEN, State.WITHDRAWN, State.REMOVED)
"""What keeps its place, without its text, while others answer it."""
SIDES = ("pro", "con", "note")


@dataclass
class Tree:
    """What is below one claim, by its three sides."""

    key: int
    path: str
    sides: dict[str, list[Twig]] = field(default_factory=lambda: {side: [] for side in SIDES})
    direct: Counter[str] = field(default_factory=Counter)
    """How many published ones stand at the top of each side."""

    @property
    def rows(self) -> int:
        """Return how many arguments stand below one another where for and against stand side by side."""
        size = {side: sum(twig.weight for twig in twigs) for side, twigs in self.sides.items()}
        return max(size["pro"], size["con"]) + size["note"]

    @property
    def deepest(self) -> int:
        """Return how many levels stand below the claim."""
        longest = max(
            (len(twig.path) for twigs in self.sides.values() for twig in twigs), default=len(self.path)
        )
        return (longest - len(self.path)) // WIDTH


def trees_of(debate: Debate, root: Argument | None, viewer: Viewer) -> list[Tree]:
    """Return the theses of a debate, or one claim, with what is below: one statement, and five columns a row.

    What is published and its reader may read is drawn; a place whose text is gone stays while such a one is below it.
    """
    scope = Scope(debate.pk, root.path if root is not None else "")
    drawn = Q(state=State.PUBLISHED) & seen_by(viewer, "author", "debate")
    among = scope.among(Argument.objects.filter(drawn | Q(state__in=GONE), merged_into=None))
    rows = list(among.order_by("path").values_list("pk", "path", "kind", "stance", "state"))
    answered = {
        above
        for _pk, path, _kind, _stance, state in rows
        if state == State.PUBLISHED
        for above in ancestor_paths(path)
    }
    trees: list[Tree] = []
    top, side = "~", ""
    for key, path, _kind, stance, state in rows:
        if state != State.PUBLISHED and path not in answered:
            continue
        if not trees or not path.startswith(trees[-1].path):
            trees.append(Tree(key, path))
            top = "~"
            continue
        if not path.startswith(top):
            # What stands right below the claim, or as near to it as there still is something.
            top, side = path, stance or "note"
            trees[-1].direct[side] += state == State.PUBLISHED
        trees[-1].sides[side].append(Twig(key, path, stance, int(state == State.PUBLISHED)))
    return trees
