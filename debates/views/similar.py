"""What is already said in a debate, offered to those who are about to say it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.vary import vary_on_headers

from debates.models import Argument
from debates.models.argument import CLAIM_LENGTH
from debates.models.visibility import Viewer
from debates.similar import similar_to
from debates.views.card import Card
from debates.views.fetching import fetch


@vary_on_headers("HX-Request")
def similar(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Offer the arguments much like the answer that is being typed; without a script, the form with what was typed.

    Anyone may ask: a member whose sign-in ran out meanwhile must not be led away from what they typed.
    """
    htmx = request.htmx  # type: ignore[attr-defined]  # django-htmx adds it
    try:
        parent = fetch(request, argument_id)
    except Http404:
        if htmx:  # no page within the form
            return HttpResponse(status=404)
        raise
    claim, stance = (request.GET.get(name, "")[:CLAIM_LENGTH] for name in ("claim", "stance"))
    if not htmx:
        form = reverse("reply", args=[parent.public_id])
        return redirect(f"{form}?{urlencode({'claim': claim, 'stance': stance})}")
    said = said_already(request.user, parent, claim, stance)
    return render(request, "debates/reply.html#similar", {"similar": said})


def said_already(viewer: Viewer, parent: Argument, claim: str, stance: str) -> list[Card]:
    """Return cards, with claim, side and address alone, of what is said in a debate much like an answer to `parent`."""
    found = similar_to(viewer, parent.debate, claim[:CLAIM_LENGTH], stance, apart_from=parent)
    return [
        Card(
            public_id=one.argument.public_id,
            url=one.argument.get_absolute_url(),
            claim=one.argument.claim,
            kind=one.argument.kind,
            stance=one.argument.stance,
            attacks=one.argument.attacks,
        )
        for one in found
    ]


def asking(parent: Argument) -> dict[str, str]:
    """Return the attributes with which the field of a claim asks, at each pause of typing, what is said already.

    A later question takes the place of an earlier one. What comes back after its form was replaced has no place any more.
    """
    return {
        "hx-get": reverse("similar", args=[parent.public_id]),
        "hx-include": "closest form",
        "hx-params": "claim,stance",
        "hx-trigger": "input changed delay:700ms",
        "hx-target": "next .said-already",
        "hx-swap": "innerHTML",
        "hx-sync": "this:replace",
    }
