"""What leaving would do to a member's texts and answers, in numbers, before they decide."""

from __future__ import annotations

from dataclasses import dataclass

from debates.models import CitationCheck, Debate, Delta, LinkRating, Opinion, Rating, Source
from debates.models.rating import counted
from forum.accounts.models import User
from forum.drafts.models import Draft
from forum.following.models import Follow
from forum.own_data.texts import texts_of


@dataclass(frozen=True)
class Preview:
    """Numbers of one member's rows."""

    arguments: int
    answered: int
    """Arguments that somebody else answered, or tied something of theirs to."""
    unanswered: int
    debates: int
    alone: int
    """Debates that they opened and in which nobody else wrote."""
    sources: int
    votes: int
    """Ratings, opinions, checks and changes of mind."""
    drafts: int
    follows: int


def preview_of(member: User) -> Preview:
    """Count; a fixed number of queries."""
    texts = texts_of(member)
    votes = (
        Rating.objects.filter(counted(), member=member).count()
        + LinkRating.objects.filter(member=member).count()
        + Opinion.objects.filter(member=member).count()
        + CitationCheck.objects.filter(member=member).count()
        + Delta.objects.filter(member=member).count()
    )
    return Preview(
        arguments=len(texts.answered) + len(texts.unanswered),
        answered=len(texts.answered),
        unanswered=len(texts.unanswered),
        debates=Debate.objects.filter(opened_by=member).count(),
        alone=len(texts.alone),
        sources=Source.objects.filter(added_by=member, merged_into=None).count(),
        votes=votes,
        drafts=Draft.objects.live(member).count(),
        follows=Follow.objects.filter(member=member).count(),
    )
