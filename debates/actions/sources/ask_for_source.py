"""Ask what a claim rests on, or wait with those who asked; and tell all of them when a citation arrives."""

from django.db import transaction
from django.utils import timezone

from debates.models import Argument, SourceRequest
from debates.models.visibility import Viewer
from debates.permissions import check_ask
from debates.signals import source_arrived


@transaction.atomic
def ask_for_source(member: Viewer, argument: Argument) -> bool:
    """Open a request or join the one that is open; return whether that changed anything."""
    argument = Argument.objects.select_for_update(of=("self",)).select_related("debate").get(pk=argument.pk)
    check_ask(member, argument)
    request, _made = SourceRequest.objects.get_or_create(argument=argument, filled_at=None)
    if request.members.filter(pk=member.pk).exists():
        return False
    request.members.add(member)
    return True


@transaction.atomic
def stop_waiting(member: Viewer, argument: Argument) -> bool:
    """Leave a request; one that nobody waits for is gone. Return whether that changed anything."""
    request = (
        SourceRequest.objects.select_for_update()
        .filter(argument=argument, filled_at=None, members=member.pk)
        .first()
    )
    if request is None:
        return False
    request.members.remove(member)
    if not request.members.exists():
        request.delete()
    return True


def fill_request(argument: Argument) -> bool:
    """Close the open request of a claim that was just given a citation; return whether there was one. Within a transaction."""
    request = SourceRequest.objects.select_for_update().filter(argument=argument, filled_at=None).first()
    if request is None:
        return False
    request.filled_at = timezone.now()
    request.save(update_fields=["filled_at"])
    source_arrived.send(SourceRequest, argument=argument, members=list(request.members.all()))
    return True
