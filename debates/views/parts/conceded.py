"""What the two who disagree have granted each other, as it stands at an objection."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from debates.models import Concession


@dataclass(frozen=True)
class ConcededView:
    """One point that was granted: by whom, whether it was the claim above, and why it does not carry."""

    by: str
    by_url: str
    claim: bool
    """The author of the objection grants the claim above; else the author of that grants the objection."""
    why: str


def conceded_at(arguments: Collection[int]) -> dict[int, list[ConcededView]]:
    """Return by the keys of arguments what was granted at each, oldest first; one query.

    Whoever may read the argument may read this. What somebody granted who has no part in the two claims any more, because
    the argument was moved since, is left out.
    """
    found: dict[int, list[ConcededView]] = {}
    rows = Concession.objects.filter(argument__in=arguments).select_related("member", "argument__parent")
    for row in rows.defer("argument__elaboration", "argument__elaboration_html"):
        argument = row.argument
        own = row.member_id == argument.author_id
        if own or (argument.parent is not None and row.member_id == argument.parent.author_id):
            name = row.member.get_username()
            found.setdefault(argument.pk, []).append(
                ConcededView(name, reverse("member", args=[name]), own, row.why)
            )
    return found
