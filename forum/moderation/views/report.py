"""The house rules, the form that reports what breaks them, and what came of one's own reports."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.actions.writing.form_key import once
from debates.forms.unfinished import PatientForm
from debates.models import Argument, Source, Tag
from debates.models.tag import tag_named
from debates.permissions import Refused
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.machines.indexing import is_indexable
from debates.views.parts.card import card_of, debate_named, with_card_rows
from debates.views.sources.check import fetch_citation
from debates.views.writing.reply import read_key
from forum.accounts.models import User
from forum.moderation.actions.report import report as act
from forum.moderation.models import Report
from forum.moderation.models.report import LONGEST_PASSAGE
from forum.moderation.rules import RULES, rule_choices
from forum.moderation.things import Reportable, Thing, thing_of

A_PAGE = 30


class ReportForm(PatientForm):
    """Which rule, which words, and in one's own words."""

    rule = forms.ChoiceField()  # which ones depends on what is reported
    passage = forms.CharField(
        label=_("The words that break it"),
        help_text=_("Optional: copy them from the text, and a moderator need not look for them."),
        max_length=LONGEST_PASSAGE,
        required=False,
    )
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("Optional; only moderators read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )

    def __init__(self, data: Any, thing: Thing) -> None:
        """Offer the rules that such a thing can break. Any: what was sent, or nothing."""
        super().__init__(data)
        self.fields["rule"] = forms.ChoiceField(
            label=_("Which house rule does it break?"),
            choices=rule_choices(thing.kind),
            widget=forms.RadioSelect,
        )
        if not thing.texts:
            del self.fields["passage"]


def rules(request: HttpRequest) -> HttpResponse:
    """Show the house rules."""
    return render(request, "moderation/rules.html", {"rules": RULES.items()})


@members_only
def report(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Report an argument."""
    argument = fetch(request, argument_id)
    shown = with_card_rows(Argument.objects.filter(pk=argument.pk), request.user).get()
    return _report(
        request,
        argument,
        {"debate": debate_named(argument.debate, request.user), "card": card_of(shown, request.user)},
    )


@members_only
def report_citation(request: HttpRequest, citation_id: int) -> HttpResponse:
    """Report the use of a source by an argument."""
    citation = fetch_citation(request.user, citation_id)
    shown = {"citation": citation, "debate": debate_named(citation.argument.debate, request.user)}
    return _report(request, citation, shown)


@members_only
def report_source(request: HttpRequest, source_id: str) -> HttpResponse:
    """Report a source."""
    return _report(
        request, get_object_or_404(Source.objects.visible_to(request.user), public_id=source_id), {}
    )


@members_only
def report_member(request: HttpRequest, name: str) -> HttpResponse:
    """Report a member: their name, or how they carry on."""
    return _report(request, get_object_or_404(User, username=name, is_active=True), {})


@members_only
def report_tag(request: HttpRequest, name: str) -> HttpResponse:
    """Report a topic: its word, or what it is used for."""
    tag = tag_named(name)
    if tag is None or tag.kind != Tag.Kind.TOPIC or not is_indexable(tag):
        raise Http404
    return _report(request, tag, {})


@members_only
def reports(request: HttpRequest) -> HttpResponse:
    """List what one reported, the newest first, with what came of it."""
    own = Report.objects.filter(reporter=request.user.pk).order_by("-created_at", "-pk")
    page = Paginator(own, A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"report": one, "rule": RULES[one.rule][0] if one.rule in RULES else "", "led": led}
        for one, led in zip(page, _led_to(list(page), request), strict=True)
    ]
    return render(request, "moderation/reports.html", {"page": page, "rows": rows})


def _led_to(page: list[Report], request: HttpRequest) -> list[Thing | None]:
    """Return the things that reports are about, none where the reporter cannot read them now; five statements."""
    viewer = request.user
    arguments = Argument.objects.visible_to(viewer).in_bulk(_keys(page, "argument_id"))
    sources = Source.objects.visible_to(viewer).in_bulk(_keys(page, "source_id"))
    members = User.objects.filter(is_active=True).in_bulk(_keys(page, "member_id"))
    found: list[Thing | None] = []
    for one in page:
        item: Reportable | None = {
            Report.Kind.ARGUMENT: arguments.get(one.argument_id or 0),
            Report.Kind.CITATION: arguments.get(one.argument_id or 0),
            Report.Kind.SOURCE: sources.get(one.source_id or 0),
            Report.Kind.MEMBER: members.get(one.member_id or 0),
        }.get(Report.Kind(one.kind))
        found.append(thing_of(item) if item is not None else None)
    return found


def _keys(page: list[Report], column: str) -> set[int]:
    return {key for one in page if (key := getattr(one, column)) is not None}


def _report(request: HttpRequest, item: Reportable, shown: dict[str, Any]) -> HttpResponse:
    """Show the form, or write the report. Any: what a template takes."""
    thing = thing_of(item)
    data = request.POST if request.method == "POST" else kept_form(request)
    form = ReportForm(data, thing)
    key = read_key(data.get("key", "") if data is not None else "")
    context: dict[str, Any] = {"thing": thing, "form": form, "key": key, **shown}
    if request.method != "POST":
        return render(request, "moderation/report.html", context)
    if not form.is_valid():
        return render(request, "moderation/report.html", context, status=422)
    values = form.cleaned_data
    try:
        once(
            key,
            request.user,
            {"about": thing.about, **values},
            lambda: str(act(request.user, item, **values).pk),
        )
    except Refused as refusal:
        if refusal.status == 409:  # the same form may be sent again, as a new one
            context["key"] = uuid.uuid4()
        return render(
            request, "moderation/report.html", context | {"refusal": refusal}, status=refusal.status
        )
    messages.success(
        request, _t("Thank you. A moderator will look at it; what comes of it stands under your reports.")
    )
    return redirect(thing.url)
