"""What the two who disagree have granted each other, as it stands at an objection."""

from collections.abc import Collection
from dataclasses import dataclass

from debates.models import Concession
from debates.models.authorship import shown_member
from debates.models.visibility import Viewer


@dataclass(frozen=True)
class ConcededView:
    """One point that was granted: by whom, whether it was the claim above, and why it does not carry."""

    by: str
    by_url: str
    claim: bool
    """The author of the objection grants the claim above; else the author of that grants the objection."""
    why: str


def conceded_at(arguments: Collection[int], viewer: Viewer) -> dict[int, list[ConcededView]]:
    """Return by the keys of arguments what was granted at each, oldest first; one query.

    Whoever may read the argument may read this. What somebody granted who has no part in the two claims any more, because
    the argument was moved since, is left out.
    """
    found: dict[int, list[ConcededView]] = {}
    rows = Concession.objects.filter(argument__in=arguments).select_related(
        "member", "argument__parent", "argument__debate"
    )
    for row in rows.defer("argument__elaboration", "argument__elaboration_html", "argument__debate__summary"):
        argument = row.argument
        own = row.member_id == argument.author_id
        if own or (argument.parent is not None and row.member_id == argument.parent.author_id):
            writer = argument if own or argument.parent is None else argument.parent
            by = shown_member(row.member, argument.debate, writer.author_number, viewer)
            found.setdefault(argument.pk, []).append(ConcededView(by.name, by.url, own, row.why))
    return found
