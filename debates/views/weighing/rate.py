"""Rate an argument: the two questions on a page of their own, and in place; and ask to see the others first."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from debates.actions.weighing.ask_to_see import ask_to_see
from debates.actions.weighing.rate import UNCHANGED, Answer, check_rate
from debates.actions.weighing.rate import rate as act
from debates.actions.weighing.rate_link import rate_link
from debates.models import Argument, Link
from debates.models.rating import Holds
from debates.permissions import Refused
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.asking.numbers import read_number
from debates.views.parts.card import Card, debate_named
from debates.views.parts.rated_links import links_rated_by
from debates.views.parts.ratings import seen_open
from debates.views.parts.rearranged import check_named
from debates.views.parts.standing import standing_view


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Ask the two questions, or write an answer: one of `holds`, `matters` (empty: taken back), `agree`, `back`.

    With `link` it is the answer whether the argument matters in that further place.
    """
    if request.method == "POST":
        return _answer(request, argument_id)
    argument = fetch(request, argument_id)
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx adds it
        return fragment(request, argument, opened=True)
    refusal = ""
    try:
        check_rate(request.user, argument)
    except Refused as refused:
        refusal = refused.sentence
    return render(
        request,
        "debates/rate.html",
        {
            "argument": argument,
            "debate": debate_named(argument.debate, request.user),
            "seen": seen_open(request.user, argument),
            "refusal": refusal,
            "signed_out": kept_form(request) is not None,
            "places": links_rated_by(request.user, argument),
        },
    )


@members_only
def _answer(request: HttpRequest, argument_id: str) -> HttpResponse:
    argument = fetch(request, argument_id)
    posted = request.POST
    if "back" not in posted:  # what was merged with another since was rated in other words, in another place
        check_named(argument, argument_id)
    if "link" in posted:
        links = Link.objects.filter(argument=argument, parent__in=Argument.objects.visible_to(request.user))
        link = get_object_or_404(
            links.select_related("argument", "parent"), pk=read_number("link", posted["link"])
        )
        rate_link(request.user, link, read_number("matters", posted.get("matters", "")))
    elif "back" in posted:
        act(request.user, argument, holds=None, matters=None)
    elif "agree" in posted:
        act(request.user, argument, holds=Holds.YES if posted["agree"] else None)
    else:
        act(request.user, argument, holds=_given(request, "holds"), matters=_given(request, "matters"))
    return answered(request, argument)


@members_only
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def see(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Show a member what others say before they have answered; whoever comes here by a link finds the question."""
    argument = fetch(request, argument_id)
    check_named(argument, argument_id)
    if request.method != "POST":
        return redirect("rate", argument_id)
    ask_to_see(request.user, argument)
    return answered(request, argument, opened=True)


def answered(request: HttpRequest, argument: Argument, *, opened: bool = False) -> HttpResponse:
    """Answer what was written: in place, or by leading back to where the form stood."""
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx adds it
        return fragment(
            request, argument, opened=opened or "agree" not in request.POST or "open" in request.POST
        )
    return HttpResponseRedirect(back(request, argument))


def fragment(request: HttpRequest, argument: Argument, *, opened: bool) -> HttpResponse:
    """Draw the rating of an argument as it stands in a card."""
    argument = fetch(request, argument.public_id)  # it stands anew by now
    seen = seen_open(request.user, argument)
    seen.open = opened
    below = argument.children.select_related("standing")
    card = Card(
        public_id=argument.public_id,
        standing=standing_view(argument, list(below)) if seen.sees else None,
    )
    return render(request, "debates/rate.html#rated", {"card": card, "seen": seen})


def back(request: HttpRequest, argument: Argument) -> str:
    """Return the page of ours that a form was sent from, at the argument; else the argument's own."""
    for address in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if url_has_allowed_host_and_scheme(
            address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return f"{address.partition('#')[0]}#a-{argument.public_id}"
    return argument.get_absolute_url()


def _given(request: HttpRequest, field: str) -> Answer:
    return read_number(field, request.POST[field]) if field in request.POST else UNCHANGED
