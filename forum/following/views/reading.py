"""Mark as read, which only a form does; and go to the next that is new, which changes nothing."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from debates.models import Argument, Debate
from debates.permissions import Refused
from debates.views.asking.fetching import fetch, fetch_debate
from debates.views.asking.kept import members_only
from forum.following.actions.mark_read import mark_argument, mark_branch, mark_debate
from forum.following.unread import news_in
from forum.following.views.back import back


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def read_debate(request: HttpRequest, slug: str) -> HttpResponse:
    """Mark a debate as read up to when its page was drawn; whoever comes here by a link finds the debate."""
    shown = fetch_debate(request, slug)
    if request.method == "POST":
        mark_debate(request.user, shown, _read_to(request))
        messages.success(request, _("Marked as read. What comes from now on is marked as new."))
    return HttpResponseRedirect(back(request, shown.get_absolute_url()))


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def read_argument(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Mark an argument as read and go to the next that is new; with `branch`, all below it, too, and stay."""
    shown = fetch(request, argument_id)
    if request.method != "POST":
        return redirect(shown)
    if "branch" in request.POST:
        mark_branch(request.user, shown, _read_to(request))
        return HttpResponseRedirect(back(request, shown.get_absolute_url()))
    mark_argument(request.user, shown)
    if not Debate.objects.visible_to(request.user).filter(pk=shown.debate_id).exists():
        return redirect(
            shown
        )  # one's own argument in a debate that is hidden: its address is made of its question
    return redirect(f"{reverse('next_new', args=[shown.debate.slug])}?after={shown.public_id}")


@members_only
def next_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the next argument that is new, in reading order behind `?after=`; say so where nothing is."""
    shown = fetch_debate(request, slug)
    after = request.GET.get("after", "").replace("\0", "")
    here = Argument.objects.filter(debate=shown, public_id=after).first() if after else None
    found = news_in(shown.pk, request.user.pk or 0).after(here.path if here is not None else "")
    if found is not None:
        return redirect("argument", found.public_id)
    return render(request, "following/next_new.html", {"debate": shown})


def _read_to(request: HttpRequest) -> datetime:
    """Return when the page was drawn that a form was sent from: what came since was not on it. Refuses another text."""
    written = request.POST.get("to", "")
    try:
        read_to = parse_datetime(written)
    except ValueError:  # a date that there is not
        read_to = None
    if read_to is None or timezone.is_naive(read_to):
        raise Refused(_("This form does not say up to when you have read; open its page again."), "to", 400)
    return read_to
