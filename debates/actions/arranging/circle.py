"""Find out whether a new place would let an argument rest on itself; say so with the way that leads back."""

from django.db.models import Q
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.models import Argument, Link
from debates.models.visibility import Viewer
from debates.permissions import Refused
from debates.strength.graph import Place, circle

MOST_NAMED = 3
"""Claims that are named on the way from the new parent up to the argument."""
LONGEST_NAME = 80


def check_circle(viewer: Viewer, argument: Argument, parent: Argument, field: str = "") -> None:
    """Refuse a place of an argument under a parent that already rests on it; call it once `lock_links` has returned.

    The refusal names the way in claims, those that the viewer may read.
    """
    way = circle_with(argument.pk, parent.pk)
    if way is not None:
        raise Refused(_sentence(viewer, argument, parent, way[1:-1]), field, 409)


def circle_with(child: int, parent: int) -> list[int] | None:
    """Return the circle that a place of one argument under another would close: the keys from the parent up to the child.

    Arguments count in every state: one that is withdrawn or hidden today may be shown again, and must close no circle by
    that.
    """
    return circle(_places_above(parent, child), child, parent)


def _places_above(start: int, goal: int) -> list[Place]:
    """Return the places of an argument and of all that it bears on, in all debates, up to where the goal is met.

    Three statements a round, and a round climbs whole branches: their number grows with the links that follow one upon
    another, never with the size of the debates.
    """
    places: list[Place] = []
    seen: set[int] = set()
    reached = {start}
    while reached and goal not in seen | reached:
        branches = Q(pk__in=reached)
        for debate_id, paths in _paths_above(reached).items():
            branches |= Q(debate=debate_id, path__in=paths)
        homes = Argument.objects.filter(branches).values_list("pk", "parent")
        above = {key: up for key, up in homes if key not in seen}
        ties = Link.objects.filter(relation=Link.Relation.ANSWERS, argument__in=above)
        seen |= above.keys()
        reached = set()
        # Whether a place is for or against makes no difference here.
        places += [Place(key, up, pro=True) for key, up in above.items() if up is not None]
        for key, up in ties.values_list("argument_id", "parent_id"):
            places.append(Place(key, up, pro=True, home=False))
            if up not in seen:
                reached.add(up)
    return places


def _paths_above(keys: set[int]) -> dict[int, set[str]]:
    """Return by debate the paths of all that stands above some arguments in their homes."""
    paths: dict[int, set[str]] = {}
    for argument in Argument.objects.filter(pk__in=keys).only("debate_id", "path"):
        paths.setdefault(argument.debate_id, set()).update(argument.ancestor_paths)
    return paths


def _sentence(viewer: Viewer, argument: Argument, parent: Argument, between: list[int]) -> str:
    values = {"claim": _short(argument.claim), "parent": _short(parent.claim)}
    if not between:
        return (
            _("“%(claim)s” would then rest on itself: “%(parent)s” already stands right below it.") % values
        )
    named = between[:MOST_NAMED]
    claims = dict(Argument.objects.visible_to(viewer).filter(pk__in=named).values_list("pk", "claim"))
    steps = [
        _("“%(claim)s”") % {"claim": _short(claims[key])}
        if key in claims
        else _("a claim that is no longer shown")
        for key in named
    ]
    if more := len(between) - len(named):
        steps.append(ngettext("%(count)d more", "%(count)d more", more) % {"count": more})
    return _(
        "“%(claim)s” would then rest on itself: it already stands above “%(parent)s”, by way of %(steps)s."
    ) % (values | {"steps": get_text_list(steps, _("and"))})


def _short(claim: str) -> str:
    return Truncator(claim.rstrip(".")).chars(LONGEST_NAME)
