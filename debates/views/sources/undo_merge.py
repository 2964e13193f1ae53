"""Undo a merge of two sources."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from debates.actions.sources.undo_merge import undo_merge as act
from debates.forms.ties import UndoForm
from debates.models import Source, SourceMerge
from debates.permissions import Refused, check_moderate
from debates.views.asking.kept import kept_form, members_only


@members_only
def undo_merge(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Ask for a reason, then part two sources again."""
    check_moderate(request.user)
    readable = Source.objects.visible_to(request.user)
    merge = get_object_or_404(
        SourceMerge.objects.filter(kept__in=readable).select_related("gone", "kept"), pk=merge_id
    )
    form = UndoForm(request.POST if request.method == "POST" else kept_form(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            parted = act(request.user, merge, form.cleaned_data["reason"])
        except Refused as refused:
            refusal = refused
        else:
            messages.success(
                request,
                _("The two are parted again.") if parted else _("This merge was undone already."),
            )
            return redirect("source_history", merge.kept.public_id)
    return render(
        request,
        "debates/undo_merge.html",
        {"merge": merge, "form": form, "refusal": refusal},
        status=refusal.status if refusal else 422 if request.method == "POST" else 200,
    )
