"""What a member keeps: the list of it, the button that keeps and drops, and the form of one bookmark."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from debates.models import Argument
from debates.permissions import Refused
from debates.views.asking.kept import kept_form, members_only
from forum.bookmarks.actions.make_list import make_list
from forum.bookmarks.actions.put_into_lists import put_into_lists
from forum.bookmarks.actions.set_bookmark import drop, keep
from forum.bookmarks.actions.write_note import write_note
from forum.bookmarks.forms import BookmarkForm
from forum.bookmarks.kept import (
    bookmark_at,
    bookmarks_of,
    drawn,
    kept_under,
    lists_holding,
    lists_of,
    undoable_of,
)
from forum.bookmarks.merged import readable, standing_for
from forum.bookmarks.templatetags.bookmarks import button_anew
from forum.following.views.back import back

A_PAGE = 30


@members_only
def bookmarks(request: HttpRequest) -> HttpResponse:
    """List what a member keeps, the newest first, `?list=` of one list; below it what they took away within a day."""
    own = lists_of(request.user)
    name = request.GET.get("list", "").replace("\0", "")
    chosen = own.filter(public_id=name).first() if name else None
    page = Paginator(bookmarks_of(request.user, chosen), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "kept": drawn(page, request.user),
        "gone": drawn(undoable_of(request.user)[:A_PAGE], request.user),
        "lists": own,
        "chosen": chosen,
    }
    return render(request, "bookmarks/bookmarks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def set_bookmark(request: HttpRequest) -> HttpResponse:
    """Keep the argument that a form names, or take its bookmark away, and lead back; by htmx return the button anew."""
    keeping = "keep" in request.POST
    name = request.POST.get("keep" if keeping else "drop", "").replace("\0", "")
    if request.method != "POST" or not name:
        waited = kept_form(request) or {}  # pressed before signing in
        name = str(waited.get("keep", "")).replace("\0", "")
        return redirect("bookmark", name) if name and "/" not in name else redirect("bookmarks")
    argument = _kept_or_readable(request, name)
    if keeping:
        keep(request.user, argument)
    else:
        drop(request.user, argument)
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx adds it
        return render(request, "bookmarks/bookmark.html#set", {"button": button_anew(name, keeping)})
    if keeping:
        messages.success(request, _("Bookmarked. Only you see it."))
    else:
        messages.success(request, _("Bookmark taken away. “Bookmark” puts it back with its note for a day."))
    here = back(request, reverse("bookmarks"))
    return HttpResponseRedirect(here if "#" in here else f"{here}#a-{argument.public_id}")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def bookmark(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Show one bookmark with its note and its lists, and save them; what is not kept yet is kept with that."""
    argument = _kept_or_readable(request, argument_id)
    row, standing = bookmark_at(request.user, argument), standing_for([argument.pk])[argument.pk]
    own = lists_of(request.user)
    holding = [str(one.pk) for one in lists_holding([standing], request.user).get(standing, ())]
    initial = {"note": row.note if row is not None else "", "lists": holding}
    posted = request.POST.copy() if request.method == "POST" else kept_form(request)
    form = BookmarkForm(posted, initial=initial, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, argument, form)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(back(request, reverse("bookmarks")))
    context = {
        "form": form,
        "name": argument.public_id,
        "row": row,
        "argument": readable([standing], request.user).get(standing),
        "back": request.POST.get("next", ""),
    }
    return render(
        request, "bookmarks/bookmark.html", context, status=400 if form.errors and request.POST else 200
    )


@transaction.atomic
def _save(request: HttpRequest, argument: Argument, form: BookmarkForm) -> None:
    """Save what the form says, all of it or nothing."""
    keep(request.user, argument)
    row = bookmark_at(request.user, argument)
    if row is not None and "note" in form.data:
        write_note(request.user, row, form.cleaned_data["note"])
    lists = list(form.cleaned_data.get("lists", ()))
    if title := form.cleaned_data["new_list"].strip():
        lists.append(make_list(request.user, title))
    put_into_lists(request.user, argument, lists)


def _kept_or_readable(request: HttpRequest, name: str) -> Argument:
    """Return an argument by the name that its reader keeps it under, readable or not; else what they may read, or 404.

    What is kept under a name that was merged is that very row, so that its own note is written.
    """
    kept = kept_under(request.user, name)
    if kept is not None:
        return kept
    led = Argument.objects.named(name)
    seen = Argument.objects.visible_to(request.user).select_related("debate")
    found = seen.filter(pk=led.pk).first() if led is not None else None
    if found is None:
        raise Http404
    return found
