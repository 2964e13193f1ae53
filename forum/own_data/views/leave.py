"""Leave the site: what becomes of what one wrote, and the way back for a day."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from debates.permissions import Refused
from debates.views.asking.kept import members_only
from forum.accounts.models import User
from forum.own_data.actions.cancel_leaving import cancel_leaving
from forum.own_data.actions.schedule_leaving import schedule_leaving
from forum.own_data.models import GRACE, Leaving
from forum.own_data.office import check_leave
from forum.own_data.preview import preview_of


class LeaveForm(forms.Form):
    """What becomes of one's texts."""

    texts = forms.ChoiceField(
        label=gettext_lazy("What becomes of your texts?"),
        choices=Leaving.Texts.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what becomes of your texts: one of the three."),
            "invalid_choice": gettext_lazy("That is none of the three; choose what becomes of your texts."),
        },
    )


@members_only
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth's has no types
def leave(request: HttpRequest) -> HttpResponse:
    """Show what leaving does, in numbers of one's own, or take the wish. The cast: `members_only` has seen to it."""
    member = cast("User", request.user)
    form, refused = LeaveForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            schedule_leaving(member, form.cleaned_data["texts"])
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("You are leaving. Until then you can stay after all, below."))
            return redirect("own_data")
    if request.method == "GET":
        refused = _refusal(member)
    context = {
        "form": form,
        "preview": preview_of(member),
        "leaving": Leaving.objects.filter(member=member).first(),
        "hours": int(GRACE.total_seconds()) // 3600,
        "refusal": refused,
    }
    status = 422 if form.errors else refused.status if refused and request.method == "POST" else 200
    return render(request, "own_data/leave.html", context, status=status)


def _refusal(member: User) -> Refused | None:
    """Return why a member cannot leave, None where they can."""
    try:
        check_leave(member)
    except Refused as refusal:
        return refusal
    return None


@require_POST
@members_only
def leave_cancel(request: HttpRequest) -> HttpResponse:
    """Stay after all. The cast: `members_only` has seen to it."""
    if cancel_leaving(cast("User", request.user)):
        messages.success(request, _("You stay. Nothing has changed."))
    return redirect("own_data")
