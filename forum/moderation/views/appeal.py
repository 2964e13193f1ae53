"""An author appeals against the decision that hid their argument, and reads what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.actions.writing.form_key import once
from debates.forms.unfinished import PatientForm
from debates.models import LogEntry
from debates.permissions import Refused
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.parts.card import debate_named
from debates.views.writing.reply import read_key
from forum.moderation.actions.appeal import LONGEST, check_appeal
from forum.moderation.actions.appeal import appeal as act
from forum.moderation.models import Appeal
from forum.moderation.models.appeal import PROMISED
from forum.moderation.rules import RULES


class AppealForm(PatientForm):
    """Why the decision was wrong."""

    words = forms.CharField(
        label=_("Why the decision was wrong"),
        help_text=_("Another moderator reads it beside the reasons of the first; nobody else does."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        error_messages={
            "required": _("Say why the decision was wrong: the second moderator reads it beside the reasons.")
        },
    )


@members_only
def appeal(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Show the decision with the form, or what became of the appeal; or write one."""
    argument = fetch(request, argument_id)
    made = Appeal.objects.filter(argument=argument, member=request.user.pk).order_by("-pk").first()
    data = request.POST if request.method == "POST" else kept_form(request)
    form, key = AppealForm(data), read_key(data.get("key", "") if data is not None else "")
    refusal, entry = None, None
    try:
        if request.method == "POST" and form.is_valid():
            words = form.cleaned_data["words"]
            once(
                key,
                request.user,
                {"appeal": argument.pk, "words": words},
                lambda: str(act(request.user, argument, words).pk),
            )
            messages.success(
                request, _t("Another moderator will look at it; you will be told what they find.")
            )
            return redirect(request.path)
        entry = check_appeal(request.user, argument)
    except Refused as refused:
        if made is None:
            raise
        entry = LogEntry.objects.filter(pk=made.entry_id).first()
        refusal = refused if request.method == "POST" else None
    context: dict[str, Any] = {  # Any: what a template takes
        "argument": argument,
        "debate": debate_named(argument.debate, request.user),
        "entry": entry,
        "rule": RULES[entry.rule][0] if entry is not None and entry.rule in RULES else "",
        "made": made if made is not None and entry is not None and made.entry_id == entry.pk else None,
        "form": form,
        "key": key,
        "days": PROMISED.days,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if request.method == "POST" else 200
    return render(request, "moderation/appeal.html", context, status=status)
