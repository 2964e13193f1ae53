"""Grant a point to the other side, or take that back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from debates.actions.writing.concede import check_concede, unconcede
from debates.actions.writing.concede import concede as act
from debates.forms.concede import ConcedeForm
from debates.models import Concession
from debates.permissions import Refused
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.parts.branches import path_cards
from debates.views.parts.card import debate_named


@members_only
def concede(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Say why a point is granted although it does not carry; what was granted can be taken back here."""
    argument = fetch(request, argument_id)
    granted = Concession.objects.filter(argument=argument, member=request.user.pk).first()
    if request.method == "POST" and "take_back" in request.POST:
        unconcede(request.user, argument)
        messages.success(request, _("Taken back."))
        return redirect(argument)
    if granted is None:  # what was granted can be taken back whatever became of the two claims
        check_concede(request.user, argument)
    data = request.POST if request.method == "POST" else kept_form(request)
    form = ConcedeForm(data, initial={"why": granted.why if granted else ""})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            act(request.user, argument, form.cleaned_data["why"])
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Granted; it can be taken back at any time."))
            return redirect(argument)
    return render(
        request,
        "debates/concede.html",
        {
            "argument": argument,
            "parent": argument.parent,
            "debate": debate_named(argument.debate, request.user),
            "path": path_cards(argument, request.user),
            "own": argument.author_id == request.user.pk,
            "granted": granted,
            "form": form,
            "refusal": refusal,
        },
        status=refusal.status if refusal else 422 if request.method == "POST" else 200,
    )
