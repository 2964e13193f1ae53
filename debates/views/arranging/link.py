"""Place an argument under a further claim, of this debate or of another; and take it away there."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from debates.actions.arranging.link_argument import check_place, check_unlink, link_argument, unlink_argument
from debates.actions.writing.form_key import once
from debates.forms.place import ClaimForm, PlaceForm, UnlinkForm
from debates.models import Argument, Link
from debates.models.visibility import Viewer, seen_by
from debates.permissions import Refused
from debates.query import parse
from debates.search import search_arguments
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.finding.search import LONGEST_QUERY
from debates.views.parts.branches import path_cards
from debates.views.parts.card import debate_named
from debates.views.writing.reply import read_key

MOST_FOUND = 20


@members_only
def link(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Choose a further claim (`?q=` searches, `?to=` names it), then say on which side of it the argument stands."""
    argument = fetch(request, argument_id)
    data = request.POST if request.method == "POST" else kept_form(request)
    asked = data if data is not None else request.GET
    if request.method != "POST":
        check_place(request.user, argument)
    if "to" not in asked:
        return _choose(request, argument, ClaimForm(viewer=request.user))
    choice = ClaimForm(asked, viewer=request.user)
    if not choice.is_valid():
        return _choose(request, argument, choice, 422 if request.method == "POST" else 200)
    parent: Argument = choice.cleaned_data["to"]
    form = PlaceForm(data, initial={"to": parent.public_id}, viewer=request.user, parent=parent)
    key = read_key(asked.get("key", ""))
    refusal = None
    if request.method == "POST" and form.is_valid():
        side = (form.cleaned_data["stance"], form.cleaned_data["attacks"])
        try:
            once(
                key,
                request.user,
                {"argument": argument.pk, "parent": parent.pk, "side": side},
                lambda: str(link_argument(request.user, argument, parent, *side).pk),
            )
        except Refused as refused:
            refusal, key = refused, uuid.uuid4()
        else:
            messages.success(request, _("It stands here, too, now; what is said to it shows in both places."))
            return redirect(parent)
    return render(
        request,
        "debates/link.html",
        _place(argument, request.user)
        | {
            "parent": parent,
            "form": form,
            "key": key,
            "refusal": refusal,
            "other": _elsewhere(argument, parent),
        },
        status=refusal.status if refusal else 422 if request.method == "POST" else 200,
    )


@members_only
@require_http_methods(["GET", "POST"])
def unlink(request: HttpRequest, link_id: int) -> HttpResponse:
    """Ask, then take an argument away from a further place; a moderator says why."""
    readable = Link.objects.filter(
        seen_by(request.user, "argument__author", "debate", of="argument"),
        seen_by(request.user, "parent__author", "debate", of="parent"),
        relation=Link.Relation.ANSWERS,
    )
    shown = get_object_or_404(
        readable.select_related("argument__debate", "parent__debate", "added_by"), pk=link_id
    )
    check_unlink(request.user, shown)
    as_moderator = shown.added_by_id != request.user.pk
    data = request.POST if request.method == "POST" else kept_form(request)
    form = UnlinkForm(data) if as_moderator else None
    if request.method == "POST" and (form is None or form.is_valid()):
        unlink_argument(request.user, shown, form.cleaned_data["reason"] if form else "")
        messages.success(request, _("It no longer stands there; its home is unchanged."))
        return redirect(shown.argument)
    return render(
        request,
        "debates/unlink.html",
        {"link": shown, "form": form, "other": _elsewhere(shown.argument, shown.parent)},
        status=422 if request.method == "POST" else 200,
    )


def _choose(request: HttpRequest, argument: Argument, form: ClaimForm, status: int = 200) -> HttpResponse:
    """Offer the claims that hold some words, those of the same debate first, and a field for the address of any other."""
    query = request.GET.get("q", "").replace("\0", "")[:LONGEST_QUERY].strip()
    return render(
        request,
        "debates/link.html",
        _place(argument, request.user)
        | {
            "parent": None,
            "form": form,
            "query": query,
            "asked": bool(parse(query)),
            "found": _found(argument, query, request.user),
        },
        status=status,
    )


def _found(argument: Argument, query: str, viewer: Viewer) -> list[Argument]:
    """Return the claims that an argument could be placed under; where it would rest on itself is said when it is placed."""
    fitting = (
        Argument.objects.filter(kind__in=[Argument.Kind.THESIS, Argument.Kind.ARGUMENT])
        .exclude(pk__in=[argument.pk, argument.parent_id])
        .exclude(linked_children__argument=argument)
        .select_related("debate")
    )
    near = search_arguments(query, fitting.filter(debate=argument.debate_id), MOST_FOUND, viewer)
    far = fitting.exclude(debate=argument.debate_id)
    return near + search_arguments(query, far, MOST_FOUND - len(near), viewer)


def _place(argument: Argument, viewer: Viewer) -> dict[str, object]:
    """Return what the page says of the argument itself."""
    return {
        "argument": argument,
        "debate": debate_named(argument.debate, viewer),
        "path": path_cards(argument, viewer),
    }


def _elsewhere(argument: Argument, parent: Argument) -> str:
    """Return the question of the further claim's debate where it is another one."""
    return "" if argument.debate_id == parent.debate_id else parent.debate.question
