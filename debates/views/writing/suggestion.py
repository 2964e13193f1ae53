"""Suggested edits: suggest one; look at one and decide on it."""

import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debates.actions.writing.decline_suggestion import decline_suggestion
from debates.actions.writing.form_key import once
from debates.actions.writing.lay_version import newest_version
from debates.actions.writing.suggest_edit import check_suggest, longest_claim, suggest_edit
from debates.actions.writing.take_back_suggestion import check_take_back, take_back_suggestion
from debates.actions.writing.take_suggestion import check_decide, moderators_from, take_suggestion
from debates.forms.suggestion import DecisionForm, SuggestionForm
from debates.models import Argument, Suggestion
from debates.models.visibility import Viewer
from debates.permissions import Refused, may
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.parts.branches import path_cards
from debates.views.parts.card import debate_named
from debates.views.parts.compared import Worded, compared
from debates.views.parts.suggestions import name_of, readable
from debates.views.writing.reply import read_key

GONE = gettext_lazy(
    "This argument is no longer shown: it was withdrawn, hidden or merged meanwhile. Your text is below."
)


@dataclass(frozen=True)
class Typed:
    """A wording that is not posted yet."""

    claim: str
    elaboration: str


# ------------------------------------------------------------------------------------------------ to suggest


@members_only
def suggest(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Suggest an edit of somebody's argument."""
    argument = _still_shown(request, argument_id)
    kept = kept_form(request)
    if request.method == "GET":
        check_suggest(request.user, argument)
        waiting = argument.suggestions.filter(member=request.user.pk, outcome=Suggestion.Outcome.OPEN).first()
        if waiting is not None and kept is None:
            messages.info(request, _("This edit that you suggested waits for an answer."))
            return redirect("suggestion", waiting.pk)
    data = request.POST if request.method == "POST" else kept
    initial = {"claim": argument.claim, "elaboration": argument.elaboration}
    form = SuggestionForm(data, initial=initial, longest=longest_claim(argument))
    last = newest_version(argument)
    context: dict[str, Any] = {  # Any: what a template takes
        "argument": argument,
        "debate": debate_named(argument.debate, request.user),
        "path": path_cards(argument, request.user),
        "form": form,
        "key": read_key(data.get("key", "") if data is not None else ""),
        "seen": _number(data.get("seen", "") if data is not None else "") or (last.number if last else 0),
    }
    if request.method != "POST":
        return render(request, "debates/suggest.html", context)
    if not form.is_valid():
        return render(request, "debates/suggest.html", context, status=422)
    typed = Typed(form.cleaned_data["claim"], form.cleaned_data["elaboration"])
    context["compared"] = compared(argument, typed)
    if "preview" in request.POST:
        return render(request, "debates/suggest.html", context)
    values = form.cleaned_data
    try:
        result, _new = once(
            context["key"],
            request.user,
            values,
            lambda: str(suggest_edit(request.user, argument, seen=context["seen"], **values).pk),
        )
    except Refused as refusal:
        if (
            refusal.status == 409
        ):  # the same form may be sent again, as a new one, against what stands there now
            context |= {"key": uuid.uuid4(), "seen": last.number if last else 0}
        return _refuse(request, "debates/suggest.html", context, form, refusal)
    messages.success(
        request, _("Suggested. Its author is told, and you will find a notice when it is decided.")
    )
    return redirect("suggestion", int(result))


# ------------------------------------------------------------------------------------------------- to decide


def suggestion(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    """Show a suggested edit against the version that it was made for; its author, or a moderator, decides on it."""
    if request.method == "POST":
        return _decide(request, suggestion_id)
    shown = _fetch(request.user, suggestion_id)
    return render(request, "debates/suggestion.html", _context(request, shown, kept_form(request)))


@members_only
def _decide(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    """Take a suggestion (as it is, or as it was changed in the form), decline it, or take it back."""
    shown = _fetch_again(request, suggestion_id)
    context = _context(request, shown, request.POST)
    form: DecisionForm = context["form"]
    valid = form.is_valid()
    try:
        if "back" in request.POST:
            take_back_suggestion(request.user, shown)
            messages.success(request, _("You took your suggestion back."))
            return redirect(shown.argument.get_absolute_url())
        if "decline" in request.POST:
            decline_suggestion(request.user, shown, request.POST.get("word", ""))
            messages.success(request, _("Declined; whoever suggested it is told, with your words."))
            return redirect("suggestion", shown.pk)
        check_decide(request.user, shown)
        if not valid:
            return render(request, "debates/suggestion.html", context, status=422)
        values = form.cleaned_data
        take_suggestion(
            request.user, shown, context["seen"], values["claim"], values["elaboration"], values["word"]
        )
    except Refused as refusal:
        if not context["may_decide"]:  # the page has no form, and would not give back what was typed
            raise
        last = newest_version(shown.argument)
        context["seen"] = last.number if last else 0
        return _refuse(request, "debates/suggestion.html", context, form, refusal)
    messages.success(request, _("Taken: it is the newest version, and the history says who suggested it."))
    return redirect(shown.argument.get_absolute_url())


def _context(request: HttpRequest, shown: Suggestion, data: Any) -> dict[str, Any]:
    """Return what the page of a suggestion takes. Any: form data, a template's values."""
    argument, viewer = shown.argument, request.user
    last = newest_version(argument)
    is_open = shown.outcome == Suggestion.Outcome.OPEN
    since = compared(shown.revision, last) if is_open and last is not None else None
    outdated = since is not None and since.differs
    own = viewer.is_authenticated and argument.author_id == viewer.pk
    return {
        "suggestion": shown,
        "by": name_of(shown, argument.debate, viewer),
        "argument": argument,
        "debate": debate_named(argument.debate, viewer),
        "path": path_cards(argument, viewer),
        "compared": compared(shown.revision, shown),
        "is_open": is_open,
        "since": since if outdated else None,
        "now": compared(last, _in_form(shown, data)) if outdated and last is not None else None,
        "made_of_it": compared(shown, shown.result)
        if shown.outcome == Suggestion.Outcome.CHANGED and shown.result is not None
        else None,
        "form": DecisionForm(
            data,
            initial={"claim": shown.claim, "elaboration": shown.elaboration},
            longest=max(longest_claim(argument), len(shown.claim)),
            logged=not own,
        ),
        "seen": _number(data.get("seen", "") if data is not None else "") or shown.revision.number,
        "own": own,
        "may_decide": may(check_decide, viewer, shown),
        "may_take_back": may(check_take_back, viewer, shown),
        "moderators_from": moderators_from(shown) if moderators_from(shown) > timezone.now() else None,
    }


def _in_form(shown: Suggestion, data: Any) -> Worded:
    """Return the text that would be taken: as suggested, or as it was typed. Any: form data."""
    if data is None or "claim" not in data:
        return shown
    return Typed(" ".join(data["claim"].split()), data.get("elaboration", ""))


def _refuse(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    form: SuggestionForm | DecisionForm,
    refusal: Refused,
) -> HttpResponse:
    """Show a refusal at its field, or above the form, with everything that was typed. Any: a template's values."""
    field = "word" if refusal.field in ("why", "reason") and "word" in form.fields else refusal.field
    if field in form.fields:
        form.add_error(field, refusal.sentence)
        return render(request, template, context, status=422)
    return render(request, template, context | {"refusal": refusal}, status=refusal.status)


def _fetch(viewer: Viewer, suggestion_id: int) -> Suggestion:
    """Return a suggestion that a viewer may read, or 404."""
    rows = readable(viewer).select_related(
        "argument__debate", "argument__author", "argument__voice", "member", "revision", "result"
    )
    return get_object_or_404(rows, pk=suggestion_id)


def _fetch_again(request: HttpRequest, suggestion_id: int) -> Suggestion:
    """Return the suggestion that a form is about; where its argument is gone meanwhile, give back what was typed."""
    try:
        return _fetch(request.user, suggestion_id)
    except Http404:
        asked = Suggestion.objects.filter(
            pk=suggestion_id
        )  # by the key itself, which knows how large it can be
        of = asked.values_list("argument__public_id", flat=True).first()
        unread = not Argument.objects.visible_to(request.user).filter(public_id=of).exists()
        if of is not None and unread and Argument.objects.was_shown(of):
            raise Refused(str(GONE), status=409) from None
        raise


def _still_shown(request: HttpRequest, argument_id: str) -> Argument:
    """Return the argument that a form is about; where it is gone meanwhile, give back what was typed."""
    try:
        return fetch(request, argument_id)
    except Http404:
        if request.method == "POST" and Argument.objects.was_shown(argument_id):
            raise Refused(str(GONE), status=409) from None
        raise


def _number(written: str) -> int:
    """Return the number of a version that a form names; 0 for what is no number."""
    return int(written) if re.fullmatch(r"[0-9]{1,9}", written) else 0
