"""Merge an argument with another that says the same."""

import uuid

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.writing.form_key import once
from debates.forms.rearranging import MergeArgumentsForm, OtherArgumentForm
from debates.models import Argument
from debates.models.rating import counted
from debates.models.visibility import Viewer, listed
from debates.permissions import Refused, check_moderate
from debates.similar import similar_to
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.parts.branches import path_cards
from debates.views.parts.card import Card, card_of, debate_named, with_card_rows
from debates.views.writing.reply import read_key

MOST_ALIKE = 10


@members_only
def merge(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Choose the other argument (`?other=`), look at both side by side, say which one stands for both; then merge them."""
    check_moderate(request.user)
    argument = fetch(request, argument_id)
    if argument.public_id != argument_id:  # merged meanwhile, maybe by the first of two clicks
        return redirect(argument)
    data = request.POST if request.method == "POST" else kept_form(request)
    asked = data if data is not None else request.GET
    if "other" not in asked:
        return _choose(request, argument, OtherArgumentForm(viewer=request.user, argument=argument))
    choice = OtherArgumentForm(asked, viewer=request.user, argument=argument)
    if not choice.is_valid():
        return _choose(request, argument, choice, 422 if request.method == "POST" else 200)
    other: Argument = choice.cleaned_data["other"]
    pair = [argument, other]
    initial = {"other": other.public_id, "kept": min(pair, key=lambda one: one.pk).public_id}
    form = MergeArgumentsForm(data, initial=initial, viewer=request.user, argument=argument, pair=pair)
    key, refusal = read_key(asked.get("key", "")), None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        kept, gone = pair if form.cleaned_data["kept"] == argument.public_id else reversed(pair)
        try:
            once(
                key,
                request.user,
                {"gone": gone.pk, "kept": kept.pk, "reason": reason},
                lambda: str(merge_arguments(request.user, gone, kept, reason).pk),
            )
        except Refused as refused:
            refusal, key = refused, uuid.uuid4()
        else:
            messages.success(request, _("Merged. The other address leads here, and it can be undone here."))
            return redirect(kept)
    return render(
        request,
        "debates/merge.html",
        _context(request, argument)
        | {
            "other": other,
            "cards": _cards(pair, request.user),
            "rows": _side_by_side(pair),
            "form": form,
            "key": key,
            "refusal": refusal,
        },
        status=refusal.status if refusal else 422 if request.method == "POST" else 200,
    )


def _choose(
    request: HttpRequest, argument: Argument, form: OtherArgumentForm, status: int = 200
) -> HttpResponse:
    """Offer what says much the same in this debate, and a field for the address of any other."""
    alike = similar_to(
        request.user, argument.debate, argument.claim, argument.stance, MOST_ALIKE, apart_from=argument
    )
    found = [
        one.argument
        for one in alike
        if not one.argument.path.startswith(argument.path) and not argument.path.startswith(one.argument.path)
    ]
    return render(
        request,
        "debates/merge.html",
        _context(request, argument) | {"other": None, "alike": found, "form": form},
        status=status,
    )


def _context(request: HttpRequest, argument: Argument) -> dict[str, object]:
    """Return what the page says of the argument itself."""
    return {
        "argument": argument,
        "debate": debate_named(argument.debate, request.user),
        "path": path_cards(argument, request.user),
    }


def _cards(pair: list[Argument], viewer: Viewer) -> list[Card]:
    """Return the two as they are drawn everywhere, the one of the page first."""
    rows = Argument.objects.filter(pk__in=[one.pk for one in pair]).visible_to(viewer)
    cards = {row.pk: card_of(row, viewer) for row in with_card_rows(rows, viewer)}
    return [cards[one.pk] for one in pair]


def _side_by_side(pair: list[Argument]) -> list[tuple[str, list[object]]]:
    """Return what each of the two has, in words: where it stands, and how much would be joined."""
    counts = Argument.objects.filter(pk__in=[one.pk for one in pair]).annotate(
        rated=Count("ratings", filter=counted("ratings__"), distinct=True),
        cited=Count("citations", distinct=True),
        answered=Count("children", filter=listed("children__"), distinct=True),
    )
    found = {row["pk"]: row for row in counts.values("pk", "rated", "cited", "answered")}
    above = [one.parent.claim if one.parent is not None and one.parent.is_published else "" for one in pair]
    return [
        (_("Debate"), [one.debate.question for one in pair]),
        (_("Under"), [*above]),
        (_("People who rated it"), [found[one.pk]["rated"] for one in pair]),
        (_("Citations"), [found[one.pk]["cited"] for one in pair]),
        (_("Answers"), [found[one.pk]["answered"] for one in pair]),
    ]
