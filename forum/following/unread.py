"""What is new to a member: arguments of others that everyone may read, first shown after they last read the debate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import BooleanField, Count, ExpressionWrapper, F, FilteredRelation, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from debates.models import Argument
from debates.models.argument import ArgumentQuerySet
from debates.models.visibility import listed
from debates.tree import ancestor_paths


@dataclass(frozen=True)
class NewArgument:
    """One new argument, by its name and its place."""

    public_id: str
    path: str


@dataclass
class News:
    """What is new in one debate, in reading order."""

    arguments: list[NewArgument] = field(default_factory=list)
    below: Counter[str] = field(default_factory=Counter)
    """How many new ones stand below an argument, by its public id."""
    names: frozenset[str] = frozenset()

    def after(self, path: str) -> NewArgument | None:
        """Return the next one in reading order behind a place, from the beginning again after the last; never itself."""
        others = [one for one in self.arguments if one.path != path]
        return next((one for one in others if one.path > path), others[0] if others else None)


def with_marks(arguments: ArgumentQuerySet, member: int) -> ArgumentQuerySet:
    """Attach what a member has read: `mark`, of the debate; `singly`, of the argument; and when it was first `shown`."""
    return arguments.annotate(
        mark=FilteredRelation("debate__read_marks", condition=Q(debate__read_marks__member=member)),
        singly=FilteredRelation("read_by_members", condition=Q(read_by_members__member=member)),
        shown=Coalesce("first_shown__at", "created_at"),
    )


def is_new(member: int) -> Q:
    """Return the condition under which an argument that came `with_marks` is new to that member."""
    unread = Q(singly__read=False) | Q(singly__isnull=True, shown__gt=F("mark__read_to"))
    of_others = Q(author__isnull=True) | ~Q(author=member)
    return listed("", "debate") & Q(mark__isnull=False) & unread & of_others


def new_to(member: int) -> ArgumentQuerySet:
    """Keep what is new to a member, in all debates."""
    return with_marks(Argument.objects.all(), member).filter(is_new(member))


def news_in(debate: int, member: int) -> News:
    """Return what is new to a member in a debate, with the counts on all branches that lead there; one statement."""
    sql, params = new_to(member).filter(debate=debate).order_by().values("pk").query.sql_with_params()
    upwards = RawSQL(  # noqa: S611 - the ORM wrote what is put in, with signs for its values
        f"WITH RECURSIVE up (id, parent_id) AS (SELECT n.id, n.parent_id FROM debates_argument n WHERE n.id IN ({sql})"  # noqa: S608 - likewise
        " UNION SELECT a.id, a.parent_id FROM debates_argument a JOIN up ON a.id = up.parent_id)"
        " SELECT id FROM up",
        params,
    )
    rows = (
        with_marks(Argument.objects.filter(pk__in=upwards), member)
        .annotate(new=ExpressionWrapper(is_new(member), output_field=BooleanField()))
        .order_by("path")
        .values_list("public_id", "path", "new")
    )
    names = {path: public_id for public_id, path, _new in rows}
    found = [NewArgument(public_id, path) for public_id, path, new in rows if new]
    below = Counter(names[above] for one in found for above in ancestor_paths(one.path) if above in names)
    return News(found, below, frozenset(one.public_id for one in found))


def counts_of(debates: Iterable[int], member: int) -> dict[int, int]:
    """Return how many arguments are new to a member in each of some debates; one statement."""
    rows = new_to(member).filter(debate__in=list(debates)).order_by().values_list("debate")
    return dict(rows.annotate(count=Count("pk")))


def shown_by(arguments: ArgumentQuerySet) -> dict[int, datetime]:
    """Return when arguments were first shown, by keys."""
    return dict(arguments.order_by().values_list("pk", Coalesce("first_shown__at", "created_at")))
