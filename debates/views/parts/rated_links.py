"""The further places of an argument, with what members say of each: does it matter there?"""

from dataclasses import dataclass

from django.db.models import Count

from debates.actions.weighing.rate_link import check_rate_link
from debates.models import Argument, Link, LinkRating
from debates.models.visibility import Viewer, listed
from debates.permissions import may
from debates.views.parts.ratings import NONE, Counts, Question, locked_among, matters_question, plus


@dataclass
class Place:
    """A further place of an argument; its tally shows to who has answered, and to who cannot."""

    link: int
    stance: str
    claim: str
    url: str
    debate: str
    may_rate: bool
    question: Question


def links_rated_by(viewer: Viewer, argument: Argument) -> list[Place]:
    """Return the places that an argument was linked to, in a fixed number of queries."""
    links = list(
        Link.objects.filter(listed("parent__", "debate"), argument=argument, relation=Link.Relation.ANSWERS)
        .select_related("argument__debate", "parent__debate")
        .order_by("pk")
    )
    if not links:
        return []
    mine = LinkRating.objects.filter(member=viewer.pk, link__in=links)
    given = dict(mine.values_list("link_id", "matters")) if viewer.is_authenticated else {}
    locked = locked_among([argument, *(link.parent for link in links)])
    counts: dict[int, Counts] = {}
    rated = LinkRating.objects.filter(link__in=links, matters__isnull=False)
    for link, answer, count in rated.order_by().values_list("link_id", "matters").annotate(count=Count("pk")):
        counts[link] = plus(counts.get(link, NONE), answer, count)
    places = []
    for link in links:
        closed = argument.pk in locked or link.parent_id in locked
        may_rate, answer = may(check_rate_link, viewer, link, closed), given.get(link.pk)
        shown = counts.get(link.pk, NONE) if answer is not None or not may_rate else None
        places.append(
            Place(
                link=link.pk,
                stance=link.get_stance_display(),
                claim=link.parent.claim,
                url=link.parent.get_absolute_url(),
                debate=link.parent.debate.question,
                may_rate=may_rate,
                question=matters_question(answer, shown),
            )
        )
    return places
