"""Sources that are wanted: requests for the source of a claim, and asking for one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from debates.actions.sources.ask_for_source import ask_for_source, stop_waiting
from debates.models import Source
from debates.permissions import check_ask
from debates.queues import wanted as open_requests
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import members_only
from debates.views.parts.card import debate_named

A_PAGE = 30


def wanted(request: HttpRequest) -> HttpResponse:
    """List the claims that a source is asked for, the most waited for first, and how many references are incomplete."""
    page = Paginator(open_requests(), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "debates/wanted.html",
        {"page": page, "incomplete": Source.objects.listed().exclude(incomplete="").count()},
    )


@members_only
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Ask for a source of a claim, or wait no longer for one."""
    argument = fetch(request, argument_id)
    open_request = argument.source_requests.filter(filled_at=None).first()
    waits = open_request is not None and request.user in open_request.members.all()
    if request.method == "POST":
        if "stop" in request.POST:
            stop_waiting(request.user, argument)
            messages.success(request, _("You no longer wait for a source."))
        else:
            ask_for_source(request.user, argument)
            messages.success(request, _("Asked. You will find a notice when a source is cited."))
        return redirect(argument.get_absolute_url())
    if not waits:
        check_ask(request.user, argument)
    return render(
        request,
        "debates/ask.html",
        {
            "argument": argument,
            "debate": debate_named(argument.debate, request.user),
            "waiting": open_request.members.count() if open_request else 0,
            "waits": waits,
        },
    )
