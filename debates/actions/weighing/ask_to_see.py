"""Ask to see what others say of an argument before one has answered; what is answered then is kept apart."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.arranging.placing import lock_tree
from debates.actions.weighing.rate import check_rate
from debates.models import Argument, Rating
from debates.models.visibility import Viewer
from debates.permissions import Refused


def check_ask_to_see(viewer: Viewer, argument: Argument, rating: Rating | None) -> None:
    """Refuse where there is nothing to ask for: of what one cannot rate, and once an answer stands.

    Each question opens when it is answered. Whoever could see the second beforehand would give an answer that must
    be kept apart in the same row as one that counts.
    """
    check_rate(viewer, argument)
    if rating is not None and (rating.holds is not None or rating.matters is not None):
        raise Refused(
            _("You have answered already; what others say of a question shows when you answer it."),
            status=409,
        )


@transaction.atomic
def ask_to_see(member: Viewer, argument: Argument) -> bool:
    """Remember that a member asked to see the others first; return whether that changed anything."""
    lock_tree(argument.debate_id)
    argument = Argument.objects.select_related("debate").get(pk=argument.pk)
    rating = Rating.objects.filter(argument=argument, member=member).first()
    if rating is not None and rating.asked_at is not None:
        return False
    check_ask_to_see(member, argument, rating)
    rating = rating or Rating(argument=argument, member=member)
    rating.asked_at = timezone.now()
    rating.save()
    return True
