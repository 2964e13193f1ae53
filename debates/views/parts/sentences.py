"""What readers say of the arguments that changed their minds, with who is shown to have said it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from debates.models import Debate, Delta
from debates.models.authorship import Shown, number_in, shown_member
from debates.models.visibility import Viewer


@dataclass(frozen=True)
class Sentence:
    """One reader’s sentence."""

    delta: Delta
    by: Shown


def with_readers(deltas: QuerySet[Delta]) -> QuerySet[Delta]:
    """Attach what `sentences_of` reads."""
    return deltas.select_related("member").annotate(member_number=number_in("argument__debate", "member"))


def sentences_of(deltas: Iterable[Delta], debate: Debate, viewer: Viewer) -> list[Sentence]:
    """Return sentences about arguments of one debate, which came `with_readers`, as a viewer reads them."""
    return [
        Sentence(one, shown_member(one.member, debate, one.member_number, viewer))  # type: ignore[attr-defined]  # annotated
        for one in deltas
    ]
