"""What a member follows and mutes: the list, and the form that changes it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from debates.permissions import Refused
from debates.views.asking.kept import kept_form, members_only
from forum.following.actions.set_following import check_follow, mute, unfollow
from forum.following.actions.set_following import follow as act
from forum.following.followed import followed_by
from forum.following.templatetags.following import control_of
from forum.following.things import thing_named
from forum.following.views.back import back

A_PAGE = 50
ACTS = {"follow": act, "mute": mute, "none": unfollow}


@members_only
def following(request: HttpRequest) -> HttpResponse:
    """List what a member follows and mutes, the newest first, without what they may no longer read."""
    page = Paginator(followed_by(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "following/following.html", {"page": page})


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def follow(request: HttpRequest) -> HttpResponse:
    """Follow a thing, mute it or neither, and lead back; `?kind=&what=`, or what was asked before signing in, is asked again."""
    if request.method != "POST":
        return _ask(request)
    thing = thing_named(request.POST.get("kind", ""), request.POST.get("what", ""), request.user)
    if thing is None:
        raise Http404
    level = request.POST.get("level", "")
    if level not in ACTS:
        raise Refused(_("Say whether you want to follow or to mute it."), "level", 400)
    ACTS[level](request.user, thing)
    here = back(request, thing.url)
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx adds it
        control = control_of(request, thing) | {"here": here, "opened": True}
        return render(request, "following/follow.html#control", control)
    return HttpResponseRedirect(here)


def _ask(request: HttpRequest) -> HttpResponse:
    asked = kept_form(request) or request.GET
    thing = thing_named(asked.get("kind", ""), asked.get("what", ""), request.user)
    if thing is None:
        return redirect("following")
    check_follow(request.user, thing)
    return render(request, "following/follow.html", control_of(request, thing) | {"here": thing.url})
