"""Rate a further place of an argument: does it matter there?"""

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.arranging.placing import lock_arguments, lock_tree
from debates.actions.weighing.rate import check_answer, check_rate
from debates.actions.weighing.rescore import rescore
from debates.models import Link, LinkRating, StandingChange, State
from debates.models.visibility import Viewer
from debates.permissions import Refused, is_locked


def check_rate_link(viewer: Viewer, link: Link, locked: bool | None = None) -> None:
    """Refuse where a viewer cannot say whether an argument matters in a further place.

    `locked` says whether the branch of either end is; without it the branches above are asked, in two queries.
    """
    check_rate(viewer, link.argument, locked)
    if link.relation != Link.Relation.ANSWERS:
        raise Refused(_("The two make the same claim; that is not rated."), status=409)
    if link.added_by_id == viewer.pk:
        raise Refused(_("You placed it there yourself: others say whether it matters."))
    if link.parent.state != State.PUBLISHED or link.parent.debate.state != State.PUBLISHED:
        raise Refused(_("The claim that it is linked to is no longer shown."), status=409)
    if is_locked(link.parent) if locked is None else locked:
        raise Refused(
            _("This branch is locked: answers can be taken back, but nothing in it can be rated."), status=409
        )


@transaction.atomic
def rate_link(member: Viewer, link: Link, matters: int | None) -> bool:
    """Write a member's answer about a link, None takes it back; return whether that changed anything."""
    for debate_id in sorted({link.argument.debate_id, link.parent.debate_id}):  # always in the same order
        lock_tree(debate_id)
    lock_arguments(link.argument, link.parent)
    link = Link.objects.select_related("argument__debate", "parent__debate").get(pk=link.pk)
    if matters is not None:
        check_rate_link(member, link)
    check_answer("matters", matters)
    rating = LinkRating.objects.filter(link=link, member=member).first()
    if matters == (rating.matters if rating else None):
        return False
    LinkRating.objects.update_or_create(
        link=link, member=member, defaults={"matters": matters, "changed_at": timezone.now()}
    )
    recount_link(link)
    rescore([link.argument, link.parent], StandingChange.Cause.RATED, link.argument)
    return True


def recount_link(link: Link) -> None:
    """Set a link's counters from the rows of its ratings; the tree must be locked."""
    tally = link.ratings.aggregate(sum=Sum("matters"), count=Count("matters"))
    Link.objects.filter(pk=link.pk).update(matters_sum=tally["sum"] or 0, matters_count=tally["count"])
