"""Fetch as somebody: what an address names, if the requester may read it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from debates.models import Argument, Debate


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


def fetch_debate(request: HttpRequest, slug: str) -> Debate:
    """Return a debate that the requester may read, or 404; an address that it had once leads on (`asking.moved`).

    Its article comes with it, none where that may not be read: what every view of a debate names at its head.
    """
    debates = Debate.objects.visible_to(request.user).with_article(request.user).select_related("opened_by")
    return get_object_or_404(debates, slug=slug)
