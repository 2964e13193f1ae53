"""Sort the texts of somebody who leaves: which others have answered, and which go or lose their words, as they chose."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from debates.models import Argument, Debate, Link, State
from debates.tree import ancestor_paths
from forum.accounts.models import User
from forum.own_data.models import Leaving


@dataclass(frozen=True)
class Texts:
    """A member's arguments by key, and the debates that they opened and in which nobody else wrote."""

    answered: set[int] = field(default_factory=set)
    """Below them, or tied to them, stands something of somebody else, in whatever state."""
    unanswered: set[int] = field(default_factory=set)
    drafts: set[int] = field(default_factory=set)
    """Nobody but their author ever saw them: they go, whatever was chosen."""
    alone: set[int] = field(default_factory=set)
    """Debates."""

    def blanked(self, choice: str) -> set[int]:
        """Return the arguments that lose their words and keep their place."""
        return self.answered | self.unanswered if choice == Leaving.Texts.BLANK else set()

    def removed(self, choice: str) -> set[int]:
        """Return the arguments that go."""
        return self.drafts | (self.unanswered if choice == Leaving.Texts.REMOVE else set())


def texts_of(member: User) -> Texts:
    """Sort what a member wrote; four queries."""
    own = list(
        Argument.objects.filter(author=member).order_by().values_list("pk", "debate_id", "path", "state")
    )
    drafts = {pk for pk, _debate, _path, state in own if state == State.DRAFT}
    below = _answered_places({debate for _pk, debate, _path, _state in own}, member)
    tied = _tied_to_others(member)
    answered = {pk for pk, debate, path, _state in own if (debate, path) in below or pk in tied} - drafts
    return Texts(
        answered=answered,
        unanswered={pk for pk, *_more in own} - answered - drafts,
        drafts=drafts,
        alone=set(_alone(member)),
    )


def _answered_places(debates: set[int], member: User) -> set[tuple[int, str]]:
    """Return the places below which somebody else wrote."""
    others = Argument.objects.filter(debate__in=debates).filter(~Q(author=member) | Q(author=None))
    return {
        (debate, above)
        for debate, path in others.order_by().values_list("debate_id", "path").iterator()
        for above in ancestor_paths(path)
    }


def _tied_to_others(member: User) -> set[int]:
    """Return a member's arguments under which others linked theirs, or into which others' were merged."""
    linked = Link.objects.filter(parent=OuterRef("pk")).filter(
        ~Q(argument__author=member) | Q(argument__author=None)
    )
    merged = Argument.objects.filter(merged_into=OuterRef("pk")).filter(~Q(author=member) | Q(author=None))
    tied = Argument.objects.filter(Exists(linked) | Exists(merged), author=member)
    return set(tied.order_by().values_list("pk", flat=True))


def _alone(member: User) -> list[int]:
    """Return the debates that a member opened and in which nobody else wrote or placed anything."""
    others = Argument.objects.filter(debate=OuterRef("pk")).filter(~Q(author=member) | Q(author=None))
    linked = Link.objects.filter(parent__debate=OuterRef("pk")).exclude(added_by=member)
    opened = Debate.objects.filter(~Exists(others), ~Exists(linked), opened_by=member)
    return list(opened.order_by().values_list("pk", flat=True))
