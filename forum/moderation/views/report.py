"""The house rules, and the form that reports what breaks them."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.actions.writing.form_key import once
from debates.forms.unfinished import PatientForm
from debates.permissions import Refused
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.parts.card import card_of, debate_named, with_card_rows
from debates.views.writing.reply import read_key
from forum.moderation.actions.report import report as act
from forum.moderation.rules import RULES, rule_choices


class ReportForm(PatientForm):
    """Which rule, and in one's own words."""

    rule = forms.ChoiceField(
        label=_("Which house rule does it break?"), choices=rule_choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("Optional; only moderators read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )


def rules(request: HttpRequest) -> HttpResponse:
    """Show the house rules."""
    return render(request, "moderation/rules.html", {"rules": RULES.items()})


@members_only
def report(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Report an argument."""
    argument = fetch(request, argument_id)
    data = request.POST if request.method == "POST" else kept_form(request)
    form = ReportForm(data)
    shown = with_card_rows(type(argument).objects.filter(pk=argument.pk), request.user).get()
    context: dict[str, Any] = {  # Any: what a template takes
        "argument": argument,
        "debate": debate_named(argument.debate, request.user),
        "card": card_of(shown),
        "form": form,
        "key": read_key(data.get("key", "") if data is not None else ""),
    }
    if request.method == "POST":
        if not form.is_valid():
            return render(request, "moderation/report.html", context, status=422)
        try:
            values = form.cleaned_data
            once(
                context["key"],
                request.user,
                {"argument": argument.pk, **values},
                lambda: str(act(request.user, argument, values["rule"], values["words"]).pk),
            )
        except Refused as refusal:
            if refusal.status == 409:  # the same form may be sent again, as a new one
                context["key"] = uuid.uuid4()
            return render(
                request, "moderation/report.html", context | {"refusal": refusal}, status=refusal.status
            )
        messages.success(
            request,
            _t("Thank you. A moderator will look at it, and you will find the outcome under your notices."),
        )
        return redirect(argument.get_absolute_url())
    return render(request, "moderation/report.html", context)
