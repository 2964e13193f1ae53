"""Undo a move, a merge or a split."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from debates.actions.arranging.undo_check import InTheWay, check_undo
from debates.actions.arranging.undo_rearrangement import undo_rearrangement as act
from debates.forms.rearranging import UndoForm
from debates.models import Argument, Rearrangement
from debates.models.visibility import Viewer
from debates.permissions import Refused, check_moderate
from debates.views.asking.kept import kept_form, members_only
from debates.views.parts.rearranged import told_of


@members_only
def undo_rearrangement(request: HttpRequest, rearrangement_id: int) -> HttpResponse:
    """Ask for a reason, then put everything back; or say what stands in the way, with its address."""
    check_moderate(request.user)
    row = get_object_or_404(
        Rearrangement.objects.select_related("argument__debate", "other__debate"), pk=rearrangement_id
    )
    shown = _shown(row, request.user)
    form = UndoForm(request.POST if request.method == "POST" else kept_form(request))
    refusal: Refused | None = None
    try:
        check_undo(request.user, row)
        if request.method == "POST" and form.is_valid():
            undone = act(request.user, row, form.cleaned_data["reason"])
            messages.success(
                request,
                _("Undone: everything stands as it did.") if undone else _("This was undone already."),
            )
            return redirect(row.argument if undone else shown)
    except Refused as refused:
        refusal = refused
    first = refusal.first if isinstance(refusal, InTheWay) else None
    return render(
        request,
        "debates/undo_rearrangement.html",
        {
            "rearrangement": row,
            "argument": shown,
            "told": told_of(row, shown, request.user),
            "form": form,
            "refusal": refusal,
            "first": first,
        },
        status=refusal.status
        if refusal and request.method == "POST"
        else 422
        if request.method == "POST"
        else 200,
    )


def _shown(row: Rearrangement, viewer: Viewer) -> Argument:
    """Return the argument whose margin tells of it, as the viewer may read it, or 404."""
    stands = row.other if row.kind == Rearrangement.Kind.MERGE else row.argument
    named = Argument.objects.named(stands.public_id)
    visible = Argument.objects.visible_to(viewer).select_related("debate")
    found = visible.filter(pk=named.pk).first() if named is not None else None
    if found is None:
        raise Http404
    return found
