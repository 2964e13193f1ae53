"""What is already said in a debate, offered to those who are about to say it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from debates.models import Argument
from debates.models.argument import CLAIM_LENGTH
from debates.models.visibility import Viewer
from debates.similar import similar_to
from debates.views.asking.fetching import fetch
from debates.views.parts.card import Card


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


@dataclass(frozen=True)
class Said:
    """What is said already: a card with claim, side and address alone, and how it is used in place of a new argument."""

    card: Card
    use_url: str
    use_words: str


def said_already(viewer: Viewer, parent: Argument, claim: str, stance: str) -> list[Said]:
    """Return what is said in a debate much like an answer to `parent`."""
    found = similar_to(viewer, parent.debate, claim[:CLAIM_LENGTH], stance, apart_from=parent)
    return [_said(one.argument, parent) for one in found]


def _said(argument: Argument, parent: Argument) -> Said:
    """Return an argument to be agreed with where it answers the same claim, and to be placed there, too, where it does not."""
    card = Card(
        public_id=argument.public_id,
        url=argument.get_absolute_url(),
        claim=argument.claim,
        kind=argument.kind,
        stance=argument.stance,
        attacks=argument.attacks,
    )
    if argument.parent_id == parent.pk or argument.kind != Argument.Kind.ARGUMENT:
        return Said(card, reverse("rate", args=[argument.public_id]), _("Agree with this one"))
    place = reverse("link", args=[argument.public_id])
    return Said(card, f"{place}?{urlencode({'to': parent.public_id})}", _("Place this one here, too"))


def asking(parent: Argument) -> dict[str, str]:
    """Return the attributes with which the field of a claim asks, at each pause of typing, what is said already.

    A later question takes the place of an earlier one. What comes back after its form was replaced has no place any more.
    """
    return {
        "data-hx-get": reverse("similar", args=[parent.public_id]),
        "data-hx-include": "closest form",
        "data-hx-params": "claim,stance",
        "data-hx-trigger": "input changed delay:700ms",
        "data-hx-target": "next .said-already",
        "data-hx-swap": "innerHTML",
        "data-hx-sync": "this:replace",
    }
