"""What members see of moderation: the house rules, the report form, the public log."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.actions.writing.form_key import once
from debates.forms.unfinished import PatientForm
from debates.models import Debate, DebateAddress, LogEntry, Tag
from debates.models.tag import tags_named
from debates.permissions import Refused
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.machines.indexing import indexable
from debates.views.parts.card import card_of, debate_named, with_card_rows
from debates.views.writing.reply import read_key
from forum.accounts.gone import GONE
from forum.moderation.actions.report import report as act
from forum.moderation.logged_names import still_named, those_who_left
from forum.moderation.rules import RULES, rule_choices

A_PAGE = 50


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
        "card": card_of(shown, request.user),
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


def log(request: HttpRequest) -> HttpResponse:
    """Show everything that moderators did, the newest first; anyone may read it."""
    entries = LogEntry.objects.all()
    act_wanted = request.GET.get("act", "")
    if act_wanted in LogEntry.Act.values:
        entries = entries.filter(act=act_wanted)
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    # A debate's address holds the words of its question, so it is named only where the question may be read.
    slugs = [entry.item_id for entry in page if entry.item_kind == "debate"]
    readable = (
        Debate.objects.visible_to(request.user).filter(Q(slug__in=slugs) | Q(old_addresses__slug__in=slugs))
        if slugs
        else Debate.objects.none()
    )
    named = set(readable.values_list("slug", flat=True))
    named |= set(DebateAddress.objects.filter(debate__in=readable).values_list("slug", flat=True))
    # So is a topic: it is somebody's word, and goes with the texts that carried it.
    words = tags_named([entry.item_id for entry in page if entry.item_kind == "topic"])
    carried = (
        set(Tag.objects.filter(indexable(Tag), pk__in=[tag.pk for tag in words.values()])) if words else set()
    )
    named |= {word for word, tag in words.items() if tag in carried}
    named |= still_named([entry.item_id for entry in page if entry.item_kind == "member"])
    gone = those_who_left({entry.actor_id for entry in page})
    rows = [
        {
            "entry": entry,
            "by": GONE if entry.actor_id in gone else entry.actor_name,
            "rule": RULES.get(entry.rule, ("",))[0],
            "named": entry.item_kind not in ("debate", "topic", "member") or entry.item_id in named,
        }
        for entry in page
    ]
    return render(
        request,
        "moderation/log.html",
        {"page": page, "rows": rows, "acts": LogEntry.Act.choices, "act": act_wanted},
    )
