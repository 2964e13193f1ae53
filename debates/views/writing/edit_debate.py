"""Mend a debate's question, summary, topics and address."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from debates.actions.writing.edit_debate import check_edit_debate, state_of
from debates.actions.writing.edit_debate import edit_debate as act
from debates.forms.edit_debate import EditDebateForm, values_of
from debates.models.visibility import is_moderator
from debates.permissions import Refused
from debates.views.asking.fetching import fetch_debate
from debates.views.asking.kept import kept_form, members_only


@members_only
def edit_debate(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a debate is called, and lay what was typed on it."""
    debate = fetch_debate(request, slug)
    if request.method != "POST":
        check_edit_debate(request.user, debate)
    kept = kept_form(request)
    data = request.POST if request.method == "POST" else kept
    logged = is_moderator(request.user)
    form = EditDebateForm(data, initial=values_of(debate), logged=logged)
    seen = data.get("seen", "") if data is not None else ""
    refusal = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            changed = act(
                request.user,
                debate,
                values["question"],
                values["summary"],
                values["tags"],
                values["slug"],
                seen=seen,
                reason=values.get("reason", ""),
                anonymous=values.get("anonymous"),
            )
        except Refused as refused:
            if refused.field in form.fields:
                form.add_error(refused.field, refused.sentence)
            else:
                refusal, seen = refused, state_of(debate)
        else:
            messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
            return redirect(debate)
    return render(
        request,
        "debates/edit_debate.html",
        {"debate": debate, "form": form, "seen": seen or state_of(debate), "refusal": refusal},
        status=refusal.status if refusal else 422 if request.method == "POST" else 200,
    )
