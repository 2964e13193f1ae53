"""Fetch as somebody: what an address names, if the requester may read it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from debates.models import Argument


def fetch(request: HttpRequest, argument_id: str) -> Argument:
    """Return an argument that the requester may read, or 404; of one that was merged, what it was merged into."""
    visible = Argument.objects.visible_to(request.user).select_related(
        "debate", "parent", "voice", "author", "answers_revision", "standing"
    )
    found = visible.filter(public_id=argument_id).first()
    if found is None:
        led = Argument.objects.named(argument_id)
        return get_object_or_404(visible, pk=led.pk if led is not None else None)
    return found
