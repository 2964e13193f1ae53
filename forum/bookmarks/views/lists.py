"""A member's lists of arguments: all of them, and one to be called, ordered, shared and deleted."""

from __future__ import annotations

import re
from typing import cast, get_args

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from debates.permissions import Refused
from debates.views.asking.kept import kept_form, members_only
from forum.bookmarks.actions.arrange_list import Step
from forum.bookmarks.actions.arrange_list import arrange_list as arrange
from forum.bookmarks.actions.delete_list import delete_list as delete
from forum.bookmarks.actions.edit_list import edit_list as edit
from forum.bookmarks.actions.make_list import make_list
from forum.bookmarks.actions.share_list import share_list as share
from forum.bookmarks.actions.share_list import stop_sharing
from forum.bookmarks.forms import ListForm
from forum.bookmarks.kept import entries_of, lists_of
from forum.bookmarks.models import ArgumentList

MOVED = re.compile(r"([0-9]{1,18})@([0-9]{1,9})\Z")
"""What a button says: an entry by its key, and its place when the button was drawn."""


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def lists(request: HttpRequest) -> HttpResponse:
    """List a member's lists, and make one."""
    form = ListForm(request.POST if request.method == "POST" else kept_form(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = make_list(request.user, form.cleaned_data["title"], form.cleaned_data["description"])
        except Refused as refusal:
            form.add_error("title", refusal.sentence)
        else:
            return redirect(made)
    own = lists_of(request.user).annotate(count=Count("entries"))
    status = 400 if request.method == "POST" else 200
    return render(request, "bookmarks/lists.html", {"lists": own, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit_list(request: HttpRequest, list_id: str) -> HttpResponse:
    """Show a list to its owner, with all that can be done to it, and save its title and description."""
    shown = _own(request, list_id)
    initial = {"title": shown.title, "description": shown.description}
    form = ListForm(request.POST if request.method == "POST" else kept_form(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            edit(request.user, shown, form.cleaned_data["title"], form.cleaned_data["description"])
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect(shown)
    context = {
        "list": shown,
        "form": form,
        "entries": entries_of(shown, request.user),
        "address": request.build_absolute_uri(reverse("shared_list", args=[shown.secret]))
        if shown.secret
        else "",
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "bookmarks/edit_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def arrange_list(request: HttpRequest, list_id: str) -> HttpResponse:
    """Move an entry of a list up or down, or take it out, and lead back to it."""
    shown = _own(request, list_id)
    if request.method != "POST":
        return redirect(shown)
    step = next((one for one in get_args(Step.__value__) if one in request.POST), None)
    entry = MOVED.match(request.POST.get(step, "") if step else "")
    if step is None or entry is None:
        raise Refused(_("This form does not say what to move; open the list again."), "", 400)
    key, seen_at = int(entry[1]), int(entry[2])
    arrange(request.user, shown, key, cast("Step", step), seen_at)  # the cast: one of its words
    return redirect(f"{shown.get_absolute_url()}#entry-{key}")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def share_list(request: HttpRequest, list_id: str) -> HttpResponse:
    """Share a list by its address, or stop sharing it."""
    shown = _own(request, list_id)
    if request.method == "POST":
        if "stop" in request.POST:
            if stop_sharing(request.user, shown):
                messages.success(request, _("Only you see the list now; its address leads nowhere any more."))
        elif share(request.user, shown):
            messages.success(request, _("Whoever has the address can read the list now."))
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def delete_list(request: HttpRequest, list_id: str) -> HttpResponse:
    """Ask whether a list shall go, and delete it."""
    shown = _own(request, list_id)
    if request.method != "POST":
        return render(request, "bookmarks/delete_list.html", {"list": shown})
    delete(request.user, shown)
    messages.success(request, _("The list is deleted. Its arguments and your bookmarks are still there."))
    return redirect("lists")


def _own(request: HttpRequest, list_id: str) -> ArgumentList:
    return get_object_or_404(lists_of(request.user), public_id=list_id)
