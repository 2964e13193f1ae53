"""The arguments that stand under claims as in a further place: what is drawn of them there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from debates.models import Link, State
from debates.models.argument import Attacks, Stance
from debates.models.authorship import shown_author
from debates.models.visibility import Viewer, is_moderator, reads, seen_by


@dataclass(frozen=True)
class LinkedChild:
    """An argument in a further place: its claim, its stance there, and where its home is, in which it is answered."""

    link: int
    argument: int
    public_id: str
    url: str
    claim: str
    stance: str
    attacks: str
    state: str
    by: str
    by_url: str
    voice: bool
    debate: str
    """The question of its own debate; empty where that is the debate that it is drawn in."""
    debate_url: str
    pro_count: int
    con_count: int
    note_count: int
    unlink_url: str
    """Where it can be taken away; empty for who cannot. The page there may still say that a moderator has to."""

    @property
    def side(self) -> str:
        """Return the word of the style sheet for its side there."""
        return "bearing" if self.attacks == Attacks.BEARING else self.stance

    @property
    def side_words(self) -> str:
        """Return its side there in words."""
        if self.stance == Stance.PRO:
            return _("For")
        return _("Against: does not matter here") if self.attacks == Attacks.BEARING else _("Against")

    @property
    def mark(self) -> str:
        """Return the sign of its side; beside it always stands the word."""
        return {"pro": "+", "con": "−", "bearing": "≠"}[self.side]

    @property
    def answer_count(self) -> int:
        """Return how many published replies it has at its home."""
        return self.pro_count + self.con_count + self.note_count

    @property
    def published(self) -> bool:
        """Say whether it counts there: its author and moderators also find it in other states."""
        return self.state == State.PUBLISHED


def linked_below(parents: Collection[int], viewer: Viewer) -> dict[int, list[LinkedChild]]:
    """Return by the keys of claims what stands under each as in a further place and may be read, in the order of linking.

    One query. The counts of replies are those of its home, published ones only.
    """
    found: dict[int, list[LinkedChild]] = {}
    for link in _links(parents, viewer):
        found.setdefault(link.parent_id, []).append(_child(link, viewer))
    return found


def _links(parents: Collection[int], viewer: Viewer) -> Iterable[Any]:
    """Return the links with what is drawn of them. Any: links with the counts as further attributes."""
    shown = Q(argument__children__state=State.PUBLISHED)
    side = "argument__children__stance"
    return (
        Link.objects.filter(
            seen_by(viewer, "argument__author", "debate", of="argument"),
            # Written so that SQLite does not begin with every argument of the site that was never merged.
            ~Q(argument__merged_into__isnull=False),
            parent__in=parents,
            relation=Link.Relation.ANSWERS,
        )
        .select_related("argument__debate", "argument__author", "argument__voice")
        .defer("argument__elaboration", "argument__elaboration_html", "argument__debate__summary")
        .annotate(
            parent_debate=F("parent__debate"),
            pro_count=Count("argument__children", filter=shown & Q(**{side: Stance.PRO})),
            con_count=Count("argument__children", filter=shown & Q(**{side: Stance.CON})),
            note_count=Count("argument__children", filter=shown & Q(**{side: ""})),
        )
        .order_by("created_at", "pk")
    )


def _child(link: Any, viewer: Viewer) -> LinkedChild:
    """Return what is drawn of one link. Any: a link with its counts."""
    argument = link.argument
    by = shown_author(argument, viewer)
    elsewhere = argument.debate_id != link.parent_debate
    # One's own argument can be read although its debate no longer can: that is not named then.
    named = reads(viewer, argument.debate.state, argument.debate.opened_by_id)
    may_ask = viewer.is_authenticated and (link.added_by_id == viewer.pk or is_moderator(viewer))
    return LinkedChild(
        link=link.pk,
        argument=argument.pk,
        public_id=argument.public_id,
        url=argument.get_absolute_url(),
        claim=argument.claim,
        stance=link.stance,
        attacks=link.attacks,
        state=argument.state,
        by=by.name,
        by_url=by.url,
        voice=by.voice,
        debate=argument.debate.question if elsewhere and named else "",
        debate_url=argument.debate.get_absolute_url() if elsewhere and named else "",
        pro_count=link.pro_count,
        con_count=link.con_count,
        note_count=link.note_count,
        unlink_url=reverse("unlink", args=[link.pk]) if may_ask else "",
    )
