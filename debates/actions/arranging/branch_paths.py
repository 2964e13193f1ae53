"""Put arguments with their whole branches under another claim: one statement for all paths, however long the branches."""

from collections.abc import Sequence

from django.db.models import Case, CharField, F, Max, Q, Value, When
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from debates.actions.arranging.placing import next_path
from debates.models import Argument, Debate
from debates.permissions import Refused
from debates.tree import MAX_DEPTH, WIDTH, depth_of, path_of

AT_ONCE = 100
"""Branches whose paths change in one statement: each has a branch of its own in it, and SQLite limits how deep those go."""


def replant(
    branches: Sequence[Argument], debate: Debate, parent: Argument | None, segments: Sequence[str] = ()
) -> None:
    """Put siblings with all that stands below them at the end of the replies of a parent (of the theses without one).

    `segments` are the places among its replies that they had there before: whatever is free again they get back. Hidden,
    withdrawn and merged arguments go along. The trees must be locked. The paths, depths and debates of the branches are
    written; of the siblings themselves also `parent` is set, but not saved: what they are may change with it. Refuses a
    parent in one of the branches, and what would stand too deep.
    """
    if not branches:
        return
    for one in branches:
        if parent is not None and parent.debate_id == one.debate_id and parent.path.startswith(one.path):
            raise Refused(
                _("“%(claim)s” stands in the branch that is to be put under it.") % {"claim": parent.claim},
                status=409,
            )
    length = len(branches[0].path)
    deeper = (parent.depth + 1 if parent is not None else 0) - branches[0].depth
    old = [one.path for one in branches]
    new = _places(branches, debate, parent, segments)
    for start in range(0, len(branches), AT_ONCE):
        chunk = list(zip(old, new, strict=True))[start : start + AT_ONCE]
        inside = Q()
        for path, _target in chunk:
            inside |= _inside(path)
        rows = Argument.objects.filter(inside, debate_id=branches[0].debate_id)
        deepest = rows.aggregate(deepest=Max("depth"))["deepest"]
        if deepest is not None and deepest + deeper > MAX_DEPTH:
            raise Refused(
                _("The branch is %(levels)d levels deep, and there it would be deeper than a branch can be.")
                % {"levels": deepest - branches[0].depth},
                status=409,
            )
        roots = Case(
            *(When(_inside(path), then=Value(target)) for path, target in chunk), output_field=CharField()
        )
        rows.update(
            # What follows the old path of its branch's top follows the new one.
            path=Concat(roots, Substr("path", length + 1)),
            depth=F("depth") + deeper,
            debate_id=debate.pk,
        )
    for one, target in zip(branches, new, strict=True):
        one.parent, one.debate, one.path, one.depth = parent, debate, target, depth_of(target)


def below(roots: Sequence[Argument]) -> int:
    """Return how many arguments stand below some others, in every state."""
    inside = Q(pk__in=[])
    for one in roots:
        inside |= Q(debate_id=one.debate_id) & _inside(one.path)
    return Argument.objects.filter(inside).exclude(pk__in=[one.pk for one in roots]).count()


def _inside(path: str) -> Q:
    """Return the condition of a branch: one range of the index over (debate, path)."""
    return Q(path__gte=path, path__lt=path + "~")


def _places(
    branches: Sequence[Argument], debate: Debate, parent: Argument | None, segments: Sequence[str]
) -> list[str]:
    """Return a free path for each of some branches: the wanted one, else the next."""
    lead = parent.path if parent is not None else ""
    wanted = [lead + segment for segment in segments]
    taken = set(Argument.objects.filter(debate=debate, path__in=wanted).values_list("path", flat=True))
    position = int(next_path(debate, parent)[-WIDTH:], 36)
    places: list[str] = []
    in_order = True
    for number in range(len(branches)):
        # Once one has lost its place, those after it stay behind it.
        in_order &= number < len(wanted) and wanted[number] not in taken
        if in_order:
            places.append(wanted[number])
            continue
        while (place := path_of(lead, position)) in places:
            position += 1
        places.append(place)
        position += 1
    return places
