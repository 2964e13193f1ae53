"""Move an argument with its branch under another claim."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from debates.actions.arranging.branch_paths import below
from debates.actions.arranging.bundle import bundle_of
from debates.actions.arranging.move_argument import check_move, move_argument
from debates.actions.writing.form_key import once
from debates.forms.place import ClaimForm
from debates.forms.rearranging import MoveForm
from debates.models import Argument
from debates.permissions import Refused
from debates.query import parse
from debates.search import search_arguments
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.finding.search import LONGEST_QUERY
from debates.views.parts.branches import path_cards
from debates.views.parts.card import debate_named
from debates.views.parts.rearranged import check_named
from debates.views.writing.reply import read_key

MOST_FOUND = 20


@members_only
def move(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Choose the new claim above (`?q=` searches, `?to=` names it), say on which side, see what goes along; then move it."""
    argument = fetch(request, argument_id)
    if argument.public_id != argument_id and request.method != "POST":
        return redirect("move", argument.public_id)
    check_named(argument, argument_id)
    check_move(request.user, argument)
    data = request.POST if request.method == "POST" else kept_form(request)
    asked = data if data is not None else request.GET
    if "to" not in asked:
        return _choose(request, argument, ClaimForm(viewer=request.user))
    choice = ClaimForm(asked, viewer=request.user)
    if not choice.is_valid():
        return _choose(request, argument, choice, 422 if request.method == "POST" else 200)
    parent: Argument = choice.cleaned_data["to"]
    initial = {"to": parent.public_id, "stance": argument.stance, "attacks": argument.attacks}
    form = MoveForm(data, initial=initial, viewer=request.user, parent=parent, argument=argument)
    key, refusal = read_key(asked.get("key", "")), None
    if request.method == "POST" and form.is_valid():
        side, reason = form.side, form.cleaned_data["reason"]
        try:
            once(
                key,
                request.user,
                {"argument": argument.pk, "parent": parent.pk, "side": side, "reason": reason},
                lambda: str(move_argument(request.user, argument, parent, *side, reason).pk),
            )
        except Refused as refused:
            refusal, key = refused, uuid.uuid4()
        else:
            messages.success(request, _("Moved, with all that stands below. It can be undone here."))
            return redirect(argument)
    premises = list(bundle_of(argument))
    return render(
        request,
        "debates/move.html",
        _context(request, argument)
        | {
            "parent": parent,
            "parent_path": path_cards(parent, request.user),
            "other": parent.debate.question if parent.debate_id != argument.debate_id else "",
            "premises": [one for one in premises if one.pk != argument.pk],
            "below": below(premises),
            "form": form,
            "key": key,
            "refusal": refusal,
        },
        status=refusal.status if refusal else 422 if request.method == "POST" else 200,
    )


def _choose(request: HttpRequest, argument: Argument, form: ClaimForm, status: int = 200) -> HttpResponse:
    """Offer the claims of this debate that hold some words, and a field for the address of any other."""
    query = request.GET.get("q", "").replace("\0", "")[:LONGEST_QUERY].strip()
    kinds = [Argument.Kind.THESIS, Argument.Kind.ARGUMENT]
    found = Argument.objects.filter(debate=argument.debate_id, kind__in=kinds)
    # What stands below it cannot stand above it.
    inside = Argument.objects.all().subtree_of(argument).visible_to(request.user).values("pk")
    found = found.exclude(pk__in=inside).exclude(pk=argument.parent_id or 0)
    context = {"parent": None, "form": form, "query": query, "asked": bool(parse(query))}
    return render(
        request,
        "debates/move.html",
        _context(request, argument)
        | context
        | {"found": search_arguments(query, found, MOST_FOUND, request.user)},
        status=status,
    )


def _context(request: HttpRequest, argument: Argument) -> dict[str, object]:
    """Return what the page says of the argument itself."""
    return {
        "argument": argument,
        "debate": debate_named(argument.debate, request.user),
        "path": path_cards(argument, request.user),
    }
