"""Add a premise to one's own argument, which works only together with it; or let one of its premises stand alone."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from debates.actions.arranging.bundle import bundle_of, check_join, check_part
from debates.actions.arranging.part_premise import part_premise
from debates.actions.writing.form_key import argument_stands, once
from debates.actions.writing.post_argument import post_argument
from debates.forms.argument import PremiseForm
from debates.forms.citation import citation_forms
from debates.models import Argument
from debates.models.authorship import own_name
from debates.permissions import Refused, may
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.parts.branches import path_cards
from debates.views.parts.card import card_of_text, debate_named
from debates.views.sources.citing import asks_for_rows, rows_again, unread
from debates.views.writing.reply import read_key, typed

NOT_TYPED = ("csrfmiddlewaretoken", "key", "seen", "post", "preview")


@members_only
def premise(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Show the premises of an argument, add one, or part one from the others."""
    argument = fetch(request, argument_id)
    if request.method == "POST" and "part" in request.POST:
        return _part(request, argument)
    kept = kept_form(request)
    if request.method != "POST" and kept is None:
        check_join(request.user, argument)
    parent = argument.parent
    if parent is None:  # a thesis
        raise Refused(_("A thesis has no premises; answer it with an argument for it."))
    data = request.POST if request.method == "POST" else kept
    form = PremiseForm(data, joint_with=argument)
    citations = citation_forms(data, request.user, [], 1)
    written = request.POST.get("seen", "")[:9]
    seen = int(written) if written.isdecimal() else parent.revisions.count()
    context: dict[str, Any] = {  # Any: what a template takes
        "argument": argument,
        "parent": parent,
        "debate": debate_named(argument.debate, request.user),
        "path": path_cards(argument, request.user),
        "premises": bundle_of(argument).visible_to(request.user),
        "may_part": may(check_part, request.user, argument),
        "form": form,
        "citations": citations,
        "key": read_key(data.get("key", "") if data is not None else ""),
        "seen": seen,
        "pasted": unread(kept),
    }
    if request.method != "POST":
        return render(request, "debates/premise.html", context)
    if asks_for_rows(request):
        again = rows_again(request, citations)
        context |= {
            "form": PremiseForm(initial=typed(request), joint_with=argument),
            "citations": again.citations,
            "pasted": again.pasted,
        }
        return render(request, "debates/premise.html", context, status=422 if "post" in request.POST else 200)
    if not (form.is_valid() & citations.is_valid()):
        return render(request, "debates/premise.html", context, status=422)
    text = form.text(citations.texts())
    try:
        if "preview" in request.POST:
            preview = card_of_text(text, own_name(argument.debate, request.user))
            return render(request, "debates/premise.html", context | {"preview": preview})
        result, _new = once(
            context["key"],
            request.user,
            {"beside": argument.pk, **_body(request)},
            lambda: post_argument(request.user, parent, text, seen, argument).public_id,
            argument_stands,
        )
    except Refused as refusal:
        if refusal.field in form.fields:
            form.add_error(refusal.field, refusal.sentence)
            return render(request, "debates/premise.html", context, status=422)
        again_key = {"key": uuid.uuid4()} if refusal.status == 409 else {}
        return render(
            request,
            "debates/premise.html",
            context | {"refusal": refusal} | again_key,
            status=refusal.status,
        )
    messages.success(request, _("Posted; the premises count as one argument from now on."))
    return redirect("argument", result)


def _part(request: HttpRequest, argument: Argument) -> HttpResponse:
    """Take the premise that a button names out of the bundle."""
    premises = bundle_of(argument).visible_to(request.user)
    chosen = premises.filter(public_id=request.POST["part"].replace("\0", "")).first()
    if chosen is not None:  # else somebody was quicker
        part_premise(request.user, chosen)
    messages.success(request, _("It stands alone now."))
    return redirect(argument)


def _body(request: HttpRequest) -> dict[str, object]:
    """Return what the form sends, without what differs between two sendings of the same."""
    return {
        name: request.POST.getlist(name)
        for name in request.POST
        if name not in NOT_TYPED and not name.endswith("-find")
    }
