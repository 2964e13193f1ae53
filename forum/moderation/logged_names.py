"""Which names of the log are still shown: it keeps them for good, but the page does not show those of members who left."""

from collections.abc import Collection

from forum.accounts.gone import MARK, taken_looks
from forum.accounts.models import FormerName, User
from forum.accounts.names import skeleton


def those_who_left(actors: Collection[int | None]) -> set[int]:
    """Return those of some numbers of members who have left. One query, none where nobody is asked for."""
    keys = {actor for actor in actors if actor is not None}
    if not keys:
        return set()
    return set(User.objects.filter(pk__in=keys, username__startswith=MARK).values_list("pk", flat=True))


def still_named(names: Collection[str]) -> set[str]:
    """Return those of some names that nobody took away with them. One query, none where nobody is asked for."""
    looks = {name: set(taken_looks(skeleton(name))) for name in names}  # several names may look the same
    if not looks:
        return set()
    kept = FormerName.objects.filter(skeleton__in=set().union(*looks.values()))
    gone = set(kept.values_list("skeleton", flat=True))
    return {name for name, digests in looks.items() if not digests & gone}
