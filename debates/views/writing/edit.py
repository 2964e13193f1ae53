"""Edit, withdraw and take back one's own argument."""

import re
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.edit_note import free_until
from debates.actions.writing.form_key import once
from debates.actions.writing.reinstate_argument import reinstate_argument
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.forms.argument import ArgumentForm, RebuttalForm, ThesisForm
from debates.forms.citation import citation_forms
from debates.models import Argument
from debates.models.authorship import own_name
from debates.models.tag import VOCABULARY
from debates.permissions import Refused, check_edit, check_withdraw
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.parts.branches import path_cards
from debates.views.parts.card import card_of_text, debate_named
from debates.views.sources.citing import asks_for_rows, rows_again, unread
from debates.views.writing.reply import read_key, typed


@members_only
def edit(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Edit one's own argument; the states before stay in its history."""
    argument = fetch(request, argument_id)
    if request.method == "GET":
        check_edit(request.user, argument)
    kept = kept_form(request)
    data = request.POST if request.method == "POST" else kept
    form_class = (
        ThesisForm
        if argument.kind == Argument.Kind.THESIS
        else RebuttalForm
        if argument.is_rebuttal
        else ArgumentForm
    )
    form = form_class(data, initial=_initial(argument), parent=argument.parent)
    rows = _cited(argument)
    cited = [row["source"] for row in rows]
    citations = citation_forms(data, request.user, rows, 1, cited=cited)
    seen = _read_seen(data.get("seen", "") if data is not None else "") or argument.revisions.count()
    context: dict[str, Any] = {  # Any: what a template takes
        "argument": argument,
        "debate": debate_named(argument.debate, request.user),
        "path": path_cards(argument, request.user),
        "form": form,
        "citations": citations,
        "seen": seen,
        "vocabulary": VOCABULARY.items(),
        "rebuttal": form_class is RebuttalForm,
        "key": read_key(data.get("key", "") if data is not None else ""),
        "note": data.get("note", "") if data is not None else "",
        "free_until": free_until(argument),
        "pasted": unread(kept),
    }
    if request.method != "POST":
        return render(request, "debates/edit.html", context)
    if asks_for_rows(request):
        again = rows_again(request, citations, cited=cited)
        context |= {
            "form": form_class(initial=typed(request), parent=argument.parent),
            "citations": again.citations,
            "pasted": again.pasted,
        }
        return render(request, "debates/edit.html", context, status=422 if "post" in request.POST else 200)
    if not (form.is_valid() & citations.is_valid()):
        return render(request, "debates/edit.html", context, status=422)
    text = form.text(citations.texts())
    try:
        if "preview" in request.POST:
            return render(
                request,
                "debates/edit.html",
                context | {"preview": card_of_text(text, own_name(argument.debate, request.user))},
            )
        note = request.POST.get("note", "")
        changed, _new = once(
            context["key"],
            request.user,
            {"argument": argument.pk, "text": text, "seen": seen, "note": note},
            lambda: "changed" if edit_argument(request.user, argument, text, seen, note) else "",
        )
    except Refused as refusal:
        if refusal.status == 409:  # the same form may be sent again, as a new one
            context["key"] = uuid.uuid4()
        if refusal.field == "note":
            context |= {"note_wrong": refusal.sentence, "free_until": free_until(argument)}
            return render(request, "debates/edit.html", context, status=422)
        if refusal.field in form.fields:
            form.add_error(refusal.field, refusal.sentence)
            return render(request, "debates/edit.html", context, status=422)
        return render(
            request,
            "debates/edit.html",
            context | {"refusal": refusal, "seen": argument.revisions.count()},
            status=refusal.status,
        )
    messages.success(
        request, _("Saved; the earlier text is in the history.") if changed else _("Nothing was changed.")
    )
    return redirect(argument.get_absolute_url())


@members_only
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Ask, then withdraw one's own argument."""
    argument = fetch(request, argument_id)
    if request.method == "POST":
        withdraw_argument(request.user, argument)
        messages.success(request, _("Withdrawn. Others no longer see its text; you can take that back here."))
        return redirect(argument.get_absolute_url())
    check_withdraw(request.user, argument)
    return render(
        request,
        "debates/withdraw.html",
        {"argument": argument, "debate": argument.debate, "answers": argument.children.listed().count()},
    )


@members_only
@require_http_methods(["POST"])
def reinstate(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Take back a withdrawal."""
    argument = fetch(request, argument_id)
    if reinstate_argument(request.user, argument):
        messages.success(request, _("Published again."))
    return redirect(argument.get_absolute_url())


def _read_seen(written: str) -> int:
    """Return the number of the version that the form was made from; 0 for what is no number."""
    return int(written) if re.fullmatch(r"[0-9]{1,9}", written) else 0


def _initial(argument: Argument) -> dict[str, Any]:
    """Return the form's values as the argument stands. Any: form values."""
    return {
        "stance": argument.stance or "note",
        "attacks": argument.attacks,
        "claim": argument.claim,
        "elaboration": argument.elaboration,
        "topics": ", ".join(tag.name for tag in argument.topic_tags),
        "rebuttal_tags": [tag.slug for tag in argument.rebuttal_tags],
    }


def _cited(argument: Argument) -> list[dict[str, str]]:
    return [
        {
            "source": citation.source.public_id,
            # As it is read again, whatever the language of the page.
            "locator": f"{citation.locator_label} {citation.locator}".strip(),
            "quotation": citation.quotation,
            "purpose": citation.purpose,
        }
        for citation in argument.citations.select_related("source")
    ]
