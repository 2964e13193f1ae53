"""Split an argument that makes two claims."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from debates.actions.arranging.split_argument import check_split, split_argument
from debates.actions.writing.form_key import once
from debates.forms.rearranging import SplitForm
from debates.models import Argument, Rearrangement
from debates.permissions import Refused
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.parts.branches import path_cards
from debates.views.parts.card import debate_named
from debates.views.parts.rearranged import check_named
from debates.views.writing.reply import read_key

NOT_SAID = ("csrfmiddlewaretoken", "key")


@members_only
def split(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Write two claims, say which replies answer the second; then split."""
    argument = fetch(request, argument_id)
    if argument.public_id != argument_id and request.method != "POST":
        return redirect("split", argument.public_id)
    check_named(argument, argument_id)
    check_split(request.user, argument)
    replies = list(Argument.objects.filter(parent=argument).visible_to(request.user).order_by("path"))
    data = request.POST if request.method == "POST" else kept_form(request)
    initial = {"first_claim": argument.claim}
    form = SplitForm(data, initial=initial, argument=argument, replies=replies)
    typed = data.get("seen", "") if data is not None else ""
    seen = int(typed) if typed.isdecimal() and len(typed) < 10 else _newest(argument)
    key, refusal = read_key(data.get("key", "") if data is not None else ""), None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            done, _new = once(
                key,
                request.user,
                # As it was sent: what went to the second claim is no longer asked about when it is sent again.
                {name: request.POST.getlist(name) for name in request.POST if name not in NOT_SAID},
                lambda: str(
                    split_argument(
                        request.user,
                        argument,
                        said["first_claim"],
                        form.second(),
                        form.replies_to_second(),
                        said["ratings"],
                        said["reason"],
                        seen,
                    ).pk
                ),
            )
        except Refused as refused:
            refusal, key, seen = refused, uuid.uuid4(), _newest(argument)
        else:
            second = Rearrangement.objects.select_related("other").filter(pk=done).first()
            messages.success(
                request, _("Split: the second claim stands beside the first. It can be undone here.")
            )
            return redirect(second.other if second is not None else argument)
    if refusal is not None and refusal.field in form.fields:
        form.add_error(refusal.field, refusal.sentence)
        refusal = None
    return render(
        request,
        "debates/split.html",
        {
            "argument": argument,
            "debate": debate_named(argument.debate, request.user),
            "path": path_cards(argument, request.user),
            "form": form,
            "seen": seen,
            "key": key,
            "refusal": refusal,
        },
        status=refusal.status if refusal else 422 if request.method == "POST" else 200,
    )


def _newest(argument: Argument) -> int:
    """Return the number of the version that stands."""
    return argument.revisions.order_by("-number").values_list("number", flat=True).first() or 0
