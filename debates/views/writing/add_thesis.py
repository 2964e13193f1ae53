"""Add a thesis to a debate."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from debates.actions.writing.add_thesis import add_thesis as act
from debates.actions.writing.add_thesis import check_add_thesis
from debates.actions.writing.form_key import argument_stands, once
from debates.forms.argument import ThesisForm
from debates.models import Argument
from debates.permissions import Refused
from debates.views.asking.fetching import fetch_debate
from debates.views.asking.kept import kept_form, members_only
from debates.views.writing.reply import read_key


@members_only
def add_thesis(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a further thesis under the question of a debate."""
    debate = fetch_debate(request, slug)
    data = request.POST if request.method == "POST" else kept_form(request)
    if request.method != "POST":
        check_add_thesis(request.user, debate)
    form = ThesisForm(data)
    key = read_key(data.get("key", "") if data is not None else "")
    refusal = None
    if request.method == "POST" and form.is_valid():
        text = form.text(())
        try:
            result, _new = once(
                key,
                request.user,
                {"debate": debate.pk, "text": text},
                lambda: act(request.user, debate, text).public_id,
                argument_stands,
            )
        except Refused as refused:
            if refused.status == 409:  # the same form may be sent again, as a new one
                key = uuid.uuid4()
            if refused.field in form.fields:
                form.add_error(refused.field, refused.sentence)
            else:
                refusal = refused
        else:
            messages.success(request, _("Added; it can be answered now."))
            return redirect("argument", result)
    theses = Argument.objects.filter(debate=debate, kind=Argument.Kind.THESIS).listed().order_by("path")
    return render(
        request,
        "debates/add_thesis.html",
        {"debate": debate, "theses": theses, "form": form, "key": key, "refusal": refusal},
        status=refusal.status if refusal else 422 if request.method == "POST" else 200,
    )
